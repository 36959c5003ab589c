//! A weighed claim and who speaks in it.

use std::borrow::Cow;
use std::fmt;

use super::statement::{Effect, WeighedStatement};
use crate::record::{Claim, Coded, Stance};
use crate::schema::{Code, Component};

/// A claim and what it does.
#[derive(Clone, Debug)]
pub struct WeighedClaim<'p> {
    /// The claim.
    pub claim: &'p Claim,
    /// Whether it counts: it speaks of this event and was not withdrawn.
    pub counted: bool,
    /// Whether it speaks of the whole series of the event, and was not withdrawn.
    pub of_series: bool,
    /// The keys of the publishers that it may go back to, sorted; exactly one is the true origin.
    pub origins: Vec<&'p str>,
    /// The names of the same publishers, as they are written.
    pub origin_names: Vec<&'p str>,
    /// The claimants that may stand for it; exactly one does.
    pub claimants: Vec<ClaimantKey<'p>>,
    /// Who speaks.
    pub speaker: Speaker<'p>,
    /// Whether it is the finding of an investigation that speaks for no coded actor or target.
    pub finding: bool,
    /// The reliability of the least reliable source that it came through: its source, its `via` and
    /// what they cite. A report is no better for being repeated by a better paper. `None` where one
    /// of them has no rank.
    pub reliability: Option<Code>,
    /// The coded actors for whom its claimant speaks; in an undirected event, the sides.
    pub speaks_for: Vec<&'p Coded>,
    /// What it does to the event itself: that something happened at all.
    pub on_event: Effect,
    /// What it says, one value each.
    pub statements: Vec<WeighedStatement<'p>>,
}

/// Who speaks in a claim.
#[derive(Clone, Debug)]
pub struct Speaker<'p> {
    /// Whether a reader cannot tell who spoke.
    pub anonymous: bool,
    /// The actor whose word it is, named by `by` or known from the source: a press office speaks
    /// for its actor. `None` for everybody else, and for anonymous speakers.
    pub actor: Option<&'p str>,
    /// Whether it is a publisher's own voice: it reports, and speaks for no actor.
    pub own_voice: bool,
}

/// Identifies who stands for a claim: two claims of one claimant have equal keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimantKey<'p> {
    /// An actor: its id or composite code.
    Actor(&'p str),
    /// The key of a name that is no actor's: words in `by`, or a publisher that speaks itself.
    Name(Cow<'p, str>),
    /// Whoever spoke without a name, by the origin. Two anonymous claimants of one origin cannot be
    /// told apart, so they count as one.
    Anonymous(&'p str),
}

impl fmt::Display for ClaimantKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor(actor) => write!(f, "actor:{actor}"),
            Self::Name(name) => write!(f, "name:{name}"),
            Self::Anonymous(origin) => write!(f, "anonymous:{origin}"),
        }
    }
}

impl<'p> WeighedClaim<'p> {
    /// The claimant as written, or the actor whose word it is where only the source tells.
    pub fn claimant(&self) -> Option<&'p str> {
        self.claim.by.as_ref().map(|by| &*by.code.value).or(self.speaker.actor)
    }

    /// Whether its claimant speaks for a coded actor.
    pub fn speaks_for(&self, coded: &Coded) -> bool {
        self.speaks_for.iter().any(|known| std::ptr::eq(*known, coded))
    }

    /// Whether it has an effect on a coded value; `None` is the event itself.
    pub fn does(&self, effect: Effect, coded: Option<&Coded>) -> bool {
        match coded {
            Some(coded) => self.statements.iter().any(|said| said.does(effect, coded)),
            None => self.on_event == effect,
        }
    }

    /// Whether all that it says against a coded value, or the event itself, is a denial by the
    /// accused of what they are accused of. If they give another account of what was done, or to
    /// whom, that is opposition.
    pub(in crate::evidence) fn is_denial(&self, coded: Option<&Coded>) -> bool {
        let Some(coded) = coded else { return !self.speaks_for.is_empty() };
        match coded.component {
            // A target speaks for itself only as a side of an undirected action.
            Component::Actor | Component::Target => self.speaks_for(coded),
            Component::Action => {
                let mut against =
                    self.statements.iter().filter(|said| said.does(Effect::Opposes, coded));
                !self.speaks_for.is_empty()
                    && against.all(|said| said.statement.stance == Stance::Denies || said.agentless)
            }
            _ => false,
        }
    }
}
