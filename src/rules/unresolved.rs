//! The names of a dataset that do not resolve.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::dataset::{Binding, FiledEvent};
use crate::form::Limit;
use crate::record::{Reference, Referent};
use crate::source::FileId;

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

fn of_registries(binding: Binding<'_>) -> Vec<(FileId, Reference<'_>)> {
    let (actors, places, sources) =
        (&binding.dataset.actors, &binding.dataset.places, &binding.dataset.sources);
    let memberships = actors.entries().iter().flat_map(|actor| {
        let memberships = actor.entry.member_of.iter().map(|membership| &membership.actor);
        memberships.chain(&actor.entry.distinct_from)
    });
    let within = places
        .entries()
        .iter()
        .flat_map(|place| place.entry.within.iter().chain(&place.entry.distinct_from));
    let cited = sources
        .entries()
        .iter()
        .flat_map(|source| source.entry.cites.iter().chain(&source.entry.distinct_from));
    let told = sources.entries().iter().filter_map(|source| source.entry.of.as_ref());
    let told = told.filter_map(|of| Some((sources.file?, Reference::new(Referent::Actor, of))));
    let of_actors =
        memberships.filter_map(|of| Some((actors.file?, Reference::new(Referent::Actor, of))));
    let of_places =
        within.filter_map(|within| Some((places.file?, Reference::new(Referent::Place, within))));
    let of_sources =
        cited.filter_map(|cited| Some((sources.file?, Reference::new(Referent::Source, cited))));
    of_actors.chain(of_places).chain(of_sources).chain(told).collect()
}
