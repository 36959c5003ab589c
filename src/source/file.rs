//! The files of one run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::is_source;

/// A digest of the bytes of a file.
pub type Digest = blake3::Hash;

/// A file of this run: its position in [`Files`].
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FileId(u32);

impl FileId {
    /// Its position among the files of its run.
    pub const fn position(self) -> usize {
        self.0 as usize
    }
}

/// The paths of one run, numbered in the order they were added.
///
/// A path is relative to the project root, with `/` on every platform. Files of the shipped
/// codebook stand under `<eventc>/`, which no project can contain.
#[derive(Clone, Debug, Default)]
pub struct Files {
    paths: Vec<Arc<str>>,
    /// Sorted by path.
    read: Arc<[(Arc<str>, Digest)]>,
}

impl Files {
    /// Adds a path and numbers it.
    pub fn add(&mut self, path: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.paths.len()).expect("fewer than 2^32 files"));
        self.paths.push(path.into());
        id
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &str {
        &self.paths[file.0 as usize]
    }

    /// Every file, in the order they were added.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        let count = u32::try_from(self.paths.len()).expect("fewer than 2^32 files");
        (0..count).map(FileId)
    }

    /// The path of each file, in the order they were added.
    pub fn shared_paths(&self) -> &[Arc<str>] {
        &self.paths
    }

    /// Files of some paths, in their order.
    pub fn of(paths: &[Arc<str>]) -> Self {
        Self { paths: paths.to_vec(), read: Arc::default() }
    }

    /// The paths.
    pub fn paths(&self) -> BTreeSet<&str> {
        self.paths.iter().map(|path| &**path).collect()
    }

    /// The same files, those of some paths under new ones.
    #[must_use]
    pub fn renamed(&self, new: &BTreeMap<String, String>) -> Self {
        let path =
            |old: &Arc<str>| new.get(&**old).map_or_else(|| old.clone(), |new| Arc::from(&**new));
        Self { paths: self.paths.iter().map(path).collect(), read: Arc::clone(&self.read) }
    }

    /// Notes the digests of the project's files that were read, sorted by path.
    pub fn note_read(&mut self, digests: Vec<(Arc<str>, Digest)>) {
        self.read = digests.into();
    }

    /// The digest of the bytes of a file, if it was read.
    pub fn digest(&self, file: FileId) -> Option<Digest> {
        let path = self.path(file);
        let at = self.read.binary_search_by(|(read, _)| (**read).cmp(path)).ok()?;
        Some(self.read[at].1)
    }

    /// The files under `folder` that a build is made of, sorted by path, each with the digest of its bytes.
    pub fn read_under(&self, folder: &str) -> impl Iterator<Item = (&str, Digest)> {
        let folder = format!("{folder}/");
        let from = self.read.partition_point(|(path, _)| **path < *folder);
        let under = self.read[from..].iter().take_while(move |(path, _)| path.starts_with(&folder));
        under.filter(|(path, _)| is_source(path)).map(|(path, digest)| (&**path, *digest))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}
