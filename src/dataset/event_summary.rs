//! What is known of an event without reading what it says.

use std::ops::Deref;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::records::Records;
use crate::record::{Allow, CodingStatus, Event, RelatedEvent, SchemeId, Value};
use crate::source::{FileId, Location, PutAside, Span, Spanned};
use crate::value::{Date, Qualifier};

/// What is known of an event without reading what it says: all by which events are told apart, put in order and
/// found. It stays in memory while the record is put aside.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct EventSummary {
    /// Where it stands.
    pub filing: Filing,
    /// Its id, where it could be read.
    pub id: Option<Spanned<Box<str>>>,
    /// Where the record is written.
    pub span: Span,
    /// Whether every part of it could be read.
    pub intact: bool,
    /// The first day on which it may have happened.
    pub first_day: Option<NaiveDate>,
    /// The last day on which it may have happened.
    pub last_day: Option<NaiveDate>,
    /// How sure its date is; `None` for an event without one.
    pub qualifier: Option<Qualifier>,
    /// How many claims it has.
    pub claims: u32,
    /// How many of the locations that it states are restricted.
    pub restricted_locations: u32,
    /// Who its `coding` says has coded it.
    pub coded_by: Option<Spanned<Box<str>>>,
    /// How far its `coding` says it has come.
    pub status: Option<CodingStatus>,
    /// What most events lack; `None` for one that lacks all of it.
    rare: Option<Box<Rare>>,
    /// Where its record was put aside; `None` where records are not kept, or an earlier run read it.
    #[serde(skip)]
    pub(super) record: Option<PutAside>,
    /// Where its [outline](Event::outline) was put aside.
    #[serde(skip)]
    pub(super) outline: PutAside,
}

/// What most events lack. All summaries are in memory at once, so it takes room only where there is some.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Rare {
    /// The coder whose record of the event it is, from `<event-id>.<coder>.yaml`.
    pub coder: Option<Box<str>>,
    /// The name of its file without the extension, where it stands there alone and that is not its id.
    pub stem: Option<Box<str>>,
    /// The lines on which its links to other events name these, and then those of its ids in other datasets.
    pub lines: Box<[u32]>,
    /// Links to other events.
    pub related: Box<[RelatedEvent]>,
    /// The ids that other datasets give to it.
    pub ids: Box<[Spanned<SchemeId>]>,
    /// The rules that the record breaks on purpose.
    pub allow: Box<[Allow]>,
    /// The pages by whose addresses it names sources.
    pub pages: Box<[NamedPage]>,
}

/// A page that an event names by its address.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct NamedPage {
    /// Its address, as written.
    pub address: Spanned<Box<str>>,
    /// How the source is called.
    pub name: Box<str>,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Filing {
    /// The file.
    pub file: FileId,
    /// The line of its id, or of the event where it has none, from 1.
    pub line: u32,
    /// Its part of the file: its document, and all that comes after the last one.
    pub part: Span,
    /// A digest of its text without its id.
    pub body: u64,
    /// Whether it stands alone in its file; a stream of several events may have any name.
    pub is_alone: bool,
}

/// An event with what it says.
#[derive(Clone, Copy, Debug)]
pub struct FiledEvent<'p> {
    /// What is known of it without that.
    pub summary: &'p EventSummary,
    /// The record.
    pub event: &'p Event,
}

impl Deref for FiledEvent<'_> {
    type Target = EventSummary;

    fn deref(&self) -> &EventSummary {
        self.summary
    }
}

impl Deref for EventSummary {
    type Target = Filing;

    fn deref(&self) -> &Filing {
        &self.filing
    }
}

impl EventSummary {
    /// Puts an event aside, as far as it is kept, and tells of it. `rare` has what its record does not say.
    pub(super) fn new((filing, rare): (Filing, Rare), event: &Event, records: &Records) -> Self {
        let (id, date) = (event.id.spanned(), event.date());
        let said = event.claims.iter().flat_map(|claim| &claim.statements);
        let said = said.flat_map(|statement| &statement.values);
        let values = event.all_coded().iter().map(|coded| &coded.value).chain(said);
        let is_restricted = |value: &&Spanned<Value>| match &value.value {
            Value::Location(location) => location.restricted,
            _ => false,
        };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let rare = Rare {
            related: event.related.as_slice().into(),
            ids: event.ids.as_slice().into(),
            allow: event.allow.as_slice().into(),
            ..rare
        };
        Self {
            filing,
            id: id.map(|id| Spanned::new(id.value.as_str().into(), id.span)),
            span: event.span,
            intact: event.intact,
            first_day: date.and_then(Date::earliest),
            last_day: date.and_then(Date::latest),
            qualifier: date.map(Date::qualifier),
            claims: count(event.claims.len()),
            restricted_locations: count(values.filter(is_restricted).count()),
            coded_by: event.coding.as_ref().and_then(|coding| coding.by.clone()),
            status: event.coding.as_ref().and_then(|coding| coding.status),
            rare: (rare != Rare::default()).then(|| Box::new(rare)),
            record: records.keep(event),
            outline: records.put(&event.outline()),
        }
    }

    /// Tells of the event anew after its record changed. `pages` are those by whose addresses it names sources.
    pub(super) fn of_record(
        &self,
        event: &Event,
        pages: Box<[NamedPage]>,
        records: &Records,
    ) -> Self {
        let rare = Rare {
            coder: self.coder().map(Box::from),
            stem: self.stem().map(Box::from),
            lines: self.lines().collect(),
            pages,
            // `new` takes these from the record.
            related: Box::default(),
            ids: Box::default(),
            allow: Box::default(),
        };
        Self::new((self.filing, rare), event, records)
    }

    /// The event's id; empty where it could not be read.
    pub fn id(&self) -> &str {
        self.id.as_ref().map_or("", |id| &id.value)
    }

    /// The coder whose record of the event it is, from `<event-id>.<coder>.yaml`; `None` for the
    /// adjudicated record, the only one that is tabulated.
    pub fn coder(&self) -> Option<&str> {
        self.rare.as_ref()?.coder.as_deref()
    }

    /// The name of its file without the extension, where it stands there alone and that is not its id.
    pub fn stem(&self) -> Option<&str> {
        self.rare.as_ref()?.stem.as_deref()
    }

    /// Its links to other events.
    pub fn related(&self) -> &[RelatedEvent] {
        self.rare.as_ref().map_or(&[], |rare| &rare.related)
    }

    /// The ids that other datasets give to it.
    pub fn ids(&self) -> &[Spanned<SchemeId>] {
        self.rare.as_ref().map_or(&[], |rare| &rare.ids)
    }

    /// The rules that the record breaks on purpose.
    pub fn allow(&self) -> &[Allow] {
        self.rare.as_ref().map_or(&[], |rare| &rare.allow)
    }

    /// The pages by whose addresses it names sources.
    pub(super) fn pages(&self) -> &[NamedPage] {
        self.rare.as_ref().map_or(&[], |rare| &rare.pages)
    }

    fn lines(&self) -> impl Iterator<Item = u32> {
        self.rare.iter().flat_map(|rare| rare.lines.iter().copied())
    }

    /// Who coded it, according to the name of its file and to its `coding`.
    pub fn coders(&self) -> impl Iterator<Item = &str> {
        let by = self.coded_by.as_ref().map(|by| &*by.value);
        self.coder().into_iter().chain(by)
    }

    /// Whether it is unfinished: checked, counted, and in no table. A record whose status cannot be read is no
    /// draft.
    pub fn is_draft(&self) -> bool {
        self.status == Some(CodingStatus::Draft)
    }

    /// Whether the tables have it: finished, and not the record of a single coder.
    pub fn is_tabulated(&self) -> bool {
        self.coder().is_none() && !self.is_draft()
    }

    /// Its links to other events, each with the line on which it names one.
    pub fn links(&self) -> impl Iterator<Item = (u32, &RelatedEvent)> {
        self.lines().zip(self.related())
    }

    /// Its ids in other datasets, each with its line.
    pub fn other_ids(&self) -> impl Iterator<Item = (u32, &Spanned<SchemeId>)> {
        self.lines().skip(self.related().len()).zip(self.ids())
    }

    /// Where the event's id is written, or the event where it has none.
    pub fn location(&self) -> Location {
        Location::new(self.file, self.id.as_ref().map_or(self.span, |id| id.span))
    }
}
