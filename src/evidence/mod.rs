//! Evidence: how claims bear on what is coded.
//!
//! Does: weigh the claims of one event: who supports, opposes or declines each component, from
//! which origins, what level of certainty the claims support, and how each actor is attributed. This
//! module alone implements `docs/evidence.md`. The types stand in `model`; `weigh` fills them in.
//!
//! Must never: look at another event, change what a coder coded, or judge whether a level is right.
//! The rules judge that.

mod accounting;
mod attribution;
mod claimant;
mod component;
mod contested;
mod model;
mod origin;
mod policy;
mod position;
mod relation;
mod statement;
#[cfg(test)]
mod tests;
mod unnamed;
mod voice;
mod weigh;

pub use model::{
    Attribution, ClaimantKey, Effect, Evidence, Position, PositionStatus, Relation, Supported,
    Weighed, WeighedClaim, WeighedComponent, WeighedStatement,
};
pub use position::positions;
pub use relation::Comparer;
pub use unnamed::{names_nobody, unnamed};
pub use weigh::weigh;
