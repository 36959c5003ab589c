//! The digests of many files.

use serde::{Deserialize, Serialize};

use super::Paths;

/// A digest of the bytes of a file.
pub type Digest = blake3::Hash;

/// Files that were asked for, in the order of their paths, with the digest of each.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Digests {
    paths: Paths,
    /// The digest of each; `None` where there was no such file.
    #[serde(with = "super::packed")]
    pub(super) digests: Vec<Option<Digest>>,
}

impl Digests {
    /// The digests of some files, in any order. Of a file that stands there twice, the first counts.
    pub(super) fn new(paths: &Paths, digests: &[Option<Digest>]) -> Self {
        let mut order = paths.sorted().to_vec();
        order.dedup_by_key(|at| paths.get(*at));
        let of_file = |at: &usize| digests.get(*at).copied().flatten();
        Self {
            digests: order.iter().map(of_file).collect(),
            paths: order.iter().filter_map(|at| paths.get(*at)).collect(),
        }
    }

    /// The paths, in order.
    pub(super) const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The paths in order, with the digest of each.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Option<Digest>)> {
        self.paths.iter().zip(self.digests.iter().copied())
    }

    /// The digest of a file, if there was one.
    pub fn of_file(&self, path: &str) -> Option<Digest> {
        let at = self.paths.position_sorted(path).ok()?;
        self.digests.get(at).copied().flatten()
    }

    /// The files under `folder`, in order.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = (&str, Digest)> {
        let prefix = format!("{folder}/");
        let from = self.paths.position_sorted(&prefix).unwrap_or_else(|at| at);
        let files = (from..self.paths.len()).map_while(|at| Some((self.paths.get(at)?, at)));
        let under = files.take_while(move |(path, _)| path.starts_with(&prefix));
        under.filter_map(|(path, at)| Some((path, (*self.digests.get(at)?)?)))
    }
}
