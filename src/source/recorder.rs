//! A project whose answers are noted as they are given.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::file::Digest;
use super::trace::{Trace, digest_of_list};
use super::{Listed, ReadError, World};

/// A world that notes what it is asked and what it says.
pub struct Recorder<'w> {
    world: &'w dyn World,
    /// Whether a path is that of a file that may change without a change of what is known of the others.
    is_apart: fn(&str) -> bool,
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    listed: BTreeMap<String, Digest>,
    /// The same without the files that stand apart.
    beside: BTreeMap<String, Digest>,
    /// The paths that were listed.
    paths: Vec<Arc<str>>,
    /// The digest of each file as it was read; `None` where there was none.
    read: Vec<(Arc<str>, Option<Digest>)>,
    /// Whether something could not be read, which another time may be.
    has_failed: bool,
    bytes: usize,
    day: Option<NaiveDate>,
}

impl<'w> Recorder<'w> {
    /// A world that answers as `world` does. `is_apart` tells of a path whether nothing that is known of other files
    /// rests on it.
    pub fn new(world: &'w dyn World, is_apart: fn(&str) -> bool) -> Self {
        Self { world, is_apart, asked: Mutex::default() }
    }

    /// Notes files that were not read, because an earlier run read the same bytes.
    pub fn note_known(&self, known: impl Iterator<Item = (Arc<str>, Digest)>) {
        self.note(|asked| asked.read.extend(known.map(|(path, digest)| (path, Some(digest)))));
    }

    /// Whether each file that was read has the digest that is expected of it, if one is.
    pub fn read_as(&self, expected: &dyn Fn(&str) -> Option<Digest>) -> bool {
        let mut is_so = true;
        self.note(|asked| {
            let mut read = asked.read.iter();
            let is_expected = |(path, digest): &(Arc<str>, Option<Digest>)| {
                expected(path).is_none_or(|expected| *digest == Some(expected))
            };
            is_so = read.all(is_expected);
        });
        is_so
    }

    /// A digest of all that was asked up to now, but for the files that stand apart.
    pub fn beside(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        self.note(|asked| {
            for (folder, digest) in &asked.beside {
                hasher.update(folder.as_bytes()).update(&[0]).update(digest.as_bytes());
            }
            let mut read: Vec<_> =
                asked.read.iter().filter(|(path, _)| !(self.is_apart)(path)).collect();
            read.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (path, digest) in read {
                let digest = digest.map_or([0; blake3::OUT_LEN], |digest| *digest.as_bytes());
                hasher.update(path.as_bytes()).update(&[0]).update(&digest);
            }
        });
        hasher.finalize()
    }

    /// The digests of the files that were read, sorted by path, and all that was asked.
    pub fn finish(self) -> (Vec<(Arc<str>, Digest)>, Trace) {
        let Asked { listed, mut paths, mut read, has_failed, bytes, day, .. } =
            self.asked.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What was read first counts.
        read.sort_by(|(one, _), (other, _)| one.cmp(other));
        read.dedup_by(|(next, _), (first, _)| next == first);
        // The same text need not be held twice.
        paths.sort_unstable();
        let mut paths = paths.into_iter().peekable();
        for (path, _) in &mut read {
            while paths.peek() != Some(path) && paths.next_if(|listed| listed < path).is_some() {}
            *path = paths.next_if_eq(path).unwrap_or_else(|| Arc::clone(path));
        }
        let digests = read.iter().filter_map(|(path, digest)| Some((Arc::clone(path), (*digest)?)));
        let digests = digests.collect();
        let trace = Trace::new(listed, read, bytes, day);
        (digests, if has_failed { trace.unsure() } else { trace })
    }

    fn note(&self, note: impl FnOnce(&mut Asked)) {
        note(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl World for Recorder<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        let listed = self.world.list(folder)?;
        let digest = digest_of_list(&listed);
        let beside = listed.iter().filter(|listed| !(self.is_apart)(&listed.path));
        let beside = digest_of_list(beside);
        self.note(|asked| {
            asked.listed.insert(folder.to_owned(), digest);
            asked.beside.insert(folder.to_owned(), beside);
            asked.paths.extend(listed.iter().map(|listed| Arc::clone(&listed.path)));
        });
        Ok(listed)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let read = self.world.read(path);
        let read = read.inspect_err(|_| self.note(|asked| asked.has_failed = true))?;
        let digest = read.as_deref().map(blake3::hash);
        self.note(|asked| {
            asked.bytes += read.as_ref().map_or(0, Vec::len);
            asked.read.push((path.into(), digest));
        });
        Ok(read)
    }

    fn today(&self) -> NaiveDate {
        let today = self.world.today();
        self.note(|asked| asked.day = Some(today));
        today
    }
}
