//! A project that was read and checked.

use std::collections::BTreeMap;

use crate::dataset::{Binding, Dataset, Project};
use crate::diagnostic::{Changes, Findings};
use crate::emit::Shards;
use crate::rules::{Reports, Rule};
use crate::schema::Codebook;
use crate::source::{Digest, Files, Trace};

/// A project that was read and checked.
#[derive(Debug)]
pub struct Checked {
    /// Every file that was read.
    pub files: Files,
    /// The codebook.
    pub codebook: Codebook,
    /// The selected datasets.
    pub datasets: Vec<Dataset>,
    /// The rules that ran.
    pub rules: Vec<&'static Rule>,
    /// What was found.
    pub findings: Findings,
    /// How much was found before, where `findings` are only what a change caused.
    pub changes: Option<Changes>,
    /// What was asked of the project.
    pub trace: Trace,
    /// Whether some files were not read, because an earlier run knew them.
    pub knew: bool,
    /// The shards from which a build takes the rows of events, by the name of the dataset.
    pub shards: BTreeMap<String, Shards>,
    /// What was found in single files, where it is to be kept.
    pub kept: Option<Kept>,
}

impl Checked {
    /// Every dataset with the codebook that it is coded with.
    pub fn bindings(&self) -> impl Iterator<Item = Binding<'_>> {
        self.datasets.iter().map(|dataset| Binding { codebook: &self.codebook, dataset })
    }

    /// What the rules look at.
    pub fn project(&self) -> Project<'_> {
        Project { codebook: &self.codebook, datasets: &self.datasets, files: &self.files }
    }
}

/// What a check found in single files, for a later run.
#[derive(Debug)]
pub struct Kept {
    /// What it found in each.
    pub reports: Reports,
    /// A digest of what it asked of the codebook.
    pub of_codebook: Digest,
    /// A digest of what else it asked than files of events.
    pub beside: Digest,
}
