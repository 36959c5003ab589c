//! What a check takes from an earlier one.

use std::collections::BTreeMap;

use super::known_files::KnownFiles;
use crate::dataset::is_of_event;
use crate::rules::Reports;
use crate::source::{Digest, Files, Recorder};

/// What a check may take from an earlier one, and leave for a later one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Earlier<'k> {
    /// What is known of files that did not change.
    pub known: Option<&'k KnownFiles>,
    /// Whether there is a cache for what is found in single files.
    pub has_cache: bool,
}

/// One of so many files read, or compared by its bytes, lets what is known of all files be kept anew: a later run would
/// do the same again.
const SHARE: usize = 50;

impl Earlier<'_> {
    /// The same without what was known.
    pub(super) const fn forgotten(self) -> Self {
        Self { known: None, ..self }
    }

    /// What is known of the files of a run, and whether more is to be kept. `None` where it rests on what has changed.
    pub(super) fn reports(
        self,
        beside: Digest,
        recorder: &Recorder<'_>,
        files: &Files,
    ) -> Option<Reports> {
        let mut reports = Reports::default();
        if let Some(known) = self.known {
            if !known.rest_on(beside) {
                return None;
            }
            reports.known = known.reports(files)?;
            recorder.note_known(known.of_run(files), known.begun);
        }
        let is_stale = |known: &KnownFiles| {
            let of_events = files.ids().filter(|file| is_of_event(files.path(*file))).count();
            let read = of_events - reports.known.len().min(of_events);
            (read + known.compared) * SHARE > known.len()
        };
        let is_new = self.known.is_none_or(is_stale);
        reports.kept = (self.has_cache && is_new).then(BTreeMap::new);
        Some(reports)
    }
}
