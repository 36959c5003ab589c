//! What a check takes from an earlier one.

use super::known_files::KnownFiles;
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
    /// The same without what was known.
    pub(super) const fn forgotten(self) -> Self {
        Self { known: None, ..self }
    }

    /// Gives `reports` what was found in the events of a run: in those that were read, and in the files that are `known`.
    /// Returns whether that is to be kept. `None` where what is known rests on what has changed.
    pub(super) fn complete(
        self,
        reports: &mut Reports,
        beside: Digest,
        (recorder, files): (&Recorder<'_>, &Files),
        (mut found, known): (Vec<(FileId, PutAside)>, &[FileId]),
    ) -> Option<bool> {
        let is_kept = match self.known {
            None => self.has_cache,
            Some(earlier) => {
                // A file that was read all the same must have the bytes that it was known by: others may name other
                // pages.
                let is_same = recorder.read_as(&|path| earlier.digest(path));
                if !earlier.rest_on(beside) || !is_same {
                    return None;
                }
                found.extend(earlier.reports(reports, files, known)?);
                recorder.note_known(earlier.of_run(files, known));
                self.has_cache && earlier.is_stale(files, known)
            }
        };
        reports.add(found, is_kept);
        Some(is_kept)
    }
}
