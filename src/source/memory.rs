//! A project held in memory.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::walk::{self, Entry, Kind, Tree};
use super::{Listed, ReadError, World};

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

impl Memory {
    /// The files under a folder: the rest of each path.
    fn under(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.files.range(prefix.clone()..).map(|(path, _)| path.as_str());
        from.map_while(move |path| path.strip_prefix(&prefix))
    }
}

impl Tree for Memory {
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let mut entries: Vec<Entry> = Vec::new();
        for rest in self.under(folder) {
            let (name, kind) = match rest.split_once('/') {
                Some((name, _)) => (name, Kind::Folder),
                None => (rest, Kind::File),
            };
            if entries.last().is_none_or(|last| last.name != name) {
                entries.push(Entry { name: name.to_owned(), kind });
            }
        }
        Ok(entries)
    }

    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let bytes = self.files.get(path);
        Ok(bytes.map(|bytes| bytes[..bytes.len().min(limit)].to_vec()))
    }
}

impl World for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        Ok(if self.under(folder).next().is_some() { walk::files(self, folder) } else { Vec::new() })
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.files.get(path).cloned())
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}
