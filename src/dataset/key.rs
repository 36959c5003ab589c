//! Events of which only the keys are read: those of shards that were compiled before.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::contents::Dataset;
use super::event_summary::{EventSummary, Filing};
use super::load::by_id;
use crate::record::CodingStatus;
use crate::source::{FileId, PutAside, Span, Spanned};

/// What of a record is kept beside the tables of a shard: enough to count it and to put it in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its file.
    pub file: FileId,
    /// Its line there, from 1.
    pub line: usize,
    /// Its id, where it has one.
    pub id: Option<Box<str>>,
    /// The coder whose record it is, by the name of its file.
    pub coder: Option<Box<str>>,
    /// Who its `coding` says has coded it.
    pub coded_by: Option<Box<str>>,
    /// How far its `coding` says it has come.
    pub status: Option<CodingStatus>,
    /// The first day on which it may have happened.
    pub first_day: Option<NaiveDate>,
    /// How many claims it has.
    pub claims: usize,
    /// How many of the locations that it states are restricted.
    pub restricted_locations: usize,
}

impl Dataset {
    /// The key of an event. `None` where its record cannot be read back, which [`Dataset::lost_records`] then tells.
    pub fn key(&self, event: &EventSummary) -> Option<Key> {
        Some(Key {
            file: event.file,
            line: self.record(event)?.line as usize,
            id: event.id.as_ref().map(|id| id.value.clone()),
            coder: event.coder.clone(),
            coded_by: event.coded_by.as_ref().map(|by| by.value.clone()),
            status: event.status,
            first_day: event.first_day,
            claims: event.claims,
            restricted_locations: event.restricted_locations,
        })
    }

    /// Takes up events of which only the keys are known, and the pages that they name. The dataset has all its events
    /// then, and the records of none.
    pub fn take_up(&mut self, mut keys: Vec<Key>, pages: BTreeSet<Box<str>>) {
        keys.sort_unstable_by_key(|key| (key.file, key.line));
        self.events = keys.into_iter().map(EventSummary::of_key).collect();
        self.by_id = by_id(&self.events);
        self.named_pages = pages;
    }
}

impl EventSummary {
    fn of_key(key: Key) -> Self {
        let at = Span::at(0);
        let Key { file, id, coder, coded_by, status, first_day, claims, .. } = key;
        Self {
            filing: Filing { file, coder, part: at, body: 0, stem: None },
            id: id.map(|id| Spanned::new(id, at)),
            span: at,
            intact: true,
            first_day,
            last_day: None,
            qualifier: None,
            claims,
            restricted_locations: key.restricted_locations,
            related: Box::default(),
            ids: Box::default(),
            coded_by: coded_by.map(|by| Spanned::new(by, at)),
            status,
            allow: Box::default(),
            names_pages: false,
            record: None,
            outline: PutAside::default(),
        }
    }

    /// Whether its record was read.
    pub(super) const fn has_record(&self) -> bool {
        self.record.is_some()
    }
}
