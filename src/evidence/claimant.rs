//! Claimants: who stands for a claim.

use super::model::{ClaimantKey, Speaker};
use crate::record::Claim;
use crate::value::name_key;

/// The claimants that may stand for a claim; exactly one does. There are several only where the
/// claimant is known by its origin alone, which may be one of several: a publisher that speaks
/// itself stands for the origin that it repeats.
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
