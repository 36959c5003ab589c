//! Which components are disputed.

use std::collections::BTreeSet;

use super::component::WeighedComponent;
use super::relation::{Relation, Scene};
use super::weigh::{Effect, WeighedClaim};
use crate::dataset::BoundEvent;
use crate::record::{Stance, Value};
use crate::schema::Component;

/// The components that a counted claim opposes, or for which two counted claims say values that
/// exclude each other.
pub(super) fn contested<'p>(
    bound: BoundEvent<'p>,
    scene: Scene<'p>,
    claims: &[WeighedClaim<'p>],
    components: &[WeighedComponent<'p>],
) -> Vec<Component> {
    let opposed = components.iter().filter(|weighed| !weighed.opposing.claims.is_empty());
    let mut contested: BTreeSet<_> = opposed.map(|weighed| weighed.component).collect();
    let denied = claims.iter().filter(|claim| claim.counted).flat_map(|claim| &claim.statements);
    contested.extend(
        denied
            .clone()
            .filter(|said| said.effect == Effect::Opposes)
            .map(|said| said.statement.component),
    );
    let spoken_of: BTreeSet<_> = denied
        .map(|said| said.statement.component)
        .filter(|component| !scene.is_additive(*component))
        .collect();
    contested.extend(
        spoken_of.into_iter().filter(|component| is_disputed(bound, scene, claims, *component)),
    );
    contested.into_iter().collect()
}

/// Whether two claims say values for a component that exclude each other. A claim that names
/// several values together excludes another only if all of them do.
fn is_disputed<'p>(
    bound: BoundEvent<'p>,
    scene: Scene<'p>,
    claims: &[WeighedClaim<'p>],
    component: Component,
) -> bool {
    let list = bound.binding.code_list(component);
    let said: Vec<Vec<&'p Value>> =
        claims.iter().filter(|claim| claim.counted).map(|claim| values(claim, component)).collect();
    let excludes = |one: &Vec<&'p Value>, other: &Vec<&'p Value>| {
        !one.is_empty()
            && !other.is_empty()
            && one
                .iter()
                .all(|a| other.iter().all(|b| scene.relation(a, b, list) == Relation::Different))
    };
    said.iter().enumerate().any(|(at, one)| said[at + 1..].iter().any(|other| excludes(one, other)))
}

/// The values that a claim says for a component; what it affirms is the coded ones.
fn values<'p>(claim: &WeighedClaim<'p>, component: Component) -> Vec<&'p Value> {
    let says = |stance| matches!(stance, Stance::Says | Stance::Affirms);
    let said = claim.statements.iter();
    let said =
        said.filter(|said| said.statement.component == component && says(said.statement.stance));
    said.filter_map(|said| said.value).collect()
}
