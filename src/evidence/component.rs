//! What the claims do to each coded value.

use super::accounting::minimum_hitting_set;
use super::attribution::AttributionFacts;
use super::model::{Effect, Steps, Weighed, WeighedClaim, WeighedComponent};
use super::policy::{Case, steps};
use super::voice::voices;
use crate::dataset::BoundEvent;
use crate::record::Coded;
use crate::schema::Component;

/// Weighs the event itself and each of its coded values.
pub(super) fn weigh_components<'p>(
    bound: BoundEvent<'p>,
    claims: &[WeighedClaim<'p>],
) -> Vec<WeighedComponent<'p>> {
    let coded = bound.filed.event.all_coded().iter().map(Some);
    let all = std::iter::once(None).chain(coded);
    let steps = steps(bound.binding.codebook);
    all.map(|coded| weigh_component(bound, claims, coded, &steps)).collect()
}

/// Weighs a coded value, or the event itself. What is not known has neither support nor opposition.
fn weigh_component<'p>(
    bound: BoundEvent<'p>,
    claims: &[WeighedClaim<'p>],
    coded: Option<&'p Coded>,
    steps: &Steps,
) -> WeighedComponent<'p> {
    let component = coded.map_or(Component::Event, |coded| coded.component);
    let unknown = coded.is_some_and(|coded| bound.is_unknown(coded));
    let bearing = |effect| {
        let does =
            |claim: &WeighedClaim<'_>| !unknown && claim.counted && claim.does(effect, coded);
        weighed(claims, (0..claims.len()).filter(|at| does(&claims[*at])).collect())
    };
    let (supporting, opposing) = (bearing(Effect::Supports), bearing(Effect::Opposes));
    let denying: Vec<_> =
        opposing.claims.iter().copied().filter(|at| claims[*at].is_denial(coded)).collect();
    let contesting = opposing.claims.len() - denying.len();
    let case = Case { bound, claims, component, coded, supporting: &supporting, contesting };
    let supported = if unknown { None } else { case.supported(steps) };
    let is_attributed = component == Component::Actor && bound.binding.codebook.weighs();
    let actor = coded.filter(|_| is_attributed);
    let against = (unknown, contesting > 0, !denying.is_empty());
    let attribution = actor
        .and_then(|coded| AttributionFacts::of(claims, coded, &supporting, against).attribution());
    let certainty = match coded {
        Some(coded) => bound.binding.certainty_of(&bound.filed.event, coded),
        None => bound.filed.event.certainty.value().copied(),
    };
    WeighedComponent {
        component,
        coded,
        certainty,
        supporting,
        opposing,
        denying,
        supported,
        attribution,
    }
}

/// Who stands behind the claims at some positions.
pub(super) fn weighed<'p>(claims: &[WeighedClaim<'p>], positions: Vec<usize>) -> Weighed<'p> {
    if positions.is_empty() {
        return Weighed::default();
    }
    let found = || positions.iter().map(|at| &claims[*at]);
    let origins = minimum_hitting_set(found().map(|claim| &*claim.origins));
    let claimants = minimum_hitting_set(found().map(|claim| &*claim.claimants));
    Weighed {
        origins: origins.into_iter().copied().collect(),
        claimants: claimants.into_iter().cloned().collect(),
        voices: voices(found()),
        claims: positions,
    }
}
