//! The records of single coders.

use super::contents::Dataset;
use super::event_summary::EventSummary;
use crate::record::CodingStatus;

/// A coder's record of an event.
#[derive(Clone, Copy, Debug)]
pub struct CodersRecord<'p> {
    /// The coder.
    pub coder: &'p str,
    /// The record.
    pub event: &'p EventSummary,
}

/// An id and the coder's name that seems to be its last part: `example` and `coder-a` of
/// `example.coder-a`. A part that begins with a digit numbers events.
pub fn split_coder(id: &str) -> Option<(&str, &str)> {
    let is_name = |part: &str| part.starts_with(|first: char| first.is_ascii_lowercase());
    id.rsplit_once('.').filter(|(event, coder)| !event.is_empty() && is_name(coder))
}

impl Dataset {
    /// The records of single coders, by event and coder: `<id>.<coder>.yaml`, without those that are only
    /// begun. `<id>.yaml` is one too, if `coding` names another coder and, beside a single such record, does
    /// not say `adjudicated`, or beside several says `coded`.
    pub fn codings(&self) -> Vec<CodersRecord<'_>> {
        let mut all = Vec::new();
        if self.events.iter().all(|event| event.coder().is_none()) {
            return all;
        }
        for records in self.by_event().chunk_by(|one, next| one.id() == next.id()) {
            let of_coder = |event: &&'_ EventSummary| event.coder().is_some();
            let (mut coders, plain): (Vec<_>, Vec<_>) = records.iter().copied().partition(of_coder);
            // One coder's second record of an event is reported as a duplicate.
            coders.dedup_by(|next, one| next.coder() == one.coder());
            if !coders.is_empty() {
                coders.extend(plain.into_iter().find(|plain| is_of_other_coder(plain, &coders)));
            }
            let named = coders.into_iter().filter(|event| !event.is_draft());
            let mut of_event: Vec<_> = named
                .filter_map(|event| Some(CodersRecord { coder: event.coders().next()?, event }))
                .collect();
            of_event.sort_by_key(|record| record.coder);
            all.extend(of_event);
        }
        all
    }

    /// The events that have finished records of single coders and none that is adjudicated.
    pub fn unadjudicated(&self) -> Vec<Vec<&EventSummary>> {
        let events = self.by_event();
        let events = events.chunk_by(|one, next| one.id() == next.id());
        let lacks_plain =
            |records: &&[&EventSummary]| records.iter().all(|it| it.coder().is_some());
        let of_coders = events.filter(lacks_plain);
        let finished = of_coders.map(|records| {
            records.iter().copied().filter(|event| !event.is_draft() && event.intact).collect()
        });
        finished.filter(|records: &Vec<_>| !records.is_empty()).collect()
    }

    /// The records that are compared with each other, in the order of the files: of each event the adjudicated one, or
    /// else the first coder's. One that could not be read completely is not: it may differ in the missing part.
    ///
    /// Each has its position among the events. Positions ascend.
    pub fn compared(&self) -> impl Iterator<Item = (usize, &EventSummary)> {
        let id = |position: &usize| self.events[*position].id();
        let by_event = self.by_id.chunk_by(|one, next| id(one) == id(next));
        let mut first: Vec<_> = by_event.filter_map(|records| records.first().copied()).collect();
        first.sort_unstable();
        let first = first.into_iter().map(|position| (position, &self.events[position]));
        first.filter(|(_, event)| event.intact)
    }

    /// The records that have an id, by id and coder: an adjudicated one before those of coders, a finished one before a
    /// draft, and then in the order of the files.
    pub fn by_event(&self) -> Vec<&EventSummary> {
        let records = self.by_id.iter().map(|position| &self.events[*position]);
        records.filter(|event| !event.id().is_empty()).collect()
    }
}

/// Whether a record without a coder in its name is the work of another coder than those with one. Beside
/// several it may be adjudicated already, unless it says that it is as one person coded it.
fn is_of_other_coder(plain: &EventSummary, others: &[&EventSummary]) -> bool {
    let Some(by) = plain.coded_by.as_ref().map(|by| &*by.value) else { return false };
    let is_plain = match others {
        [_] => plain.status != Some(CodingStatus::Adjudicated),
        _ => plain.status == Some(CodingStatus::Coded),
    };
    is_plain && others.iter().all(|other| other.coder() != Some(by))
}
