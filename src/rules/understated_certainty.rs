//! A certainty far below the level that the claims support.

use super::weighing::{Judged, by_level, finding, judged};
use crate::diagnostic::Diagnostic;
use crate::evidence::Evidence;
use crate::schema::Component;

rule!("understated-certainty", Info, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let understated = judged(evidence).filter(|judged| {
        judged.falls_far_short() && judged.because.is_none() && is_reported(judged)
    });
    found.extend(by_level(understated).iter().filter_map(|judged| diagnostic(judged)));
}

/// Whether a claim that somebody wrote supports the component, and it is not alleged: a coder may doubt
/// an actor or action, however many sources allege it.
fn is_reported(judged: &Judged<'_>) -> bool {
    let supporting = judged.weighed.supporting.claims.iter();
    let mut claims = supporting.map(|at| judged.evidence.claims[*at].claim);
    !matches!(judged.weighed.component, Component::Actor | Component::Action)
        && claims.any(|claim| !claim.listed)
}

fn diagnostic(judged: &[Judged<'_>]) -> Option<Diagnostic> {
    let first = judged.first()?;
    let coded = first.code_of(first.certainty);
    let supported = |judged: &Judged<'_>| judged.supported_code().unwrap_or_default().to_owned();
    let message = |what: &str| match judged {
        [one] => format!("{what} coded `{coded}`, but its claims support `{}`", supported(one)),
        _ => format!("{what} coded `{coded}`, but their claims support more"),
    };
    let found = finding(RULE.name, judged, message, |judged| {
        let voices = match judged.weighed.supporting.voices {
            1 => "1 voice supports it".to_owned(),
            more => format!("{more} voices support it"),
        };
        format!("{voices}, enough for `{}`", supported(judged))
    })?;
    Some(found.help("raise the level, or add `because:` with why the claims are weak"))
}
