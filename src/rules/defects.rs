//! Which rule reports a defect.
//!
//! Each `match` names every defect, so none can get lost. An arm for a defect that no rule reports
//! says why.

use super::{
    DefectPlace, Rule, ambiguous_scalar, codebook_fault, duplicate_key, duplicate_value,
    empty_claim, flow_comma, forbidden_yaml, garbled_text, invalid_date, invalid_value,
    limit_exceeded, look_alike_character, merge_conflict, missing_actor_certainty, missing_key,
    retired_code, truncated_text, unknown_code, unknown_key, unread_file, unreadable_file,
    unsafe_character, wrong_type, yaml_syntax,
};
use crate::diagnostic::Diagnostic;
use crate::form::{ChangedText, Defect, FileDefect, FormDefect};
use crate::record::{Event, RecordDefect};
use crate::schema::SchemaDefect;
use crate::source::Obstacle;
use crate::syntax::SyntaxDefect;

/// A finding and its rule.
pub(super) type RuleFinding = (&'static Rule, Diagnostic);

/// The defects that a stage adds to those of text and forms.
pub(super) trait Diagnose {
    /// The finding; `None` if another finding covers the defect.
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding>;
}

impl<Own: Diagnose> Diagnose for Defect<Own> {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        match self {
            Self::Syntax(defect) => defect.diagnostic(place),
            Self::File(defect) => defect.diagnostic(place),
            Self::Form(defect) => defect.diagnostic(place),
            Self::Limit(limit) => {
                Some((&limit_exceeded::RULE, limit_exceeded::diagnostic(*limit, place)))
            }
            Self::Own(defect) => defect.diagnostic(place),
        }
    }
}

impl Diagnose for SyntaxDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::Yaml(error) => (&yaml_syntax::RULE, yaml_syntax::diagnostic(error, place)),
            Self::MergeConflict { .. } => {
                (&merge_conflict::RULE, merge_conflict::diagnostic(place))
            }
            Self::DuplicateKey { key, first, removal } => {
                (&duplicate_key::RULE, duplicate_key::diagnostic(key, *first, *removal, place))
            }
            Self::Forbidden(forbidden) => {
                (&forbidden_yaml::RULE, forbidden_yaml::diagnostic(forbidden, place))
            }
            Self::UnsafeCharacter { character, literal: Some(literal), .. } => {
                (&unsafe_character::RULE, unsafe_character::of_escape(*character, literal, place))
            }
            Self::UnsafeCharacter { character, escaped, .. } => {
                (&unsafe_character::RULE, unsafe_character::of_text(*character, *escaped, place))
            }
            Self::BlankIndentation { character, columns } => (
                &look_alike_character::RULE,
                look_alike_character::of_indentation(*character, *columns, place),
            ),
            Self::InvalidUtf8 => (&unsafe_character::RULE, unsafe_character::of_bytes(place)),
            Self::WideEncoding => (&unsafe_character::RULE, unsafe_character::of_encoding(place)),
            Self::Limit(limit) => (&limit_exceeded::RULE, limit_exceeded::of_text(limit, place)),
        })
    }
}

impl Diagnose for FileDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::Empty { what } => (&missing_key::RULE, missing_key::of_file(what, place)),
            Self::Unread(unread) => (&unread_file::RULE, unread_file::diagnostic(*unread, place)),
            Self::Unreadable(Obstacle::TooDeep) => {
                (&limit_exceeded::RULE, limit_exceeded::of_folders(place))
            }
            Self::Unreadable(obstacle) => {
                (&unreadable_file::RULE, unreadable_file::diagnostic(obstacle, place))
            }
            Self::ExtraDocument => (&forbidden_yaml::RULE, forbidden_yaml::extra_document(place)),
        })
    }
}

impl Diagnose for FormDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            // The key may belong to a field whose declaration could not be read.
            Self::UnknownKey(unknown)
                if place.codebook.lacks_fields
                    && unknown.form.name == Event::FORM.name
                    && unknown.meant.is_none() =>
            {
                return None;
            }
            Self::UnknownKey(unknown) => {
                (&unknown_key::RULE, unknown_key::diagnostic(unknown, place))
            }
            Self::FormerKey { former, key } => {
                (&retired_code::RULE, retired_code::of_key(former, key, place))
            }
            Self::FlowComma { wanted, whole } => (
                &flow_comma::RULE,
                flow_comma::diagnostic(wanted.as_ref(), whole.as_deref(), place),
            ),
            Self::LookAlike { written, seen } => match seen.seems {
                Some(seems) => (
                    &look_alike_character::RULE,
                    look_alike_character::diagnostic(written, seen, seems, place),
                ),
                None => (&unsafe_character::RULE, unsafe_character::of_name(written, seen, place)),
            },
            Self::AmbiguousScalar { written, reading } => {
                (&ambiguous_scalar::RULE, ambiguous_scalar::diagnostic(written, *reading, place))
            }
            Self::ChangedText(changed) => return changed.diagnostic(place),
            Self::MissingKey { form, key } => {
                (&missing_key::RULE, missing_key::of_key(form, key, place))
            }
            Self::MissingCompanion { key, companion } => {
                (&missing_key::RULE, missing_key::of_companion(key, companion, place))
            }
            Self::DuplicateValue { written, first } => (
                &duplicate_value::RULE,
                duplicate_value::diagnostic(written.as_deref(), *first, place),
            ),
            Self::WrongType { expected, found } => {
                (&wrong_type::RULE, wrong_type::diagnostic(expected, *found, place))
            }
            Self::UnquotedSet { written } => {
                (&wrong_type::RULE, wrong_type::unquoted_set(written, place))
            }
            Self::InvalidValue(value) => {
                (&invalid_value::RULE, invalid_value::diagnostic(value, place))
            }
            Self::UnknownWord { words, written } => {
                (&invalid_value::RULE, invalid_value::of_word(words, written, place))
            }
            Self::InvalidDate { written, error } => {
                (&invalid_date::RULE, invalid_date::diagnostic(written, error, place))
            }
        })
    }
}

impl Diagnose for ChangedText {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::Truncated { read, whole } => {
                (&truncated_text::RULE, truncated_text::diagnostic(read, whole, place))
            }
            Self::ControlEscape { character, read, literal } => {
                let found = garbled_text::of_escape(*character, read, literal.as_ref(), place);
                (&garbled_text::RULE, found)
            }
            Self::WrongEncoding { encoding, text, source } => {
                let found = garbled_text::of_encoding(encoding, text, source.as_deref(), place);
                (&garbled_text::RULE, found)
            }
            Self::LostCharacter => (&garbled_text::RULE, garbled_text::of_lost_character(place)),
        })
    }
}

impl Diagnose for SchemaDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::UnknownCode { list, written } => {
                (&unknown_code::RULE, unknown_code::of_code(list, written, place))
            }
            Self::UnknownList { written } => {
                (&unknown_code::RULE, unknown_code::of_list(written, place))
            }
            Self::FormerPolicy { text } => {
                (&retired_code::RULE, retired_code::of_policy(text, place))
            }
            Self::Fault(fault) => (&codebook_fault::RULE, codebook_fault::diagnostic(fault, place)),
        })
    }
}

impl Diagnose for RecordDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::UnknownCode { list, written } => {
                (&unknown_code::RULE, unknown_code::of_code(list, written, place))
            }
            // The list itself is reported.
            Self::CodeOfDamagedList => return None,
            Self::RetiredCode { retired, written, at } => {
                (&retired_code::RULE, retired_code::diagnostic(retired, written, *at, place))
            }
            // It may be a field whose declaration could not be read.
            Self::UnknownComponent { .. } if place.codebook.lacks_fields => return None,
            Self::UnknownComponent { written } => {
                (&unknown_code::RULE, unknown_code::of_component(written, place))
            }
            Self::MisplacedValue { component, belongs } => {
                (&wrong_type::RULE, wrong_type::misplaced(component, belongs, place))
            }
            Self::MissingActorCertainty { actor, place: after } => (
                &missing_actor_certainty::RULE,
                missing_actor_certainty::diagnostic(actor, *after, place),
            ),
            Self::MissingField { field, doc, declared } => {
                (&missing_key::RULE, missing_key::of_field(field, doc, *declared, place))
            }
            Self::EmptyClaim => (&empty_claim::RULE, empty_claim::of_claim(place)),
            Self::NoClaims => (&empty_claim::RULE, empty_claim::of_source(place)),
        })
    }
}
