//! The hidden folder in which outputs are written, and what a killed process leaves of it.
//!
//! It stands beside the outputs, on their file system, as `.eventc.<letters>.partial`, and holds:
//!
//! - `process`: the number of the process that writes. It is written first and removed last, so a
//!   folder without it is empty, or not ours.
//! - `new`: the outputs; after an exchange, the earlier ones.
//! - `earlier`: earlier outputs, while there is no exchange. One of which there is none in its place
//!   belongs there.
//! - `removed`: what `earlier` was, once the new ones are in their places for good.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::super::staging::sync_folder;
use super::error::OutputError;

/// What the folder is called.
pub(super) const PATTERN: &str = ".eventc.*.partial";

const PROCESS: &str = "process";
const NEW: &str = "new";
const EARLIER: &str = "earlier";
const REMOVED: &str = "removed";

/// A folder for outputs that are not in their places. Dropped, it puts back what was moved aside, and
/// is removed.
#[derive(Debug)]
pub(super) struct Partial {
    /// Where its outputs are to stand.
    folder: PathBuf,
    path: PathBuf,
}

impl Partial {
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        let (prefix, suffix) = affixes();
        let made = tempfile::Builder::new().prefix(prefix).suffix(suffix).tempdir_in(folder)?;
        // Removed by our own hand, which keeps an order.
        let partial = Self { folder: folder.to_owned(), path: made.keep() };
        fs::write(partial.path.join(PROCESS), std::process::id().to_string())?;
        fs::create_dir(partial.path.join(NEW))?;
        fs::create_dir(partial.path.join(EARLIER))?;
        Ok(partial)
    }

    /// Where an output is written.
    pub(super) fn staged(&self, name: &str) -> PathBuf {
        self.path.join(NEW).join(name)
    }

    /// Where an earlier output may be moved aside.
    pub(super) fn earlier(&self, name: &str) -> PathBuf {
        self.path.join(EARLIER).join(name)
    }

    /// Makes the moves out of it and into it durable.
    pub(super) fn sync(&self) -> Result<(), OutputError> {
        [NEW, EARLIER].iter().try_for_each(|name| {
            let path = self.path.join(name);
            sync_folder(&path).map_err(OutputError::io("write", &path))
        })
    }

    /// Removes it with the earlier outputs in it. What cannot be removed is told, and harms nobody.
    pub(super) fn remove(&self, tell: &dyn Fn(&str)) {
        if let Err(error) = self.try_remove() {
            let path = self.path.display();
            tell(&format!("cannot remove `{path}`: {error}; the next build tries again"));
        }
    }

    fn try_remove(&self) -> io::Result<()> {
        let earlier = self.path.join(EARLIER);
        if done(fs::remove_dir(&earlier)).is_err() {
            // From here on nothing in it belongs anywhere, however much of it will be removed.
            fs::rename(&earlier, self.path.join(REMOVED))?;
        }
        for name in [NEW, REMOVED] {
            done(fs::remove_dir_all(self.path.join(name)))?;
        }
        done(fs::remove_file(self.path.join(PROCESS)))?;
        done(fs::remove_dir(&self.path))
    }

    /// Puts back what was moved aside and is missing in its place; gives where.
    fn put_back(&self) -> io::Result<Vec<PathBuf>> {
        let mut back = Vec::new();
        for entry in entries(&self.path.join(EARLIER))? {
            let target = self.folder.join(entry.file_name());
            match fs::symlink_metadata(&target) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    fs::rename(entry.path(), &target)?;
                    back.push(target);
                }
                Err(error) => return Err(error),
            }
        }
        if !back.is_empty() {
            sync_folder(&self.folder)?;
        }
        Ok(back)
    }

    /// Whether it holds nothing but what is ours.
    fn is_ours(&self) -> io::Result<bool> {
        let entries = entries(&self.path)?;
        let ours = [PROCESS, NEW, EARLIER, REMOVED];
        let is = |entry: &fs::DirEntry, name: &str| entry.file_name() == name;
        let is_ours = |entry: &fs::DirEntry| ours.iter().any(|name| is(entry, name));
        let is_marked = entries.iter().any(|entry| is(entry, PROCESS));
        Ok(entries.is_empty() || is_marked && entries.iter().all(is_ours))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // The next process tries again, and tells what it cannot do.
        if self.put_back().is_ok() {
            let _ = self.try_remove();
        }
    }
}

/// Puts back and removes what killed processes left in a folder. It must be locked.
pub(super) fn put_in_order(folder: &Path, tell: &dyn Fn(&str)) {
    for path in partials(folder) {
        // Not dropped in the end, because what is not ours must stay.
        let partial = std::mem::ManuallyDrop::new(Partial { folder: folder.to_owned(), path });
        let shown = partial.path.display();
        match partial.is_ours() {
            Ok(true) => {}
            Ok(false) => continue,
            Err(error) => {
                tell(&format!("cannot read `{shown}`, which a killed process left: {error}"));
                continue;
            }
        }
        match partial.put_back() {
            Ok(back) => {
                for target in back {
                    let target = target.display();
                    tell(&format!("put `{target}` back, which a killed process had moved aside"));
                }
                partial.remove(tell);
            }
            Err(error) => {
                tell(&format!("cannot put back what a killed process moved to `{shown}`: {error}"))
            }
        }
    }
}

/// The processes that write to a folder, or were killed while they did.
pub(super) fn processes(folder: &Path) -> Vec<u32> {
    let read = |path: PathBuf| fs::read_to_string(path.join(PROCESS)).ok()?.parse().ok();
    partials(folder).into_iter().filter_map(read).collect()
}

/// The folders in a folder that are called as ours are.
fn partials(folder: &Path) -> Vec<PathBuf> {
    let (prefix, suffix) = affixes();
    let is_called = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(prefix) && name.ends_with(suffix)
    };
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let entries = entries(folder).unwrap_or_default().into_iter();
    let mut paths: Vec<_> = entries
        .filter(|entry| is_called(entry) && is_folder(entry))
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

fn affixes() -> (&'static str, &'static str) {
    PATTERN.split_once('*').unwrap_or_default()
}

/// What stands in a folder; nothing if there is none.
fn entries(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The result of a removal or a move, for which it is as well that nothing is there.
fn done(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
