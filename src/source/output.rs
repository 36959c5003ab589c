//! Writing output folders whole or not at all.
//!
//! [`Outputs`] locks the folder that they stand in and puts back in order what a killed process left
//! there. Each output is written complete in a hidden folder beside its place, synced, and exchanged
//! with the earlier one in one call. The earlier ones are removed when all are in their places and the
//! folder is synced.

mod error;
mod exchange;
mod lock;
mod partial;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read};
use std::path::{Path, PathBuf};

pub use error::OutputError;

use self::exchange::{Place, Way};
use self::partial::Partial;
use super::staging::sync_folder;

/// A folder that outputs are written to, locked until this is dropped.
///
/// Without a commit, what was written is removed. What a killed process leaves is removed, or put back,
/// by the next [`Outputs::open`].
#[derive(Debug)]
pub struct Outputs {
    folder: PathBuf,
    /// Dropped before the lock, under which alone it may be removed.
    partial: Partial,
    _lock: Option<File>,
}

impl Outputs {
    /// Creates the folder as needed, waits for other processes that write to it, and puts in order what
    /// killed ones left. `tell` is told whom it waits for, and what it cannot do.
    ///
    /// # Errors
    /// When the folder is a link or a file, or the file system refuses. Every part of a relative path
    /// counts, because others may have written the folder that one stands in; of an absolute path only
    /// the last, because above it are the links of the machine itself, such as `/tmp`.
    pub fn open(folder: &Path, tell: &dyn Fn(&str)) -> Result<Self, OutputError> {
        // Without a slash at the end, which would follow a link.
        let folder: PathBuf = match folder.components().collect::<PathBuf>() {
            empty if empty == Path::new("") => ".".into(),
            folder => folder,
        };
        let parts = folder.ancestors().filter(|part| *part != Path::new(""));
        let parts = parts.take(if folder.is_absolute() { 1 } else { usize::MAX });
        for part in parts {
            if let Ok(metadata) = fs::symlink_metadata(part) {
                refuse_all_but_folders(part, &metadata)?;
            }
        }
        let refused = OutputError::refused("create", &folder);
        fs::create_dir_all(&folder).map_err(refused)?;
        let lock = lock::lock(&folder, tell)?;
        if lock.is_some() {
            partial::put_in_order(&folder, tell);
        }
        let refused = OutputError::refused("write to", &folder);
        let partial = Partial::create(&folder).map_err(refused)?;
        Ok(Self { folder, partial, _lock: lock })
    }

    /// Starts an output that is to stand in the folder under `name`.
    ///
    /// Only a folder that is missing, empty or an earlier output is ever replaced. A folder is an
    /// earlier output if it holds plain files only and a [`OutputDirectory::MANIFEST`] that names
    /// eventc as its `generator`; so every output must hold one, and [`Outputs::commit`] insists on it.
    ///
    /// # Errors
    /// When a link, a file or a folder that eventc did not write stands there, or the file system
    /// refuses.
    pub fn stage(&self, name: &str) -> Result<OutputDirectory, OutputError> {
        let target = self.folder.join(name);
        inspect(&target, &target)?;
        let staged = self.partial.staged(name);
        fs::create_dir(&staged).map_err(OutputError::io("create", &staged))?;
        let earlier = self.partial.earlier(name);
        Ok(OutputDirectory { place: Place { staged, target, earlier }, names: Vec::new() })
    }

    /// Puts outputs in their places, on disk for good. Each is exchanged by itself, one right after the
    /// other: a reader in between finds some new and others not yet, each of them whole.
    ///
    /// # Errors
    /// When an output has no manifest, something stands in a place that is not replaced, or the file
    /// system refuses. Every place is then as it was, except after [`OutputError::Stranded`].
    pub fn commit(
        self,
        outputs: &[OutputDirectory],
        tell: &dyn Fn(&str),
    ) -> Result<(), OutputError> {
        outputs.iter().try_for_each(OutputDirectory::complete)?;
        let mut done = Vec::new();
        if let Err(cause) = self.place(outputs, &mut done) {
            for (place, way) in done.iter().rev() {
                if let Err(error) = place.take_back(way) {
                    let (cause, target) = (Box::new(cause), place.target.clone());
                    return Err(OutputError::Stranded { cause, target, error });
                }
            }
            return Err(cause);
        }
        for (place, way) in &done {
            if let Way::ByRenames(error) = way {
                let target = place.target.display();
                tell(&format!(
                    "replaced `{target}` by two renames, because it cannot be exchanged in one call \
                     ({error}): a reader may have found nothing there for a moment"
                ));
            }
        }
        self.partial.remove(tell);
        Ok(())
    }

    /// Exchanges outputs with what stands in their places, as far as it goes, and syncs.
    fn place<'o>(
        &self,
        outputs: &'o [OutputDirectory],
        done: &mut Vec<(&'o Place, Way)>,
    ) -> Result<(), OutputError> {
        for OutputDirectory { place, .. } in outputs {
            let target = &place.target;
            inspect(target, target)?;
            let way = place.put().map_err(OutputError::refused("replace", target))?;
            let replaced = place.replaced(&way);
            done.push((place, way));
            // Somebody may have put another folder there in the last moment.
            inspect(replaced, target)?;
        }
        sync(&self.folder)?;
        self.partial.sync()
    }
}

/// An output in the making: one folder of files.
#[derive(Debug)]
pub struct OutputDirectory {
    place: Place,
    names: Vec<String>,
}

impl OutputDirectory {
    /// The file that marks a folder as ours: a JSON object with the key `generator`, a text that is
    /// `eventc` or begins with `eventc `.
    pub const MANIFEST: &'static str = "manifest.json";

    /// Where it is to stand.
    pub fn target(&self) -> &Path {
        &self.place.target
    }

    /// Creates a file of the output. Flush what is returned before [`Outputs::commit`].
    ///
    /// # Errors
    /// When `name` is not of the form `[A-Za-z0-9._-]+`, begins with a dot or was created before, or the
    /// file system refuses.
    pub fn create(&mut self, name: &str) -> Result<BufWriter<File>, OutputError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if name.is_empty() || name.starts_with('.') || !name.bytes().all(is_plain) {
            return Err(OutputError::FileName { name: name.to_owned() });
        }
        let path = self.place.staged.join(name);
        let file = File::create_new(&path).map_err(OutputError::io("create", &path))?;
        self.names.push(name.to_owned());
        Ok(BufWriter::new(file))
    }

    /// Makes its files durable.
    fn complete(&self) -> Result<(), OutputError> {
        let Place { staged, target, .. } = &self.place;
        if !is_marked(staged).map_err(OutputError::io("read", staged))? {
            return Err(OutputError::Unmarked { target: target.clone() });
        }
        for name in &self.names {
            let path = staged.join(name);
            let file = OpenOptions::new().write(true).open(&path);
            file.and_then(|file| file.sync_all()).map_err(OutputError::io("write", &path))?;
        }
        sync(staged)
    }
}

/// Makes the names in a folder durable.
fn sync(folder: &Path) -> Result<(), OutputError> {
    sync_folder(folder).map_err(OutputError::io("write", folder))
}

/// Refuses what stands, or stood, at a target and must not be replaced. It is now at `found`.
fn inspect(found: &Path, target: &Path) -> Result<(), OutputError> {
    let metadata = match fs::symlink_metadata(found) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(OutputError::io("inspect", target)(error)),
    };
    refuse_all_but_folders(target, &metadata)?;
    let Some(foreign) = foreign_entry(found).map_err(OutputError::io("inspect", target))? else {
        return Ok(());
    };
    Err(OutputError::Foreign { target: target.to_owned(), found: foreign })
}

fn refuse_all_but_folders(path: &Path, metadata: &fs::Metadata) -> Result<(), OutputError> {
    let target = path.to_owned();
    match metadata {
        link if link.is_symlink() => Err(OutputError::Link { target }),
        folder if folder.is_dir() => Ok(()),
        _ => Err(OutputError::NotAFolder { target }),
    }
}

/// The name of something in a folder that shows it is not an earlier output of ours.
fn foreign_entry(folder: &Path) -> io::Result<Option<String>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let name = |entry: &fs::DirEntry| Some(entry.file_name().to_string_lossy().into_owned());
    for entry in &entries {
        if !entry.file_type()?.is_file() {
            return Ok(name(entry));
        }
    }
    match entries.first() {
        Some(first) if !is_marked(folder)? => Ok(name(first)),
        _ => Ok(None),
    }
}

fn is_marked(folder: &Path) -> io::Result<bool> {
    // A manifest lists some files; what is longer than 16 MiB is none.
    const LIMIT: u64 = 16 << 20;
    let mut bytes = Vec::new();
    match File::open(folder.join(OutputDirectory::MANIFEST)) {
        Ok(file) => file.take(LIMIT).read_to_end(&mut bytes)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let manifest: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    let generator = manifest.as_ref().and_then(|manifest| manifest.get("generator")?.as_str());
    Ok(generator.is_some_and(|name| name == "eventc" || name.starts_with("eventc ")))
}

#[cfg(test)]
mod tests;
