//! Creating files where nothing stands yet.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::world::ReadError;

/// Why files could not be created. Nothing was, then.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Something stands where a file should be.
    #[error(
        "`{}` {} already; nothing was written",
        paths.join("`, `"),
        if paths.len() == 1 { "exists" } else { "exist" }
    )]
    Taken {
        /// The paths, relative to the root.
        paths: Vec<String>,
    },
    /// It could not be found out what stands there, or a link leads elsewhere.
    #[error("{0}; nothing was written")]
    Unknown(ReadError),
    /// The file system refused.
    #[error("cannot create `{}`: {error}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

impl Disk {
    /// Creates files: the path of each, and its text. The root and folders are created as needed;
    /// nothing is ever replaced, and no link is followed below the root.
    ///
    /// # Errors
    /// When something stands at one of the paths, or the file system refuses. What was created
    /// until then is removed again.
    pub fn create_new(&self, files: &[(&str, &str)]) -> Result<(), CreateError> {
        let mut taken = Vec::new();
        for (path, _) in files {
            if self.find(path).map_err(CreateError::Unknown)?.is_some() {
                taken.push((*path).to_owned());
            }
        }
        if !taken.is_empty() {
            return Err(CreateError::Taken { paths: taken });
        }
        let mut created = Vec::new();
        let create = |(path, text): &(&str, &str)| {
            let path = self.root.join(path);
            create(&path, text, &mut created).map_err(|error| CreateError::Io { path, error })
        };
        let done = files.iter().try_for_each(create);
        if done.is_err() {
            for path in created.iter().rev() {
                // What cannot be removed stays; the error that is on its way matters more.
                let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
            }
        }
        done
    }
}

/// Creates a file and the folders above it, and notes in `created` what it creates.
fn create(path: &Path, text: &str, created: &mut Vec<PathBuf>) -> io::Result<()> {
    let is_missing = |folder: &&Path| *folder != Path::new("") && !folder.is_dir();
    let missing: Vec<_> = path.ancestors().skip(1).take_while(is_missing).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        created.push(folder.to_owned());
    }
    let mut file = File::create_new(path)?;
    created.push(path.to_owned());
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::super::disk::tests::project;
    use super::*;

    #[test]
    fn files_are_created_with_their_folders_and_never_replaced() {
        let (folder, _) = project(&[("there", "mine")]);
        let disk = Disk::new(folder.path().join("new/project"));
        disk.create_new(&[("a/b/c", "1"), ("a/d", "2")]).unwrap();
        assert_eq!(fs::read_to_string(disk.root().join("a/b/c")).unwrap(), "1");
        let error = disk.create_new(&[("a/e", "3"), ("a/d", "4"), ("a/b", "")]).unwrap_err();
        assert_eq!(error.to_string(), "`a/d`, `a/b` exist already; nothing was written");
        assert!(!disk.root().join("a/e").exists());
        assert_eq!(fs::read_to_string(disk.root().join("a/d")).unwrap(), "2");
    }

    #[test]
    fn after_a_failure_nothing_is_left() {
        let (folder, disk) = project(&[("file", "")]);
        let error = disk.create_new(&[("a/b/c", "1"), ("file/d", "2")]).unwrap_err();
        assert!(error.to_string().starts_with("cannot create"), "{error}");
        assert!(!folder.path().join("a").exists());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let (folder, disk) = project(&[("real/x", "")]);
        std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).unwrap();
        for path in ["link/a", "dangling", "../a"] {
            assert!(disk.create_new(&[(path, "")]).is_err(), "{path}");
        }
        assert!(!folder.path().join("real/a").exists());
    }
}
