//! What the claims do to each coded value.

use std::collections::BTreeSet;

use super::accounting::minimum_hitting_set;
use super::attribution::{Attribution, AttributionFacts};
use super::claimant::ClaimantKey;
use super::policy::{Carried, Case};
use super::relation::Comparer;
use super::statement::Effect;
use super::voice::voices;
use super::weigh::WeighedClaim;
use crate::dataset::BoundEvent;
use crate::record::Coded;
use crate::schema::{Code, Component, Role};

/// A coded value, or the event itself, and the claims that bear on it.
#[derive(Clone, Debug)]
pub struct WeighedComponent<'p> {
    /// The component.
    pub component: Component,
    /// The coded value; `None` for the event itself.
    pub coded: Option<&'p Coded>,
    /// How sure the coder is.
    pub certainty: Option<Code>,
    /// The claims that support it.
    pub supporting: Weighed,
    /// The claims that oppose it.
    pub opposing: Weighed,
    /// Those of them that are only the denial of the accused: positions in the record.
    pub denying: Vec<usize>,
    /// The claims whose claimant declines to say: positions in the record.
    /// The level of certainty that its claims carry; `None` where the policy asks for none, as for
    /// dates and extra fields, and for what is not known.
    pub carried: Option<Carried>,
    /// How an actor is attributed; `None` where nothing speaks of it, and for every other component.
    pub attribution: Option<Attribution>,
}

/// Some of the claims of an event, and who stands behind them.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Positions of the claims in the record, from 0.
    pub claims: Vec<usize>,
    /// A smallest set of origins that accounts for them.
    pub origins: BTreeSet<String>,
    /// A smallest set of claimants that accounts for them.
    pub claimants: BTreeSet<ClaimantKey>,
    /// How many of them share neither claimant nor publisher.
    pub voices: usize,
}

impl<'p> WeighedComponent<'p> {
    /// The coder's reason for its certainty; where that is the event's, the event's reason.
    pub fn because(&self, bound: BoundEvent<'p>) -> Option<&'p str> {
        let of_event = bound.filed.event.because.as_deref();
        match self.coded {
            Some(coded) => coded.because.as_deref().or(of_event.filter(|_| self.inherits())),
            None => of_event,
        }
    }

    /// Whether its certainty is that of the event.
    pub fn inherits(&self) -> bool {
        self.component != Component::Actor
            && self.certainty.is_some()
            && self.coded.is_some_and(|coded| coded.certainty.is_absent())
    }

    /// The claims that contest it: those that oppose it and are no denial of the accused.
    pub fn contesting(&self) -> impl Iterator<Item = usize> {
        let positions = self.opposing.claims.iter().copied();
        positions.filter(|position| !self.denying.contains(position))
    }

    /// How many levels of the scale the coded one stands above what the claims carry; below is
    /// negative. `None` where no ranked level is coded, or none is asked for.
    pub fn excess(&self, bound: BoundEvent<'p>) -> Option<isize> {
        let scale = bound.binding.codebook.list(Role::Certainty);
        let coded = scale.rank(self.certainty?)?;
        let carried = self.carried.as_ref()?;
        if carried.level.is_none() && !carried.asks_for(self.certainty?) {
            return None;
        }
        let carried = carried.level.and_then(|level| scale.rank(level));
        // Ranks may leave gaps.
        let ranks: BTreeSet<_> = scale.codes().filter_map(|code| scale.rank(code)).collect();
        let height = |rank| ranks.iter().filter(|known| **known <= rank).count().cast_signed();
        Some(height(coded) - carried.map_or(0, height))
    }
}

impl Weighed {
    fn of(claims: &[WeighedClaim<'_>], bears: impl Fn(&WeighedClaim<'_>) -> bool) -> Self {
        let found = claims.iter().enumerate().filter(|(_, claim)| claim.counted && bears(claim));
        let (positions, found): (Vec<_>, Vec<_>) = found.unzip();
        let origins = minimum_hitting_set(found.iter().map(|claim| &*claim.origins));
        let claimants = minimum_hitting_set(found.iter().map(|claim| &*claim.claimants));
        let voices = voices(found.iter().copied());
        Self {
            voices,
            claims: positions,
            origins: origins.into_iter().cloned().collect(),
            claimants: claimants.into_iter().cloned().collect(),
        }
    }
}

/// Weighs the event itself and each of its coded values.
pub(super) fn weigh_components<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    claims: &[WeighedClaim<'p>],
) -> Vec<WeighedComponent<'p>> {
    let event = weigh_event(bound, claims);
    let coded = bound
        .filed
        .event
        .all_coded()
        .iter()
        .map(|coded| weigh_coded(bound, comparer, claims, coded));
    std::iter::once(event).chain(coded).collect()
}

/// Those of opposing claims that are only the denial of the accused.
fn denying(
    claims: &[WeighedClaim<'_>],
    opposing: &Weighed,
    component: Component,
    coded: Option<&Coded>,
) -> Vec<usize> {
    let is_denial = |at: &usize| claims[*at].is_denial(component, coded);
    opposing.claims.iter().copied().filter(is_denial).collect()
}

fn weigh_event<'p>(bound: BoundEvent<'p>, claims: &[WeighedClaim<'p>]) -> WeighedComponent<'p> {
    let supporting = Weighed::of(claims, |claim| claim.on_event == Effect::Supports);
    let opposing = Weighed::of(claims, |claim| claim.on_event == Effect::Opposes);
    let denying = denying(claims, &opposing, Component::Event, None);
    let contesting = opposing.claims.len() - denying.len();
    let carried = Case {
        bound,
        claims,
        component: Component::Event,
        coded: None,
        supporting: &supporting,
        contesting,
    }
    .carried();
    WeighedComponent {
        denying,
        component: Component::Event,
        coded: None,
        certainty: bound.filed.event.certainty.value().copied(),
        supporting,
        opposing,
        carried,
        attribution: None,
    }
}

fn weigh_coded<'p>(
    bound: BoundEvent<'p>,
    comparer: Comparer<'p>,
    claims: &[WeighedClaim<'p>],
    coded: &'p Coded,
) -> WeighedComponent<'p> {
    let component = coded.component;
    let does = |effect: Effect| {
        move |claim: &WeighedClaim<'_>| claim.statements.iter().any(|said| said.does(effect, coded))
    };
    let unknown = comparer.is_unknown(component, &coded.value.value);
    let (supporting, opposing) = if unknown {
        (Weighed::default(), Weighed::default())
    } else {
        (Weighed::of(claims, does(Effect::Supports)), Weighed::of(claims, does(Effect::Opposes)))
    };
    let denying = denying(claims, &opposing, component, Some(coded));
    let contesting = opposing.claims.len() - denying.len();
    let case =
        Case { bound, claims, component, coded: Some(coded), supporting: &supporting, contesting };
    let carried = if unknown { None } else { case.carried() };
    let against = (contesting > 0, !denying.is_empty());
    let attribution = (component == Component::Actor)
        .then(|| AttributionFacts::of(comparer, claims, coded, &supporting, against).attribution());
    WeighedComponent {
        denying,
        component,
        coded: Some(coded),
        certainty: bound.binding.certainty_of(&bound.filed.event, coded),
        supporting,
        opposing,
        carried,
        attribution: attribution.flatten(),
    }
}
