//! Findings about a change, and the findings that it causes.

use crate::dataset::{EventSummary, FiledEvent, RevisedDataset};
use crate::diagnostic::Diagnostic;
use crate::source::{Location, Span};

/// A finding about a change, and which other findings it causes.
#[derive(Debug)]
pub struct Cause {
    /// The finding.
    pub finding: Diagnostic,
    /// The findings that it causes.
    pub effects: Effects,
}

/// Which findings a cause has.
#[derive(Debug)]
pub enum Effects {
    /// None.
    None,
    /// Findings of some rules at names that no longer resolve.
    Names {
        /// The names.
        names: Vec<String>,
        /// The dataset; `None` for all.
        dataset: Option<String>,
        /// The rules.
        rules: &'static [&'static str],
    },
    /// Findings about the evidence of some unchanged records, by the place where each record
    /// begins.
    Evidence(Vec<Location>),
}

impl Cause {
    /// A finding that causes no others.
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
pub(super) fn begins(event: &EventSummary) -> Location {
    Location::new(event.file, Span::at(event.span.start))
}

/// Where unchanged records that fulfil a condition begin.
pub(super) fn untouched(
    revised: &RevisedDataset<'_>,
    is_meant: impl Fn(FiledEvent<'_>) -> bool,
) -> Vec<Location> {
    let events = revised.events().into_iter();
    let events = events.filter(|event| event.before.filed.body == event.after.filed.body);
    events
        .filter(|event| is_meant(event.after.filed))
        .map(|event| begins(&event.after.filed))
        .collect()
}
