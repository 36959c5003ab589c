//! Which findings a change resolved.

use std::collections::BTreeMap;

use crate::dataset::{Change, EventSummary, Registry};
use crate::diagnostic::{Findings, Level};
use crate::source::{FileId, Files, Location};

/// The findings of `gone` that the change resolved.
///
/// A finding is not resolved if its record, entry or file was removed, or if a new error in its record
/// hides it. `paths` are the old files under their new paths.
pub fn resolved(change: &Change<'_>, paths: &Files, gone: Findings, new: &Findings) -> Findings {
    let known = Known::new(change, new);
    let (resolved, _) = gone.partition(|_, finding| {
        let place = finding.location;
        let Some(file) = known.files.get(paths.path(place.file)) else { return false };
        known.stands(place, *file)
    });
    resolved
}

/// An old record: where it begins, and the record that it is now.
type Record<'c> = (u32, Option<&'c EventSummary>);

struct Known<'c> {
    /// The new files, by path.
    files: BTreeMap<&'c str, FileId>,
    /// The records of each old file, in order.
    records: BTreeMap<FileId, Vec<Record<'c>>>,
    /// The entries of each old registry, in order, and whether each was removed.
    entries: BTreeMap<FileId, Vec<(u32, bool)>>,
    /// The positions of the new errors in each file.
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
            revised.insert((was.file, was.span.start), event.after.filed.summary);
        }
        for dataset in change.before.datasets {
            for filed in &dataset.events {
                let start = filed.span.start;
                let now = revised.get(&(filed.file, start)).copied();
                // A record without an id cannot be recognised; only its file can.
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
        let gone = |id: &str| is.is_none_or(|is| is.get(id).is_none());
        self.entries.extend(was.files.iter().map(|file| (*file, Vec::new())));
        for entry in was.entries().iter().chain(&was.repeated) {
            let of_file = self.entries.entry(entry.file).or_default();
            of_file.push((entry.id.span.start, gone(&entry.id.value)));
        }
        for file in &was.files {
            self.entries.entry(*file).or_default().sort_unstable();
        }
    }

    /// Whether the record or entry around an old place still exists in the file `now`, without a new
    /// error.
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
                let span = filed.span;
                !errors(filed.file).iter().any(|error| span.start <= *error && *error <= span.end)
            }),
        }
    }
}
