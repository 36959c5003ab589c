//! The door to the file system.

use std::fmt;

use chrono::NaiveDate;

/// What the stages may ask of the world: which files a project has, and what is in them.
///
/// Paths are relative to the project root, with `/`. On disk it is [`super::Disk`]; tests,
/// benchmarks and editors use [`super::Memory`].
pub trait World: Sync {
    /// Every file under `folder`, sorted bytewise, hidden and ignored ones left out.
    ///
    /// A folder that does not exist has no files.
    ///
    /// # Errors
    /// When a folder cannot be listed, or holds a symbolic link: a link in a contributed
    /// record could read secrets of the machine that checks it.
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError>;

    /// The bytes of a file, or `None` if there is no such file.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no regular file.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError>;

    /// The present day in UTC: what decides whether an excuse has expired, and nothing else.
    fn today(&self) -> NaiveDate;
}

/// Why the tool could not read what it was asked to: its own failure, never a finding.
#[derive(Debug)]
pub struct ReadError {
    /// The path, as the user knows it.
    pub path: String,
    /// What stood in the way.
    pub reason: String,
}

impl ReadError {
    pub(super) fn new(path: impl Into<String>, reason: impl ToString) -> Self {
        Self { path: path.into(), reason: reason.to_string() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read `{}`: {}", self.path, self.reason)
    }
}

impl std::error::Error for ReadError {}

/// Whether a path is that of a YAML file, by its ending.
pub fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}
