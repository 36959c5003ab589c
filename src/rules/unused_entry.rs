//! A registry entry that nothing refers to.

use super::gathered::Gathered;
use super::used::Entry;
use crate::dataset::{Binding, Dataset, Registry};
use crate::diagnostic::Diagnostic;

rule!("unused-entry", Info, Nothing, across(check, "nothing refers to the entry {}"));

fn check(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    // A new dataset does not use its registries yet.
    if dataset.events.is_empty() || may_use_any(dataset, gathered) {
        return;
    }
    let used = &gathered.used;
    report("actor", &dataset.actors, |at| used.has(Entry::Actor(at)), found);
    report("place", &dataset.places, |at| used.has(Entry::Place(at)), found);
    report("source", &dataset.sources, |at| used.has(Entry::Source(at)), found);
}

/// Whether any entry may be in use: of a part that could not be read, or under a name that stands for nothing.
pub(super) fn may_use_any(dataset: &Dataset, gathered: &Gathered<'_>) -> bool {
    let mut defects = dataset.files.iter().flat_map(|file| &file.defects);
    defects.any(|defect| !defect.value.leaves_value()) || !gathered.is_resolved
}

fn report<T>(
    what: &str,
    registry: &Registry<T>,
    is_used: impl Fn(u32) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    for (_, entry) in (0..).zip(registry.entries()).filter(|(at, _)| !is_used(*at)) {
        let message = format!("nothing refers to the {what} `{}`", entry.id.value);
        found.push(Diagnostic::new(RULE.name, entry.location(), message).label("not used"));
    }
}
