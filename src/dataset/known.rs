//! What an earlier run knew of a file of events or of a registry.

use std::ops::Range;
use std::sync::Arc;

use super::read_event::{PartVisit, ReadEvent, ReadPart};
use super::read_file::NamedFile;
use super::{Dataset, EventSummary};
use crate::form::FileDefects;
use crate::record::RecordDefect;
use crate::source::{FileId, Lent};

/// What an earlier run knew.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// All of it.
    pub bytes: &'k Arc<Vec<u8>>,
    /// Where it tells of which file.
    pub of_files: &'k dyn FindKnown,
}

/// Where all that an earlier run knew tells of a file.
pub trait FindKnown: Sync {
    /// The stretch about each of some files, by their paths, if it is not to be read again.
    fn find(&self, paths: &[&str]) -> Vec<Option<Range<usize>>>;
}

impl Known<'_> {
    /// Looks up some files in what is known. One that is ignored now is not read, though it is the same.
    pub(super) fn find(self, files: &mut [NamedFile]) {
        let paths: Vec<_> = files.iter().map(|named| &*named.listed.path).collect();
        let found = self.of_files.find(&paths);
        for (named, found) in files.iter_mut().zip(found) {
            named.known = found.filter(|_| named.is_read());
        }
    }
}

/// What an earlier run knew of the events of a file: all but what they say.
#[derive(Debug)]
pub(super) struct KnownEvents {
    /// The events, each with the length of its outline in bytes.
    events: Vec<(EventSummary, u32)>,
    /// Where the outlines begin among all that is known.
    outlines: usize,
}

impl Dataset {
    /// The files of which a part could not be read.
    pub fn broken_files(&self) -> impl Iterator<Item = FileId> {
        let is_broken = |file: &&FileDefects<RecordDefect>| {
            file.defects.iter().any(|defect| !defect.value.leaves_value())
        };
        self.files.iter().filter(is_broken).map(|file| file.file)
    }

    /// What a later run may know of the files of registries.
    pub fn known_registries(&self) -> impl Iterator<Item = (FileId, Vec<u8>)> {
        let Self { actors, places, sources, .. } = self;
        actors.known().into_iter().chain(places.known()).chain(sources.known())
    }

    /// What a later run may know of the events of a file; `None` where they cannot be read back.
    pub fn known_events(&self, events: &[EventSummary]) -> Option<Vec<u8>> {
        let outlines = events.iter().map(|event| self.records.bytes(event.outline));
        let outlines = outlines.collect::<Option<Vec<_>>>()?;
        let length = |outline: &Vec<u8>| u32::try_from(outline.len()).ok();
        let lengths = outlines.iter().map(length).collect::<Option<Vec<_>>>()?;
        let events: Vec<_> = events.iter().zip(lengths).collect();
        let mut bytes = postcard::to_stdvec(&events).ok()?;
        outlines.iter().for_each(|outline| bytes.extend(outline));
        Some(bytes)
    }
}

impl KnownEvents {
    /// What is known of a file, which stands in a range of all that is known.
    pub(super) fn read(all: &[u8], range: Range<usize>) -> Option<Self> {
        let end = range.end;
        let (events, rest) = postcard::take_from_bytes(all.get(range)?).ok()?;
        Some(Self { events, outlines: end.checked_sub(rest.len())? })
    }

    /// The events, of which no record can be read. All that is known was `lent` to where records are put aside.
    pub(super) fn restore<R>(self, file: FileId, lent: Lent) -> Option<ReadPart<R>> {
        let mut outlines = self.outlines;
        let restored = |(mut summary, length): (EventSummary, u32)| {
            summary.filing.file = file;
            summary.outline = lent.part(outlines, length)?;
            outlines += length as usize;
            let addresses = summary.pages.iter().map(|page| page.address.clone()).collect();
            Some(ReadEvent { file, summary: Some(summary), addresses })
        };
        let events = self.events.into_iter().map(restored).collect::<Option<_>>()?;
        Some(ReadPart { file, events, visit: PartVisit::Known })
    }
}
