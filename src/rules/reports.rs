//! What is found in events by themselves, put aside until all events are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::defects::RuleFinding;
use super::file_report::FileReport;
use crate::dataset::{Binding, BoundEvent, Dataset, FiledEvent, Mentions};
use crate::source::{FileId, Lent, PutAside, ReadError, Spill};

/// What is found in the events of a project by themselves. A report takes several times the bytes in memory that it takes
/// put aside, and there may be one for each event.
#[derive(Debug)]
pub struct Reports {
    put_aside: Spill,
    /// The reports of files, or of parts of them, in their order.
    of_files: Vec<(FileId, PutAside)>,
    /// What is wrong with the texts of files, if a later run may ask for it.
    texts: Option<BTreeMap<FileId, FileReport>>,
    /// What each shard of a dataset mentions.
    pub mentions: Vec<Mentions>,
}

/// Bytes of reports that are held in memory (2 MiB).
const HELD: usize = 2 << 20;

/// Reports that are put together on one core.
const TOGETHER: usize = 1024;

impl Default for Reports {
    fn default() -> Self {
        let (put_aside, of_files) = (Spill::holding(HELD), Vec::new());
        Self { put_aside, of_files, texts: None, mentions: Vec::new() }
    }
}

impl Reports {
    /// Visits events that stand one after another in a file, each once for all that judges it by itself.
    pub fn visit(&self, binding: Binding<'_>, events: &[FiledEvent<'_>]) -> PutAside {
        let mut report = FileReport::default();
        for filed in events {
            report.visit(BoundEvent { binding, filed: *filed });
        }
        self.put(&report.finish())
    }

    /// Puts a report aside.
    pub fn put(&self, report: &FileReport) -> PutAside {
        // Only a sequence of unknown length fails, and a report has none.
        self.put_aside.put(&postcard::to_stdvec(report).unwrap_or_default())
    }

    /// Takes over bytes in which an earlier run left reports.
    pub fn lend(&self, bytes: Arc<Vec<u8>>) -> Lent {
        self.put_aside.lend(bytes)
    }

    /// Adds the reports of files, those of a file in its order. `are_kept` says whether a later run may ask for them.
    pub fn add(&mut self, found: Vec<(FileId, PutAside)>, are_kept: bool) {
        self.of_files.extend(found);
        self.of_files.sort_by_key(|(file, _)| *file);
        self.texts = are_kept.then(BTreeMap::new);
    }

    /// Adds what is wrong with the text of a file.
    pub(super) fn add_of_text(&mut self, file: FileId, found: &[RuleFinding]) {
        if let Some(texts) = self.texts.as_mut().filter(|_| !found.is_empty()) {
            texts.entry(file).or_default().add(found);
        }
    }

    /// What was found in the events of a dataset, whose files have numbers in a row.
    pub(super) fn of_dataset(&self, dataset: &Dataset) -> FileReport {
        let numbers = || dataset.files.iter().map(|file| file.file);
        let (first, last) = (numbers().min(), numbers().max());
        let from = self.of_files.partition_point(|(file, _)| Some(*file) < first);
        let to = self.of_files.partition_point(|(file, _)| Some(*file) <= last);
        let here = &self.of_files[from..to];
        let together = |reports: &[(FileId, PutAside)]| {
            let read = reports
                .iter()
                .filter_map(|(_, place)| self.put_aside.read(*place, FileReport::read));
            read.fold(FileReport::default(), FileReport::with)
        };
        let parts: Vec<_> = here.par_chunks(TOGETHER).map(together).collect();
        let all = FileReport::of_parts(parts);
        let is_whole = || self.failure().or_else(|| dataset.lost_records()).is_none();
        let (found, events) = (all.blocks.len(), dataset.events.len());
        debug_assert!(found == events || !is_whole(), "{found} of {events} events have reports");
        all
    }

    /// What a later run may know of a file: what was found in its events, and in its text. `None` where there is nothing
    /// to know, or where it cannot be read back.
    pub fn bytes(&self, file: FileId) -> Option<Vec<u8>> {
        let texts = self.texts.as_ref()?;
        let first = self.of_files.partition_point(|(before, _)| *before < file);
        let of_file = self.of_files[first..].iter().take_while(|(of, _)| *of == file);
        let mut bytes = Vec::new();
        for (_, place) in of_file {
            self.put_aside.read(*place, |report| {
                bytes.extend(report);
                Some(())
            })?;
        }
        if let Some(report) = texts.get(&file) {
            bytes.extend(postcard::to_stdvec(report).ok()?);
        }
        (!bytes.is_empty()).then_some(bytes)
    }

    /// Why some reports could not be read back, if they could not.
    pub fn failure(&self) -> Option<ReadError> {
        self.put_aside.failure()
    }
}
