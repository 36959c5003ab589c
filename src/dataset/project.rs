//! A project: its datasets with their codebook.

use super::bound::Binding;
use super::contents::Dataset;
use crate::schema::Codebook;
use crate::source::Files;

/// A project, read.
#[derive(Clone, Copy, Debug)]
pub struct Project<'p> {
    /// The codebook.
    pub codebook: &'p Codebook,
    /// The selected datasets.
    pub datasets: &'p [Dataset],
    /// Every file that was read.
    pub files: &'p Files,
}

impl<'p> Project<'p> {
    /// The dataset of a name.
    pub fn dataset(&self, name: &str) -> Option<Binding<'p>> {
        let dataset = self.datasets.iter().find(|dataset| dataset.name == name)?;
        Some(Binding { codebook: self.codebook, dataset })
    }
}
