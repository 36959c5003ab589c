//! Reading the files of a folder.

use std::ops::Range;

use rayon::prelude::*;

use super::stray;
use crate::form::{FileDefect, FileDefects, Unread};
use crate::record::RecordDefect;
use crate::source::{FileId, Files, Listed, Obstacle, ReadError, SourceText, World, is_yaml};

/// What was read from a file, or `None` where nothing of it could be read; and its defects.
pub(super) type ReadFile<T> = (Option<T>, FileDefects<RecordDefect>);

/// A file that is read or told of.
#[derive(Debug)]
pub(super) struct NamedFile {
    /// Its number.
    pub file: FileId,
    /// How it is listed.
    pub listed: Listed,
    /// Why it is not read, if it is not.
    defect: Option<FileDefect>,
    /// Where what an earlier run knew tells of it, if that was looked up.
    pub known: Option<Range<usize>>,
}

impl NamedFile {
    /// Whether it is read.
    pub(super) const fn is_read(&self) -> bool {
        self.defect.is_none()
    }
}

/// Numbers the files that are read or told of.
pub(super) fn name_files(listed: Vec<Listed>, files: &mut Files) -> Vec<NamedFile> {
    let is_meant = |listed: &Listed| listed.obstacle.is_none() && is_yaml(&listed.path);
    let mut named = Vec::with_capacity(listed.len());
    named.extend(listed.into_iter().filter_map(|listed| {
        let defect = match is_meant(&listed) {
            true => None,
            false => Some(stray::defect(&listed, true)?),
        };
        Some(NamedFile { file: files.add(&listed.path), listed, defect, known: None })
    }));
    named
}

/// Reads a file, unless there is a reason not to.
pub(super) fn read_file<T>(
    mut named: NamedFile,
    read: impl FnOnce(&NamedFile) -> ReadFile<T>,
) -> ReadFile<T> {
    match named.defect.take() {
        Some(defect) => (None, FileDefects::of_file(named.file, defect)),
        None => read(&named),
    }
}

/// Reads files on all cores; the result is in the order of the paths.
pub(super) fn read_files<T: Send>(
    named: Vec<NamedFile>,
    read: impl Fn(&NamedFile) -> ReadFile<T> + Sync,
) -> Vec<ReadFile<T>> {
    named.into_par_iter().map(|named| read_file(named, &read)).collect()
}

/// The text of a listed file, or why it is not read.
pub(super) fn content(world: &dyn World, listed: &Listed) -> Result<SourceText, FileDefect> {
    if listed.obstacle.is_some() {
        let unlisted = FileDefect::Unread(Unread::DatasetFile);
        return Err(stray::defect(listed, true).unwrap_or(unlisted));
    }
    let unreadable = |error: ReadError| FileDefect::Unreadable(Obstacle::Unreadable(error.reason));
    // A file that vanished since the folder was listed says nothing.
    Ok(SourceText::decode(world.read(&listed.path).map_err(unreadable)?.unwrap_or_default()))
}
