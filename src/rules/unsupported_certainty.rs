//! A certainty that the claims do not support.

use super::weighing::{Judged, by_level, finding, found_of, judged};
use crate::diagnostic::Diagnostic;
use crate::evidence::{Evidence, WeighedComponent};

rule!("unsupported-certainty", Error, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let unsupported =
        judged(evidence).filter(|judged| judged.exceeds() && judged.because.is_none());
    found.extend(by_level(unsupported).iter().filter_map(|judged| diagnostic(judged)));
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
