//! What a level of certainty must rest on.

use super::Code;
use crate::source::Location;

/// What each level of the certainty scale must rest on, from strongest to weakest as written.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The levels that have conditions.
    pub levels: Vec<Level>,
}

/// A level of the certainty scale and its conditions.
#[derive(Clone, Debug)]
pub struct Level {
    /// The level, a code of the certainty list.
    pub certainty: Code,
    /// What must hold for it.
    pub conditions: Vec<Condition>,
    /// The policy line.
    pub location: Location,
}

/// A condition on the claims that support a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// At least so many independent origins.
    Origins(u32),
    /// At least so many claimants.
    Claimants(u32),
    /// A claimant who is not anonymous.
    Named,
    /// A source at least so reliable: a code of the source reliability list.
    Reliability(Code),
    /// The actor itself says so.
    Admitted,
    /// Nobody says otherwise.
    Unopposed,
}
