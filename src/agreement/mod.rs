//! Agreement: how well the coders of the same events agree.
//!
//! Does: compare the records of single coders by variable: percent agreement, Krippendorff's alpha, and
//! each disagreement, the worst first. This module alone implements `docs/agreement.md`.
//!
//! Must never: judge which coder is right, or count a missing value as one.

mod alpha;
mod compare;
mod variable;

pub use alpha::NotComputable;
pub use compare::{Agreement, Disagreement, Measured, Side, compare};
