//! What a run asked of its project and was told, so that a later run can tell whether it would be told
//! the same.
//!
//! A file is the same if the file system says that nothing has touched it since, or else if its bytes
//! have the same digest.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::file::Digest;
use super::{Disk, Listed, World};

/// What was asked, and the digests of the answers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Trace {
    listed: Vec<(String, Bytes)>,
    read: Vec<ReadFile>,
    bytes: usize,
    /// Whether an answer was that something could not be read, which nothing here tells again.
    is_unsure: bool,
    /// The day that it was, where that was asked, in days since the year 1.
    day: Option<i32>,
    #[serde(skip, default = "SystemTime::now")]
    begun: SystemTime,
}

type Bytes = [u8; blake3::OUT_LEN];

#[derive(Clone, Debug, Deserialize, Serialize)]
struct ReadFile {
    path: Arc<str>,
    /// `None` where there was no such file.
    digest: Option<Bytes>,
    /// What the file system said of it, where that is enough to know it again.
    stamp: Option<Stamp>,
}

/// What the file system says of a file that nobody has touched since.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
struct Stamp {
    size: u64,
    number: u64,
    /// Nanoseconds since 1970.
    modified: i128,
    /// When anything of it changed last, which no program can set back.
    changed: i128,
}

/// How long a file must have been left alone before it was read, for its stamp to count: a write in the
/// same tick of a file system's clock leaves no trace. FAT counts in two seconds.
const SLACK: Duration = Duration::from_secs(2);

impl Trace {
    pub(super) fn new(
        listed: BTreeMap<String, Digest>,
        read: Vec<(Arc<str>, Option<Digest>)>,
        bytes: usize,
        day: Option<NaiveDate>,
        begun: SystemTime,
    ) -> Self {
        let bytes_of = |digest: Digest| *digest.as_bytes();
        let read = read.into_iter().map(|(path, digest)| ReadFile {
            path,
            digest: digest.map(bytes_of),
            stamp: None,
        });
        Self {
            listed: listed.into_iter().map(|(folder, digest)| (folder, bytes_of(digest))).collect(),
            read: read.collect(),
            bytes,
            is_unsure: false,
            day: day.map(days),
            begun,
        }
    }

    /// What stands in some folders of a disk, each file whole.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn of_folders(disk: &Disk, folders: &[String]) -> io::Result<Self> {
        let begun = SystemTime::now();
        let (mut listed, mut read) = (BTreeMap::new(), Vec::new());
        for folder in folders {
            let files = disk.list(folder).map_err(io::Error::other)?;
            listed.insert(folder.clone(), digest_of_list(&files));
            for file in files {
                let digest = digest(disk, &file.path)?;
                read.push((file.path.into(), digest));
            }
        }
        Ok(Self::new(listed, read, 0, None, begun).with_stamps(disk))
    }

    /// The same, of which it is never sure that a disk would say it again.
    #[must_use]
    pub(super) fn unsure(self) -> Self {
        Self { is_unsure: true, ..self }
    }

    /// How many files were read.
    pub fn files(&self) -> usize {
        self.read.len()
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// A digest of all that was asked and said.
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        for (folder, digest) in &self.listed {
            hasher.update(folder.as_bytes()).update(&[0]).update(digest);
        }
        for ReadFile { path, digest, .. } in &self.read {
            hasher.update(path.as_bytes()).update(&[0]).update(&digest.unwrap_or_default());
        }
        hasher.update(&self.day.unwrap_or_default().to_le_bytes());
        hasher.finalize()
    }

    /// The same, with what the file system of a disk says of each file.
    #[must_use]
    pub fn with_stamps(mut self, disk: &Disk) -> Self {
        let begun = self.begun;
        self.read.par_iter_mut().for_each(|file| file.stamp = stamp(disk, &file.path, begun));
        self
    }

    /// The files that a disk would say the same of again.
    pub fn unchanged(&self, disk: &Disk) -> Unchanged {
        let begun = Begun::now();
        let unchanged = |file: &ReadFile| {
            let now = stamp(disk, &file.path, begun.0);
            let is_untouched = now.is_some() && now == file.stamp;
            let is_same = || {
                let digest = digest(disk, &file.path).ok().flatten();
                digest.is_some_and(|digest| Some(*digest.as_bytes()) == file.digest)
            };
            let is_unchanged = is_untouched || is_same();
            is_unchanged.then_some((Arc::clone(&file.path), file.digest?.into(), is_untouched))
        };
        let unchanged: Vec<_> = self.read.par_iter().filter_map(unchanged).collect();
        let compared = unchanged.iter().filter(|(.., is_untouched)| !is_untouched).count();
        let files = unchanged.into_iter().map(|(path, digest, _)| (path, digest)).collect();
        Unchanged { files, compared, begun }
    }

    /// Whether a disk would say the same again. `None` where it would not; otherwise the trace with new
    /// stamps, and whether there are any.
    pub fn confirmed(self, disk: &Disk) -> Option<(Self, bool)> {
        self.confirmed_at(SystemTime::now(), disk)
    }

    fn confirmed_at(mut self, begun: SystemTime, disk: &Disk) -> Option<(Self, bool)> {
        if self.is_unsure || self.day.is_some_and(|day| day != days(disk.today())) {
            return None;
        }
        let is_listed = |(folder, known): &(String, Bytes)| {
            disk.list(folder).is_ok_and(|listed| digest_of_list(&listed).as_bytes() == known)
        };
        let confirm = |file: &mut ReadFile| {
            let now = stamp(disk, &file.path, begun);
            if now.is_some() && now == file.stamp {
                return Some(false);
            }
            let is_same = digest(disk, &file.path).ok()?.map(|digest| *digest.as_bytes());
            let is_new = now.is_some();
            file.stamp = now;
            (is_same == file.digest).then_some(is_new)
        };
        let (read, listed) = (&mut self.read, &self.listed);
        let (are_listed, new) = rayon::join(
            || listed.iter().all(is_listed),
            || read.par_iter_mut().map(confirm).collect::<Option<Vec<bool>>>(),
        );
        let is_new = new?.contains(&true);
        are_listed.then_some((self, is_new))
    }
}

/// Files that are as they were.
#[derive(Debug)]
pub struct Unchanged {
    /// Their paths, each with the digest of its bytes.
    pub files: BTreeMap<Arc<str>, Digest>,
    /// How many of them had to be compared by their bytes.
    pub compared: usize,
    /// When that was begun to be found out.
    pub begun: Begun,
}

/// When somebody began to look at a disk. What was written after it may not have been seen.
#[derive(Clone, Copy, Debug)]
pub struct Begun(pub(super) SystemTime);

impl Begun {
    /// Now.
    pub(super) fn now() -> Self {
        Self(SystemTime::now())
    }
}

/// A digest of what was listed.
pub(super) fn digest_of_list<'l>(listed: impl IntoIterator<Item = &'l Listed>) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for Listed { path, obstacle } in listed {
        hasher.update(path.as_bytes()).update(&[0]);
        if let Some(obstacle) = obstacle {
            hasher.update(format!("{obstacle:?}").as_bytes()).update(&[0]);
        }
    }
    hasher.finalize()
}

/// The digest of a file; `None` where there is none.
fn digest(disk: &Disk, path: &str) -> io::Result<Option<Digest>> {
    let Some(mut file) = disk.open_file(path).map_err(io::Error::other)? else { return Ok(None) };
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut file, &mut hasher)?;
    Ok(Some(hasher.finalize()))
}

/// What the file system says of a file, if it was left alone for a while before `begun`. Only where the
/// system tells when anything of a file changed last is that proof.
#[cfg(unix)]
fn stamp(disk: &Disk, path: &str, begun: SystemTime) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    const SECOND: i128 = 1_000_000_000;
    let metadata = disk.metadata(path).ok().filter(|metadata| metadata.is_file())?;
    let stamp = Stamp {
        size: metadata.len(),
        number: metadata.ino(),
        modified: i128::from(metadata.mtime()) * SECOND + i128::from(metadata.mtime_nsec()),
        changed: i128::from(metadata.ctime()) * SECOND + i128::from(metadata.ctime_nsec()),
    };
    let settled = begun.checked_sub(SLACK)?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let settled = i128::try_from(settled).ok()?;
    (stamp.modified < settled && stamp.changed < settled).then_some(stamp)
}

#[cfg(not(unix))]
const fn stamp(_: &Disk, _: &str, _: SystemTime) -> Option<Stamp> {
    None
}

fn days(day: NaiveDate) -> i32 {
    use chrono::Datelike;
    day.num_days_from_ce()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread::sleep;

    use super::*;

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
    fn a_trace_is_confirmed_just_where_nothing_differs() {
        // Whether stamps count yet, or all is digested again.
        for wait in [Duration::ZERO, Duration::from_secs(60)] {
            for edits in
                EDITS.iter().map(|edit| vec![edit]).chain([vec![], EDITS[..2].iter().collect()])
            {
                let (folder, disk) = project();
                let mut trace = Trace::of_folders(&disk, &["d".to_owned()]).unwrap();
                trace.begun += wait;
                let trace = trace.with_stamps(&disk);
                let before = contents(&disk);
                // The clock of a file system ticks every few milliseconds.
                sleep(Duration::from_millis(20));
                edits.iter().for_each(|edit| edit(folder.path()));
                let is_same =
                    before == contents(&disk) && !folder.path().join("d/.gitignore").exists();
                let confirmed = trace.confirmed_at(SystemTime::now() + wait, &disk);
                assert_eq!(confirmed.is_some(), is_same);
            }
        }
    }

    #[test]
    fn what_could_not_be_read_is_asked_again() {
        let (_folder, disk) = project();
        for (path, is_confirmed) in [("d/a", true), ("d/none", true), ("d/e", false)] {
            let recorder = super::super::Recorder::new(&disk, |_| false);
            assert_eq!(recorder.read(path).is_ok(), is_confirmed);
            let (_, trace) = recorder.finish();
            assert_eq!(trace.confirmed(&disk).is_some(), is_confirmed, "{path}");
        }
    }

    #[test]
    fn a_stamp_counts_only_for_a_file_that_was_left_alone() {
        let (_folder, disk) = project();
        let trace = Trace::of_folders(&disk, &["d".to_owned()]).unwrap();
        assert!(trace.read.iter().all(|file| file.stamp.is_none()), "written just now");
        let later = SystemTime::now() + Duration::from_secs(60);
        let (trace, is_new) = trace.confirmed_at(later, &disk).unwrap();
        assert_eq!(is_new, cfg!(unix));
        assert_eq!(trace.read.iter().all(|file| file.stamp.is_some()), cfg!(unix));
        assert!(!trace.confirmed_at(later, &disk).unwrap().1, "nothing new any more");
    }
}
