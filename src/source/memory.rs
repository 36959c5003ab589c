//! A project held in memory.

use chrono::NaiveDate;

use super::by_path::ByPath;
use super::walk::{self, Entry, Kind, Tree};
use super::{Listed, ReadError, World};

/// A project held in memory: path to bytes.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: ByPath<Vec<u8>>,
    today: NaiveDate,
}

impl Memory {
    /// A project without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the present day, which is 1 January 1970 else.
    pub fn set_today(&mut self, today: NaiveDate) -> &mut Self {
        self.today = today;
        self
    }

    /// Adds or replaces a file.
    pub fn write(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(path.into(), bytes.into());
        self
    }
}

impl Tree for Memory {
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let entry = |(name, file): (&str, Option<_>)| Entry {
            name: name.to_owned(),
            kind: if file.is_some() { Kind::File } else { Kind::Folder },
        };
        Ok(self.files.entries(folder).into_iter().map(entry).collect())
    }

    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let bytes = self.files.get(path);
        Ok(bytes.map(|bytes| bytes[..bytes.len().min(limit)].to_vec()))
    }
}

impl World for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        Ok(if self.files.is_folder(folder) { walk::files(self, folder) } else { Vec::new() })
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.files.get(path).cloned())
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}
