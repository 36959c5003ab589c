//! What a check says of a project: all that is printed of it.

use serde::{Deserialize, Serialize};

use super::checked::Checked;
use crate::dataset::{Dataset, EventSummary};
use crate::diagnostic::{Changes, Findings};
use crate::form::{Defect, FileDefect};
use crate::record::RecordDefect;
use crate::rules::Rule;
use crate::source::{Files, Spanned};

/// What a check says.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Every file that was read.
    pub files: Files,
    /// How much each dataset has.
    pub datasets: Vec<Counts>,
    /// The rules that ran.
    pub rules: Vec<&'static Rule>,
    /// What was found.
    pub findings: Findings,
    /// How much was found before, where `findings` are only what a change caused.
    pub changes: Option<Changes>,
}

/// How much a dataset has.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Its name.
    pub dataset: String,
    /// Its records, drafts and those of single coders too.
    pub events: usize,
    /// How many of them are drafts.
    pub drafts: usize,
    /// The claims in all of them.
    pub claims: usize,
    /// Whether it has a record, or a file that would be one could it be read.
    pub has_records: bool,
    /// How many events only single coders have coded.
    pub unadjudicated: usize,
    /// Whether a table would have a row for an event.
    pub has_rows: bool,
}

impl Counts {
    /// Whether it has records, and all of them are drafts, of which no table has a row.
    pub const fn is_of_drafts_alone(&self) -> bool {
        self.drafts > 0 && !self.has_rows
    }

    fn of(dataset: &Dataset, files: &Files) -> Self {
        Self {
            dataset: dataset.name.clone(),
            events: dataset.events.len(),
            drafts: dataset.drafts(),
            claims: dataset.claims(),
            has_records: has_records(dataset, files),
            unadjudicated: dataset.unadjudicated().len(),
            has_rows: dataset.events.iter().any(EventSummary::is_tabulated)
                || !dataset.codings().is_empty(),
        }
    }
}

impl Checked {
    /// What is printed of it.
    pub fn verdict(&self) -> Verdict {
        Verdict {
            files: self.files.clone(),
            datasets: self.counts(),
            rules: self.rules.clone(),
            findings: self.findings.clone(),
            changes: self.changes,
        }
    }

    /// What is printed of it, when nothing else is asked of it any more.
    pub fn into_verdict(mut self, datasets: Vec<Counts>) -> Verdict {
        let files = std::mem::take(&mut self.files);
        let (rules, findings) =
            (std::mem::take(&mut self.rules), std::mem::take(&mut self.findings));
        let changes = self.changes;
        // The system takes back all memory at once; to free every record takes a tenth of a run.
        std::mem::forget(self);
        Verdict { files, datasets, rules, findings, changes }
    }

    /// How much each dataset has.
    pub(super) fn counts(&self) -> Vec<Counts> {
        self.datasets.iter().map(|one| Counts::of(one, &self.files)).collect()
    }
}

/// Whether a dataset has a record. One that could not be read still counts: its own findings make the
/// check fail.
fn has_records(dataset: &Dataset, files: &Files) -> bool {
    let folder = format!("datasets/{}/events/", dataset.name);
    let mut of_events =
        dataset.files.iter().filter(|file| files.path(file.file).starts_with(&folder));
    // The records of a file may be of other shards.
    let is_part = dataset.shard.is_some();
    !dataset.events.is_empty()
        || of_events.any(|file| is_part || file.defects.iter().any(is_of_record))
}

/// Whether a file of events with this defect still holds a record.
const fn is_of_record(defect: &Spanned<Defect<RecordDefect>>) -> bool {
    !matches!(defect.value, Defect::File(FileDefect::Empty { .. } | FileDefect::Unread(_)))
}
