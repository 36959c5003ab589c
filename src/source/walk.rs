//! Listing the files under a folder: one set of rules, on disk and in a revision.

use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::ReadError;

/// Largest `.gitignore` that is read, in bytes (256 KiB): its lines become one automaton, whose
/// size a hostile file could drive up.
const MAX_IGNORE_BYTES: u64 = 256 << 10;

pub(super) const LINK: &str =
    "it is a symbolic link, which eventc never follows; put the file itself in its place";
pub(super) const SPECIAL: &str = "it is a device, pipe or socket, not a file";
const NOT_UTF8: &str = "its name is not UTF-8; rename it";

/// Folders of files. Paths are relative to the project root, which is the empty path.
pub(super) trait Tree {
    /// What stands in a folder, in any order.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError>;

    /// The bytes of a file, or `None` if there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read, is no regular file, or is larger than `limit` bytes.
    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError>;
}

/// What stands in a folder.
pub(super) struct Entry {
    /// Its name; bytes that are not UTF-8 have become U+FFFD.
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    /// A device, pipe or socket.
    Special,
    /// Whatever it is, its name is not UTF-8.
    Misnamed,
}

/// Every file under `folder`, which exists, sorted bytewise.
///
/// The first obstacle is an error, and always the same one: folders are visited in name order.
pub(super) fn files(tree: &dyn Tree, folder: &str) -> Result<Vec<String>, ReadError> {
    let mut files = Vec::new();
    let mut pending: Vec<Folder> = Folder::open(tree, folder)?.into_iter().collect();
    while let Some(folder) = pending.pop() {
        for (path, kind) in folder.entries(tree)? {
            match kind {
                Kind::File => files.push(path),
                Kind::Folder => pending.push(folder.child(tree, path)?),
                Kind::Link => return Err(ReadError::new(path, LINK)),
                Kind::Special => return Err(ReadError::new(path, SPECIAL)),
                Kind::Misnamed => return Err(ReadError::new(path, NOT_UTF8)),
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// A folder on the way, with the ignore rules from the root down to it.
struct Folder {
    path: String,
    ignores: Vec<Arc<Gitignore>>,
}

impl Folder {
    /// The folder at `path`, or `None` if it, or a folder around it, is ignored.
    fn open(tree: &dyn Tree, path: &str) -> Result<Option<Self>, ReadError> {
        let mut folder = Self { path: String::new(), ignores: Vec::new() };
        folder.read_ignores(tree)?;
        for name in path.split('/') {
            let path = folder.join(name);
            if folder.is_ignored(&path, true) {
                return Ok(None);
            }
            folder = folder.child(tree, path)?;
        }
        Ok(Some(folder))
    }

    fn child(&self, tree: &dyn Tree, path: String) -> Result<Self, ReadError> {
        let mut child = Self { path, ignores: self.ignores.clone() };
        child.read_ignores(tree)?;
        Ok(child)
    }

    /// The paths in the folder in order, without hidden and ignored ones.
    fn entries(&self, tree: &dyn Tree) -> Result<Vec<(String, Kind)>, ReadError> {
        let shown = tree.entries(&self.path)?.into_iter();
        let shown = shown.filter(|entry| !entry.name.starts_with('.'));
        let mut entries: Vec<_> = shown.map(|entry| (self.join(&entry.name), entry.kind)).collect();
        entries.retain(|(path, kind)| !self.is_ignored(path, *kind == Kind::Folder));
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(entries)
    }

    /// The deepest `.gitignore` that says anything about a path decides, as in git.
    fn is_ignored(&self, path: &str, is_folder: bool) -> bool {
        let path = Path::new(path);
        let verdicts = self.ignores.iter().rev().map(|rules| rules.matched(path, is_folder));
        verdicts.into_iter().find(|verdict| !verdict.is_none()).is_some_and(|it| match it {
            Match::Ignore(_) => true,
            Match::None | Match::Whitelist(_) => false,
        })
    }

    fn read_ignores(&mut self, tree: &dyn Tree) -> Result<(), ReadError> {
        let path = self.join(".gitignore");
        let Some(bytes) = tree.read_at_most(&path, MAX_IGNORE_BYTES)? else {
            return Ok(());
        };
        let mut builder = GitignoreBuilder::new(&self.path);
        for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
            // A pattern that cannot be read ignores nothing, as in git.
            let _ = builder.add_line(None, line);
        }
        let rules = builder.build().map_err(|error| ReadError::new(path, error))?;
        self.ignores.push(Arc::new(rules));
        Ok(())
    }

    fn join(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::World;
    use crate::source::disk::tests::project;
    #[cfg(unix)]
    use std::process::Command;

    #[test]
    fn hidden_and_ignored_files_are_left_out() {
        let (_folder, disk) = project(&[
            (".gitignore", "*.bak\n/datasets/drafts/\n/private\n[\n"),
            ("datasets/.gitignore", "!keep.bak\nlocal.yaml\n"),
            ("datasets/a.yaml", ""),
            ("datasets/a.bak", ""),
            ("datasets/deep/keep.bak", ""),
            ("datasets/deep/local.yaml", ""),
            ("datasets/deep/drafts/a.yaml", ""),
            ("datasets/drafts/a.yaml", ""),
            ("datasets/.hidden/a.yaml", ""),
            ("datasets/.a.yaml.swp", ""),
            ("private/datasets/a.yaml", ""),
        ]);
        let listed = disk.list("datasets").unwrap();
        let expected = ["datasets/a.yaml", "datasets/deep/drafts/a.yaml", "datasets/deep/keep.bak"];
        assert_eq!(listed, expected);
        assert!(disk.list("datasets/drafts").unwrap().is_empty());
        assert!(disk.list("private/datasets").unwrap().is_empty());
    }

    #[test]
    fn rules_from_outside_the_project_do_not_count() {
        let (folder, _) = project(&[(".gitignore", "*.yaml\n"), ("p/datasets/a.yaml", "")]);
        let disk = crate::source::Disk::new(folder.path().join("p"));
        assert_eq!(disk.list("datasets").unwrap(), ["datasets/a.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_named_and_refused() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        type Make = fn(&std::path::Path);
        let cases: [(&str, &str, Make); 5] = [
            ("datasets/d/x.yaml", "symbolic link", |at| symlink("a.yaml", at).unwrap()),
            ("datasets/d/x", "symbolic link", |at| symlink("/etc", at).unwrap()),
            ("datasets/d/.gitignore", "symbolic link", |at| symlink("/dev/zero", at).unwrap()),
            ("datasets/d/pipe", "pipe", |at| {
                assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
            }),
            ("datasets/d/\u{fffd}.yaml", "not UTF-8", |at| {
                let name = OsStr::from_bytes(b"\xE9.yaml");
                std::fs::write(at.with_file_name(name), "").unwrap();
            }),
        ];
        for (path, reason, make) in cases {
            let (folder, disk) = project(&[("datasets/d/a.yaml", "x")]);
            make(&folder.path().join(path));
            let error = disk.list("datasets").unwrap_err();
            assert_eq!(error.path, path);
            assert!(error.reason.contains(reason), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_never_opened() {
        let (folder, disk) = project(&[("datasets/a.yaml", "x")]);
        let pipe = folder.path().join("datasets/pipe");
        assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
        assert!(disk.read("datasets/pipe").unwrap_err().reason.contains("pipe"));
    }
}
