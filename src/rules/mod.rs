//! Rules: what can be wrong with a project.
//!
//! Does: turn the defects of earlier stages into diagnostics, and judge what only a bound record or a
//! whole dataset shows. A rule is one file of code and one page of the same name. `eventc explain`
//! prints the page, the documentation publishes it, and a test runs its examples.
//!
//! Must never: read a file, change a record, or repeat the finding of another rule.

mod cause;
mod change;
mod circles;
mod claimants;
mod defects;
mod file_report;
mod gathered;
mod judgement;
mod mentions;
mod nested_key;
mod order;
mod place;
mod resolved;
mod rule;
mod run;
mod suggest;
mod unresolved;
mod used;
mod weakened_schema;
mod weighing;

/// Declares the rule of a file: its name, which is that of its page too, its level, and its check. What it looks at
/// across events stands behind that, `across(check, says)`, and in SQL in a file of its name.
macro_rules! rule {
    (
        $name:literal, $level:ident, $check:ident $(($($with:path),+))?
        $(, across($across:path, $says:literal))?
    ) => {
        pub(super) static RULE: super::Rule = super::Rule {
            name: $name,
            level: crate::diagnostic::Level::$level,
            page: include_str!(concat!($name, ".md")),
            check: super::Check::$check $(($($with),+))?,
            across: rule!(@ $name $(, $across, $says)?),
        };
    };
    (@ $name:literal) => { None };
    (@ $name:literal, $across:path, $says:literal) => {
        Some(super::Across {
            check: $across,
            query: include_str!(concat!($name, ".sql")),
            says: $says,
        })
    };
}

mod actor_is_target;
mod actor_of_accident;
mod ambiguous_affirms;
mod ambiguous_scalar;
mod circular_reference;
mod codebook_fault;
mod coded_alternatives;
mod coordinates_outside_country;
mod dates_out_of_order;
mod denied_and_confirmed;
mod duplicate_entry;
mod duplicate_id;
mod duplicate_key;
mod duplicate_value;
mod empty_claim;
mod expired_allow;
mod finer_than_evidence;
mod flow_comma;
mod forbidden_yaml;
mod garbled_text;
mod id_mismatch;
mod invalid_allow;
mod invalid_date;
mod invalid_value;
mod limit_exceeded;
mod look_alike_character;
mod merge_conflict;
mod missing_actor_certainty;
mod missing_key;
mod missing_provenance;
mod misspelled_claimant;
mod outside_scope;
mod outside_validity;
mod part_above_whole;
mod possible_duplicate;
mod reasoned_certainty;
mod recoded;
mod removed_id;
mod reports;
mod retired_code;
mod self_contradiction;
mod stale_reason;
mod stale_schema;
mod truncated_text;
mod unadjudicated_event;
mod unclaimed_value;
mod unclear_denial;
mod understated_certainty;
mod unknown_actor;
mod unknown_code;
mod unknown_key;
mod unknown_reference;
mod unmarked_anonymous;
mod unread_file;
mod unreadable_file;
mod unsafe_character;
mod unsupported_certainty;
mod unused_entry;
mod weakened_check;
mod wrong_type;
mod yaml_syntax;

pub use change::tell;
pub use file_report::FileReport;
pub use place::DefectPlace;
pub use reports::Reports;
pub use resolved::resolved;
pub use rule::{Across, Check, Rule};
pub use run::{judge, run};
pub use yaml_syntax::NAME as YAML_SYNTAX;

/// Every rule, by name.
pub static RULES: &[&Rule] = &[
    &actor_is_target::RULE,
    &actor_of_accident::RULE,
    &ambiguous_affirms::RULE,
    &ambiguous_scalar::RULE,
    &circular_reference::RULE,
    &codebook_fault::RULE,
    &coded_alternatives::RULE,
    &coordinates_outside_country::RULE,
    &dates_out_of_order::RULE,
    &denied_and_confirmed::RULE,
    &duplicate_entry::RULE,
    &duplicate_id::RULE,
    &duplicate_key::RULE,
    &duplicate_value::RULE,
    &empty_claim::RULE,
    &expired_allow::RULE,
    &finer_than_evidence::RULE,
    &flow_comma::RULE,
    &forbidden_yaml::RULE,
    &garbled_text::RULE,
    &id_mismatch::RULE,
    &invalid_allow::RULE,
    &invalid_date::RULE,
    &invalid_value::RULE,
    &limit_exceeded::RULE,
    &look_alike_character::RULE,
    &merge_conflict::RULE,
    &missing_actor_certainty::RULE,
    &missing_key::RULE,
    &missing_provenance::RULE,
    &misspelled_claimant::RULE,
    &outside_scope::RULE,
    &outside_validity::RULE,
    &part_above_whole::RULE,
    &possible_duplicate::RULE,
    &reasoned_certainty::RULE,
    &recoded::RULE,
    &removed_id::RULE,
    &retired_code::RULE,
    &self_contradiction::RULE,
    &stale_reason::RULE,
    &stale_schema::RULE,
    &truncated_text::RULE,
    &unadjudicated_event::RULE,
    &unclaimed_value::RULE,
    &unclear_denial::RULE,
    &understated_certainty::RULE,
    &unknown_actor::RULE,
    &unknown_code::RULE,
    &unknown_key::RULE,
    &unknown_reference::RULE,
    &unmarked_anonymous::RULE,
    &unread_file::RULE,
    &unreadable_file::RULE,
    &unsafe_character::RULE,
    &unsupported_certainty::RULE,
    &unused_entry::RULE,
    &weakened_check::RULE,
    &wrong_type::RULE,
    &yaml_syntax::RULE,
];

/// The rules that a record may allow, each with what it reports.
pub fn allowable() -> Vec<(&'static str, String)> {
    let rules = RULES.iter().filter(|rule| rule.is_allowable());
    rules.map(|rule| (rule.name, rule.summary().replace('\n', " "))).collect()
}

impl Rule {
    /// The rule of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        RULES.iter().copied().find(|rule| rule.name == name)
    }

    /// The rules that take part in a run with or without an earlier state of the project.
    pub fn of_run(with_change: bool) -> Vec<&'static Self> {
        RULES.iter().copied().filter(|rule| rule.runs(with_change)).collect()
    }
}
