//! An id that two things share.

use super::gathered::Gathered;
use crate::dataset::{Binding, EventSummary, Registry, RegistryEntry, SERIES};
use crate::diagnostic::Diagnostic;
use crate::source::Location;
use crate::value::Identifier;

rule!(
    "duplicate-id",
    Error,
    Registries(check_registries),
    across(check_events, "the id {} is already used by another event")
);

const ANOTHER_ID: &str = "give one of the two another id; never reuse a published one";

fn check_events(binding: Binding<'_>, _: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let is_one = |one: &&EventSummary, next: &&EventSummary| {
        (one.id(), one.coder()) == (next.id(), next.coder())
    };
    // Of a draft and a finished record, the draft is at fault.
    for same in binding.dataset.by_event().chunk_by(is_one) {
        let others = same.iter().skip(1);
        found.extend(others.map(|filed| duplicate_event(filed, same[0])));
    }
}

fn check_registries(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let (actors, places) = (&binding.dataset.actors, &binding.dataset.places);
    let reserved = [
        actors.get(SERIES).map(RegistryEntry::location),
        places.get(SERIES).map(RegistryEntry::location),
    ];
    found.extend(reserved.into_iter().flatten().map(reserved_id));
    for place in places.entries() {
        if let Some(actor) = actors.get(&place.id.value) {
            let id = &place.id.value;
            let found_one = duplicate("an actor", id, place.location(), actor.location());
            found.push(found_one.help(ANOTHER_ID));
        }
    }
    repeated("another actor", actors, found);
    repeated("another place", places, found);
    repeated("another source", &binding.dataset.sources, found);
}

/// Reports the ids that two files of a registry have.
fn repeated<T>(what: &str, registry: &Registry<T>, found: &mut Vec<Diagnostic>) {
    for entry in &registry.repeated {
        if let Some(first) = registry.get(&entry.id.value) {
            let found_one = duplicate(what, &entry.id.value, entry.location(), first.location());
            found.push(
                found_one.help("keep one of the two; if they are two things, give one another id"),
            );
        }
    }
}

fn reserved_id(place: Location) -> Diagnostic {
    let message = format!("the id `{SERIES}` is reserved for the series of an event");
    Diagnostic::new(RULE.name, place, message)
        .label("used by `about: series`")
        .help("choose another id")
}

/// A record with the id of another. If they name two coders, another id would double the event.
fn duplicate_event(filed: &EventSummary, first: &EventSummary) -> Diagnostic {
    let id = filed.id();
    let found = duplicate("another event", id, filed.location(), first.location());
    let by = |filed: &'_ EventSummary| filed.coded_by.as_ref().map(|by| by.value.clone());
    match (by(filed), by(first)) {
        (Some(coder), Some(other)) if filed.coder().is_none() && coder != other => {
            let name = Identifier::suggest(&coder).unwrap_or_else(|| "<coder>".to_owned());
            found.help(format!(
                "if `{other}` and `{coder}` coded one event, name this file `{id}.{name}.yaml`; if \
                 these are two events, give one another id"
            ))
        }
        _ => found.help(ANOTHER_ID),
    }
}

fn duplicate(what: &str, id: &str, second: Location, first: Location) -> Diagnostic {
    let message = format!("the id `{id}` is already used by {what}");
    let found = Diagnostic::new(RULE.name, second, message).label("used again here");
    found.also(first, "first used here")
}
