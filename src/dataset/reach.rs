//! Entries of registries that refer on through more others than the limit allows.

use super::bound::goes_back_to;
use super::membership::belongings;
use super::{Dataset, Registry};
use crate::form::Limit;
use crate::record::Place;
use crate::source::{FileId, Location, Spanned};

/// The first entry of each registry that refers on through more others than the limit allows.
pub(super) fn beyond_limits(dataset: &Dataset) -> Vec<(FileId, Spanned<Limit>)> {
    let Dataset { actors, places, sources, .. } = dataset;
    let actor =
        first_of(actors, |at, actor| !actor.member_of.is_empty() && belongings(actors, at).1);
    let place = first_of(places, |_, place| lies_too_deep(places, place));
    let source = first_of(sources, |at, source| {
        !source.cites.is_empty() && goes_back_to(sources, &sources.entries()[at].id.value).1
    });
    let found = [(actor, Limit::Memberships), (place, Limit::Places), (source, Limit::Citations)];
    let of = |(entry, limit): (Option<Location>, _)| {
        entry.map(|place| (place.file, Spanned::new(limit, place.span)))
    };
    found.into_iter().filter_map(of).collect()
}

fn first_of<T>(registry: &Registry<T>, is_one: impl Fn(usize, &T) -> bool) -> Option<Location> {
    let mut entries = registry.entries().iter().enumerate();
    entries.find(|(at, entry)| is_one(*at, &entry.entry)).map(|(_, entry)| entry.location())
}

fn lies_too_deep(places: &Registry<Place>, place: &Place) -> bool {
    let wider = |place: &&Place| Some(&places.get(&place.within.as_ref()?.value)?.entry);
    let mut way = Vec::new();
    for wide in std::iter::successors(Some(place), wider) {
        // A circle is not deep.
        if way.iter().any(|known| std::ptr::eq(*known, wide)) {
            return false;
        }
        way.push(wide);
        if way.len() > Limit::Places.most() {
            return true;
        }
    }
    false
}
