//! Which entries of the registries are in use.

use serde::{Deserialize, Serialize};

use crate::dataset::{Dataset, EntryFields, Registry};
use crate::record::Referent;
use crate::source::Spanned;

/// An entry of a registry, by its position there.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) enum Entry {
    /// One of the actors.
    Actor(u32),
    /// One of the places.
    Place(u32),
    /// One of the sources.
    Source(u32),
}

/// The entries that a name stands for. That of an actor or place may stand for either.
pub(super) fn entries(
    dataset: &Dataset,
    referent: Referent,
    name: &str,
) -> impl Iterator<Item = Entry> {
    let Dataset { actors, places, sources, .. } = dataset;
    let either = matches!(referent, Referent::Actor | Referent::Place | Referent::Subject);
    let actor = either.then(|| actors.position(name)).flatten();
    let place = either.then(|| places.position(name)).flatten();
    let is_source = referent == Referent::Source;
    let source = is_source.then(|| sources.position(name)).flatten();
    let at = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
    let of_subject = actor.map(|it| Entry::Actor(at(it))).into_iter();
    let of_subject = of_subject.chain(place.map(|it| Entry::Place(at(it))));
    of_subject.chain(source.map(|it| Entry::Source(at(it))))
}

/// Which entries of the registries something refers to.
#[derive(Debug)]
pub(super) struct Used {
    actors: Vec<bool>,
    places: Vec<bool>,
    sources: Vec<bool>,
}

impl Used {
    /// The entries to which others of a dataset refer.
    pub(super) fn by_entries(dataset: &Dataset) -> Self {
        fn none<T>(registry: &Registry<T>) -> Vec<bool> {
            vec![false; registry.entries().len()]
        }
        let Dataset { actors, places, sources, .. } = dataset;
        let mut used = Self { actors: none(actors), places: none(places), sources: none(sources) };
        used.add_entries(dataset);
        used
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, entry: Entry) {
        let place = match entry {
            Entry::Actor(at) => self.actors.get_mut(at as usize),
            Entry::Place(at) => self.places.get_mut(at as usize),
            Entry::Source(at) => self.sources.get_mut(at as usize),
        };
        place.into_iter().for_each(|is_used| *is_used = true);
    }

    /// Adds what a name stands for.
    pub(super) fn add_name(&mut self, dataset: &Dataset, referent: Referent, name: &str) {
        entries(dataset, referent, name).for_each(|entry| self.add(entry));
    }

    /// Adds what the entries refer to, except themselves.
    fn add_entries(&mut self, dataset: &Dataset) {
        for EntryFields { id, values, .. } in dataset.entry_fields() {
            let others = values.references().filter(|named| named.name != id);
            others.for_each(|named| self.add_name(dataset, named.referent, named.name));
        }
        let mut add = |referent, own: &str, name: &Spanned<Box<str>>| {
            if *name.value != *own {
                self.add_name(dataset, referent, &name.value);
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

    /// Whether an entry is in use.
    pub(super) fn has(&self, entry: Entry) -> bool {
        let place = match entry {
            Entry::Actor(at) => self.actors.get(at as usize),
            Entry::Place(at) => self.places.get(at as usize),
            Entry::Source(at) => self.sources.get(at as usize),
        };
        place == Some(&true)
    }
}
