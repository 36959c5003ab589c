//! A registry entry that nothing refers to.

use std::collections::BTreeSet;

use super::misspelled_claimant::slips;
use crate::dataset::{Binding, Dataset, EntryFields, Registry};
use crate::diagnostic::Diagnostic;
use crate::record::{Event, Reference, Referent};
use crate::source::Spanned;

rule!("unused-entry", Info, Dataset(check));

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    // A new dataset does not use its registries yet.
    if dataset.events.is_empty() || lacks_something(dataset) {
        return;
    }
    let mut used = Used::default();
    for filed in &dataset.events {
        if !used.add_event(binding, &filed.event) {
            return;
        }
    }
    used.subjects.extend(slips(binding).into_iter().map(|slip| slip.meant));
    used.add_entries(dataset);
    report("actor", &dataset.actors, &used.subjects, found);
    report("place", &dataset.places, &used.subjects, found);
    report("source", &dataset.sources, &used.sources, found);
}

/// Whether a part could not be read: it may use an entry.
fn lacks_something(dataset: &Dataset) -> bool {
    let mut defects = dataset.files.iter().flat_map(|file| &file.defects);
    defects.any(|defect| !defect.value.leaves_value())
}

/// The ids that are in use. Actors and places share one set.
#[derive(Debug, Default)]
struct Used<'p> {
    subjects: BTreeSet<&'p str>,
    sources: BTreeSet<&'p str>,
}

impl<'p> Used<'p> {
    /// Adds the references of an event. Returns `false` if a name does not resolve, because it may be a
    /// slip for any entry.
    fn add_event(&mut self, binding: Binding<'p>, event: &'p Event) -> bool {
        for reference in event.references() {
            if reference.referent == Referent::Event {
                continue;
            }
            self.add(reference);
            if !binding.resolves(reference.referent, reference.name) {
                return false;
            }
        }
        let division = binding.division(&binding.place_of(event));
        self.subjects.extend(division.map(|place| &*place.id.value));
        for claim in &event.claims {
            self.subjects.extend(claim.by.as_ref().map(|by| &*by.code.value));
        }
        true
    }

    fn add(&mut self, reference: Reference<'p>) {
        match reference.referent {
            Referent::Event => false,
            Referent::Source => self.sources.insert(reference.name),
            Referent::Actor | Referent::Place | Referent::Subject => {
                self.subjects.insert(reference.name)
            }
        };
    }

    /// Adds the references of the entries, except to themselves.
    fn add_entries(&mut self, dataset: &'p Dataset) {
        let other =
            |own: &str, name: &'p Spanned<Box<str>>| Some(&*name.value).filter(|name| *name != own);
        for EntryFields { id, values, .. } in dataset.entry_fields() {
            values.references().filter(|named| named.name != id).for_each(|named| self.add(named));
        }
        for actor in dataset.actors.entries() {
            let memberships = actor.entry.member_of.iter();
            self.subjects.extend(memberships.filter_map(|one| other(&actor.id.value, &one.actor)));
        }
        for place in dataset.places.entries() {
            let within = place.entry.within.iter();
            self.subjects.extend(within.filter_map(|within| other(&place.id.value, within)));
        }
        for source in dataset.sources.entries() {
            self.subjects.extend(source.entry.of.as_ref().map(|of| &*of.value));
            let cited = source.entry.cites.iter();
            self.sources.extend(cited.filter_map(|cited| other(&source.id.value, cited)));
        }
    }
}

fn report<T>(
    what: &str,
    registry: &Registry<T>,
    used: &BTreeSet<&str>,
    found: &mut Vec<Diagnostic>,
) {
    for entry in registry.entries().iter().filter(|entry| !used.contains(&*entry.id.value)) {
        let message = format!("nothing refers to the {what} `{}`", entry.id.value);
        found.push(Diagnostic::new(RULE.name, entry.location(), message).label("not used"));
    }
}
