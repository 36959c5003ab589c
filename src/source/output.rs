//! Writing an output folder whole or not at all.

mod error;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub use error::OutputError;

use super::staging::{folder_beside, parent, sync_folder};

/// An output folder in the making.
///
/// It is written complete under a hidden name beside its final place; [`OutputDirectory::commit`]
/// then puts it there, replacing an earlier output as a whole. Until that moment a reader of the
/// target sees the earlier output, untouched. Dropped without a commit, it leaves nothing.
///
/// Only a folder that is missing, empty or an earlier output is ever replaced. A folder is an
/// earlier output if it holds plain files only and a [`OutputDirectory::MANIFEST`] that names
/// eventc as its `generator`; so every output must hold one, and `commit` insists on it.
#[derive(Debug)]
pub struct OutputDirectory {
    target: PathBuf,
    staged: TempDir,
    names: Vec<String>,
}

impl OutputDirectory {
    /// The file that marks a folder as ours: a JSON object with the key `generator`, a text that
    /// is `eventc` or begins with `eventc `.
    pub const MANIFEST: &'static str = "manifest.json";

    /// Starts an output that is to stand at `target`, creating the folders above it.
    ///
    /// # Errors
    /// When `target` names no folder, is a link or a file, or is a folder that eventc did not
    /// write; or when the file system refuses.
    pub fn stage(target: &Path) -> Result<Self, OutputError> {
        if target.file_name().is_none() {
            return Err(OutputError::NoName { target: target.to_owned() });
        }
        inspect(target)?;
        let parent = parent(target);
        fs::create_dir_all(parent).map_err(OutputError::io("create", parent))?;
        let staged = folder_beside(target).map_err(OutputError::io("create", target))?;
        Ok(Self { target: target.to_owned(), staged, names: Vec::new() })
    }

    /// Creates a file of the output. Flush what is returned before [`OutputDirectory::commit`].
    ///
    /// # Errors
    /// When `name` is not of the form `[A-Za-z0-9._-]+`, begins with a dot or was created before,
    /// or the file system refuses.
    pub fn create(&mut self, name: &str) -> Result<BufWriter<File>, OutputError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if name.is_empty() || name.starts_with('.') || !name.bytes().all(is_plain) {
            return Err(OutputError::FileName { name: name.to_owned() });
        }
        let path = self.staged.path().join(name);
        let file = File::create_new(&path).map_err(OutputError::io("create", &path))?;
        self.names.push(name.to_owned());
        Ok(BufWriter::new(file))
    }

    /// Puts the output in its place, on disk for good.
    ///
    /// # Errors
    /// When there is no manifest, the target has become something that is not replaced, or the
    /// file system refuses. The target is then as it was, except after
    /// [`OutputError::Stranded`], [`OutputError::Leftover`] and an [`OutputError::Io`] for the
    /// folder above the target, which is synced last.
    pub fn commit(self) -> Result<(), OutputError> {
        if !is_marked(self.staged.path()) {
            return Err(OutputError::Unmarked { target: self.target.clone() });
        }
        for name in &self.names {
            let path = self.staged.path().join(name);
            let file = OpenOptions::new().write(true).open(&path);
            file.and_then(|file| file.sync_all()).map_err(OutputError::io("write", &path))?;
        }
        sync(self.staged.path())?;
        inspect(&self.target)?;
        replace(self.staged.path(), &self.target)?;
        sync(parent(&self.target))
    }
}

/// Makes the names in a folder durable.
fn sync(folder: &Path) -> Result<(), OutputError> {
    sync_folder(folder).map_err(OutputError::io("write", folder))
}

/// Refuses a target that replacing would harm.
fn inspect(target: &Path) -> Result<(), OutputError> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(OutputError::io("inspect", target)(error)),
    };
    if metadata.is_symlink() {
        return Err(OutputError::Link { target: target.to_owned() });
    }
    if !metadata.is_dir() {
        return Err(OutputError::NotAFolder { target: target.to_owned() });
    }
    let unreadable = OutputError::io("list", target);
    let Some(foreign) = foreign_entry(target).map_err(unreadable)? else {
        return Ok(());
    };
    Err(OutputError::Foreign { target: target.to_owned(), found: foreign })
}

/// The name of something in a folder that shows it is not an earlier output of ours.
fn foreign_entry(folder: &Path) -> io::Result<Option<String>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in &entries {
        if !entry.file_type()?.is_file() {
            return Ok(Some(entry.file_name().to_string_lossy().into_owned()));
        }
    }
    let first = entries.first().filter(|_| !is_marked(folder));
    Ok(first.map(|entry| entry.file_name().to_string_lossy().into_owned()))
}

fn is_marked(folder: &Path) -> bool {
    // A manifest lists some files; what is longer than 16 MiB is none.
    const LIMIT: u64 = 16 << 20;
    let mut bytes = Vec::new();
    let read = File::open(folder.join(OutputDirectory::MANIFEST))
        .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes));
    let manifest: Option<serde_json::Value> =
        read.ok().and_then(|_| serde_json::from_slice(&bytes).ok());
    let generator = manifest.as_ref().and_then(|manifest| manifest.get("generator")?.as_str());
    generator.is_some_and(|name| name == "eventc" || name.starts_with("eventc "))
}

/// Moves `staged` to `target`, where a folder may stand: by two renames, between which a reader finds
/// nothing.
fn replace(staged: &Path, target: &Path) -> Result<(), OutputError> {
    if fs::symlink_metadata(target).is_err() {
        return fs::rename(staged, target).map_err(OutputError::io("create", target));
    }
    let aside = folder_beside(target).map_err(OutputError::io("replace", target))?;
    let earlier = aside.path().join("earlier");
    fs::rename(target, &earlier).map_err(OutputError::io("replace", target))?;
    let target = target.to_owned();
    if let Err(error) = fs::rename(staged, &target) {
        return Err(match fs::rename(&earlier, &target) {
            Ok(()) => OutputError::io("replace", &target)(error),
            Err(_) => OutputError::Stranded { target, aside: aside.keep().join("earlier"), error },
        });
    }
    let path = aside.path().to_owned();
    aside.close().map_err(|error| OutputError::Leftover { target, aside: path, error })
}

#[cfg(test)]
mod tests;
