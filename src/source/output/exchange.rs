//! Exchanging an output with the earlier one.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How an output came to its place.
#[derive(Debug)]
pub(super) enum Way {
    /// Nothing stood there.
    New,
    /// In one call; the earlier output is where the new one was written.
    InOneCall,
    /// By two renames, because of this answer to the one call; the earlier output is at its own place
    /// aside.
    ByRenames(io::Error),
}

/// Where an output is written, and where it is to stand.
#[derive(Debug)]
pub(super) struct Place {
    /// Where it is written; after an exchange, where the earlier output is.
    pub(super) staged: PathBuf,
    pub(super) target: PathBuf,
    /// Where the earlier output is for a moment, when two folders cannot be exchanged.
    pub(super) earlier: PathBuf,
}

impl Place {
    /// Puts the output in its place.
    ///
    /// # Errors
    /// When the file system refuses. The earlier output is then in its place; where it could not even
    /// be moved back, it is aside, where [`Partial`](super::partial::Partial) finds it.
    pub(super) fn put(&self) -> io::Result<Way> {
        let Self { staged, target, .. } = self;
        match in_one_call(staged, target, RenameFlags::NOREPLACE) {
            Ok(()) => return Ok(Way::New),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                let stands = fs::symlink_metadata(target);
                if stands.is_err_and(|error| error.kind() == ErrorKind::NotFound) {
                    return fs::rename(staged, target).map(|()| Way::New);
                }
            }
            Err(error) => return Err(error),
        }
        match in_one_call(staged, target, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(Way::InOneCall),
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                self.by_renames().map(|()| Way::ByRenames(error))
            }
            Err(error) => Err(error),
        }
    }

    /// Where that is now which stood in the place, if anything did.
    pub(super) fn replaced(&self, way: &Way) -> &Path {
        match way {
            Way::New | Way::InOneCall => &self.staged,
            Way::ByRenames(_) => &self.earlier,
        }
    }

    /// Puts back what stood in the place.
    ///
    /// # Errors
    /// When the file system refuses.
    pub(super) fn take_back(&self, way: &Way) -> io::Result<()> {
        let Self { staged, target, earlier } = self;
        match way {
            Way::New => fs::rename(target, staged),
            Way::InOneCall => in_one_call(staged, target, RenameFlags::EXCHANGE),
            Way::ByRenames(_) => {
                fs::rename(target, staged)?;
                fs::rename(earlier, target)
            }
        }
    }

    /// Moves the earlier output aside and the new one to its place. In between a reader finds nothing;
    /// when the process is killed there, the next one sees that the earlier one belongs back.
    pub(super) fn by_renames(&self) -> io::Result<()> {
        let Self { staged, target, earlier } = self;
        fs::rename(target, earlier)?;
        fs::rename(staged, target).map_err(|error| match fs::rename(earlier, target) {
            Ok(()) => error,
            // It is tried again at the end, and by the next process.
            Err(_) => {
                let told = format!("{error}; the next build puts back what stood there");
                io::Error::new(error.kind(), told)
            }
        })
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
use rustix::fs::RenameFlags;

/// Renames as `flags` say. An answer that the system or the file system cannot do so is
/// [`ErrorKind::Unsupported`].
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_call(from: &Path, to: &Path, flags: RenameFlags) -> io::Result<()> {
    use rustix::fs::{CWD, renameat_with};
    use rustix::io::Errno;
    // A layer of a container; NFS and others; an old kernel or a sandbox; macOS.
    const CANNOT: [Errno; 5] =
        [Errno::XDEV, Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP];
    renameat_with(CWD, from, CWD, to, flags).map_err(|error| match io::Error::from(error) {
        answer if CANNOT.contains(&error) => io::Error::new(ErrorKind::Unsupported, answer),
        answer => answer,
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
struct RenameFlags;

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
impl RenameFlags {
    const EXCHANGE: Self = Self;
    const NOREPLACE: Self = Self;
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn in_one_call(_: &Path, _: &Path, _: RenameFlags) -> io::Result<()> {
    Err(io::Error::new(ErrorKind::Unsupported, "the system has no such call"))
}
