//! Listing the files under a folder.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Disk, LINK, ReadError, SPECIAL, refuse};

/// Largest `.gitignore` that is read, in bytes (256 KiB): its lines become one automaton, whose
/// size a hostile file could drive up.
const MAX_IGNORE_BYTES: u64 = 256 << 10;

/// Every file under `folder`, which exists, sorted bytewise.
///
/// The first obstacle is an error, and always the same one: folders are visited in name order.
pub(super) fn files(disk: &Disk, folder: &str) -> Result<Vec<String>, ReadError> {
    let mut files = Vec::new();
    let mut pending: Vec<Folder> = Folder::open(disk, folder)?.into_iter().collect();
    while let Some(folder) = pending.pop() {
        for name in folder.names(disk)? {
            match folder.entry(disk, &name)? {
                Some(Entry::File(path)) => files.push(path),
                Some(Entry::Folder(path)) => pending.push(folder.child(disk, path)?),
                None => {}
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

enum Entry {
    File(String),
    Folder(String),
}

/// A folder on the way, with the ignore rules from the root down to it.
struct Folder {
    path: String,
    ignores: Vec<Arc<Gitignore>>,
}

impl Folder {
    /// The folder at `path`, or `None` if it, or a folder around it, is ignored.
    fn open(disk: &Disk, path: &str) -> Result<Option<Self>, ReadError> {
        let mut folder = Self { path: String::new(), ignores: Vec::new() };
        folder.read_ignores(disk)?;
        for name in path.split('/') {
            let path = folder.join(name);
            if folder.is_ignored(Path::new(&path), true) {
                return Ok(None);
            }
            folder = folder.child(disk, path)?;
        }
        Ok(Some(folder))
    }

    fn child(&self, disk: &Disk, path: String) -> Result<Self, ReadError> {
        let mut child = Self { path, ignores: self.ignores.clone() };
        child.read_ignores(disk)?;
        Ok(child)
    }

    /// The names in the folder in order, without hidden ones.
    fn names(&self, disk: &Disk) -> Result<Vec<std::ffi::OsString>, ReadError> {
        let unlistable = |error| refuse(&self.path, error);
        let mut names = Vec::new();
        for entry in fs::read_dir(disk.root.join(&self.path)).map_err(unlistable)? {
            let name = entry.map_err(unlistable)?.file_name();
            if !name.as_encoded_bytes().starts_with(b".") {
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    fn entry(&self, disk: &Disk, name: &OsStr) -> Result<Option<Entry>, ReadError> {
        let relative = Path::new(&self.path).join(name);
        let shown = self.join(&name.to_string_lossy());
        let kind = fs::symlink_metadata(disk.root.join(&relative))
            .map_err(|error| refuse(&shown, error))?
            .file_type();
        if self.is_ignored(&relative, kind.is_dir()) {
            return Ok(None);
        }
        if name.to_str().is_none() {
            return Err(refuse(&shown, "its name is not UTF-8; rename it"));
        }
        if kind.is_symlink() {
            return Err(refuse(&shown, LINK));
        }
        match (kind.is_dir(), kind.is_file()) {
            (true, _) => Ok(Some(Entry::Folder(shown))),
            (_, true) => Ok(Some(Entry::File(shown))),
            _ => Err(refuse(&shown, SPECIAL)),
        }
    }

    /// The deepest `.gitignore` that says anything about a path decides, as in git.
    fn is_ignored(&self, path: &Path, is_folder: bool) -> bool {
        let verdicts = self.ignores.iter().rev().map(|rules| rules.matched(path, is_folder));
        verdicts.into_iter().find(|verdict| !verdict.is_none()).is_some_and(|it| match it {
            Match::Ignore(_) => true,
            Match::None | Match::Whitelist(_) => false,
        })
    }

    fn read_ignores(&mut self, disk: &Disk) -> Result<(), ReadError> {
        let path = self.join(".gitignore");
        let Some(bytes) = disk.read_at_most(&path, MAX_IGNORE_BYTES)? else {
            return Ok(());
        };
        let mut builder = GitignoreBuilder::new(&self.path);
        for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
            // A pattern that cannot be read ignores nothing, as in git.
            let _ = builder.add_line(None, line);
        }
        let rules = builder.build().map_err(|error| refuse(&path, error))?;
        self.ignores.push(Arc::new(rules));
        Ok(())
    }

    fn join(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::project;
    use crate::source::World;
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
        let disk = super::Disk::new(folder.path().join("p"));
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
