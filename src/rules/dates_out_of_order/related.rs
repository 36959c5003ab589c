//! Relations that contradict the dates of their events.

use rayon::prelude::*;

use super::finding::finding;
use crate::dataset::{Binding, BoundEvent, FiledEvent};
use crate::diagnostic::Diagnostic;
use crate::rules::order::is_before;
use crate::schema::relation::Order;
use crate::schema::{Component, Role};
use crate::source::{Location, Spanned};
use crate::value::Date;

pub(super) fn check_events(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let related = binding.dataset.events.par_iter().filter(|event| !event.related.is_empty());
    found.par_extend(related.flat_map_iter(|summary| {
        let event = binding.dataset.outline(summary);
        let filed = event.as_ref().map(|event| FiledEvent { summary, event });
        filed.map_or_else(Vec::new, |filed| check(BoundEvent { binding, filed }))
    }));
}

fn check(bound: BoundEvent<'_>) -> Vec<Diagnostic> {
    let (binding, mut found) = (bound.binding, Vec::new());
    let relations = binding.codebook.list(Role::Relation);
    let Some(this) = date_of(bound.filed) else { return found };
    for related in &bound.filed.related {
        let Some(order) = Order::of(relations, related.relation) else { continue };
        let Some(other) = binding.dataset.event(&related.event.value) else { continue };
        let Some(record) = binding.dataset.outline(other) else { continue };
        let other = FiledEvent { summary: other, event: &record };
        let Some(that) = date_of(other) else { continue };
        // Dates of two countries may differ by a day because of time zones; those of one country do not.
        let country = |filed: FiledEvent<'_>| binding.place_of(filed.event).country;
        let is_one_clock = country(bound.filed) == country(other);
        let precedes =
            |one, other| is_before(one, other) || is_one_clock && lies_before(one, other);
        let is_excluded = match order {
            Order::Before => precedes(that.value, this.value),
            Order::After => precedes(this.value, that.value),
            Order::Same => precedes(that.value, this.value) || precedes(this.value, that.value),
        };
        if is_excluded {
            let relation = &relations.entry(related.relation).code;
            let message = format!(
                "the dates contradict the relation `{relation}` to `{}`",
                related.event.value
            );
            let here = |span| Location::new(bound.filed.file, span);
            let there = Location::new(other.file, that.span);
            let help = "correct the wrong date, or choose another relation";
            found.push(
                finding(here(related.event.span), message)
                    .label("the other event")
                    .also(here(this.span), format!("date of this event: {}", this.value))
                    .also(there, format!("date of the other event: {}", that.value))
                    .help(help),
            );
        }
    }
    found
}

fn date_of(filed: FiledEvent<'_>) -> Option<Spanned<&Date>> {
    let coded = filed.event.coded(Component::Date).first()?;
    Some(Spanned::new(filed.event.date()?, coded.span()))
}

fn lies_before(date: &Date, other: &Date) -> bool {
    date.latest().zip(other.earliest()).is_some_and(|(last, first)| last < first)
}
