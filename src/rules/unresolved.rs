//! Names that stand for nothing.

use std::collections::BTreeMap;

use crate::dataset::{Binding, BoundEvent, Dataset, EntryFields, RegistryEntry};
use crate::form::Limit;
use crate::record::{Actor, Place, Reference, Referent, SourceEntry};
use crate::source::{FileId, Spanned};

/// The names in the events and registries of a dataset that stand for nothing, in the order of the files.
#[derive(Debug, Default)]
pub struct Unresolved<'p>(Vec<(FileId, Reference<'p>)>);

impl<'p> Unresolved<'p> {
    /// Those of an event.
    pub(super) fn of_event(bound: BoundEvent<'p>) -> Self {
        let BoundEvent { binding, filed } = bound;
        let names = filed.event.references().filter(|name| !resolves(binding, name));
        Self(names.map(|name| (filed.file, name)).collect())
    }

    /// Adds those of the registries.
    pub(super) fn add_registries(&mut self, binding: Binding<'p>) {
        let names = of_registries(binding).into_iter();
        self.0.extend(names.filter(|(_, name)| !resolves(binding, name)));
    }

    /// Adds those of what comes after.
    pub(super) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Whether all names have a meaning, other than those of related events.
    pub(super) fn is_only_of_events(&self) -> bool {
        self.0.iter().all(|(_, name)| name.referent == Referent::Event)
    }

    /// Those that stand for some of these things. At most one more than the limit of findings is kept for
    /// each file. Report them one after another, because the number of searches for a suggestion is
    /// limited.
    pub(super) fn of(&self, is_one: fn(Referent) -> bool) -> Vec<(FileId, Reference<'p>)> {
        let mut kept: BTreeMap<FileId, usize> = BTreeMap::new();
        let is_kept = |(file, name): &&(FileId, Reference<'_>)| {
            let kept = kept.entry(*file).or_default();
            *kept += usize::from(is_one(name.referent));
            // One more than the limit shows that the limit was exceeded.
            is_one(name.referent) && *kept <= Limit::Findings.most() + 1
        };
        self.0.iter().filter(is_kept).copied().collect()
    }
}

fn resolves(binding: Binding<'_>, name: &Reference<'_>) -> bool {
    binding.resolves(name.referent, name.name)
}

fn of_registries<'p>(binding: Binding<'p>) -> Vec<(FileId, Reference<'p>)> {
    let Dataset { actors, places, sources, .. } = binding.dataset;
    let of_actor = |actor: &'p RegistryEntry<Actor>| {
        let memberships = actor.entry.member_of.iter().map(|membership| &membership.actor);
        named(actor.file, Referent::Actor, memberships.chain(&actor.entry.distinct_from))
    };
    let of_place = |place: &'p RegistryEntry<Place>| {
        let names = place.entry.within.iter().chain(&place.entry.distinct_from);
        named(place.file, Referent::Place, names)
    };
    let of_source = |source: &'p RegistryEntry<SourceEntry>| {
        let names = source.entry.cites.iter().chain(&source.entry.distinct_from);
        let told = named(source.file, Referent::Actor, source.entry.of.iter());
        named(source.file, Referent::Source, names).chain(told)
    };
    let of_actors = actors.entries().iter().flat_map(of_actor);
    let of_places = places.entries().iter().flat_map(of_place);
    let of_sources = sources.entries().iter().flat_map(of_source);
    let in_fields =
        binding.dataset.entry_fields().flat_map(|EntryFields { file, values, .. }| {
            values.references().map(move |reference| (file, reference))
        });
    of_actors.chain(of_places).chain(of_sources).chain(in_fields).collect()
}

fn named<'p>(
    file: FileId,
    referent: Referent,
    names: impl Iterator<Item = &'p Spanned<Box<str>>>,
) -> impl Iterator<Item = (FileId, Reference<'p>)> {
    names.map(move |name| (file, Reference::new(referent, name)))
}
