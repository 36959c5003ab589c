//! Names to write under before something is moved to its place.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process;

/// A hidden name beside `target`. The number tells apart what one process writes there.
pub(super) fn sibling(target: &Path, number: u32, state: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}-{number}.{state}", process::id()))
}

/// Creates something under the first hidden name beside `target` at which nothing stands.
///
/// # Errors
/// What `create` says but for [`ErrorKind::AlreadyExists`], and the name at which it says so.
pub(super) fn create_sibling<T>(
    target: &Path,
    create: impl Fn(&Path) -> io::Result<T>,
) -> Result<(PathBuf, T), (PathBuf, io::Error)> {
    let mut number = 0_u32;
    loop {
        let path = sibling(target, number, "partial");
        match create(&path) {
            Ok(created) => return Ok((path, created)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err((path, error)),
        }
    }
}

/// The folder that `target` stands in.
pub(super) fn parent(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Makes the names in a folder durable, where the platform can.
///
/// # Errors
/// When the file system could and does not.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems cannot sync a folder and say so; nothing else is forgiven.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        result => result,
    }
}
