//! Claimants: who stands for a claim.

use std::fmt;

use crate::dataset::Binding;
use crate::record::Claim;

/// Who stands for a claim, such that two claims of one claimant have equal keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimantKey {
    /// An actor: its id or composite code.
    Actor(String),
    /// Words that name no actor, folded.
    Words(String),
    /// A publisher in its own voice, folded; where it repeats others, the origin it repeats.
    Publisher(String),
    /// Whoever spoke without a name, of one origin. Two anonymous claimants of one origin cannot
    /// be told apart, so they count as one.
    Anonymous(String),
}

impl fmt::Display for ClaimantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor(actor) => write!(f, "actor:{actor}"),
            Self::Words(words) => write!(f, "words:{words}"),
            Self::Publisher(publisher) => write!(f, "publisher:{publisher}"),
            Self::Anonymous(origin) => write!(f, "anonymous:{origin}"),
        }
    }
}

/// The claimant of a claim that goes back to `origin`.
pub(super) fn claimant(binding: Binding<'_>, claim: &Claim, origin: &str) -> ClaimantKey {
    match &claim.by {
        _ if claim.anonymous => ClaimantKey::Anonymous(origin.to_owned()),
        None => ClaimantKey::Publisher(origin.to_owned()),
        Some(by) if binding.actor(&by.code.value).is_some() => {
            ClaimantKey::Actor(by.code.value.to_string())
        }
        Some(by) => ClaimantKey::Words(by.code.value.trim().to_lowercase()),
    }
}
