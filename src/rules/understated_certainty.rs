//! A certainty far below what the claims carry.

use super::weighing::{Judged, by_level, finding, judged};
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::Evidence;
use crate::schema::Component;

pub(super) static RULE: Rule = Rule {
    name: "understated-certainty",
    level: Level::Info,
    page: include_str!("understated_certainty.md"),
    check: Check::Evidence(check),
};

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let understated = judged(evidence).filter(|judged| {
        judged.falls_far_short() && judged.because.is_none() && is_reported(judged)
    });
    found.extend(by_level(understated).iter().filter_map(|judged| diagnostic(judged)));
}

/// Whether a claim supports it, and it is no allegation: however many accuse somebody of something,
/// a coder may doubt it.
fn is_reported(judged: &Judged<'_>) -> bool {
    !matches!(judged.weighed.component, Component::Actor | Component::Action)
        && !judged.weighed.supporting.claims.is_empty()
}

fn diagnostic(judged: &[Judged<'_>]) -> Option<Diagnostic> {
    let first = judged.first()?;
    let coded = first.code_of(first.certainty);
    let carried = |judged: &Judged<'_>| judged.carried_code().unwrap_or_default().to_owned();
    let carries = |what: &str| match judged {
        [one] => format!("{what} coded `{coded}`, while its claims carry `{}`", carried(one)),
        _ => format!("{what} coded `{coded}`, while their claims carry more"),
    };
    let found = finding(RULE.name, judged, carries, |judged| {
        let voices = match judged.weighed.supporting.voices {
            1 => "1 voice supports it".to_owned(),
            more => format!("{more} voices support it"),
        };
        format!("{voices}, which carries `{}`", carried(judged))
    })?;
    Some(found.help("raise it, or say as `because:` why the claims convince so little"))
}
