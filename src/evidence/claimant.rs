//! Claimants: who stands for a claim.

use std::fmt;

use super::voice::Speaker;
use crate::record::Claim;
use crate::value::name_key;

/// Who stands for a claim, such that two claims of one claimant have equal keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimantKey {
    /// An actor: its id or composite code.
    Actor(String),
    /// The key of a name that is no actor's: words in `by`, or the publisher that speaks itself.
    Name(String),
    /// Whoever spoke without a name, of one origin. Two anonymous claimants of one origin cannot
    /// be told apart, so they count as one.
    Anonymous(String),
}

impl fmt::Display for ClaimantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor(actor) => write!(f, "actor:{actor}"),
            Self::Name(name) => write!(f, "name:{name}"),
            Self::Anonymous(origin) => write!(f, "anonymous:{origin}"),
        }
    }
}

/// Those who may stand for a claim: one of them does. They are several only where the claimant is
/// known by the origin alone and that may be one of several: a publisher that speaks itself is the
/// origin that it repeats.
pub(super) fn claimants(
    claim: &Claim,
    speaker: &Speaker<'_>,
    origins: &[String],
) -> Vec<ClaimantKey> {
    let of_origins = |key: fn(String) -> ClaimantKey| origins.iter().cloned().map(key).collect();
    match (&claim.by, speaker.actor) {
        _ if speaker.anonymous => of_origins(ClaimantKey::Anonymous),
        (_, Some(actor)) => vec![ClaimantKey::Actor(actor.to_owned())],
        (None, None) => of_origins(ClaimantKey::Name),
        (Some(by), None) => vec![ClaimantKey::Name(name_key(&by.code.value))],
    }
}
