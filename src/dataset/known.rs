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

    /// The events of a file that was found, of which no record can be read. All that is known was `lent` to where records
    /// are put aside.
    pub(super) fn events<R>(self, named: &NamedFile, lent: Lent) -> Option<ReadPart<R>> {
        let (file, Range { start, end }) = (named.file, named.known.clone()?);
        let mut rest = self.bytes.get(start..end)?;
        // Most files hold one.
        let mut events = Vec::with_capacity(1);
        while !rest.is_empty() {
            let ((mut summary, length), outline): ((EventSummary, u32), _) =
                postcard::take_from_bytes(rest).ok()?;
            summary.filing.file = file;
            summary.outline = lent.part(end - outline.len(), length)?;
            let addresses = summary.pages().iter().map(|page| page.address.clone()).collect();
            events.push(ReadEvent { file, summary: Some(summary), addresses });
            rest = outline.get(length as usize..)?;
        }
        Some(ReadPart { file, events, visit: PartVisit::Known })
    }
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

    /// What a later run may know of the events of a file: each, the length of its outline, and that. `None` where they
    /// cannot be read back.
    pub fn known_events(&self, events: &[EventSummary]) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for event in events {
            let outline = self.records.bytes(event.outline)?;
            let length = u32::try_from(outline.len()).ok()?;
            bytes = postcard::to_extend(&(event, length), bytes).ok()?;
            bytes.extend(outline);
        }
        Some(bytes)
    }
}
