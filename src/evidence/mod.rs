//! Evidence: how claims bear on what is coded.
//!
//! Does: weigh the claims of one event, purely: who supports, opposes or declines each component,
//! from which origins, what level of certainty that carries, and how each actor is attributed.
//! `docs/evidence.md` states the theory; this module is that theory executed, and the only place
//! where it is.
//!
//! Must never: look at another event, change what a coder coded, or judge whether a level is
//! right. That is what rules do with what is weighed here.

mod accounting;
mod attribution;
mod claimant;
mod component;
mod contested;
mod model;
mod origin;
mod policy;
mod relation;
mod statement;
#[cfg(test)]
mod tests;
mod unnamed;
mod voice;
mod weigh;

pub use model::{
    Attribution, Carried, ClaimantKey, Effect, Evidence, Relation, Weighed, WeighedClaim,
    WeighedComponent, WeighedStatement,
};
pub use relation::Comparer;
pub use unnamed::{names_nobody, unnamed};
pub use weigh::weigh;
