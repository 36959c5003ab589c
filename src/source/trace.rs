//! What a run asked of its project and was told, so that a later run can tell whether it would be told
//! the same.
//!
//! A file is the same if the file system says that nothing has touched it since, or else if its bytes
//! have the same digest.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::digests::{Digest, Digests};
use super::look::Look;
use super::stamp::Stamp;
use super::{Files, Listed, Paths, World};

/// What was asked, and the digests of the answers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Trace {
    listed: Vec<(String, Digest)>,
    /// The files that were asked for.
    read: Arc<Digests>,
    /// What the file system said of each, where that is enough to know it again; nothing before it was asked.
    #[serde(with = "super::packed")]
    stamps: Vec<Option<Stamp>>,
    bytes: usize,
    /// Whether an answer was that something could not be read, which nothing here tells again.
    is_unsure: bool,
    /// The day that it was, where that was asked, in days since the year 1.
    day: Option<i32>,
    /// A digest of all that was asked and said.
    digest: Digest,
}

/// What a run was told that another one, which asked the same, was told otherwise.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TraceChange {
    /// Each file that differs: its position, its digest, and what the file system says of it.
    files: Vec<(usize, Option<Digest>, Option<Stamp>)>,
    day: Option<i32>,
    digest: Digest,
}

impl TraceChange {
    /// How many files differ.
    pub const fn len(&self) -> usize {
        self.files.len()
    }
}

impl Trace {
    pub(super) fn new(
        listed: BTreeMap<String, Digest>,
        read: Digests,
        bytes: usize,
        day: Option<NaiveDate>,
    ) -> Self {
        let listed: Vec<_> = listed.into_iter().collect();
        let day = day.map(days);
        let folders = listed.iter().map(|(folder, digest)| (&**folder, *digest));
        let files = read.iter().map(|(path, digest)| (path, digest.unwrap_or(NO_FILE)));
        let digest = digest_of(|hasher| {
            for (path, digest) in folders.chain(files) {
                hasher.write_all(path.as_bytes())?;
                hasher.write_all(&[0])?;
                hasher.write_all(digest.as_bytes())?;
            }
            hasher.write_all(&day.unwrap_or_default().to_le_bytes())
        });
        let read = Arc::new(read);
        Self { listed, read, stamps: Vec::new(), bytes, is_unsure: false, day, digest }
    }

    /// What stands in some folders of a disk, each file whole.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn of_folders(look: &Look<'_>, folders: &[String]) -> io::Result<Self> {
        let (mut listed, mut paths, mut digests) = (BTreeMap::new(), Paths::default(), Vec::new());
        for folder in folders {
            let files = look.list(folder).map_err(io::Error::other)?;
            listed.insert(folder.clone(), digest_of_list(&files));
            for file in files {
                paths.push(&file.path);
                digests.push(look.digest(&file.path)?);
            }
        }
        Ok(Self::new(listed, Digests::new(&paths, &digests), 0, None).with_stamps(look))
    }

    /// The same, of which it is never sure that a disk would say it again.
    #[must_use]
    pub(super) fn unsure(self) -> Self {
        Self { is_unsure: true, ..self }
    }

    /// How many files were read.
    pub fn files(&self) -> usize {
        self.read.paths().len()
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Lets the files of the run know the digest of each file that was read.
    pub fn note_in(&self, files: &mut Files) {
        files.note_read(Arc::clone(&self.read));
    }

    /// A digest of all that was asked and said.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// The same, with what the file system says of each file.
    #[must_use]
    pub fn with_stamps(self, look: &Look<'_>) -> Self {
        Self { stamps: look.stamps(&self.read), ..self }
    }

    /// What differs in a `later` trace, and what that says of the files that differed `before`; `None` where other files
    /// were asked for, or not all answers are known.
    pub fn change(
        &self,
        before: &TraceChange,
        later: &Self,
        look: &Look<'_>,
    ) -> Option<TraceChange> {
        let is_same_list = self.listed == later.listed && self.read.paths() == later.read.paths();
        let is_same = is_same_list && !later.is_unsure;
        let mut changed: BTreeSet<_> = before.files.iter().map(|(at, ..)| *at).collect();
        let digests = self.read.digests.iter().zip(&later.read.digests);
        let digests = digests.enumerate().filter(|_| is_same);
        changed.extend(digests.filter(|(_, (is, was))| is != was).map(|(at, _)| at));
        if !is_same {
            return None;
        }
        let stamp = |at: usize| look.stamp_of(self.read.paths().get(at)?);
        let file = |at: usize| Some((at, *later.read.digests.get(at)?, stamp(at)));
        let files = changed.into_iter().filter_map(file).collect();
        Some(TraceChange { files, day: later.day, digest: later.digest })
    }

    /// That nothing differs.
    pub const fn no_change(&self) -> TraceChange {
        TraceChange { files: Vec::new(), day: self.day, digest: self.digest }
    }

    /// Makes it the one that differs in a change.
    pub fn make(&mut self, change: &TraceChange) -> Option<()> {
        let read = Arc::make_mut(&mut self.read);
        for (at, digest, stamp) in &change.files {
            *read.digests.get_mut(*at)? = *digest;
            *self.stamps.get_mut(*at)? = *stamp;
        }
        (self.day, self.digest) = (change.day, change.digest);
        Some(())
    }

    /// Asks a look the same, and compares the answers.
    pub fn compared(&self, look: &Look<'_>) -> Compared {
        let is_listed = |(folder, known): &(String, Digest)| {
            let listed = look.listed(folder);
            listed.is_ok_and(|listed| digest_of_list(&*listed) == *known)
        };
        let (is_same_list, now) =
            rayon::join(|| self.listed.iter().all(is_listed), || self.digests_now(look));
        let is_same_day = self.day.is_none_or(|day| day == days(look.today()));
        let is_same = |(now, was): (&Option<Now>, &Option<Digest>)| {
            now.as_ref().is_some_and(|now| now.digest == *was)
        };
        let same: Vec<_> = now.iter().zip(&self.read.digests).map(is_same).collect();
        let settled = || now.iter().flatten().filter_map(|now| now.settled);
        let settled_bytes = settled().map(|stamp| stamp.size).sum();
        let is_same =
            is_same_list && is_same_day && !self.is_unsure && same.iter().all(|same| *same);
        Compared { settled: (settled().count(), settled_bytes), same, is_same }
    }

    /// Tells the digest of the bytes of a file that is as it was, by a comparison of this trace. Files are mostly asked for
    /// in order.
    pub fn unchanged<'t>(
        &'t self,
        compared: &'t Compared,
    ) -> impl FnMut(&str) -> Option<Digest> + 't {
        let mut find = self.read.paths().finder();
        move |path| {
            let at = find(path).filter(|at| compared.same.get(*at) == Some(&true))?;
            self.read.digests.get(at).copied().flatten()
        }
    }

    /// The digest that each file has now; `None` where it cannot be read.
    fn digests_now(&self, look: &Look<'_>) -> Vec<Option<Now>> {
        let stamps = look.stamps(&self.read);
        let now = |(at, stamp): (usize, &Option<Stamp>)| {
            if stamp.is_some() && Some(stamp) == self.stamps.get(at) {
                return Some(Now { digest: *self.read.digests.get(at)?, settled: None });
            }
            let path = self.read.paths().get(at)?;
            let digest = look.digest(path).ok()?;
            Some(Now { digest, settled: *stamp })
        };
        stamps.par_iter().enumerate().map(now).collect()
    }
}

/// How a file stands now.
struct Now {
    digest: Option<Digest>,
    /// The stamp that it did not have, so that its bytes had to be read.
    settled: Option<Stamp>,
}

/// What a look says beside what was said before.
#[derive(Debug)]
pub struct Compared {
    /// Whether each file is as it was.
    same: Vec<bool>,
    /// How many files had to be compared by their bytes and have a new stamp, which saves that the next time; and how many
    /// bytes that were.
    settled: (usize, u64),
    /// Whether a run would be told the same, whatever it asks.
    pub is_same: bool,
}

impl Compared {
    /// Whether new stamps save a later run that more than one in so many files are compared by their bytes, or more than
    /// one in so many bytes of those that are not.
    pub fn is_worth_keeping(&self, trace: &Trace, share: usize) -> bool {
        let (files, bytes) = self.settled;
        let all: u64 = trace.stamps.iter().flatten().map(|stamp| stamp.size).sum();
        let of_bytes = bytes.saturating_mul(share as u64) > all;
        files > 0 && (files.saturating_mul(share) > trace.files() || of_bytes)
    }
}

/// A digest of what was listed.
pub(super) fn digest_of_list<'l>(listed: impl IntoIterator<Item = &'l Listed>) -> Digest {
    digest_of(|hasher| {
        for Listed { path, obstacle } in listed {
            hasher.write_all(path.as_bytes())?;
            hasher.write_all(&[0])?;
            if let Some(obstacle) = obstacle {
                write!(hasher, "{obstacle:?}\0")?;
            }
        }
        Ok(())
    })
}

/// A digest of what is written. Paths are short, and many together are digested faster.
fn digest_of(write: impl FnOnce(&mut BufWriter<blake3::Hasher>) -> io::Result<()>) -> Digest {
    let mut hasher = BufWriter::with_capacity(TOGETHER, blake3::Hasher::new());
    // Nothing that is digested can fail.
    let written = write(&mut hasher).and_then(|()| hasher.flush());
    debug_assert!(written.is_ok(), "a digest failed");
    hasher.get_ref().finalize()
}

/// What stands for the digest of a file where there is none.
pub(super) const NO_FILE: Digest = Digest::from_bytes([0; blake3::OUT_LEN]);

/// Bytes that are digested together.
const TOGETHER: usize = 64 << 10;

fn days(day: NaiveDate) -> i32 {
    use chrono::Datelike;
    day.num_days_from_ce()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread::sleep;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::source::Disk;

    /// Changes that leave the size of a file, the time of its last change, or its bytes as they were.
    const EDITS: [fn(&std::path::Path); 9] = [
        |folder| fs::write(folder.join("d/a"), "2").unwrap(),
        |folder| fs::write(folder.join("d/a"), "1").unwrap(),
        |folder| {
            let file = fs::OpenOptions::new().write(true).open(folder.join("d/b")).unwrap();
            let was = file.metadata().unwrap().modified().unwrap();
            fs::write(folder.join("d/b"), "x").unwrap();
            file.set_modified(was).unwrap();
        },
        |folder| fs::rename(folder.join("d/a"), folder.join("d/c")).unwrap(),
        |folder| fs::remove_file(folder.join("d/b")).unwrap(),
        |folder| fs::write(folder.join("d/e/new"), "").unwrap(),
        |folder| fs::write(folder.join("d/.gitignore"), "e\n").unwrap(),
        |folder| {
            fs::rename(folder.join("d/a"), folder.join("t")).unwrap();
            fs::rename(folder.join("d/b"), folder.join("d/a")).unwrap();
            fs::rename(folder.join("t"), folder.join("d/b")).unwrap();
        },
        |folder| fs::rename(folder.join("d/e"), folder.join("d/f")).unwrap(),
    ];

    fn project() -> (tempfile::TempDir, Disk) {
        super::super::disk::tests::project(&[("d/a", "1"), ("d/b", "2"), ("d/e/g", "3")])
    }

    fn contents(disk: &Disk) -> Vec<(String, Option<Vec<u8>>)> {
        let files = disk.files("d").unwrap().into_iter();
        files.map(|path| (path.clone(), disk.read(&path).unwrap())).collect()
    }

    #[test]
    fn the_same_is_said_just_where_nothing_differs() {
        // Whether stamps count yet, or all is digested again.
        for wait in [Duration::ZERO, Duration::from_secs(60)] {
            for edits in
                EDITS.iter().map(|edit| vec![edit]).chain([vec![], EDITS[..2].iter().collect()])
            {
                let (folder, disk) = project();
                let look = Look::begun_at(&disk, SystemTime::now() + wait);
                let trace = Trace::of_folders(&look, &["d".to_owned()]).unwrap();
                let before = contents(&disk);
                // The clock of a file system ticks every few milliseconds.
                sleep(Duration::from_millis(20));
                edits.iter().for_each(|edit| edit(folder.path()));
                let is_same =
                    before == contents(&disk) && !folder.path().join("d/.gitignore").exists();
                let look = Look::begun_at(&disk, SystemTime::now() + wait);
                assert_eq!(trace.compared(&look).is_same, is_same);
            }
        }
    }

    #[test]
    fn what_could_not_be_read_is_asked_again() {
        let (_folder, disk) = project();
        for (path, is_confirmed) in [("d/a", true), ("d/none", true), ("d/e", false)] {
            let recorder = super::super::Recorder::new(&disk, |_| false);
            assert_eq!(recorder.read(path).is_ok(), is_confirmed);
            let trace = recorder.finish();
            assert_eq!(trace.compared(&Look::at(&disk)).is_same, is_confirmed, "{path}");
        }
    }

    #[test]
    fn what_was_not_the_same_twice_is_asked_again() {
        let (folder, disk) = project();
        for (is_changed, is_confirmed) in [(false, true), (true, false)] {
            let look = Look::at(&disk);
            let recorder = super::super::Recorder::new(&look, |_| false);
            let listed = look.listed("d").unwrap().len();
            assert_eq!(recorder.list("d").unwrap().len(), listed);
            if is_changed {
                fs::write(folder.path().join("d/new"), "").unwrap();
            }
            assert_eq!(recorder.list("d").unwrap().len(), listed + usize::from(is_changed));
            let trace = recorder.finish();
            assert_eq!(trace.compared(&Look::at(&disk)).is_same, is_confirmed);
        }
    }

    #[test]
    fn a_stamp_counts_only_for_a_file_that_was_left_alone() {
        let (_folder, disk) = project();
        let trace = Trace::of_folders(&Look::at(&disk), &["d".to_owned()]).unwrap();
        assert!(trace.stamps.iter().all(Option::is_none), "written just now");
        let later = || Look::begun_at(&disk, SystemTime::now() + Duration::from_secs(60));
        assert_eq!(trace.compared(&later()).settled, if cfg!(unix) { (3, 3) } else { (0, 0) });
        let trace = trace.with_stamps(&later());
        assert_eq!(trace.stamps.iter().all(Option::is_some), cfg!(unix));
        assert_eq!(trace.compared(&later()).settled, (0, 0));
    }
}
