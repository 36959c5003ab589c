//! Likeness: what shows that two records may code one event.
//!
//! Does: tell by which blocks similar records are found, and which traits of a record are compared with
//! those of another. Both are plain values, so a rule compares records with them, and a table gives them to
//! whoever compares the records of many machines.
//!
//! Must never: look at a whole dataset, or judge what a likeness means.

mod alike;
mod blocks;
mod days;
mod site;
mod traits;

pub use alike::{are_alike, shared_source};
pub use blocks::{Block, BlockDigest, BlockDigests, Blocks};
pub use days::When;
pub use traits::Traits;
