//! Verifying a release: a folder that a build wrote, perhaps elsewhere and long ago.
//!
//! Does: hold a release against its checksums, its data package and its manifest, its formats against
//! each other, and its tables against each other; say what it could not check.
//!
//! Must never: trust what it reads. A release may come from anyone: no file outside its folder is
//! opened, none whose checksum is wrong is read further, and what a file can cost in memory is bounded
//! however it was made.

mod consistency;
mod csv;
mod finding;
mod footer;
mod keys;
mod package;
mod pages;
mod parquet;
mod rebuilt;
mod rows;
mod sums;
mod table;

pub use finding::Report;
pub use package::{MANIFEST, Manifest};
pub use parquet::is_reading;

use self::sums::Verified;
use crate::source::{Disk, ReadError};

/// A release that was verified.
#[derive(Debug)]
pub struct Release {
    /// What it says of itself.
    pub manifest: Manifest,
    /// What is wrong with it.
    pub report: Report,
    verified: Verified,
}

impl Release {
    /// Verifies the release in a folder.
    ///
    /// # Errors
    /// When the folder cannot be read, or is no release.
    pub fn verify(folder: &Disk) -> Result<Self, ReadError> {
        let mut report = Report::default();
        let verified = sums::check(folder, &mut report)?;
        let manifest = package::manifest(folder, &verified, &mut report)?;
        if let Some(package) = package::package(folder, &verified, &manifest, &mut report) {
            table::check(&verified, (&manifest, &package), &mut report);
        }
        Ok(Self { manifest, report, verified })
    }

    /// Holds it against the same release, built again into a folder.
    ///
    /// # Errors
    /// When that folder cannot be read.
    pub fn compare(&mut self, rebuilt: &Disk) -> Result<(), ReadError> {
        rebuilt::compare(&self.verified, rebuilt, &mut self.report)
    }
}

#[cfg(test)]
mod tests;
