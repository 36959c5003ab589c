//! Which entries of the registries are in use.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::dataset::{Dataset, EntryFields, Registry};
use crate::record::Referent;
use crate::source::Spanned;

/// Which entries of the registries something refers to. It is filled by several threads at a time; what is in use
/// does not depend on their order.
#[derive(Debug)]
pub(super) struct Used {
    actors: Vec<AtomicBool>,
    places: Vec<AtomicBool>,
    sources: Vec<AtomicBool>,
}

impl Used {
    /// No entry of a dataset.
    pub(super) fn none_of(dataset: &Dataset) -> Self {
        fn none<T>(registry: &Registry<T>) -> Vec<AtomicBool> {
            registry.entries().iter().map(|_| AtomicBool::new(false)).collect()
        }
        let Dataset { actors, places, sources, .. } = dataset;
        Self { actors: none(actors), places: none(places), sources: none(sources) }
    }

    /// Adds what a name stands for. A name of an actor or place may stand for either.
    pub(super) fn add(&self, dataset: &Dataset, referent: Referent, name: &str) {
        match referent {
            Referent::Event => {}
            Referent::Source => add(&self.sources, &dataset.sources, name),
            Referent::Actor | Referent::Place | Referent::Subject => {
                add(&self.actors, &dataset.actors, name);
                add(&self.places, &dataset.places, name);
            }
        }
    }

    /// Adds what the entries refer to, except themselves.
    pub(super) fn add_entries(&self, dataset: &Dataset) {
        for EntryFields { id, values, .. } in dataset.entry_fields() {
            let others = values.references().filter(|named| named.name != id);
            others.for_each(|named| self.add(dataset, named.referent, named.name));
        }
        let add = |referent, own: &str, name: &Spanned<Box<str>>| {
            if *name.value != *own {
                self.add(dataset, referent, &name.value);
            }
        };
        for actor in dataset.actors.entries() {
            let memberships = actor.entry.member_of.iter();
            memberships.for_each(|one| add(Referent::Actor, &actor.id.value, &one.actor));
        }
        for place in dataset.places.entries() {
            let within = place.entry.within.iter();
            within.for_each(|within| add(Referent::Place, &place.id.value, within));
        }
        for source in dataset.sources.entries() {
            source.entry.of.iter().for_each(|of| add(Referent::Actor, "", of));
            let cited = source.entry.cites.iter();
            cited.for_each(|cited| add(Referent::Source, &source.id.value, cited));
        }
    }

    /// Whether the actor at a position is in use.
    pub(super) fn has_actor(&self, position: usize) -> bool {
        has(&self.actors, position)
    }

    /// Whether the place at a position is in use.
    pub(super) fn has_place(&self, position: usize) -> bool {
        has(&self.places, position)
    }

    /// Whether the source at a position is in use.
    pub(super) fn has_source(&self, position: usize) -> bool {
        has(&self.sources, position)
    }
}

fn add<T>(used: &[AtomicBool], registry: &Registry<T>, name: &str) {
    let entry = registry.position(name).and_then(|position| used.get(position));
    // Written once, so that the cores do not wait for each other.
    if let Some(entry) = entry.filter(|entry| !entry.load(Ordering::Relaxed)) {
        entry.store(true, Ordering::Relaxed);
    }
}

fn has(used: &[AtomicBool], position: usize) -> bool {
    used.get(position).is_some_and(|entry| entry.load(Ordering::Relaxed))
}
