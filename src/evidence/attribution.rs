//! How an actor is attributed.

use super::component::Weighed;
use super::relation::Comparer;
use super::weigh::WeighedClaim;
use crate::record::{Coded, Stance};
use crate::schema::Component;

/// On whose word an actor is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribution {
    /// Nobody is coded, or nobody knows who it was.
    Unattributed,
    /// One who speaks for the actor says so.
    Claimed,
    /// Some say so, others say otherwise.
    Contested,
    /// A publisher says so itself, or an investigation does.
    Reported,
    /// Others say so, at least of the series.
    Alleged,
    /// Nobody says so, and the actor denies it.
    Denied,
    /// Nobody says so, and others say otherwise; or the coder gives a reason.
    Inferred,
}

impl Attribution {
    /// Every attribution, in the order in which the first that holds is taken.
    pub const ALL: [Self; 7] = [
        Self::Unattributed,
        Self::Claimed,
        Self::Contested,
        Self::Reported,
        Self::Alleged,
        Self::Denied,
        Self::Inferred,
    ];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unattributed => "unattributed",
            Self::Claimed => "claimed",
            Self::Contested => "contested",
            Self::Reported => "reported",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
            Self::Inferred => "inferred",
        }
    }
}

/// What is known of a coded actor that its attribution depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttributionFacts {
    /// It is the code for what nobody knows.
    pub unknown: bool,
    /// One who speaks for it supports it.
    pub claimed: bool,
    /// A claim supports it.
    pub supported: bool,
    /// One who does not speak for it opposes it.
    pub opposed: bool,
    /// A supporter is a publisher in its own voice, or an investigation.
    pub reported: bool,
    /// A claim about the whole series names it.
    pub of_series: bool,
    /// One who speaks for it opposes it.
    pub denied: bool,
    /// The coder gives a reason.
    pub reasoned: bool,
}

impl AttributionFacts {
    /// The first attribution that holds; `None` where nothing speaks of the actor.
    pub fn attribution(self) -> Option<Attribution> {
        Attribution::ALL.into_iter().find(|attribution| match attribution {
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
    pub(super) fn of<'p>(
        comparer: Comparer<'p>,
        claims: &[WeighedClaim<'p>],
        coded: &'p Coded,
        supporting: &Weighed,
        (opposed, denied): (bool, bool),
    ) -> Self {
        let supporters: Vec<_> = supporting.claims.iter().map(|at| &claims[*at]).collect();
        Self {
            unknown: comparer.is_unknown(Component::Actor, &coded.value.value),
            claimed: supporters.iter().any(|claim| claim.speaks_for(coded)),
            supported: !supporters.is_empty(),
            opposed,
            reported: supporters.iter().any(|claim| claim.speaker.own_voice || claim.finding),
            of_series: claims.iter().any(|claim| says_of_series(comparer, claim, coded)),
            denied,
            reasoned: coded.because.is_some(),
        }
    }
}

/// Whether a claim says of the whole series that the actor did it.
fn says_of_series<'p>(comparer: Comparer<'p>, claim: &WeighedClaim<'p>, coded: &'p Coded) -> bool {
    let says = |said: &super::statement::WeighedStatement<'p>| {
        said.statement.component == Component::Actor
            && matches!(said.statement.stance, Stance::Says | Stance::Affirms)
            && said
                .value
                .is_some_and(|value| comparer.relation(value, &coded.value.value, None).is_within())
    };
    claim.of_series && claim.statements.iter().any(says)
}
