//! A weighed component: a coded value and who stands for and against it.

use strum::{IntoStaticStr, VariantArray};

use super::claim::ClaimantKey;
use super::supported::Supported;
use crate::dataset::BoundEvent;
use crate::record::Coded;
use crate::schema::{Code, Component};

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
    pub supporting: Weighed<'p>,
    /// The claims that oppose it.
    pub opposing: Weighed<'p>,
    /// The opposing claims that are only a denial by the accused: positions in the record.
    pub denying: Vec<usize>,
    /// The level of certainty that its claims support. `None` where the policy asks for none, as for
    /// dates and extra fields, and where nothing is known.
    pub supported: Option<Supported>,
    /// How an actor is attributed. `None` where nothing speaks of it, and for other components.
    pub attribution: Option<Attribution>,
}

/// Some of the claims of an event, and who stands behind them.
#[derive(Clone, Debug, Default)]
pub struct Weighed<'p> {
    /// Positions of the claims in the record, from 0.
    pub claims: Vec<usize>,
    /// A smallest set of origins that accounts for them, sorted.
    pub origins: Vec<&'p str>,
    /// A smallest set of claimants that accounts for them, sorted.
    pub claimants: Vec<ClaimantKey<'p>>,
    /// How many of them share neither claimant nor publisher.
    pub voices: usize,
}

/// On whose word an actor is coded: the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Attribution {
    /// Nobody is coded, or nobody knows who it was.
    Unattributed,
    /// Someone who speaks for the actor says so.
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
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
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

    /// The claims that contest it: those that oppose it and are no denial by the accused.
    pub fn contesting(&self) -> impl Iterator<Item = usize> {
        let positions = self.opposing.claims.iter().copied();
        positions.filter(|position| !self.denying.contains(position))
    }

    /// Coded level minus supported level, in scale steps. `None` where no ranked level is coded, or
    /// the policy asks for nothing.
    pub fn excess(&self) -> Option<isize> {
        self.supported.as_ref()?.excess(self.certainty?)
    }
}
