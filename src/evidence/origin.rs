//! Origins: whose reporting a claim goes back to.

use std::collections::BTreeMap;

use crate::dataset::{Binding, RegistryEntry};
use crate::record::{Claim, SourceEntry};
use crate::value::name_key;

/// The publishers that a source's content may go back to: their keys, sorted, and their names as
/// written. Exactly one is the true origin; nothing tells which, where a source repeats several. A
/// source whose publisher is not known adds none.
pub(super) fn origins<'p>(binding: Binding<'p>, start: &'p str) -> BTreeMap<String, &'p str> {
    let ends = ends(binding, start).into_iter();
    let mut written: Vec<&str> =
        ends.filter_map(|source| binding.dataset.counted_publisher(source)).collect();
    // Of several spellings the same is taken in any order of the sources.
    written.sort_unstable_by(|one, other| other.cmp(one));
    written.into_iter().map(|name| (name_key(name), name)).collect()
}

/// The sources that a source goes back to: those reached through `cites` that cite nothing. Where
/// all citations lead in a circle, any source in it may be the origin.
pub(super) fn ends<'p>(
    binding: Binding<'p>,
    start: &'p str,
) -> Vec<&'p RegistryEntry<SourceEntry>> {
    let reached = binding.goes_back_to(start);
    if !reached.iter().any(|source| source.entry.cites.is_empty()) {
        return reached;
    }
    reached.into_iter().filter(|source| source.entry.cites.is_empty()).collect()
}

/// The registered sources that a claim came through: the one that holds it, and those from which it
/// was passed on.
pub(super) fn source_chain<'p>(binding: Binding<'p>, claim: &'p Claim) -> Vec<&'p SourceEntry> {
    let entries = |start| binding.goes_back_to(start).into_iter().map(|source| &source.entry);
    let Some(via) = &claim.via else { return entries(&claim.source.value).collect() };
    // What else the source cites has nothing to do with a statement that has a `via` of its own.
    let holder = binding.source(&claim.source.value);
    holder.into_iter().chain(entries(&via.value)).collect()
}
