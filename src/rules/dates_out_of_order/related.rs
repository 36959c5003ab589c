//! Relations that contradict the dates of their events.

use rayon::prelude::*;

use super::finding::finding;
use crate::dataset::{Binding, EventSummary};
use crate::diagnostic::Diagnostic;
use crate::record::{Event, RelatedEvent};
use crate::rules::order::is_before;
use crate::schema::relation::Order;
use crate::schema::{Component, Role};
use crate::source::{Location, Spanned};
use crate::value::Date;

pub(super) fn check_events(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    found.par_extend(binding.dataset.events.par_iter().flat_map_iter(|event| {
        event.related().iter().filter_map(move |related| check(binding, event, related))
    }));
}

fn check(binding: Binding<'_>, this: &EventSummary, related: &RelatedEvent) -> Option<Diagnostic> {
    let relations = binding.codebook.list(Role::Relation);
    let order = Order::of(relations, related.relation)?;
    let that = binding.dataset.event(&related.event.value)?;
    // Most links agree with the days of their events, of which nothing more need be read.
    let is_earlier = |one: &EventSummary, other: &EventSummary| {
        one.last_day.zip(other.first_day).is_some_and(|(last, first)| last < first)
    };
    if !is_excluded(order, is_earlier(that, this), is_earlier(this, that)) {
        return None;
    }
    let (here, there) = (binding.dataset.outline(this)?, binding.dataset.outline(that)?);
    let (this_date, that_date) = (date_of(&here)?, date_of(&there)?);
    // Dates of two countries may differ by a day because of time zones; those of one country do not.
    let country = |event| binding.place_of(event).country;
    let is_one_clock = country(&here) == country(&there);
    let precedes = |one: Spanned<&Date>, other: Spanned<&Date>| {
        let (one, other) = (one.value, other.value);
        is_before(one, other) || is_one_clock && lies_before(one, other)
    };
    if !is_excluded(order, precedes(that_date, this_date), precedes(this_date, that_date)) {
        return None;
    }
    let relation = &relations.entry(related.relation).code;
    let message =
        format!("the dates contradict the relation `{relation}` to `{}`", related.event.value);
    let at = |filed: &EventSummary, span| Location::new(filed.file, span);
    Some(
        finding(at(this, related.event.span), message)
            .label("the other event")
            .also(at(this, this_date.span), format!("date of this event: {}", this_date.value))
            .also(at(that, that_date.span), format!("date of the other event: {}", that_date.value))
            .help("correct the wrong date, or choose another relation"),
    )
}

/// Whether a relation cannot be, given whether the event that it names or the one that names it comes first.
const fn is_excluded(order: Order, that_is_first: bool, this_is_first: bool) -> bool {
    match order {
        Order::Before => that_is_first,
        Order::After => this_is_first,
        Order::Same => that_is_first || this_is_first,
    }
}

fn date_of(event: &Event) -> Option<Spanned<&Date>> {
    let coded = event.coded(Component::Date).first()?;
    Some(Spanned::new(event.date()?, coded.span()))
}

fn lies_before(date: &Date, other: &Date) -> bool {
    date.latest().zip(other.earliest()).is_some_and(|(last, first)| last < first)
}
