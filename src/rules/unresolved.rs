//! The names of a dataset that do not resolve.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::dataset::{Binding, Dataset, EntryFields, FiledEvent, RegistryEntry};
use crate::form::Limit;
use crate::record::{Actor, Place, Reference, Referent, SourceEntry};
use crate::source::{FileId, Spanned};

/// The names in the events and registries of a dataset that do not resolve, in the order of the files.
/// At most one more than the limit of findings is kept for each file.
///
/// They are found on all cores. Report them one after another, because the number of searches for a
/// suggestion is limited.
pub(super) fn unresolved<'p>(
    binding: Binding<'p>,
    is_one: impl Fn(Referent) -> bool + Sync,
) -> Vec<(FileId, Reference<'p>)> {
    let is_unresolved =
        |name: &Reference<'_>| is_one(name.referent) && !binding.resolves(name.referent, name.name);
    let of_event = |filed: &'p FiledEvent| {
        let names = filed.event.references().into_iter().filter(is_unresolved);
        names.map(|name| (filed.file, name)).collect::<Vec<_>>()
    };
    let mut found: Vec<_> = binding.dataset.events.par_iter().flat_map_iter(of_event).collect();
    found.extend(of_registries(binding).into_iter().filter(|(_, name)| is_unresolved(name)));
    let mut kept: BTreeMap<FileId, usize> = BTreeMap::new();
    found.retain(|(file, _)| {
        let kept = kept.entry(*file).or_default();
        *kept += 1;
        // One more than the limit shows that the limit was exceeded.
        *kept <= Limit::Findings.most() + 1
    });
    found
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
