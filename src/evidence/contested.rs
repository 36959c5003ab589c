//! Which components are contested.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{WeighedClaim, WeighedComponent};
use super::relation::Comparer;
use crate::record::{Stance, Value};
use crate::schema::Component;

/// The contested components: a counted claim excludes what is coded or, where nothing known is
/// coded, two counted claims exclude each other. A denial by the accused contests nothing.
pub(super) fn contested(
    claims: &[WeighedClaim<'_>],
    components: &[WeighedComponent<'_>],
) -> Vec<Component> {
    let opposed = components.iter().filter(|weighed| weighed.contesting().next().is_some());
    let said = claims.iter().flat_map(|claim| &claim.statements).filter(|said| said.disputed);
    let all = opposed.map(|weighed| weighed.component);
    let all: BTreeSet<_> = all.chain(said.map(|said| said.statement.component)).collect();
    all.into_iter().collect()
}

/// Marks the statements of counted claims that another counted claim excludes, for components
/// without a known coded value. Claims about other components are compared with that value instead.
pub(super) fn mark_disputes<'p>(comparer: Comparer<'p>, claims: &mut [WeighedClaim<'p>]) {
    for (component, said) in stated(claims) {
        let coded = comparer.coded(component);
        if comparer.is_additive(component)
            || coded.iter().any(|coded| !comparer.bound().is_unknown(coded))
        {
            continue;
        }
        let is_disputed = |some: &Vec<&'p Value>| {
            let (some, mut others) = (some.iter().copied(), said.values());
            others.any(|others| comparer.exclude(component, some.clone(), others.iter().copied()))
        };
        for (at, _) in said.iter().filter(|(_, values)| is_disputed(values)) {
            for stated in &mut claims[*at].statements {
                if stated.statement.component == component {
                    stated.disputed = states(stated.statement.stance);
                }
            }
        }
    }
}

const fn states(stance: Stance) -> bool {
    matches!(stance, Stance::Says | Stance::Affirms)
}

/// The values that counted claims state, by component and position of the claim. A claim that
/// affirms states the coded values.
fn stated<'p>(claims: &[WeighedClaim<'p>]) -> BTreeMap<Component, BTreeMap<usize, Vec<&'p Value>>> {
    let mut stated: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.counted) {
        for said in claim.statements.iter().filter(|said| states(said.statement.stance)) {
            if let Some(value) = said.value {
                let of_component = stated.entry(said.statement.component).or_default();
                of_component.entry(at).or_default().push(value);
            }
        }
    }
    stated
}
