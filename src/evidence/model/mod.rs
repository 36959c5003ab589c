//! What the weighing of an event's claims finds.

mod claim;
mod component;
mod position;
mod statement;
mod supported;

pub use claim::{ClaimantKey, Speaker, WeighedClaim};
pub use component::{Attribution, Weighed, WeighedComponent};
pub use position::{Position, PositionStatus};
pub use statement::{Effect, Relation, WeighedStatement};
pub use supported::{Lacking, Steps, Supported, Unmet};

use super::accounting::minimum_hitting_set;
use crate::dataset::BoundEvent;
use crate::record::Stance;
use crate::schema::Component;

/// The claims of one event, weighed.
#[derive(Clone, Debug)]
pub struct Evidence<'p> {
    /// The event.
    pub bound: BoundEvent<'p>,
    /// Each claim, in the order of the record.
    pub claims: Vec<WeighedClaim<'p>>,
    /// The event itself, and each coded value in the order of the components.
    pub components: Vec<WeighedComponent<'p>>,
    /// The contested components, in their order.
    pub contested: Vec<Component>,
}

impl<'p> Evidence<'p> {
    /// The claims that count.
    pub fn counted(&self) -> impl Iterator<Item = &WeighedClaim<'p>> {
        self.claims.iter().filter(|claim| claim.counted)
    }

    /// The least number of origins that account for the claims that count.
    pub fn n_origins(&self) -> usize {
        minimum_hitting_set(self.counted().map(|claim| &*claim.origins)).len()
    }

    /// The least number of claimants that account for the claims that count.
    pub fn n_claimants(&self) -> usize {
        minimum_hitting_set(self.counted().map(|claim| &*claim.claimants)).len()
    }

    /// The number of claims that count and deny something.
    pub fn n_denials(&self) -> usize {
        let denies = |said: &WeighedStatement<'_>| said.statement.stance == Stance::Denies;
        self.counted().filter(|claim| claim.statements.iter().any(denies)).count()
    }

    /// The name of an origin's publisher, as it is written.
    pub fn origin_name(&self, origin: &str) -> Option<&'p str> {
        let mut named =
            self.claims.iter().flat_map(|claim| claim.origins.iter().zip(&claim.origin_names));
        named.find(|(known, _)| **known == origin).map(|(_, name)| *name)
    }

    /// Whether someone who speaks for a coded actor denies having done it, the action or the event.
    pub fn actor_denies(&self) -> bool {
        self.components.iter().any(|weighed| !weighed.denying.is_empty())
    }
}
