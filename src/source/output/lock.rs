//! One writer at a time in a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::error::OutputError;
use super::partial;

/// The file that is locked where a folder cannot be: on Windows, and on NFS. It stays.
const FILE: &str = ".eventc.lock";

/// Locks a folder until the answer is dropped, or the process ends in whatever way. Where there are no
/// locks, the answer is `None`, and `tell` is told.
///
/// # Errors
/// When the folder cannot be opened.
pub(super) fn lock(folder: &Path, tell: &dyn Fn(&str)) -> Result<Option<File>, OutputError> {
    loop {
        let file = open(folder).map_err(OutputError::refused("open", folder))?;
        let locked = match hold(&file, folder, tell) {
            // As NFS answers for a folder, because it locks only what is open for writing.
            Err(error) if is_bad_handle(&error) => {
                create(folder).and_then(|file| hold(&file, folder, tell).map(|()| file))
            }
            Err(error) => Err(error),
            Ok(()) if is_still(&file, folder) => Ok(file),
            // Removed while this process waited, so that nobody else waits for that lock.
            Ok(()) => {
                fs::create_dir_all(folder).map_err(OutputError::refused("create", folder))?;
                continue;
            }
        };
        return Ok(locked
            .inspect_err(|error| {
                tell(&format!(
                    "cannot lock `{}`: {error}; let nothing else write to it now, and remove what a \
                     killed process left there, `{}`, by hand", folder.display(), partial::PATTERN
                ));
            })
            .ok());
    }
}

/// Waits for the lock, and tells for whom.
fn hold(file: &File, folder: &Path, tell: &dyn Fn(&str)) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => return Ok(()),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let process = match partial::processes(folder).as_slice() {
        [process] => format!("process {process}"),
        _ => "another process".to_owned(),
    };
    tell(&format!("waiting for {process}, which writes to `{}`", folder.display()));
    file.lock()
}

fn open(folder: &Path) -> io::Result<File> {
    if cfg!(windows) { create(folder) } else { File::open(folder) }
}

fn create(folder: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(folder.join(FILE))
}

#[cfg(unix)]
fn is_bad_handle(error: &io::Error) -> bool {
    rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::BADF)
}

#[cfg(not(unix))]
fn is_bad_handle(_: &io::Error) -> bool {
    false
}

/// Whether a folder is the one that was opened.
#[cfg(unix)]
fn is_still(file: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: io::Result<fs::Metadata>| {
        metadata.ok().map(|metadata| (metadata.dev(), metadata.ino()))
    };
    identity(file.metadata()) == identity(fs::metadata(folder))
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}
