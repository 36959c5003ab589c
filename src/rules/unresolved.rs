//! Names that stand for nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::dataset::{Binding, Dataset, EntryFields, RegistryEntry};
use crate::form::Limit;
use crate::record::{Actor, Place, Reference, Referent, SourceEntry};
use crate::source::{FileId, Spanned};

/// The names in the events and registries of a dataset that stand for nothing: those of the events in the order of the
/// files, then those of related events, then those of the registries.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Unresolved(Vec<Name>);

/// A name that stands for nothing.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Name {
    file: FileId,
    referent: Referent,
    name: Spanned<Box<str>>,
}

impl Unresolved {
    /// Adds a name.
    pub(super) fn add(&mut self, file: FileId, name: &Reference<'_>) {
        let Reference { referent, name, span } = *name;
        self.0.push(Name { file, referent, name: Spanned::new(name.into(), span) });
    }

    /// Adds those of the registries.
    pub(super) fn add_registries(&mut self, binding: Binding<'_>) {
        for (file, name) in of_registries(binding) {
            if !binding.resolves(name.referent, name.name) {
                self.add(file, &name);
            }
        }
    }

    /// Adds those of what comes after.
    pub(super) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives each file that it points at the number that it has now.
    pub(super) fn renumber(&mut self, number: &impl Fn(FileId) -> FileId) {
        self.0.iter_mut().for_each(|name| name.file = number(name.file));
    }

    /// Those that stand for some of these things. At most one more than the limit of findings is kept for
    /// each file. Report them one after another, because the number of searches for a suggestion is
    /// limited.
    pub(super) fn of(&self, is_one: fn(Referent) -> bool) -> Vec<(FileId, Reference<'_>)> {
        let mut kept: BTreeMap<FileId, usize> = BTreeMap::new();
        let is_kept = |name: &&Name| {
            let kept = kept.entry(name.file).or_default();
            *kept += usize::from(is_one(name.referent));
            // One more than the limit shows that the limit was exceeded.
            is_one(name.referent) && *kept <= Limit::Findings.most() + 1
        };
        let kept = self.0.iter().filter(is_kept);
        kept.map(|name| (name.file, Reference::new(name.referent, &name.name))).collect()
    }
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
