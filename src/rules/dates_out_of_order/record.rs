//! Dates that contradict each other within one record or entry.

use super::before_event::reports;
use super::finding::finding;
use crate::dataset::{Binding, BoundEvent, RegistryEntry};
use crate::diagnostic::Diagnostic;
use crate::record::{Actor, Claim};
use crate::rules::order::is_before;
use crate::schema::Component;
use crate::source::{Location, Spanned};
use crate::value::Date;

/// An event is coded after it happened, and a claim is withdrawn after it was made.
pub(super) fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let at = |span| Location::new(bound.filed.file, span);
    let happened = event.date().zip(event.coded(Component::Date).first());
    let happened = happened.map(|(date, coded)| Spanned::new(date, coded.span()));
    let coded_on = event.coding.as_ref().and_then(|coding| coding.date.as_ref());
    if let (Some(on), Some(day)) = (coded_on, &happened)
        && is_before(&on.value, day.value)
    {
        let found_here = finding(at(on.span), "this was coded before the event")
            .label("coded on this date")
            .also(at(day.span), format!("date of the event: {}", day.value));
        found.push(found_here.help("correct the wrong date"));
    }
    for claim in &event.claims {
        let Some(withdrawn) = claim.withdrawn.as_ref().and_then(|taken| taken.date.as_ref()) else {
            continue;
        };
        if let Some(said) = said_on_or_after(claim, happened.as_ref())
            && is_before(&withdrawn.value, said.value)
        {
            let message = "this claim was withdrawn before it was made";
            let found_here = finding(at(withdrawn.span), message)
                .label("withdrawn on this date")
                .also(at(said.span), format!("made on or after {}", said.value));
            found.push(found_here.help("correct the wrong date"));
        }
    }
}

/// The date of a claim, or else of the event that it reports.
fn said_on_or_after<'r>(
    claim: &'r Claim,
    happened: Option<&Spanned<&'r Date>>,
) -> Option<Spanned<&'r Date>> {
    let said = claim.date.as_ref().map(|date| Spanned::new(&date.value, date.span));
    said.or_else(|| happened.copied().filter(|_| reports(claim)))
}

/// A membership ends after it began.
pub(super) fn check_actors<'p>(binding: Binding<'p>, found: &mut Vec<Diagnostic>) {
    let actors = binding.dataset.actors.entries().iter();
    let memberships = |actor: &'p RegistryEntry<Actor>| {
        actor.entry.member_of.iter().map(move |membership| (actor, membership))
    };
    for (actor, membership) in actors.flat_map(memberships) {
        let (Some(from), Some(to)) = (&membership.from, &membership.to) else { continue };
        let (first, last) = (from.value.earliest(), to.value.latest());
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            let message = "this membership ends before it begins";
            let found_here = finding(actor.at(to.span), message)
                .label("ends on this date")
                .also(actor.at(from.span), format!("begins {}", from.value));
            found.push(found_here.help("swap the two dates, or correct the wrong one"));
        }
    }
}
