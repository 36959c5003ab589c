//! How much of an event is kept.

use super::Reader;
use super::event::Event;
use crate::form::{Context, Limit};
use crate::schema::Component;
use crate::syntax::Node;

/// Reads an event from the root of its document, up to the limits.
pub fn read_event(root: Node<'_>, reader: &mut Reader<'_>) -> Option<Event> {
    // Before those of its claims: lines are counted forwards.
    let line = reader.line(root);
    let codebook = reader.context;
    let extra = codebook.extra_keys(Event::FORM);
    let opened = reader.open(root, Event::FORM, &extra)?;
    let mut event = Event::of(&opened, reader, line)?;
    limit_event(&mut event, reader);
    Some(event)
}

/// Leaves out what an event has beyond the limits.
fn limit_event(event: &mut Event, reader: &mut Reader<'_>) {
    for component in [Component::Actor, Component::Action, Component::Target] {
        limit_coded(event, component, Limit::Participants, Limit::Participants.most(), reader);
    }
    let mut triples = Limit::Dyads.most();
    for component in [Component::Actor, Component::Action, Component::Target] {
        limit_coded(event, component, Limit::Dyads, triples, reader);
        triples /= event.coded(component).len().max(1);
    }
    if let Some(first) = event.coded.get(Limit::Values.most()) {
        reader.report(first.span(), Limit::Values);
        event.coded.truncate(Limit::Values.most());
    }
    if let Some((claim, limit)) = first_beyond(event) {
        reader.report(event.claims[claim].span, limit);
        event.claims.truncate(claim);
    }
}

/// Keeps the first values of a component.
fn limit_coded(
    event: &mut Event,
    component: Component,
    limit: Limit,
    most: usize,
    reader: &mut Reader<'_>,
) {
    let coded = event.coded(component);
    let Some(first) = coded.get(most) else { return };
    reader.report(first.span(), limit);
    let mut left = most;
    event.coded.retain(|coded| {
        let counts = coded.component == component;
        let keeps = !counts || left > 0;
        left -= usize::from(counts && keeps);
        keeps
    });
}

/// The first claim that is one too many, or whose values are, and the limit that it meets.
fn first_beyond(event: &Event) -> Option<(usize, Limit)> {
    let (mut values, mut weighed) = (0, 0);
    let beyond = event.claims.iter().map(|claim| {
        for statement in &claim.statements {
            values += statement.values.len();
            // One that names no value speaks of each that is coded.
            let coded = event.coded(statement.component).len().max(1);
            weighed += if statement.values.is_empty() { coded } else { statement.values.len() };
        }
        if values > Limit::Values.most() {
            Some(Limit::Values)
        } else {
            (weighed > Limit::Statements.most()).then_some(Limit::Statements)
        }
    });
    let of_values = beyond.enumerate().find_map(|(at, limit)| Some((at, limit?)));
    let most = Limit::Claims.most();
    let of_claims = (event.claims.len() > most).then_some((most, Limit::Claims));
    of_values.into_iter().chain(of_claims).min_by_key(|(at, _)| *at)
}
