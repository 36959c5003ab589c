//! Dates in an impossible order.

mod before_claim;
mod before_event;
mod finding;
mod id;
mod record;
mod related;

use super::gathered::Gathered;
use super::{Across, Check, Rule};
use crate::dataset::{Binding, BoundEvent};
use crate::diagnostic::{Diagnostic, Level};

pub(super) static RULE: Rule = Rule {
    name: finding::NAME,
    level: Level::Warning,
    page: include_str!("dates-out-of-order.md"),
    check: Check::Records(check_event, check_registries),
    across: Some(Across {
        check: check_related,
        query: include_str!("dates-out-of-order.sql"),
        says: "the dates contradict a relation of {}",
    }),
};

fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    before_claim::check_event(bound, found);
    before_event::check_event(bound, found);
    record::check_event(bound, found);
    id::check_event(bound, found);
}

fn check_registries(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    before_claim::check_sources(binding, found);
    record::check_actors(binding, found);
}

fn check_related(binding: Binding<'_>, _: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    related::check_events(binding, found);
}
