//! An id that two things share.

use std::collections::BTreeMap;

use crate::dataset::{Binding, SERIES};
use crate::diagnostic::Diagnostic;
use crate::source::Location;

rule!("duplicate-id", Error, Dataset(check));

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let mut events = BTreeMap::new();
    for filed in binding.dataset.events.iter().filter(|filed| !filed.id().is_empty()) {
        let what = "another event";
        if let Some(first) = events.insert((filed.id(), filed.coder.as_deref()), filed.location()) {
            events.insert((filed.id(), filed.coder.as_deref()), first);
            found.push(duplicate(what, filed.id(), filed.location(), first));
        }
    }
    let (actors, places) = (&binding.dataset.actors, &binding.dataset.places);
    let reserved = [
        actors.get(SERIES).and_then(|actor| actors.location(actor)),
        places.get(SERIES).and_then(|place| places.location(place)),
    ];
    found.extend(reserved.into_iter().flatten().map(reserved_id));
    for place in places.entries() {
        let first = actors.get(&place.id.value).and_then(|actor| actors.location(actor));
        if let (Some(first), Some(second)) = (first, places.location(place)) {
            found.push(duplicate("an actor", &place.id.value, second, first));
        }
    }
}

fn reserved_id(place: Location) -> Diagnostic {
    let message = format!("the id `{SERIES}` is reserved for the series of an event");
    Diagnostic::new(RULE.name, place, message)
        .label("used by `about: series`")
        .help("choose another id")
}

fn duplicate(what: &str, id: &str, second: Location, first: Location) -> Diagnostic {
    let message = format!("the id `{id}` is already used by {what}");
    let found = Diagnostic::new(RULE.name, second, message).label("used again here");
    found
        .also(first, "first used here")
        .help("give one of the two another id; never reuse a published one")
}
