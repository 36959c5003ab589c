//! Weighing the claims of one event.

use super::claimant::claimants;
use super::component::weigh_components;
use super::contested::{contested, mark_disputes};
use super::model::{Effect, Evidence, WeighedClaim};
use super::origin::{Route, origins};
use super::relation::Comparer;
use super::statement::weigh_statements;
use super::voice::{is_finding, passed_on_from, speaker};
use crate::dataset::{Binding, BoundEvent, SERIES};
use crate::record::{Claim, Stance, Statement};
use crate::schema::{Code, Component, Role};

/// Weighs the claims of an event.
pub fn weigh(bound: BoundEvent<'_>) -> Evidence<'_> {
    let comparer = Comparer::of(bound);
    let claims = bound.filed.event.claims.iter();
    let mut claims: Vec<_> = claims.map(|claim| weigh_claim(comparer, claim)).collect();
    mark_disputes(comparer, &mut claims);
    let components = weigh_components(bound, &claims);
    let contested = match bound.binding.codebook.weighs() {
        true => contested(&claims, &components),
        false => Vec::new(),
    };
    Evidence { bound, claims, components, contested }
}

fn weigh_claim<'p>(comparer: Comparer<'p>, claim: &'p Claim) -> WeighedClaim<'p> {
    let binding = comparer.binding();
    let of_series = claim.about.as_ref().is_some_and(|about| &*about.value == SERIES);
    let route = Route::of(binding, claim);
    let start = passed_on_from(comparer, claim, &route);
    let speaker = speaker(comparer, claim, &route, start);
    let (origins, origin_names): (Vec<_>, Vec<_>) =
        origins(binding, route.ends(start)).into_iter().unzip();
    WeighedClaim {
        claim,
        counted: claim.about.is_none() && claim.withdrawn.is_none(),
        of_series: of_series && claim.withdrawn.is_none(),
        claimants: claimants(claim, &speaker, &origins),
        origins,
        origin_names,
        reliability: reliability(binding, &route),
        finding: is_finding(comparer, &route, &speaker),
        speaks_for: speaker
            .actor
            .map_or_else(Vec::new, |actor| comparer.spoken_for(actor, Component::Actor)),
        speaker,
        on_event: on_event(claim),
        statements: weigh_statements(comparer, claim),
    }
}

/// The reliability of the least reliable source that a claim came through.
fn reliability(binding: Binding<'_>, route: &Route<'_>) -> Option<Code> {
    let list = binding.codebook.list(Role::SourceReliability);
    let ranked = route.sources().map(|source| {
        let code = source.entry.reliability?;
        Some((list.rank(code)?, code))
    });
    let least = ranked.reduce(|one, other| Some(one?.min(other?)))?;
    least.map(|(_, code)| code)
}

/// What a claim does to the event itself. One that denies the event opposes it; otherwise, one that
/// affirms or states a core component supports it.
fn on_event(claim: &Claim) -> Effect {
    let denies = |statement: &Statement| {
        statement.stance == Stance::Denies && statement.component == Component::Event
    };
    let supports = |statement: &Statement| {
        matches!(statement.stance, Stance::Affirms | Stance::Says)
            && statement.component.core_name().is_some()
    };
    if claim.statements.iter().any(denies) {
        Effect::Opposes
    } else if claim.statements.iter().any(supports) {
        Effect::Supports
    } else {
        Effect::Neither
    }
}
