//! What a check takes from an earlier one.

use std::collections::BTreeSet;

use super::known_files::{KnownFiles, KnownOfRun};
use crate::dataset::Dataset;
use crate::rules::Reports;
use crate::source::{Digest, FileId, Files, PutAside, Recorder};

/// What a check may take from an earlier one, and leave for a later one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Earlier<'k> {
    /// What is known of files that did not change.
    pub known: Option<&'k KnownFiles>,
    /// Whether there is a cache for what is found in single files.
    pub has_cache: bool,
    /// Whether only what is printed of it is asked for, so that no record is needed once it was visited.
    pub is_verdict: bool,
}

impl Earlier<'_> {
    /// The same, without what was known where that rests on another codebook. `read` is a digest of what was asked of this
    /// one.
    pub(super) fn of_codebook(self, read: Digest) -> Self {
        let known = self.known.filter(|known| known.is_of_codebook(read));
        Self { known, ..self }
    }

    /// The same without what was known.
    pub(super) const fn forgotten(self) -> Self {
        Self { known: None, ..self }
    }

    /// Gives `reports` what was found in the events of a run: in those that were read, and in the files that are `known`.
    /// Returns a digest of what else the run asked, and whether what was found is to be kept. `None` where what is known
    /// rests on what has changed.
    pub(super) fn complete(
        self,
        reports: &mut Reports,
        (recorder, files): (&Recorder<'_>, &Files),
        (mut found, known): (Vec<(FileId, PutAside)>, &[FileId]),
        datasets: &[Dataset],
    ) -> Option<(Digest, bool)> {
        let Some(earlier) = self.known else {
            reports.add(found, self.has_cache);
            return Some((recorder.beside(), self.has_cache));
        };
        // A file that was read all the same must have the bytes that it was known by: others may name other pages.
        let is_same = recorder.read_as(&mut earlier.digests());
        let of_known = earlier.of_run(reports, files, known)?;
        let (of_events, beside_events): (Vec<_>, Vec<_>) =
            of_known.into_iter().partition(|known| known.report.is_some());
        let note = |known: &[KnownOfRun]| {
            recorder.note_known(known.iter().map(|known| (files.path(known.file), known.digest)));
        };
        note(&beside_events);
        let beside = recorder.beside();
        if !earlier.rest_on(beside) || !is_same {
            return None;
        }
        note(&of_events);
        let mut new: BTreeSet<_> = found.iter().map(|(file, _)| *file).collect();
        datasets.iter().flat_map(Dataset::broken_files).for_each(|file| _ = new.remove(&file));
        found.extend(of_events.iter().filter_map(|known| Some((known.file, known.report?))));
        let is_kept = self.has_cache && earlier.is_stale(new.len());
        reports.add(found, is_kept);
        Some((beside, is_kept))
    }
}
