//! Noticing that a file of a project was saved.

use std::fs::Metadata;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use super::{Disk, World};

/// The folders that a project is made of.
const WATCHED: [&str; 2] = ["datasets", "schema"];

/// Time between two looks: short enough to feel like at once.
const PAUSE: Duration = Duration::from_millis(300);

/// How many times longer than a look the pause after it is, so that a large project does not keep a
/// core busy: one twentieth of it at most.
const IDLENESS: u32 = 20;

/// Time in which nothing more is saved before a change is taken for whole.
const QUIET: Duration = Duration::from_millis(60);

/// Longest time that a change is waited for to be whole.
const PATIENCE: Duration = Duration::from_secs(2);

/// Looks at the files of a project again and again.
///
/// It looks rather than be told: that works the same on every platform, on network drives and in
/// containers, whether an editor writes a file in place or puts another in its place, and while a
/// folder is away.
#[derive(Debug)]
pub struct Watch<'d> {
    disk: &'d Disk,
    seen: Sight,
    /// How long the last look took.
    effort: Duration,
}

/// What a look showed: each file, or what stood in the way.
type Sight = Vec<Result<(String, Option<Stamp>), String>>;

/// What changes when a file is saved, replaced or made readable.
type Stamp = (Option<SystemTime>, u64, Identity);

impl<'d> Watch<'d> {
    /// Takes a first look. Whatever is saved after it will be noticed.
    pub fn new(disk: &'d Disk) -> Self {
        let mut watch = Self { disk, seen: Sight::new(), effort: Duration::ZERO };
        watch.seen = watch.look();
        watch
    }

    /// Returns when something was saved since the last look that was noticed, and the saving has
    /// come to rest.
    pub fn wait(&mut self) {
        loop {
            sleep(PAUSE.max(self.effort * IDLENESS));
            let sight = self.look();
            if sight != self.seen {
                let rested = self.rest(sight);
                if rested != self.seen {
                    self.seen = rested;
                    return;
                }
            }
        }
    }

    /// Looks until two looks in a row show the same.
    fn rest(&mut self, mut sight: Sight) -> Sight {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            sleep(QUIET);
            let next = self.look();
            if next == sight {
                break;
            }
            sight = next;
        }
        sight
    }

    fn look(&mut self) -> Sight {
        let began = Instant::now();
        let mut sight = Sight::new();
        for folder in WATCHED {
            match self.disk.list(folder) {
                Ok(listed) => {
                    sight.extend(
                        listed.into_iter().map(|listed| Ok(self.stamped(listed.path.to_string()))),
                    );
                }
                Err(obstacle) => sight.push(Err(obstacle.to_string())),
            }
        }
        self.effort = began.elapsed();
        sight
    }

    fn stamped(&self, path: String) -> (String, Option<Stamp>) {
        let metadata = self.disk.metadata(&path).ok();
        let stamp = metadata.map(|of| (of.modified().ok(), of.len(), identity(&of)));
        (path, stamp)
    }
}

/// What tells a file from one that was put in its place, and when its mode was changed.
#[cfg(unix)]
type Identity = (u64, i64, i64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
type Identity = bool;

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Identity {
    metadata.permissions().readonly()
}
