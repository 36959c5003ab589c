//! What a check takes from an earlier one.

use std::collections::BTreeSet;

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

    /// What is known of the files of a run and was found in the others, and whether it is to be kept. `None` where it rests on what has changed.
    pub(super) fn reports(
        self,
        beside: Digest,
        recorder: &Recorder<'_>,
        files: &Files,
        mut found: Vec<(FileId, FileReport)>,
    ) -> Option<Reports> {
        if let Some(known) = self.known {
            if !known.rest_on(beside) {
                return None;
            }
            let read: BTreeSet<_> = found.iter().map(|(file, _)| *file).collect();
            found.extend(known.reports(files, |file| read.contains(&file))?);
            recorder.note_known(known.of_run(files));
        }
        let is_new = self.known.is_none_or(|known| known.is_stale(files));
        Some(Reports::new(found, self.has_cache && is_new))
    }
}
