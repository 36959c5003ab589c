//! A certainty that the claims do not support.

mod missing_claim;

use super::weighing::{Judged, by_level, finding, found_of, judged, together};
use crate::diagnostic::Diagnostic;
use crate::evidence::{Evidence, WeighedComponent};
use crate::source::Location;

rule!("unsupported-certainty", Error, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let unsupported =
        judged(evidence).filter(|judged| judged.exceeds() && judged.because.is_none());
    for judged in by_level(unsupported) {
        let bare: Vec<_> = judged.iter().filter(|judged| judged.lacks_claims()).collect();
        found.extend(match &bare[..] {
            [] => diagnostic(&judged),
            [first, ..] => Some(without_claims(evidence, first, &bare, &judged)),
        });
    }
}

/// One finding for all values of a record that no claim supports, and for what has the event's level.
fn without_claims(
    evidence: &Evidence<'_>,
    first: &Judged<'_>,
    bare: &[&Judged<'_>],
    judged: &[Judged<'_>],
) -> Diagnostic {
    let place = |judged: &Judged<'_>| {
        let value = judged.weighed.coded.map(|coded| coded.value.span);
        value.map_or(judged.place, |span| Location::new(judged.place.file, span))
    };
    let says = |judged: &Judged<'_>| {
        let level = judged.code_of(judged.certainty);
        match judged.inherited_from {
            Some(_) => format!("coded `{level}`, as the event is"),
            None => format!("coded `{level}`"),
        }
    };
    let message = format!("no claim supports {}", together(bare.iter().copied()));
    let mut found = Diagnostic::new(RULE.name, place(first), message).label(says(first));
    for other in judged.iter().filter(|other| !std::ptr::eq(*other, first)) {
        found = match other.lacks_claims() {
            true => found.also(place(other), says(other)),
            false => found.also(other.place, format!("{}: {}", other.what(), other.needs())),
        };
    }
    let opposed = bare.iter().find(|judged| !judged.weighed.opposing.claims.is_empty());
    if let Some(opposed) = opposed {
        found = with_claims(found, evidence, opposed.weighed);
    }
    if let Some(policy) = first.policy_line() {
        found = found.also(policy, "the policy");
    }
    missing_claim::help(evidence, bare).into_iter().fold(found, Diagnostic::help)
}

fn diagnostic(judged: &[Judged<'_>]) -> Option<Diagnostic> {
    let first = judged.first()?;
    let coded = first.code_of(first.certainty);
    let message = |what: &str| match judged {
        [one] => format!("{what} coded `{coded}`, but its claims support {}", one.only_supported()),
        _ => format!("{what} coded `{coded}`, but their claims support less"),
    };
    let mut found = finding(RULE.name, judged, message, |judged| match judged.needs() {
        needs if needs.is_empty() => format!("the claims support {}", judged.only_supported()),
        needs => needs,
    })?;
    found = with_claims(found, first.evidence, first.weighed);
    if let Some(policy) = first.policy_line() {
        found = found.also(policy, "the policy");
    }
    let own = judged.len() == 1 && first.inherited_from.is_none();
    Some(
        found.help(match first.supported_code().filter(|_| own) {
            Some(level) => format!(
                "code `{level}`, add claims that support more, or give the reason as `because:`"
            ),
            None => {
                "code a level that the claims support, add claims, or give the reason as `because:`"
                    .to_owned()
            }
        }),
    )
}

/// Most claims on each side that a finding points at.
const SHOWN: usize = 4;

/// Points at the claims that support and oppose a component.
fn with_claims(
    mut found: Diagnostic,
    evidence: &Evidence<'_>,
    weighed: &WeighedComponent<'_>,
) -> Diagnostic {
    for position in weighed.supporting.claims.iter().take(SHOWN) {
        let (place, words) = found_of(evidence, weighed.component, *position, "supports");
        found = found.also(place, words);
    }
    for position in weighed.opposing.claims.iter().take(SHOWN) {
        let (place, words) = found_of(evidence, weighed.component, *position, "opposes");
        found = found.also(place, words);
    }
    found
}
