//! The records of a dataset, put aside until they are asked for.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::record::Event;
use crate::source::{PutAside, ReadError, Spill};

/// The records of the events of a dataset. A record takes ten times the bytes in memory that it takes put aside, and
/// mostly one after another is looked at.
#[derive(Debug)]
pub(super) struct Records {
    put_aside: Arc<Spill>,
    /// Whether records are asked for once they were visited.
    are_kept: bool,
    /// All records, in the order of the events, once somebody asked for all.
    all: OnceLock<Vec<Option<Event>>>,
}

/// Bytes that are held in memory for all datasets together (2 MiB): about 1,000 events.
const HELD: usize = 2 << 20;

/// Bytes in which most records fit.
const ROOM: usize = 8 << 10;

impl Records {
    /// Room for the records of several datasets.
    pub(super) fn room() -> Arc<Spill> {
        Arc::new(Spill::holding(HELD))
    }

    /// No records yet. Without `are_kept`, there will be none either once all are read.
    pub(super) fn within(room: &Arc<Spill>, are_kept: bool) -> Self {
        Self { put_aside: Arc::clone(room), are_kept, all: OnceLock::new() }
    }

    /// Puts a record aside, if records are kept.
    pub(super) fn keep(&self, event: &Event) -> Option<PutAside> {
        self.are_kept.then(|| self.put(event))
    }

    /// Puts a record or an outline of one aside.
    pub(super) fn put(&self, event: &Event) -> PutAside {
        // Only a sequence of unknown length fails, and a record has none.
        let bytes = postcard::to_extend(event, Vec::with_capacity(ROOM)).unwrap_or_default();
        self.put_aside.put(&bytes)
    }

    /// Reads what was put aside.
    pub(super) fn read(&self, place: PutAside) -> Option<Event> {
        self.put_aside.read(place, |bytes| postcard::from_bytes(bytes).ok())
    }

    /// The bytes of what was put aside.
    pub(super) fn bytes(&self, place: PutAside) -> Option<Vec<u8>> {
        self.put_aside.read(place, |bytes| Some(bytes.to_vec()))
    }

    /// All records, in the order of their `places`.
    pub(super) fn all(&self, places: impl FnOnce() -> Vec<Option<PutAside>>) -> &[Option<Event>] {
        let read = || places().into_par_iter().map(|place| self.read(place?)).collect();
        self.all.get_or_init(read)
    }

    /// Why records could not be read back, where some could not.
    pub(super) fn failure(&self) -> Option<ReadError> {
        self.put_aside.failure()
    }
}
