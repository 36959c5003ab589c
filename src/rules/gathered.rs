//! What the events of a dataset say that concerns more than one of them.

use rayon::prelude::*;

use super::claimants::{Claimants, Slip};
use super::unresolved::Unresolved;
use super::used::{Entry, Used};
use crate::dataset::Binding;
use crate::likeness::BlockDigests;
use crate::record::{Reference, Referent};

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
    /// By which blocks each event is found that may be one with another.
    pub(super) blocks: BlockDigests,
    /// Whether every name in an event, other than those of related ones, stands for something: none may be a slip for an
    /// entry.
    pub(super) is_resolved: bool,
}

impl<'p> Gathered<'p> {
    /// All that was gathered of a dataset, given what its events say.
    pub(super) fn new(
        binding: Binding<'p>,
        (mut unresolved, claimants): (Unresolved, Claimants),
        in_events: Vec<Entry>,
        blocks: BlockDigests,
    ) -> Self {
        let is_resolved = unresolved.is_empty();
        let links = binding.dataset.events.par_iter().flat_map_iter(|event| {
            event.related().iter().map(|related| (event.file, &related.event))
        });
        let lost = links.filter(|(_, id)| !binding.resolves(Referent::Event, &id.value));
        for (file, id) in lost.collect::<Vec<_>>() {
            unresolved.add(file, &Reference::new(Referent::Event, id));
        }
        unresolved.add_registries(binding);
        let mut used = Used::by_entries(binding.dataset);
        in_events.into_iter().for_each(|entry| used.add(entry));
        let slips = claimants.slips(binding);
        for Slip { meant, .. } in &slips {
            used.add_name(binding.dataset, Referent::Actor, meant);
        }
        Self { unresolved, used, claimants, slips, blocks, is_resolved }
    }
}
