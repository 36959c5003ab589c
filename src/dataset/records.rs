//! The records of a dataset, put aside until they are asked for.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::event_summary::EventSummary;
use crate::record::Event;
use crate::source::{PutAside, ReadError, Spill};

/// The records of the events of a dataset. A record takes ten times the bytes in memory that it takes put aside, and
/// mostly one after another is looked at.
#[derive(Debug, Default)]
pub(super) struct Records {
    put_aside: Spill,
    /// All records, in the order of the events, once somebody asked for all.
    all: OnceLock<Vec<Option<Event>>>,
}

impl Records {
    /// Puts a record aside.
    pub(super) fn put(&self, event: &Event) -> PutAside {
        // Only a sequence of unknown length fails, and a record has none.
        self.put_aside.put(&postcard::to_stdvec(event).unwrap_or_default())
    }

    /// Reads a record back.
    pub(super) fn read(&self, record: PutAside) -> Option<Event> {
        self.put_aside.read(record, |bytes| postcard::from_bytes(bytes).ok())
    }

    /// All records, in the order of the events.
    pub(super) fn all(&self, events: &[EventSummary]) -> &[Option<Event>] {
        let read = || events.par_iter().map(|event| self.read(event.record)).collect();
        self.all.get_or_init(read)
    }

    /// Why records could not be read back, where some could not.
    pub(super) fn failure(&self) -> Option<ReadError> {
        self.put_aside.failure()
    }
}
