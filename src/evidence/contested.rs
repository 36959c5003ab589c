//! Which components are contested.

use std::collections::BTreeSet;

use super::model::{WeighedClaim, WeighedComponent, WeighedStatement};
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
    let said = claims.iter().filter(|claim| claim.counted).flat_map(|claim| &claim.statements);
    let mut components: Vec<_> = said.filter_map(|said| Some(stated(said)?.0)).collect();
    components.sort_unstable();
    components.dedup();
    let is_known = |component| {
        comparer.coded(component).iter().any(|coded| !comparer.bound().is_unknown(coded))
    };
    components.retain(|component| !comparer.is_additive(*component) && !is_known(*component));
    for component in components {
        mark_disputes_of(component, comparer, claims);
    }
}

fn mark_disputes_of<'p>(
    component: Component,
    comparer: Comparer<'p>,
    claims: &mut [WeighedClaim<'p>],
) {
    let counted = claims.iter().enumerate().filter(|(_, claim)| claim.counted);
    let of_claim = |(at, claim): (usize, &WeighedClaim<'p>)| {
        let values = claim.statements.iter().filter_map(stated);
        let values = values.filter(|(of, _)| *of == component).map(|(_, value)| value);
        (at, values.collect::<Vec<_>>())
    };
    let said: Vec<_> = counted.map(of_claim).filter(|(_, values)| !values.is_empty()).collect();
    let is_disputed = |some: &Vec<&'p Value>| {
        let mut others = said.iter().map(|(_, others)| others.iter().copied());
        others.any(|others| comparer.exclude(component, some.iter().copied(), others))
    };
    for (at, _) in said.iter().filter(|(_, values)| is_disputed(values)) {
        for said in &mut claims[*at].statements {
            if said.statement.component == component {
                said.disputed = states(said.statement.stance);
            }
        }
    }
}

const fn states(stance: Stance) -> bool {
    matches!(stance, Stance::Says | Stance::Affirms)
}

/// The component and the value that a statement states, if it states one. A claim that affirms states the
/// coded values.
fn stated<'p>(said: &WeighedStatement<'p>) -> Option<(Component, &'p Value)> {
    let value = said.value.filter(|_| states(said.statement.stance))?;
    Some((said.statement.component, value))
}
