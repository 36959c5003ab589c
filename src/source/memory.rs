//! A project held in memory.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{ReadError, World};

/// A project held in memory: path to bytes.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
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

impl World for Memory {
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let prefix = format!("{folder}/");
        Ok(self.files.keys().filter(|path| path.starts_with(&prefix)).cloned().collect())
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.files.get(path).cloned())
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}
