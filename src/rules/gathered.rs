//! What the events of a dataset say that concerns more than one of them.

use super::claimants::{Claimants, Slip};
use super::unresolved::Unresolved;
use super::used::Used;
use crate::dataset::{Binding, BoundEvent};
use crate::record::Referent;

/// What was gathered from the events of a dataset, in their order, and from its registries.
#[derive(Debug)]
pub struct Gathered<'p> {
    /// The names that stand for nothing.
    pub(super) unresolved: Unresolved,
    /// The entries of the registries that are in use.
    pub(super) used: Used,
    /// Who says something and is no actor.
    pub(super) claimants: Claimants,
    /// The claimants that are almost the id of an actor.
    pub(super) slips: Vec<Slip<'p>>,
    /// Whether every name of an event stands for something, so that none may be a slip for any entry.
    pub(super) is_resolved: bool,
}

impl<'p> Gathered<'p> {
    /// All that was gathered of a dataset: from its events, and now from its registries.
    pub(super) fn new(
        binding: Binding<'p>,
        mut unresolved: Unresolved,
        claimants: Claimants,
        used: Used,
    ) -> Self {
        let is_resolved = unresolved.is_only_of_events(0);
        unresolved.add_registries(binding);
        used.add_entries(binding.dataset);
        let slips = claimants.slips(binding);
        for Slip { meant, .. } in &slips {
            used.add(binding.dataset, Referent::Actor, meant);
        }
        Self { unresolved, used, claimants, slips, is_resolved }
    }
}

/// Gathers what an event says. Returns whether its registry names all stand for something.
pub(super) fn gather(
    bound: BoundEvent<'_>,
    unresolved: &mut Unresolved,
    claimants: &mut Claimants,
    used: &Used,
) -> bool {
    let BoundEvent { binding, filed } = bound;
    let before = unresolved.len();
    for name in filed.event.references() {
        match binding.resolves(name.referent, name.name) {
            true => used.add(binding.dataset, name.referent, name.name),
            false => unresolved.add(filed.file, &name),
        }
    }
    if let Some(place) = binding.division_of(filed.event) {
        used.add(binding.dataset, Referent::Place, &place.id.value);
    }
    for claim in &filed.event.claims {
        if let Some(by) = &claim.by {
            used.add(binding.dataset, Referent::Subject, &by.code.value);
        }
        claimants.add(bound, claim);
    }
    unresolved.is_only_of_events(before)
}
