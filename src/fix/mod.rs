//! Fixing files by what findings offer.
//!
//! Does: take back the fixes that could do harm (`docs/fixes.md` has the rules); choose fixes that do
//! not get in each other's way, make their edits in memory, and prove with the syntax layer that each
//! leaves all it does not touch as it was; write what changed as a patch.
//!
//! Must never: write a file, make up an edit, or change a byte outside the edits.

mod append;
mod choice;
mod diff;
mod edited;
mod fixer;
mod nodes;
mod proof;
mod round;
mod withdraw;

pub use append::{Appended, Entry, append};
pub use diff::{Patch, unified_diff};
pub use fixer::{Fixed, Fixer, LeftOut, ROUNDS, Wanted};
pub use round::Reason;
pub use withdraw::{KnownNames, withdraw};

#[cfg(test)]
mod tests;
