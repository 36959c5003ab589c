//! What a check takes from an earlier one.

use super::known_files::KnownFiles;
use crate::rules::{FileReport, Reports};
use crate::source::{Digest, FileId, Files, Recorder};

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
    /// The same without what was known.
    pub(super) const fn forgotten(self) -> Self {
        Self { known: None, ..self }
    }

    /// What was found in the events of a run: in those that were read, and in the files that are `known`. It says whether
    /// that is to be kept. `None` where what is known rests on what has changed.
    pub(super) fn reports(
        self,
        beside: Digest,
        (recorder, files): (&Recorder<'_>, &Files),
        (mut found, known): (Vec<(FileId, FileReport)>, &[FileId]),
    ) -> Option<Reports> {
        let Some(earlier) = self.known else { return Some(Reports::new(found, self.has_cache)) };
        // A file that was read all the same must have the bytes that it was known by: others may name other pages.
        let is_same = recorder.read_as(&|path| earlier.digest(path));
        if !earlier.rest_on(beside) || !is_same {
            return None;
        }
        found.extend(earlier.reports(files, known)?);
        recorder.note_known(earlier.of_run(files, known));
        let is_new = earlier.is_stale(files, known);
        Some(Reports::new(found, self.has_cache && is_new))
    }
}
