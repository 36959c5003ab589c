//! A registry entry that nothing refers to.

use super::gathered::Gathered;
use super::used::Entry;
use crate::dataset::{Binding, Dataset, Registry};
use crate::diagnostic::Diagnostic;

rule!("unused-entry", Info, Nothing, across_here(check));

fn check(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    // A new dataset does not use its registries yet. A name that stands for nothing may be a slip for any entry.
    if dataset.events.is_empty() || lacks_something(dataset) || !gathered.is_resolved {
        return;
    }
    let used = &gathered.used;
    report("actor", &dataset.actors, |at| used.has(Entry::Actor(at)), found);
    report("place", &dataset.places, |at| used.has(Entry::Place(at)), found);
    report("source", &dataset.sources, |at| used.has(Entry::Source(at)), found);
}

/// Whether a part could not be read: it may use an entry.
fn lacks_something(dataset: &Dataset) -> bool {
    let mut defects = dataset.files.iter().flat_map(|file| &file.defects);
    defects.any(|defect| !defect.value.leaves_value())
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
