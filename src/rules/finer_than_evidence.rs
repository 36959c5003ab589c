//! A coded value that is more specific than any claim.

use super::weighing::found_of;
use crate::diagnostic::Diagnostic;
use crate::evidence::{Evidence, Relation, WeighedComponent};
use crate::record::Stance;
use crate::source::Location;

rule!("finer-than-evidence", Warning, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    for weighed in &evidence.components {
        let Some(coded) = weighed.coded.filter(|coded| coded.because.is_none()) else { continue };
        if !weighed.supporting.claims.is_empty() {
            continue;
        }
        let broader = broader_claims(evidence, weighed);
        if broader.is_empty() {
            continue;
        }
        let binding = evidence.bound.binding;
        let name = binding.codebook.component_name(weighed.component);
        let text = binding.written(weighed.component, &coded.value.value);
        let place = Location::new(evidence.bound.filed.file, coded.value.span);
        let message = format!("{name} `{text}` is more specific than any claim");
        let mut diagnostic =
            Diagnostic::new(RULE.name, place, message).label("no claim is this specific");
        for position in broader.iter().take(4) {
            let (place, words) =
                found_of(evidence, weighed.component, *position, "is less specific than");
            diagnostic = diagnostic.also(place, words);
        }
        let agreed = agreed(evidence, weighed, &broader);
        let what =
            agreed.map_or_else(|| "what the claims say".into(), |value| format!("`{value}`"));
        found.push(diagnostic.help(format!("code {what}, or give the reason as `because:`")));
    }
}

/// The value that all these claims state, as written in a record; `None` if they differ.
fn agreed(
    evidence: &Evidence<'_>,
    weighed: &WeighedComponent<'_>,
    claims: &[usize],
) -> Option<String> {
    let statements = claims.iter().flat_map(|claim| &evidence.claims[*claim].statements);
    let of_component = statements.filter(|said| said.statement.component == weighed.component);
    let values = of_component.flat_map(|said| &said.statement.values);
    let binding = evidence.bound.binding;
    let mut written = values.map(|value| binding.written(weighed.component, &value.value));
    let first = written.next()?;
    written.all(|other| other == first).then(|| first.into_owned())
}

/// The counted claims that state a value broader than the coded one.
fn broader_claims(evidence: &Evidence<'_>, weighed: &WeighedComponent<'_>) -> Vec<usize> {
    let states = |position: &usize| {
        let claim = &evidence.claims[*position];
        let said =
            claim.statements.iter().filter(|said| said.statement.component == weighed.component);
        claim.counted
            && said.into_iter().any(|said| {
                said.statement.stance == Stance::Says && said.relation() == Some(Relation::Broader)
            })
    };
    (0..evidence.claims.len()).filter(states).collect()
}
