//! A coded value that no claim mentions.

use crate::diagnostic::Diagnostic;
use crate::evidence::{Evidence, Relation, WeighedStatement};
use crate::record::Coded;
use crate::schema::Component;
use crate::source::Location;

rule!("unclaimed-value", Info, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    // A record without any claims has no evidence to compare with, and a list of sources says nothing of
    // actor, action and target.
    if evidence.counted().all(|claim| claim.claim.listed) {
        return;
    }
    for weighed in &evidence.components {
        let Some(coded) = weighed.coded.filter(|coded| coded.because.is_none()) else { continue };
        let judged =
            matches!(coded.component, Component::Actor | Component::Action | Component::Target);
        if !judged || evidence.bound.is_unknown(coded) || is_named(evidence, coded) {
            continue;
        }
        let binding = evidence.bound.binding;
        let name = coded.component.core_name().unwrap_or_default();
        let text = binding.written(coded.component, &coded.value.value);
        let place = Location::new(evidence.bound.filed.file, coded.value.span);
        let message = format!("the {name} `{text}` has no evidence in the record");
        let diagnostic = Diagnostic::new(RULE.name, place, message).label("no claim mentions this");
        found.push(
            diagnostic.help("add the claims that support it, or give the reason as `because:`"),
        );
    }
}

/// Whether a claim states or denies the value, or one that is broader or overlaps it.
fn is_named(evidence: &Evidence<'_>, coded: &Coded) -> bool {
    let mut claims = evidence.claims.iter().filter(|claim| claim.counted || claim.of_series);
    let relation = |said: &WeighedStatement<'_>| said.relation_to(coded);
    claims.any(|claim| {
        let mut relations = claim.statements.iter().filter_map(relation);
        relations.any(|relation| !matches!(relation, Relation::Different | Relation::Unknown))
    })
}
