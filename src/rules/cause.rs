//! What a change gives up, and what follows from it.

use crate::dataset::{FiledEvent, RevisedDataset};
use crate::diagnostic::Diagnostic;
use crate::source::{Location, Span};

/// A finding about a change, and which other findings follow from it.
#[derive(Debug)]
pub struct Cause {
    /// The finding.
    pub finding: Diagnostic,
    /// What follows from it.
    pub effects: Effects,
}

/// Which findings follow from a cause.
#[derive(Debug)]
pub enum Effects {
    /// None.
    None,
    /// Those of some rules at names that stand for nothing any more.
    Names {
        /// The names.
        names: Vec<String>,
        /// The dataset; `None` for all.
        dataset: Option<String>,
        /// The rules.
        rules: &'static [&'static str],
    },
    /// Those about the evidence of some records that were not changed themselves, by the place
    /// where each record begins.
    Evidence(Vec<Location>),
}

impl Cause {
    /// A finding of which nothing follows.
    pub(super) fn alone(
        rule: &'static str,
        place: Location,
        message: String,
        label: String,
        help: &str,
    ) -> Self {
        let finding = Diagnostic::new(rule, place, message).label(label).help(help);
        Self { finding, effects: Effects::None }
    }
}

/// Where a record begins.
pub(super) fn begins(filed: &FiledEvent) -> Location {
    Location::new(filed.file, Span::at(filed.event.span.start))
}

/// Where those records begin that are meant and were not changed themselves.
pub(super) fn untouched(
    revised: &RevisedDataset<'_>,
    is_meant: impl Fn(&FiledEvent) -> bool,
) -> Vec<Location> {
    let events = revised.events().into_iter();
    let events = events.filter(|event| event.before.filed.body == event.after.filed.body);
    events
        .filter(|event| is_meant(event.after.filed))
        .map(|event| begins(event.after.filed))
        .collect()
}
