//! A project whose files are noted as they are read.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::file::Digest;
use super::{Listed, ReadError, World};

/// A world that keeps a digest of each file that was read through it, as it was read first.
pub struct Recorder<'w> {
    world: &'w dyn World,
    read: Mutex<BTreeMap<String, Digest>>,
}

impl<'w> Recorder<'w> {
    /// A world that reads as `world` does.
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, read: Mutex::default() }
    }

    /// The digests of the files that were read, by path.
    pub fn into_digests(self) -> BTreeMap<String, Digest> {
        self.read.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World for Recorder<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        self.world.list(folder)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let read = self.world.read(path)?;
        if let Some(bytes) = &read {
            let digest = blake3::hash(bytes);
            let mut noted = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            noted.entry(path.to_owned()).or_insert(digest);
        }
        Ok(read)
    }

    fn today(&self) -> NaiveDate {
        self.world.today()
    }
}
