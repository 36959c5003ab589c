//! A project as it was first read, with other texts laid over it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::{Change, Listed, ReadError, World};

/// A world in which every file reads the same each time, and some read as they were laid over it.
///
/// What is found in a text and what is then done to it must speak of the same bytes, also where
/// someone saves the file meanwhile. It keeps every file that was read.
pub struct Overlay<'w> {
    world: &'w dyn World,
    read: Mutex<BTreeMap<String, Option<Vec<u8>>>>,
    laid: BTreeMap<String, Vec<u8>>,
}

impl<'w> Overlay<'w> {
    /// A world that reads as `world` does.
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, read: Mutex::default(), laid: BTreeMap::new() }
    }

    /// Lays other bytes over files, and returns those that they had.
    ///
    /// # Errors
    /// When one of the files is there and cannot be read.
    pub fn lay(
        &mut self,
        texts: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Vec<(String, Vec<u8>)>, ReadError> {
        let mut before = Vec::new();
        for (path, bytes) in texts {
            before.extend(self.read(&path)?.map(|bytes| (path.clone(), bytes)));
            self.laid.insert(path, bytes);
        }
        Ok(before)
    }

    /// What the laid bytes change in the files that there are, by path.
    pub fn changes(&mut self) -> Vec<Change<'_>> {
        let read = self.read.get_mut().unwrap_or_else(PoisonError::into_inner);
        let changed = self.laid.iter().filter_map(|(path, new)| {
            let old = read.get(path)?.as_ref().filter(|old| *old != new)?;
            Some(Change { path, old, new })
        });
        changed.collect()
    }

    fn first_read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let lock = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = lock().get(path) {
            return Ok(read.clone());
        }
        let read = self.world.read(path)?;
        Ok(lock().entry(path.to_owned()).or_insert(read).clone())
    }
}

impl World for Overlay<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        self.world.list(folder)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        match self.laid.get(path) {
            Some(laid) => Ok(Some(laid.clone())),
            None => self.first_read(path),
        }
    }

    fn today(&self) -> NaiveDate {
        self.world.today()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    #[test]
    fn a_file_reads_as_it_was_first_read_until_other_bytes_are_laid_over_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "first").unwrap();
        let disk = Disk::new(folder.path().to_owned());
        let mut overlay = Overlay::new(&disk);
        let read = |overlay: &Overlay<'_>, path| overlay.read(path).unwrap();
        assert_eq!(read(&overlay, "a.yaml").unwrap(), b"first");
        assert_eq!(read(&overlay, "b.yaml"), None);
        std::fs::write(&path, "second").unwrap();
        std::fs::write(folder.path().join("b.yaml"), "second").unwrap();
        assert_eq!(read(&overlay, "a.yaml").unwrap(), b"first");
        assert_eq!(read(&overlay, "b.yaml"), None);

        let before = overlay.lay([("a.yaml".to_owned(), b"mine".to_vec())]).unwrap();
        assert_eq!(read(&overlay, "a.yaml").unwrap(), b"mine");
        let change = Change { path: "a.yaml", old: b"first", new: b"mine" };
        assert_eq!(overlay.changes(), [change]);
        overlay.lay(before).unwrap();
        assert_eq!(read(&overlay, "a.yaml").unwrap(), b"first");
        assert_eq!(overlay.changes(), [], "laid back");
    }
}
