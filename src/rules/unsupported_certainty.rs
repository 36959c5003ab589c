//! A certainty that the claims do not carry.

use super::weighing::{Judged, found_of, judged};
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::{Evidence, WeighedComponent};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-certainty",
    level: Level::Error,
    page: include_str!("unsupported_certainty.md"),
    check: Check::Evidence(check),
};

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let unsupported =
        judged(evidence).filter(|judged| judged.exceeds() && judged.because.is_none());
    found.extend(unsupported.map(|judged| words(&judged)));
}

fn words(judged: &Judged<'_>) -> Diagnostic {
    let what = judged.what();
    let (coded, carried) = (judged.code_of(judged.certainty), judged.carried_code());
    let message = format!("{what} is coded `{coded}`, but its claims carry {}", only(carried));
    let mut found = Diagnostic::new(RULE.name, judged.place, message).label(judged.needs());
    if let Some(inherited) = judged.inherited_from {
        found = found.also(inherited, "inherited from the event");
    }
    found = with_claims(found, judged.evidence, judged.weighed);
    if let Some(policy) = judged.policy_line() {
        found = found.also(policy, "the policy");
    }
    found.help(match carried.filter(|_| judged.inherited_from.is_none()) {
        Some(level) => format!(
            "code `{level}`, add the claims that carry more, or give the reason as `because:`"
        ),
        None => "code a level that the claims carry, add claims, or give the reason as `because:`"
            .to_owned(),
    })
}

fn only(carried: Option<&str>) -> String {
    carried.map_or_else(|| "no level".to_owned(), |level| format!("only `{level}`"))
}

/// Most claims that are pointed at on each side; the message counts them all.
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
