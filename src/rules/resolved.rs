//! Which findings a change resolved, of those that are no longer made.

use std::collections::BTreeMap;

use crate::dataset::{Change, FiledEvent, Registry};
use crate::diagnostic::{Findings, Level};
use crate::source::{FileId, Files, Location};

/// What is no longer found, without what only went away with its record, its entry or its file, or
/// cannot be found any more in a record that has a new error.
///
/// `paths` are the files of before under the paths that they have now.
pub fn resolved(change: &Change<'_>, paths: &Files, gone: Findings, new: &Findings) -> Findings {
    let known = Known::new(change, new);
    let (resolved, _) = gone.partition(|_, finding| {
        let place = finding.location;
        let Some(file) = known.files.get(paths.path(place.file)) else { return false };
        known.stands(place, *file)
    });
    resolved
}

/// A record of before: where it begins, and what it is now.
type Record<'c> = (u32, Option<&'c FiledEvent>);

struct Known<'c> {
    /// The files as they are, by path.
    files: BTreeMap<&'c str, FileId>,
    /// The records of each file of before, in order.
    records: BTreeMap<FileId, Vec<Record<'c>>>,
    /// The entries of each registry of before, in order, and whether each is gone.
    entries: BTreeMap<FileId, Vec<(u32, bool)>>,
    /// Where the new errors of each file are.
    errors: BTreeMap<FileId, Vec<u32>>,
}

impl<'c> Known<'c> {
    fn new(change: &'c Change<'_>, new: &Findings) -> Self {
        let is = change.after.files;
        let mut known = Self {
            files: is.ids().map(|file| (is.path(file), file)).collect(),
            records: BTreeMap::new(),
            entries: BTreeMap::new(),
            errors: BTreeMap::new(),
        };
        for error in new.iter().filter(|finding| finding.level == Level::Error) {
            known.errors.entry(error.location.file).or_default().push(error.location.span.start);
        }
        let mut revised = BTreeMap::new();
        for event in change.datasets.iter().flat_map(|dataset| dataset.events()) {
            let was = event.before.filed;
            revised.insert((was.file, was.event.span.start), event.after.filed);
        }
        for dataset in change.before.datasets {
            for filed in &dataset.events {
                let start = filed.event.span.start;
                let now = revised.get(&(filed.file, start)).copied();
                // What has no id is not known again; its file is all there is to go by.
                if now.is_some() || !filed.id().is_empty() {
                    known.records.entry(filed.file).or_default().push((start, now));
                }
            }
            let now = change.after.dataset(&dataset.name).map(|binding| binding.dataset);
            known.registry(&dataset.actors, now.map(|now| &now.actors));
            known.registry(&dataset.places, now.map(|now| &now.places));
            known.registry(&dataset.sources, now.map(|now| &now.sources));
        }
        known
    }

    fn registry<T>(&mut self, was: &Registry<T>, is: Option<&Registry<T>>) {
        let Some(file) = was.file else { return };
        let gone = |id: &str| is.is_none_or(|is| is.get(id).is_none());
        let entries = was.entries().iter();
        let entries = entries.map(|entry| (entry.id.span.start, gone(&entry.id.value)));
        self.entries.insert(file, entries.collect());
    }

    /// Whether what was found at a place stands in something that is still there, in a file that is
    /// `now` another, and reads as well as before.
    fn stands(&self, was: Location, now: FileId) -> bool {
        let at = was.span.start;
        let before = |start: u32| start <= at;
        if let Some(entries) = self.entries.get(&was.file) {
            let entry = entries.partition_point(|(start, _)| before(*start)).checked_sub(1);
            return entry.is_none_or(|entry| !entries[entry].1);
        }
        let errors = |file: FileId| self.errors.get(&file).map_or(&[][..], Vec::as_slice);
        let records = self.records.get(&was.file).map_or(&[][..], Vec::as_slice);
        match records.partition_point(|(start, _)| before(*start)).checked_sub(1) {
            None => errors(now).is_empty(),
            Some(record) => records[record].1.is_some_and(|filed| {
                let span = filed.event.span;
                !errors(filed.file).iter().any(|error| span.start <= *error && *error <= span.end)
            }),
        }
    }
}
