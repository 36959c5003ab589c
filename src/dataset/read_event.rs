//! Events that were read, before all of their dataset are.

use super::event_summary::EventSummary;
use super::read_file::ReadFile;
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

/// Events that stand one after another in a file.
#[derive(Debug)]
pub(super) struct ReadPart<R> {
    /// The file.
    pub file: FileId,
    /// The events.
    pub events: Vec<ReadEvent>,
    /// What a visit of them found.
    pub visit: PartVisit<R>,
}

/// What is known of each of some files of events, or else what was read of it.
pub(super) type ReadEvents<R> = Vec<Result<ReadPart<R>, ReadFile<Vec<ReadPart<R>>>>>;

/// What a visit of events found.
#[derive(Debug)]
pub(super) enum PartVisit<R> {
    /// This.
    Found(R),
    /// They name sources by their addresses, so they wait until pages have their names.
    Waits,
    /// An earlier run knows.
    Known,
}
