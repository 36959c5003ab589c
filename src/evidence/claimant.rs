//! Claimants: who stands for a claim.

use std::borrow::Cow;

use super::model::{ClaimantKey, Speaker};
use crate::record::Claim;
use crate::value::name_key;

/// The claimants that may stand for a claim; exactly one does. There are several only where the
/// claimant is known by its origin alone, which may be one of several: a publisher that speaks
/// itself stands for the origin that it repeats.
pub(super) fn claimants<'p>(
    claim: &'p Claim,
    speaker: &Speaker<'p>,
    origins: &[&'p str],
) -> Vec<ClaimantKey<'p>> {
    match (&claim.by, speaker.actor) {
        _ if speaker.anonymous => {
            origins.iter().map(|origin| ClaimantKey::Anonymous(origin)).collect()
        }
        (_, Some(actor)) => vec![ClaimantKey::Actor(actor)],
        (None, None) => {
            origins.iter().map(|origin| ClaimantKey::Name(Cow::Borrowed(*origin))).collect()
        }
        (Some(by), None) => vec![ClaimantKey::Name(key_of(&by.code.value))],
    }
}

/// The key of a name; most are their own.
fn key_of(name: &str) -> Cow<'_, str> {
    let key = name_key(name);
    if key == name { Cow::Borrowed(name) } else { Cow::Owned(key) }
}
