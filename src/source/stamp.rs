//! What the file system says of a file, by which a later run knows it again.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// What the file system says of a file that nobody has touched since.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Stamp {
    pub size: u64,
    number: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// When anything of it changed last, which no program can set back.
    changed: i64,
}

impl From<Stamp> for [u8; 32] {
    fn from(stamp: Stamp) -> Self {
        let Stamp { size, number, modified, changed } = stamp;
        let parts = [
            size.to_le_bytes(),
            number.to_le_bytes(),
            modified.to_le_bytes(),
            changed.to_le_bytes(),
        ];
        let mut all = [0; 32];
        all.as_chunks_mut().0.copy_from_slice(&parts);
        all
    }
}

impl From<[u8; 32]> for Stamp {
    fn from(bytes: [u8; 32]) -> Self {
        let part = |at: usize| bytes.as_chunks().0[at];
        Self {
            size: u64::from_le_bytes(part(0)),
            number: u64::from_le_bytes(part(1)),
            modified: i64::from_le_bytes(part(2)),
            changed: i64::from_le_bytes(part(3)),
        }
    }
}

/// How long a file must have been left alone before it is looked at, for its stamp to count: a write in the same tick of
/// a file system's clock leaves no trace. FAT counts in two seconds.
const SLACK: Duration = Duration::from_secs(2);

/// Looks at files of a project. One in the same folder as the one before is looked up from that folder: to go down from
/// the root each time would be a third of the work.
#[derive(Debug)]
pub(super) struct Stamper<'p> {
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix tells when a file changed"))]
    root: &'p Path,
    /// The stamp of a file that changed at this time or later does not count, in nanoseconds since 1970; `None` where no
    /// stamp counts.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix tells when a file changed"))]
    settled: Option<i64>,
    /// The folder of the last file, held open.
    #[cfg(unix)]
    folder: Option<(&'p str, rustix::fd::OwnedFd)>,
}

impl<'p> Stamper<'p> {
    /// One for the files under a root, for a look that began at a time.
    pub fn new(root: &'p Path, begun: SystemTime) -> Self {
        let settled = begun.checked_sub(SLACK).and_then(|settled| {
            let settled = settled.duration_since(SystemTime::UNIX_EPOCH).ok()?;
            i64::try_from(settled.as_nanos()).ok()
        });
        Self {
            root,
            settled,
            #[cfg(unix)]
            folder: None,
        }
    }

    /// The stamp of a file, if it was left alone for a while before the look began. Only where the system tells when anything
    /// of a file changed last is that proof.
    #[cfg(unix)]
    pub fn stamp(&mut self, path: &'p str) -> Option<Stamp> {
        use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat, statat};
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        if self.folder.as_ref().is_none_or(|(last, _)| *last != folder) {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let opened = openat(CWD, self.root.join(folder), flags, Mode::empty()).ok()?;
            self.folder = Some((folder, opened));
        }
        let (_, opened) = self.folder.as_ref()?;
        let found = statat(opened, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
            return None;
        }
        // Systems differ in the types of these.
        let nanoseconds = |seconds, more| {
            let all = i128::from(seconds) * 1_000_000_000 + i128::from(more);
            i64::try_from(all).ok()
        };
        let stamp = Stamp {
            size: u64::try_from(found.st_size).ok()?,
            number: found.st_ino,
            modified: nanoseconds(found.st_mtime, found.st_mtime_nsec)?,
            changed: nanoseconds(found.st_ctime, found.st_ctime_nsec)?,
        };
        let settled = self.settled?;
        (stamp.modified < settled && stamp.changed < settled).then_some(stamp)
    }

    #[cfg(not(unix))]
    pub const fn stamp(&mut self, _: &'p str) -> Option<Stamp> {
        None
    }
}
