//! A disk that is looked at once.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::digests::{Digest, Digests};
use super::stamp::{Stamp, Stamper};
use super::{Disk, Listed, ReadError, World};

/// A disk that remembers what the system was asked before a run: what is listed, and how each file stands.
#[derive(Debug)]
pub struct Look<'d> {
    disk: &'d Disk,
    /// When it began. What was written later may have been seen or not.
    begun: SystemTime,
    lists: Mutex<BTreeMap<String, Arc<Vec<Listed>>>>,
    /// The stamps of the files that were asked for first.
    stamps: Mutex<Stamps>,
}

/// Files in order, and the stamp of each.
type Stamps = (Arc<Digests>, Vec<Option<Stamp>>);

impl<'d> Look<'d> {
    /// One that begins now.
    pub fn at(disk: &'d Disk) -> Self {
        Self::begun_at(disk, SystemTime::now())
    }

    /// One that began at some time.
    pub fn begun_at(disk: &'d Disk, begun: SystemTime) -> Self {
        Self { disk, begun, lists: Mutex::default(), stamps: Mutex::default() }
    }

    /// Forgets what it saw. Whoever asks again looks again.
    pub fn forget(&self) {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.stamps.lock().unwrap_or_else(PoisonError::into_inner) = Stamps::default();
    }

    /// What is listed in a folder, which is kept for whoever asks next.
    pub(super) fn listed(&self, folder: &str) -> Result<Arc<Vec<Listed>>, ReadError> {
        let known = || self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listed) = known().get(folder) {
            return Ok(Arc::clone(listed));
        }
        let listed = Arc::new(self.disk.list(folder)?);
        known().insert(folder.to_owned(), Arc::clone(&listed));
        Ok(listed)
    }

    /// The stamp of each of some files, if it was left alone for a while before the look began. It counts for bytes that
    /// are read after that: what touches the file in between gives it another.
    pub(super) fn stamps(&self, files: &Arc<Digests>) -> Vec<Option<Stamp>> {
        // No lock is held while other threads work, for they may take up what asks here again.
        let stamps = || self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut known, mut of_known) = std::mem::take(&mut *stamps());
        let paths = files.paths();
        let found: Vec<_> = match known.paths() == paths {
            true => of_known.clone(),
            false => (0..paths.len())
                .into_par_iter()
                .map_init(
                    || self.stamper(),
                    |stamper, at| stamp_among((&known, &of_known), paths.get(at)?, stamper),
                )
                .collect(),
        };
        if of_known.is_empty() {
            (known, of_known) = (Arc::clone(files), found.clone());
        }
        *stamps() = (known, of_known);
        found
    }

    /// The stamp of a file, as [`Look::stamps`] gives it.
    pub(super) fn stamp_of(&self, path: &str) -> Option<Stamp> {
        let (known, of_known) = &*self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        stamp_among((known, of_known), path, &mut self.stamper())
    }

    fn stamper(&self) -> Stamper<'_> {
        Stamper::new(self.disk.root(), self.begun)
    }

    /// The digest of a file; `None` where there is none.
    pub(super) fn digest(&self, path: &str) -> io::Result<Option<Digest>> {
        let file = self.disk.open_file(path).map_err(io::Error::other)?;
        let Some(mut file) = file else { return Ok(None) };
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut file, &mut hasher)?;
        Ok(Some(hasher.finalize()))
    }
}

impl World for Look<'_> {
    /// Gives away the list that is kept, because it is long. Whoever asks after that is told what is listed then.
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        let known = self.lists.lock().unwrap_or_else(PoisonError::into_inner).remove(folder);
        known.map_or_else(|| self.disk.list(folder), |listed| Ok(Arc::unwrap_or_clone(listed)))
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.disk.read(path)
    }

    fn today(&self) -> NaiveDate {
        self.disk.today()
    }
}

/// The stamp of a file, which may be known.
fn stamp_among<'p>(
    (known, of_known): (&Digests, &[Option<Stamp>]),
    path: &'p str,
    stamper: &mut Stamper<'p>,
) -> Option<Stamp> {
    match known.paths().position_sorted(path) {
        Ok(at) => of_known[at],
        Err(_) => stamper.stamp(path),
    }
}
