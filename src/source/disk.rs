//! A project on disk.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

use super::walk::{self, Entry, Kind, SPECIAL, Tree};
use super::{Listed, MAX_FILE_BYTES, Obstacle, ReadError, World};

pub(super) const LINK: &str =
    "it is a symbolic link, which eventc never follows; put the file itself in its place";

/// A file that was opened for reading.
pub type OpenFile = File;

/// A project on disk, read without ever leaving it.
///
/// No symbolic link is followed, no device, pipe or socket is opened, and no path may climb out
/// of the root. What is listed depends on the project alone: of the ignore files only the
/// project's own `.gitignore`s count, never those of the user or of a folder above.
#[derive(Clone, Debug)]
pub struct Disk {
    pub(super) root: PathBuf,
}

impl Disk {
    /// The project at `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder that paths are relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The project that `start` belongs to: the nearest folder, upwards from `start`, that has a
    /// folder `datasets` or `schema`. `None` if there is none, or `start` does not exist.
    pub fn project_root(start: &Path) -> Option<PathBuf> {
        let start = start.canonicalize().ok()?;
        let is_root =
            |folder: &&Path| ["datasets", "schema"].iter().any(|mark| folder.join(mark).is_dir());
        start.ancestors().find(is_root).map(Path::to_path_buf)
    }

    /// What the file system says of a path that was listed.
    pub(super) fn metadata(&self, path: &str) -> io::Result<Metadata> {
        fs::symlink_metadata(self.root.join(path))
    }

    /// What stands at `path`, looked up name by name so that no link on the way is followed.
    pub(super) fn find(&self, path: &str) -> Result<Option<Metadata>, ReadError> {
        if !path.split('/').all(is_plain_name) {
            return Err(ReadError::new(path, "it is no path inside the project"));
        }
        let mut found = None;
        let mut on_disk = self.root.clone();
        for name in path.split('/') {
            on_disk.push(name);
            match fs::symlink_metadata(&on_disk) {
                Ok(metadata) if metadata.is_symlink() => {
                    let link = on_disk.strip_prefix(&self.root).unwrap_or(&on_disk);
                    return Err(ReadError::new(link.to_string_lossy(), LINK));
                }
                Ok(metadata) => found = Some(metadata),
                Err(error) if is_absence(error.kind()) => return Ok(None),
                Err(error) => return Err(ReadError::new(path, error)),
            }
        }
        Ok(found)
    }
}

impl Disk {
    /// Opens a file; `None` if there is none.
    ///
    /// # Errors
    /// When it cannot be opened, or is no regular file.
    pub fn open_file(&self, path: &str) -> Result<Option<OpenFile>, ReadError> {
        if let Some(file) = self.open_at_once(path) {
            return Ok(Some(file));
        }
        let Some(metadata) = self.find(path)? else {
            return Ok(None);
        };
        if metadata.is_dir() {
            return Err(ReadError::new(path, "it is a folder, not a file"));
        }
        if !metadata.is_file() {
            return Err(ReadError::new(path, SPECIAL));
        }
        match File::open(self.root.join(path)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ReadError::new(path, error)),
        }
    }

    /// Opens a file in one call, in which the system refuses any link on the way; looking up the names
    /// one by one takes longer than reading a record. `None` where that fails for any reason, which
    /// the names then tell.
    #[cfg(target_os = "linux")]
    fn open_at_once(&self, path: &str) -> Option<OpenFile> {
        use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
        let on_disk = self.root.join(path);
        let is_file = path.split('/').all(is_plain_name)
            && fs::symlink_metadata(&on_disk).is_ok_and(|metadata| metadata.is_file());
        if !is_file {
            return None;
        }
        // What was put in the place of the file meanwhile is not waited for.
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let opened = openat2(CWD, &on_disk, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS);
        opened.ok().map(OpenFile::from)
    }

    #[cfg(not(target_os = "linux"))]
    fn open_at_once(&self, _: &str) -> Option<OpenFile> {
        None
    }

    /// What stands in the root itself, in any order, hidden and ignored files too.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn top(&self) -> Result<Vec<Entry>, ReadError> {
        let entries = self.entries("");
        entries.map_err(|error| ReadError::new(self.root.to_string_lossy(), error.reason))
    }
}

impl Tree for Disk {
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let unlistable = |error| ReadError::new(folder, error);
        let entry = |entry: io::Result<DirEntry>| {
            let entry = entry?;
            let kind = match entry.file_type()? {
                kind if kind.is_symlink() => Kind::Link,
                kind if kind.is_dir() => Kind::Folder,
                kind if kind.is_file() => Kind::File,
                _ => Kind::Special,
            };
            Ok(match entry.file_name().into_string() {
                Ok(name) => Entry { name, kind },
                Err(name) => {
                    Entry { name: name.to_string_lossy().into_owned(), kind: Kind::Misnamed }
                }
            })
        };
        let entries = fs::read_dir(self.root.join(folder)).map_err(unlistable)?;
        entries.map(entry).collect::<io::Result<_>>().map_err(unlistable)
    }

    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(file) = self.open_file(path)? else { return Ok(None) };
        let unreadable = |error| ReadError::new(path, error);
        let size = file.metadata().map_err(unreadable)?.len().min(limit);
        // With room for one byte more, the end is found without room being made.
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
        file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(Some(bytes))
    }
}

impl World for Disk {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        // Told apart from a path that is no path at all, which is the caller's mistake.
        let is_link = fs::symlink_metadata(self.root.join(folder)).is_ok_and(|it| it.is_symlink());
        if is_plain_name(folder) && is_link {
            return Ok(vec![Listed { path: folder.into(), obstacle: Some(Obstacle::Link) }]);
        }
        match self.find(folder)? {
            Some(metadata) if metadata.is_dir() => Ok(walk::files(self, folder)),
            _ => Ok(Vec::new()),
        }
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.read_at_most(path, MAX_FILE_BYTES as u64 + 1)
    }

    fn today(&self) -> NaiveDate {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or_default();
        DateTime::from_timestamp(seconds, 0).unwrap_or_default().date_naive()
    }
}

fn is_plain_name(name: &str) -> bool {
    let mut components = Path::new(name).components();
    matches!(components.next(), Some(Component::Normal(whole)) if whole == name)
        && components.next().is_none()
}

/// Whether a failed look-up means that nothing of that name can be there.
fn is_absence(kind: ErrorKind) -> bool {
    use ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(kind, NotFound | NotADirectory | InvalidFilename | InvalidInput)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::source::Memory;
    use tempfile::TempDir;

    pub(in crate::source) fn project(files: &[(&str, &str)]) -> (TempDir, Disk) {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let disk = Disk::new(folder.path().to_owned());
        (folder, disk)
    }

    #[test]
    fn disk_and_memory_answer_alike() {
        let files = [
            ("datasets/b/x.yaml", "1"),
            ("datasets/b-c/x.yaml", "2"),
            ("datasets/b/a/ä.yaml", "3"),
            ("datasets/Z.yaml", ""),
            ("datasets-2/y.yaml", "5"),
            ("datasets/b/.gitignore", "out.yaml\n"),
            ("datasets/b/out.yaml", ""),
            ("datasets/.hidden.yaml", ""),
        ];
        let (_folder, disk) = project(&files);
        let mut memory = Memory::new();
        for (path, text) in files {
            memory.write(path, text);
        }
        for folder in ["datasets", "datasets/b", "datasets-2", "nowhere", "datasets/Z.yaml"] {
            assert_eq!(disk.list(folder).unwrap(), memory.list(folder).unwrap(), "{folder}");
        }
        for path in ["datasets/b/a/ä.yaml", "datasets/Z.yaml", "nowhere", "datasets/Z.yaml/x"] {
            assert_eq!(disk.read(path).unwrap(), memory.read(path).unwrap(), "{path}");
        }
        assert_eq!(disk.read(&"long".repeat(100)).unwrap(), None);
    }

    #[test]
    fn no_path_leaves_the_project() {
        let (_folder, disk) = project(&[("datasets/a.yaml", "x")]);
        for path in ["/etc/passwd", "../a", "datasets/../a", "datasets//a.yaml", "./a", "a/", ""] {
            let error = disk.read(path).unwrap_err().to_string();
            assert!(error.contains("no path inside the project"), "{path}: {error}");
            assert!(disk.list(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_folder_is_refused_and_a_huge_file_is_cut() {
        let (folder, disk) = project(&[("datasets/a.yaml", "x")]);
        assert!(disk.read("datasets").unwrap_err().reason.contains("folder"));
        let sparse = File::create(folder.path().join("datasets/huge.yaml")).unwrap();
        sparse.set_len(1 << 40).unwrap();
        let read = disk.read("datasets/huge.yaml").unwrap().unwrap();
        assert_eq!(read.len(), MAX_FILE_BYTES + 1, "one more than the limit, and no more");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_wherever_it_stands_in_the_path() {
        let (folder, disk) = project(&[("other/a.yaml", "secret")]);
        std::os::unix::fs::symlink("other", folder.path().join("datasets")).unwrap();
        let link = Listed { path: "datasets".into(), obstacle: Some(Obstacle::Link) };
        assert_eq!(disk.list("datasets").unwrap(), [link]);
        let error = disk.read("datasets/a.yaml").unwrap_err();
        assert_eq!(error.path, "datasets");
        assert!(error.reason.contains("symbolic link"));
    }

    #[test]
    fn the_root_is_the_nearest_folder_with_datasets_or_schema() {
        let (folder, _) = project(&[("datasets/iraq/events/a.yaml", ""), ("p/schema/c.yaml", "")]);
        let root = folder.path().canonicalize().unwrap();
        let found = |start: &str| Disk::project_root(&root.join(start));
        assert_eq!(found("datasets/iraq/events/a.yaml"), Some(root.clone()));
        assert_eq!(found("p/schema"), Some(root.join("p")));
        assert_eq!(found("."), Some(root.clone()));
        assert_eq!(found("missing"), None);
    }
}
