//! The door to the file system.

use std::sync::Arc;

use chrono::NaiveDate;

/// What the stages may ask of the world: which files a project has, and what is in them.
///
/// Paths are relative to the project root, with `/`. On disk it is [`super::Disk`]; tests,
/// benchmarks and editors use [`super::Memory`].
pub trait World: Sync {
    /// All that stands under `folder`, sorted bytewise: each file, and each path that is not read,
    /// with the reason.
    ///
    /// A folder that does not exist has no files.
    ///
    /// # Errors
    /// When the folder itself cannot be looked up.
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError>;

    /// The files under `folder` that are read, sorted bytewise.
    ///
    /// # Errors
    /// As for [`World::list`].
    fn files(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let listed = self.list(folder)?.into_iter();
        let read = listed.filter(|listed| listed.obstacle.is_none());
        Ok(read.map(|listed| listed.path.to_string()).collect())
    }

    /// The bytes of a file, or `None` if there is no such file. Of a file of more than
    /// [`MAX_FILE_BYTES`] one byte more than these is read, so that whoever parses it can tell.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no regular file.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError>;

    /// The present day in UTC: what decides whether an entry of `allow` has expired, and nothing else.
    fn today(&self) -> NaiveDate;
}

/// Largest file that is read, in bytes (256 MiB). A hundred thousand records of usual size are half of it; a sparse file
/// of a terabyte costs its maker nothing.
pub const MAX_FILE_BYTES: usize = 256 << 20;

/// A path under a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The path.
    pub path: Arc<str>,
    /// Why it is not read; `None` for a file that is.
    pub obstacle: Option<Obstacle>,
}

/// Why a path is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Its name begins with a dot. Of a folder: it holds YAML.
    Hidden,
    /// A `.gitignore` of the project names it. Of a folder: it holds YAML.
    Ignored,
    /// It is a symbolic link, which is never followed: a link in a contributed record could read
    /// secrets of the machine that checks it.
    Link,
    /// It is a device, pipe or socket.
    Special,
    /// Its name is not UTF-8.
    Misnamed,
    /// It is a folder deeper than [`super::MAX_FOLDERS`].
    TooDeep,
    /// The system refused: its words.
    Unreadable(String),
}

/// Why the tool could not read what it was asked to: its own failure, never a finding.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`: {reason}")]
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

/// Whether a build is made of the file at a path: YAML, or the license of a dataset.
pub fn is_source(path: &str) -> bool {
    is_yaml(path) || path.ends_with("/LICENSE")
}

/// Whether a path is that of a YAML file, by its ending.
pub fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}
