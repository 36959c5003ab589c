//! The folder in which runs leave what later ones may use again.
//!
//! It stands where the system keeps such things for the user, never in a project: what a project brings
//! along could say anything. Whatever is wrong with it costs time and nothing else.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use etcetera::BaseStrategy;
use rayon::prelude::*;

use super::Disk;
use super::at_offset::read_at;

/// The cache of one project.
#[derive(Clone, Debug)]
pub struct CacheFolder {
    folder: PathBuf,
    /// The program that runs.
    program: PathBuf,
}

/// An entry of a cache while it is written.
#[derive(Debug)]
pub struct CacheEntry {
    file: tempfile::NamedTempFile,
    hasher: blake3::Hasher,
}

impl Write for CacheEntry {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.hasher.count() + (bytes.len() + blake3::OUT_LEN) as u64 > MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Bytes of an entry that one core reads together (1 MiB).
const READ_TOGETHER: usize = 1 << 20;

/// Bytes of one entry that are read at most (1 GiB).
const MAX_BYTES: u64 = 1 << 30;

impl CacheFolder {
    /// The cache of a project for the very program that stands at a path; `None` where the system has no
    /// place for it.
    pub fn of(disk: &Disk, program: PathBuf) -> Option<Self> {
        Self::within(
            etcetera::choose_base_strategy().ok()?.cache_dir().join(env!("CARGO_PKG_NAME")),
            disk,
            program,
        )
    }

    /// The cache of a project in a folder for caches.
    pub fn within(folder: PathBuf, disk: &Disk, program: PathBuf) -> Option<Self> {
        let root = disk.root().canonicalize().ok()?;
        let project = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
        Some(Self { folder: folder.join(&project[..16]), program })
    }

    /// What was left under a name, if it is whole and the user's own.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let file = File::open(&path).ok()?;
        if !is_own(&file) {
            return None;
        }
        let length = file.metadata().ok()?.len();
        let mut bytes = vec![0; usize::try_from(length).ok().filter(|_| length <= MAX_BYTES)?];
        // Of an entry of 60 MB, most of the time is for pages of memory and for the digest.
        let parts = bytes.par_chunks_mut(READ_TOGETHER).enumerate();
        let read =
            |(at, part): (usize, &mut [u8])| read_at(&file, part, (at * READ_TOGETHER) as u64);
        parts.try_for_each(read).ok()?;
        let seal = bytes.split_off(bytes.len().checked_sub(blake3::OUT_LEN)?);
        let digest = blake3::Hasher::new().update_rayon(&bytes).finalize();
        (*self.seal(&digest)?.as_bytes() == *seal).then_some(bytes)
    }

    /// Leaves bytes under a name. What cannot be written is not there the next time.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        self.write_parts(name, |entry| entry.write_all(bytes));
    }

    /// Leaves the bytes that `write` writes under a name, unless that fails.
    pub fn write_parts(&self, name: &str, write: impl FnOnce(&mut CacheEntry) -> io::Result<()>) {
        let _ = self.try_write(name, write);
    }

    fn try_write(
        &self,
        name: &str,
        write: impl FnOnce(&mut CacheEntry) -> io::Result<()>,
    ) -> io::Result<()> {
        create_private(&self.folder)?;
        let file = tempfile::NamedTempFile::new_in(&self.folder)?;
        let mut entry = CacheEntry { file, hasher: blake3::Hasher::new() };
        write(&mut entry)?;
        let CacheEntry { mut file, hasher } = entry;
        let Some(seal) = self.seal(&hasher.finalize()) else { return Ok(()) };
        file.write_all(seal.as_bytes())?;
        file.persist(self.folder.join(name))?;
        Ok(())
    }

    /// A digest of bytes, which have another one, and of the program: another build of the same version may find
    /// something else.
    fn seal(&self, digest: &blake3::Hash) -> Option<blake3::Hash> {
        static PROGRAM: OnceLock<Option<blake3::Hash>> = OnceLock::new();
        let program = PROGRAM.get_or_init(|| identity(&self.program).ok()).as_ref()?;
        Some(blake3::keyed_hash(program.as_bytes(), digest.as_bytes()))
    }
}

/// What tells a program from other builds. To read it would take longer than to check a small project, and the system
/// says when anything of it changed last, which no program can set back.
#[cfg(unix)]
fn identity(program: &Path) -> io::Result<blake3::Hash> {
    use std::os::unix::fs::MetadataExt;
    let of = fs::metadata(program)?;
    let written = [of.mtime(), of.mtime_nsec(), of.ctime(), of.ctime_nsec()];
    let told =
        format!("{} {} {} {} {written:?}", env!("CARGO_PKG_VERSION"), of.dev(), of.ino(), of.len());
    Ok(blake3::hash(told.as_bytes()))
}

#[cfg(not(unix))]
fn identity(program: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(program)?, &mut hasher)?;
    Ok(hasher.finalize())
}

/// Creates a folder that only the user can look into: a project may hold what is not public.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Whether a file is one that only the user can have written.
#[cfg(unix)]
fn is_own(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    file.metadata().is_ok_and(|of| of.is_file() && of.uid() == user && of.mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn is_own(file: &File) -> bool {
    file.metadata().is_ok_and(|of| of.is_file())
}
