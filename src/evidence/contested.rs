//! Which components are contested.

use std::collections::{BTreeMap, BTreeSet};

use super::component::WeighedComponent;
use super::relation::{Comparer, Relation};
use super::weigh::WeighedClaim;
use crate::dataset::BoundEvent;
use crate::record::{Stance, Value};
use crate::schema::Component;

/// The components of which a counted claim excludes what is coded or, where nothing or what is not
/// known is coded, of which two exclude each other. What the accused deny contests nothing.
pub(super) fn contested(
    claims: &[WeighedClaim<'_>],
    components: &[WeighedComponent<'_>],
) -> Vec<Component> {
    let opposed = components.iter().filter(|weighed| weighed.contesting().next().is_some());
    let said = claims.iter().flat_map(|claim| &claim.statements).filter(|said| said.disputed);
    let all = opposed.map(|weighed| weighed.component);
    all.chain(said.map(|said| said.statement.component))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// What a claim says for a component, by position of the claim.
type Said<'p> = (usize, Vec<&'p Value>);

/// Marks the statements of counted claims of which another counted claim says what excludes them,
/// where nothing or what is not known is coded: a value that is known is held against each.
/// A claim that names several values together excludes another only if all of them do.
pub(super) fn mark_disputes<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    claims: &mut [WeighedClaim<'p>],
) {
    let mut said: BTreeMap<Component, Vec<Said<'p>>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.counted) {
        for (component, values) in values(claim) {
            said.entry(component).or_default().push((at, values));
        }
    }
    for (component, said) in said {
        let mut coded = bound.filed.event.coded(component).iter();
        if comparer.is_additive(component) || coded.any(|coded| !bound.is_unknown(coded)) {
            continue;
        }
        let list = bound.binding.code_list(component);
        let excludes = |one: &[&'p Value], other: &[&'p Value]| {
            let differ = |a, b| comparer.relation(a, b, list) == Relation::Different;
            one.iter().all(|a| other.iter().all(|b| differ(a, b)))
        };
        let is_disputed = |(_, one): &&Said<'p>| said.iter().any(|(_, other)| excludes(one, other));
        for (at, _) in said.iter().filter(is_disputed) {
            let statements = claims[*at].statements.iter_mut();
            for stated in statements.filter(|stated| stated.statement.component == component) {
                stated.disputed = states(stated.statement.stance);
            }
        }
    }
}

const fn states(stance: Stance) -> bool {
    matches!(stance, Stance::Says | Stance::Affirms)
}

/// The values that a claim states, by component; what it affirms is the coded ones.
fn values<'p>(claim: &WeighedClaim<'p>) -> BTreeMap<Component, Vec<&'p Value>> {
    let mut values: BTreeMap<Component, Vec<&'p Value>> = BTreeMap::new();
    for said in claim.statements.iter().filter(|said| states(said.statement.stance)) {
        if let Some(value) = said.value {
            values.entry(said.statement.component).or_default().push(value);
        }
    }
    values
}
