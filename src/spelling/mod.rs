//! What a misspelled word was probably meant to be.
//!
//! Does: rank known words by how near they are to a written one.
//!
//! Must never: change anything by itself; a guess is shown, or adopted by a reader that has
//! reported it.

mod encoding;
mod index;
mod look_alike;
mod slip;

pub use encoding::{Garbled, garbled};
pub use index::Index;
pub use look_alike::{LookAlike, is_invisible, is_mixed, look_alike, skeleton};
pub use slip::{LONGEST, closest, effort, fold, is_same, is_slip, only_slip};
