//! How an actor is attributed.

use strum::VariantArray;

use super::model::{Attribution, Relation, Weighed, WeighedClaim, WeighedStatement};
use crate::record::{Coded, Stance};

/// What the attribution of a coded actor depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttributionFacts {
    /// It is the code for what nobody knows.
    pub unknown: bool,
    /// Someone who speaks for it supports it.
    pub claimed: bool,
    /// A claim supports it.
    pub supported: bool,
    /// Someone who does not speak for it opposes it.
    pub opposed: bool,
    /// A supporter is a publisher in its own voice, or an investigation.
    pub reported: bool,
    /// A claim about the whole series names it.
    pub of_series: bool,
    /// Someone who speaks for it opposes it.
    pub denied: bool,
    /// The coder gives a reason.
    pub reasoned: bool,
}

impl AttributionFacts {
    /// The first attribution that holds; `None` where nothing speaks of the actor.
    pub fn attribution(self) -> Option<Attribution> {
        Attribution::VARIANTS.iter().copied().find(|attribution| match attribution {
            Attribution::Unattributed => self.unknown,
            Attribution::Claimed => self.claimed,
            Attribution::Contested => self.supported && self.opposed,
            Attribution::Reported => self.reported,
            Attribution::Alleged => self.supported || self.of_series,
            Attribution::Denied => self.denied,
            Attribution::Inferred => self.opposed || self.reasoned,
        })
    }

    /// The facts of a coded actor.
    pub(super) fn of(
        claims: &[WeighedClaim<'_>],
        coded: &Coded,
        supporting: &Weighed<'_>,
        (unknown, opposed, denied): (bool, bool, bool),
    ) -> Self {
        let supporters: Vec<_> = supporting.claims.iter().map(|at| &claims[*at]).collect();
        Self {
            unknown,
            claimed: supporters.iter().any(|claim| claim.speaks_for(coded)),
            supported: !supporters.is_empty(),
            opposed,
            reported: supporters.iter().any(|claim| claim.speaker.own_voice || claim.finding),
            of_series: claims.iter().any(|claim| says_of_series(claim, coded)),
            denied,
            reasoned: coded.because.is_some(),
        }
    }
}

/// Whether a claim says of the whole series that the actor did it.
fn says_of_series(claim: &WeighedClaim<'_>, coded: &Coded) -> bool {
    let says = |said: &WeighedStatement<'_>| {
        matches!(said.statement.stance, Stance::Says | Stance::Affirms)
            && said.relation_to(coded).is_some_and(Relation::is_within)
    };
    claim.of_series && claim.statements.iter().any(says)
}
