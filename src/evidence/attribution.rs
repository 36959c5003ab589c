//! How an actor is attributed.

use super::component::Weighed;
use super::relation::Scene;
use super::weigh::WeighedClaim;
use crate::record::{Coded, Stance};
use crate::schema::Component;

/// On whose word an actor is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribution {
    /// One who speaks for the actor says so.
    Claimed,
    /// Some say so, others say otherwise.
    Contested,
    /// Some say so, at least of the series.
    Alleged,
    /// Nobody says so, and someone denies it.
    Denied,
    /// No claim names it: the coder's own conclusion.
    Inferred,
    /// Nobody is coded.
    Unattributed,
}

impl Attribution {
    /// Every attribution.
    pub const ALL: [Self; 6] = [
        Self::Claimed,
        Self::Contested,
        Self::Alleged,
        Self::Denied,
        Self::Inferred,
        Self::Unattributed,
    ];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Contested => "contested",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
            Self::Inferred => "inferred",
            Self::Unattributed => "unattributed",
        }
    }
}

/// The attribution of a coded actor: the first that holds.
pub(super) fn attribution<'p>(
    scene: Scene<'p>,
    claims: &[WeighedClaim<'p>],
    coded: &'p Coded,
    supporting: &Weighed,
    opposing: &Weighed,
) -> Attribution {
    if scene.is_unknown(Component::Actor, &coded.value.value) {
        return Attribution::Unattributed;
    }
    let of = |positions: &[usize]| positions.iter().map(|at| &claims[*at]).collect::<Vec<_>>();
    let (supporters, opponents) = (of(&supporting.claims), of(&opposing.claims));
    if supporters.iter().any(|claim| claim.speaks_for(coded)) {
        Attribution::Claimed
    } else if !supporters.is_empty() && !opponents.is_empty() {
        Attribution::Contested
    } else if !supporters.is_empty()
        || claims.iter().any(|claim| says_of_series(scene, claim, coded))
    {
        Attribution::Alleged
    } else if opponents.iter().any(|claim| claim.denies(coded)) {
        Attribution::Denied
    } else {
        Attribution::Inferred
    }
}

/// Whether a claim says of the whole series that the actor did it.
fn says_of_series<'p>(scene: Scene<'p>, claim: &WeighedClaim<'p>, coded: &'p Coded) -> bool {
    let says = |said: &super::weigh::WeighedStatement<'p>| {
        said.statement.component == Component::Actor
            && matches!(said.statement.stance, Stance::Says | Stance::Affirms)
            && said
                .value
                .is_some_and(|value| scene.relation(value, &coded.value.value, None).is_within())
    };
    claim.of_series && claim.statements.iter().any(says)
}
