//! A registry entry that nothing refers to.

use std::collections::HashSet;

use foldhash::fast::RandomState;

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
    slips(binding).into_iter().for_each(|slip| _ = used.add(Referent::Actor, slip.meant));
    used.add_entries(dataset);
    report("actor", &dataset.actors, |id| used.has_subject(id), found);
    report("place", &dataset.places, |id| used.has_subject(id), found);
    report("source", &dataset.sources, |id| used.has(Referent::Source, id), found);
}

/// Whether a part could not be read: it may use an entry.
fn lacks_something(dataset: &Dataset) -> bool {
    let mut defects = dataset.files.iter().flat_map(|file| &file.defects);
    defects.any(|defect| !defect.value.leaves_value())
}

/// The names that are in use.
#[derive(Debug, Default)]
struct Used<'p>(HashSet<(Referent, &'p str), RandomState>);

impl<'p> Used<'p> {
    /// Adds the references of an event. Returns `false` if a name does not resolve, because it may be a
    /// slip for any entry.
    fn add_event(&mut self, binding: Binding<'p>, event: &'p Event) -> bool {
        for Reference { referent, name, .. } in event.references() {
            let is_of_registry = referent != Referent::Event;
            if is_of_registry && self.add(referent, name) && !binding.resolves(referent, name) {
                return false;
            }
        }
        let division = binding.division_of(event);
        division.into_iter().for_each(|place| _ = self.add(Referent::Place, &place.id.value));
        for by in event.claims.iter().filter_map(|claim| claim.by.as_ref()) {
            self.add(Referent::Subject, &by.code.value);
        }
        true
    }

    /// Adds a name; returns whether it is new.
    fn add(&mut self, referent: Referent, name: &'p str) -> bool {
        self.0.insert((referent, name))
    }

    fn has(&self, referent: Referent, id: &str) -> bool {
        self.0.contains(&(referent, id))
    }

    /// Whether an actor or place is in use: a name may stand for either.
    fn has_subject(&self, id: &str) -> bool {
        [Referent::Actor, Referent::Place, Referent::Subject].iter().any(|one| self.has(*one, id))
    }

    /// Adds the references of the entries, except to themselves.
    fn add_entries(&mut self, dataset: &'p Dataset) {
        for EntryFields { id, values, .. } in dataset.entry_fields() {
            let others = values.references().filter(|named| named.name != id);
            others.for_each(|named| _ = self.add(named.referent, named.name));
        }
        let mut add = |referent, own: &str, name: &'p Spanned<Box<str>>| {
            if *name.value != *own {
                self.add(referent, &name.value);
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
}

fn report<T>(
    what: &str,
    registry: &Registry<T>,
    is_used: impl Fn(&str) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    for entry in registry.entries().iter().filter(|entry| !is_used(&entry.id.value)) {
        let message = format!("nothing refers to the {what} `{}`", entry.id.value);
        found.push(Diagnostic::new(RULE.name, entry.location(), message).label("not used"));
    }
}
