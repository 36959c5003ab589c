//! Writing something beside its place before it is moved there.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::Builder;

/// Makes something under a hidden name beside `target`. What a killed process leaves is named
/// `.<name>.<letters>.partial`.
pub(super) fn beside<T>(
    target: &Path,
    make: impl FnOnce(&Builder<'_, '_>, &Path) -> io::Result<T>,
) -> io::Result<T> {
    let prefix = format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy());
    make(Builder::new().prefix(&prefix).suffix(".partial"), parent(target))
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
