//! A project held in memory.

use std::collections::BTreeMap;

use super::{ReadError, World};

/// A project held in memory: path to bytes.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// A project without files.
    pub fn new() -> Self {
        Self::default()
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
}
