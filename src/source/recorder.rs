//! A project whose answers are noted as they are given.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::digests::{Digest, Digests};
use super::trace::{NO_FILE, Trace, digest_of_list};
use super::{Listed, Paths, ReadError, World};

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
    /// The files that were read, in that order.
    read: Paths,
    /// The digest of each; `None` where there was none.
    digests: Vec<Option<Digest>>,
    /// Whether something could not be read, which another time may be, or a folder was listed in two ways.
    is_unsure: bool,
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
    pub fn note_known<'p>(&self, known: impl Iterator<Item = (&'p str, Digest)>) {
        self.note(|asked| known.for_each(|(path, digest)| asked.add(path, Some(digest))));
    }

    /// Whether each file that was read has the digest that is expected of it, if one is.
    pub fn read_as(&self, expected: &mut dyn FnMut(&str) -> Option<Digest>) -> bool {
        let mut is_so = true;
        self.note(|asked| {
            let mut read = asked.read.iter().zip(&asked.digests);
            is_so = read.all(|(path, digest)| {
                expected(path).is_none_or(|expected| *digest == Some(expected))
            });
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
            let read = asked.read.iter().zip(&asked.digests);
            let mut read: Vec<_> = read.filter(|(path, _)| !(self.is_apart)(path)).collect();
            read.sort_by_key(|(path, _)| *path);
            for (path, digest) in read {
                let digest = digest.unwrap_or(NO_FILE);
                hasher.update(path.as_bytes()).update(&[0]).update(digest.as_bytes());
            }
        });
        hasher.finalize()
    }

    /// All that was asked.
    pub fn finish(self) -> Trace {
        let Asked { listed, read, digests, is_unsure, bytes, day, .. } =
            self.asked.into_inner().unwrap_or_else(PoisonError::into_inner);
        let trace = Trace::new(listed, Digests::new(&read, &digests), bytes, day);
        if is_unsure { trace.unsure() } else { trace }
    }

    fn note(&self, note: impl FnOnce(&mut Asked)) {
        note(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Asked {
    fn add(&mut self, path: &str, digest: Option<Digest>) {
        self.read.push(path);
        self.digests.push(digest);
    }
}

impl World for Recorder<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        let listed = self.world.list(folder)?;
        let beside = listed.iter().filter(|listed| !(self.is_apart)(&listed.path));
        let (digest, beside) = rayon::join(|| digest_of_list(&listed), || digest_of_list(beside));
        self.note(|asked| {
            // A later run cannot tell which of two lists counted.
            let before = asked.listed.insert(folder.to_owned(), digest);
            asked.is_unsure |= before.is_some_and(|before| before != digest);
            asked.beside.insert(folder.to_owned(), beside);
        });
        Ok(listed)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let read = self.world.read(path);
        let read = read.inspect_err(|_| self.note(|asked| asked.is_unsure = true))?;
        let digest = read.as_deref().map(blake3::hash);
        self.note(|asked| {
            asked.bytes += read.as_ref().map_or(0, Vec::len);
            asked.add(path, digest);
        });
        Ok(read)
    }

    fn today(&self) -> NaiveDate {
        let today = self.world.today();
        self.note(|asked| asked.day = Some(today));
        today
    }
}
