//! The files of one run.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::digests::{Digest, Digests};
use super::{Paths, is_source};

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
    paths: Paths,
    read: Arc<Digests>,
}

impl Files {
    /// Adds a path and numbers it.
    pub fn add(&mut self, path: impl AsRef<str>) -> FileId {
        let id = FileId(u32::try_from(self.paths.len()).expect("fewer than 2^32 files"));
        self.paths.push(path.as_ref());
        id
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &str {
        self.paths.get(file.position()).expect("a file of this run")
    }

    /// Every file, in the order they were added.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        let count = u32::try_from(self.paths.len()).expect("fewer than 2^32 files");
        (0..count).map(FileId)
    }

    /// The path of each file, in the order they were added.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Files of some paths, in their order.
    pub fn of(paths: Paths) -> Self {
        Self { paths, read: Arc::default() }
    }

    /// The same files, those of some paths under new ones.
    #[must_use]
    pub fn renamed(&self, new: &BTreeMap<String, String>) -> Self {
        let path = |old| new.get(old).map_or(old, |new| &**new);
        Self { paths: self.paths.iter().map(path).collect(), read: Arc::clone(&self.read) }
    }

    /// Notes the digests of the project's files that were read.
    pub(super) fn note_read(&mut self, read: Arc<Digests>) {
        self.read = read;
    }

    /// The digest of the bytes of a file, if it was read.
    pub fn digest(&self, file: FileId) -> Option<Digest> {
        self.read.of_file(self.path(file))
    }

    /// The files under `folder` that a build is made of, sorted by path, each with the digest of its bytes.
    pub fn read_under(&self, folder: &str) -> impl Iterator<Item = (&str, Digest)> {
        self.read.under(folder).filter(|(path, _)| is_source(path))
    }

    /// How many files there are.
    pub const fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is no file.
    pub const fn is_empty(&self) -> bool {
        self.paths.len() == 0
    }
}
