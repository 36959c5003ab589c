//! Events that were read, before all of their dataset are.

use super::event_summary::EventSummary;
use crate::source::{FileId, Spanned};

/// An event that was read.
#[derive(Debug)]
pub(super) struct ReadEvent {
    /// Where it stands.
    pub file: FileId,
    /// What is known of it without its record; `None` for one that is not meant.
    pub summary: Option<EventSummary>,
    /// The addresses by which it names sources, in the order of the record. Until they are resolved, so are not the
    /// claims of the sources that it lists.
    pub addresses: Vec<Spanned<Box<str>>>,
}

/// Events that stand one after another in a file. All wait until pages have their names, or none.
#[derive(Debug)]
pub(super) struct ReadPart<R> {
    /// The file.
    pub file: FileId,
    /// The events.
    pub events: Vec<ReadEvent>,
    /// What was found in them; `None` where they were not visited.
    pub report: Option<R>,
}

impl<R> ReadPart<R> {
    /// Whether the events name sources by their addresses, so that they wait until pages have their names.
    pub(super) fn waits(&self) -> bool {
        self.events.first().is_some_and(|event| !event.addresses.is_empty())
    }
}
