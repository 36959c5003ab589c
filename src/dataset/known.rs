//! What an earlier run knew of a file of events.

use serde::{Deserialize, Serialize};

use super::read_event::{PartVisit, ReadEvent, ReadPart};
use super::records::Records;
use super::{Dataset, EventSummary};
use crate::source::FileId;

/// What an earlier run knew of the events of a file: all but what they say.
#[derive(Debug, Deserialize, Serialize)]
pub struct KnownEvents(Vec<KnownEvent>);

#[derive(Debug, Deserialize, Serialize)]
struct KnownEvent {
    summary: EventSummary,
    outline: Vec<u8>,
}

impl Dataset {
    /// What a later run may know of the events of a file; `None` where they cannot be read back.
    pub fn known_events(&self, events: &[EventSummary]) -> Option<KnownEvents> {
        let known = |event: &EventSummary| {
            let outline = self.records.bytes(event.outline)?;
            Some(KnownEvent { summary: event.clone(), outline })
        };
        events.iter().map(known).collect::<Option<_>>().map(KnownEvents)
    }
}

impl KnownEvents {
    /// The events, of which no record can be read.
    pub(super) fn restore<R>(self, file: FileId, records: &Records) -> ReadPart<R> {
        let restored = |KnownEvent { mut summary, outline }: KnownEvent| {
            summary.filing.file = file;
            summary.outline = records.put_bytes(&outline);
            let addresses = summary.pages.iter().map(|page| page.address.clone()).collect();
            ReadEvent { file, summary: Some(summary), addresses }
        };
        let events = self.0.into_iter().map(restored).collect();
        ReadPart { file, events, visit: PartVisit::Known }
    }
}
