//! What the claims do to each coded value.

use super::accounting::minimum_hitting_set;
use super::attribution::AttributionFacts;
use super::model::{ClaimantKey, Effect, Steps, Weighed, WeighedClaim, WeighedComponent};
use super::policy::{Case, steps};
use super::voice::{matched, sorted, voices};
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
    let (mut supporting, mut opposing) = (Vec::new(), Vec::new());
    let counted = claims.iter().enumerate().filter(|(_, claim)| !unknown && claim.counted);
    for (at, claim) in counted {
        let does = |effect| claim.does(effect, coded).then_some(at);
        supporting.extend(does(Effect::Supports));
        opposing.extend(does(Effect::Opposes));
    }
    let (supporting, opposing) = (weighed(claims, supporting), weighed(claims, opposing));
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
        Some(coded) => bound.binding.certainty_of(bound.filed.event, coded),
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
    let found = || positions.iter().map(|at| &claims[*at]);
    let (origins, claimants, voices) = match &positions[..] {
        // Most components have no claim on one side.
        [] => return Weighed::default(),
        _ => certain(found()).unwrap_or_else(|| {
            let origins = minimum_hitting_set(found().map(|claim| &*claim.origins));
            let claimants = minimum_hitting_set(found().map(|claim| &*claim.claimants));
            (origins.into_iter().copied().collect(), claimants, voices(found()))
        }),
    };
    let claimants = claimants.into_iter().cloned().collect();
    Weighed { origins, claimants, voices, claims: positions }
}

/// The origins, the claimants and the number of voices of claims of which each has one publisher and one
/// claimant, as nearly all have: nothing is left to choose, and all three are found in one list.
fn certain<'c, 'p: 'c>(
    claims: impl Iterator<Item = &'c WeighedClaim<'p>>,
) -> Option<(Vec<&'p str>, Vec<&'c ClaimantKey<'p>>, usize)> {
    let pair = |claim: &'c WeighedClaim<'p>| match (&*claim.origins, &*claim.claimants) {
        ([origin], [claimant]) => Some((*origin, claimant)),
        _ => None,
    };
    let pairs = sorted(claims.map(pair).collect::<Option<Vec<_>>>()?);
    let mut origins: Vec<_> = pairs.iter().map(|(origin, _)| *origin).collect();
    origins.dedup();
    let claimants = sorted(pairs.iter().map(|(_, claimant)| *claimant));
    let voices = matched(&pairs, &claimants);
    Some((origins, claimants, voices))
}
