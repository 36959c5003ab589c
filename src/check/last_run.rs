//! What the last run over a project asked and was told.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::checked::Checked;
use crate::source::{Compared, Digest, Files, Look, Trace};

/// The last run over a project, held against the project as it stands.
#[derive(Debug)]
pub struct LastRun {
    kept: Kept,
    compared: Compared,
}

#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    trace: Trace,
    /// The path of each of its files, in its order.
    paths: Vec<Arc<str>>,
}

impl LastRun {
    /// What was kept of it.
    pub fn read(bytes: &[u8], look: &Look<'_>) -> Option<Self> {
        let kept: Kept = postcard::from_bytes(bytes).ok()?;
        let compared = kept.trace.compared(look);
        Some(Self { kept, compared })
    }

    /// What is to be kept of a run.
    pub fn write(checked: &Checked, look: &Look<'_>) -> Option<Vec<u8>> {
        let trace = checked.trace.clone().with_stamps(look);
        let kept = Kept { trace, paths: checked.files.shared_paths().to_vec() };
        postcard::to_stdvec(&kept).ok()
    }

    /// What it asked, and how the answers of today compare.
    pub(super) const fn answers(&self) -> (&Trace, &Compared) {
        (&self.kept.trace, &self.compared)
    }

    /// A digest of what it asked and was told, if it would be told the same today.
    pub fn is_same(&self) -> Option<Digest> {
        let was = self.kept.trace.digest();
        (self.compared.today == Some(was)).then_some(was)
    }

    /// What is to be kept of it, if it would be told the same today and the file system now says of more files that
    /// nothing touched them.
    pub fn renewed(&self, look: &Look<'_>) -> Option<Vec<u8>> {
        let Kept { trace, paths } = &self.kept;
        let is_worth_it = self.is_same().is_some() && self.compared.settled > 0;
        let renewed = || postcard::to_stdvec(&(trace.clone().with_stamps(look), paths)).ok();
        is_worth_it.then(renewed)?
    }

    /// Its files.
    pub fn files(&self) -> Files {
        Files::of(&self.kept.paths)
    }
}
