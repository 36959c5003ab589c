//! Listing what stands under a folder: one set of rules, on disk, in memory and in a revision.

use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::world::{Listed, Obstacle};
use super::{ReadError, is_yaml};

/// Bytes of all `.gitignore` files of a listing together (64 KiB): their lines become automata, whose
/// size a hostile file could drive up.
const MAX_IGNORE_BYTES: usize = 64 << 10;

/// How deep folders may lie in each other. Nobody's events are sorted so finely, and a hostile
/// repository has room for thousands of levels.
pub const MAX_FOLDERS: usize = 16;

/// How many entries of a hidden or ignored folder are looked at for a record. Such a folder may be
/// another program's cache of any size.
const MAX_GLANCES: usize = 1000;

pub(super) const SPECIAL: &str = "it is a device, pipe or socket, not a file";

/// Folders of files. Paths are relative to the project root, which is the empty path.
pub(super) trait Tree {
    /// What stands in a folder, in any order.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError>;

    /// The bytes of a file up to `limit` of them, or `None` if there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read, or is no regular file.
    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError>;
}

/// What stands in a folder.
pub struct Entry {
    /// Its name; bytes that are not UTF-8 have become U+FFFD.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A device, pipe or socket.
    Special,
    /// Whatever it is, its name is not UTF-8.
    Misnamed,
}

/// All that stands under `folder`, which exists, sorted bytewise: each file, and each path that
/// cannot be followed or is left out, with what stands in the way.
pub(super) fn files(tree: &dyn Tree, folder: &str) -> Vec<Listed> {
    let mut walk = Walk { tree, listed: Vec::new(), ignore_bytes: MAX_IGNORE_BYTES };
    let mut pending: Vec<Folder> = walk.open(folder).into_iter().collect();
    while let Some(folder) = pending.pop() {
        walk.visit(&folder, &mut pending);
    }
    walk.listed.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    walk.listed
}

struct Walk<'t> {
    tree: &'t dyn Tree,
    listed: Vec<Listed>,
    /// How many bytes of `.gitignore` may still be read.
    ignore_bytes: usize,
}

impl Walk<'_> {
    /// The folder at `path`; where it, or a folder around it, is ignored, it is listed as that.
    fn open(&mut self, path: &str) -> Option<Folder> {
        let mut folder = Folder { path: String::new(), ignores: Vec::new() };
        self.read_ignores(&mut folder);
        for name in path.split('/') {
            let inner = folder.join(name);
            if folder.is_ignored(&inner, true) {
                self.leave_out(path, Kind::Folder, Obstacle::Ignored);
                return None;
            }
            folder = self.child(&folder, inner);
        }
        Some(folder)
    }

    fn child(&mut self, folder: &Folder, path: String) -> Folder {
        let mut child = Folder { path, ignores: folder.ignores.clone() };
        self.read_ignores(&mut child);
        child
    }

    fn visit(&mut self, folder: &Folder, pending: &mut Vec<Folder>) {
        let entries = match self.tree.entries(&folder.path) {
            Ok(entries) => entries,
            Err(error) => return self.obstacle(&error.path, Obstacle::Unreadable(error.reason)),
        };
        // There may be a file for each event, so all paths are joined in one buffer.
        let mut joined = folder.join("");
        let before = joined.len();
        for Entry { name, kind } in entries {
            joined.truncate(before);
            joined.push_str(&name);
            let path = &*joined;
            if name.starts_with('.') {
                self.leave_out(path, kind, Obstacle::Hidden);
            } else if folder.is_ignored(path, kind == Kind::Folder) {
                self.leave_out(path, kind, Obstacle::Ignored);
            } else {
                match kind {
                    Kind::File => self.listed.push(Listed { path: path.into(), obstacle: None }),
                    Kind::Folder if depth(path) > MAX_FOLDERS => {
                        self.obstacle(path, Obstacle::TooDeep);
                    }
                    Kind::Folder => pending.push(self.child(folder, path.to_owned())),
                    Kind::Link => self.obstacle(path, Obstacle::Link),
                    Kind::Special => self.obstacle(path, Obstacle::Special),
                    Kind::Misnamed => self.obstacle(path, Obstacle::Misnamed),
                }
            }
        }
    }

    fn obstacle(&mut self, path: &str, obstacle: Obstacle) {
        self.listed.push(Listed { path: path.into(), obstacle: Some(obstacle) });
    }

    /// Lists what is hidden or ignored: a file, and a folder that holds YAML.
    fn leave_out(&mut self, path: &str, kind: Kind, obstacle: Obstacle) {
        let is_worth_it = match kind {
            Kind::File => true,
            Kind::Folder => self.holds_yaml(path),
            Kind::Link | Kind::Special | Kind::Misnamed => false,
        };
        if is_worth_it {
            self.obstacle(path, obstacle);
        }
    }

    fn holds_yaml(&self, folder: &str) -> bool {
        let mut pending = vec![folder.to_owned()];
        let mut glances = 0;
        while let Some(folder) = pending.pop() {
            for Entry { name, kind } in self.tree.entries(&folder).unwrap_or_default() {
                glances += 1;
                if glances > MAX_GLANCES {
                    return false;
                }
                match kind {
                    Kind::File if is_yaml(&name) => return true,
                    Kind::Folder if depth(&folder) < MAX_FOLDERS => {
                        pending.push(format!("{folder}/{name}"));
                    }
                    _ => {}
                }
            }
        }
        false
    }

    fn read_ignores(&mut self, folder: &mut Folder) {
        let path = folder.join(".gitignore");
        let limit = self.ignore_bytes as u64 + 1;
        let bytes = match self.tree.read_at_most(&path, limit) {
            Ok(None) => return,
            Ok(Some(bytes)) => bytes,
            Err(error) => return self.obstacle(&path, Obstacle::Unreadable(error.reason)),
        };
        let Some(left) = self.ignore_bytes.checked_sub(bytes.len()) else {
            let reason = format!("the `.gitignore` files are longer than {MAX_IGNORE_BYTES} bytes");
            return self.obstacle(&path, Obstacle::Unreadable(reason));
        };
        self.ignore_bytes = left;
        let mut builder = GitignoreBuilder::new(&folder.path);
        for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
            // A pattern that cannot be read ignores nothing, as in git.
            let _ = builder.add_line(None, line);
        }
        match builder.build() {
            Ok(rules) => folder.ignores.push(Arc::new(rules)),
            Err(error) => self.obstacle(&path, Obstacle::Unreadable(error.to_string())),
        }
    }
}

fn depth(path: &str) -> usize {
    path.split('/').count()
}

/// A folder on the way, with the ignore rules from the root down to it.
struct Folder {
    path: String,
    ignores: Vec<Arc<Gitignore>>,
}

impl Folder {
    /// The deepest `.gitignore` that says anything about a path decides, as in git.
    fn is_ignored(&self, path: &str, is_folder: bool) -> bool {
        let path = Path::new(path);
        let verdicts = self.ignores.iter().rev().map(|rules| rules.matched(path, is_folder));
        verdicts.into_iter().find(|verdict| !verdict.is_none()).is_some_and(|it| match it {
            Match::Ignore(_) => true,
            Match::None | Match::Whitelist(_) => false,
        })
    }

    fn join(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::disk::tests::project;
    use crate::source::{Listed, Obstacle, World};
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
        let listed = disk.files("datasets").unwrap();
        let expected = ["datasets/a.yaml", "datasets/deep/drafts/a.yaml", "datasets/deep/keep.bak"];
        assert_eq!(listed, expected);
        assert!(disk.files("datasets/drafts").unwrap().is_empty());
        assert!(disk.files("private/datasets").unwrap().is_empty());
    }

    #[test]
    fn rules_from_outside_the_project_do_not_count() {
        let (folder, _) = project(&[(".gitignore", "*.yaml\n"), ("p/datasets/a.yaml", "")]);
        let disk = crate::source::Disk::new(folder.path().join("p"));
        assert_eq!(disk.files("datasets").unwrap(), ["datasets/a.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_named_and_the_rest_is_read() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        type Make = fn(&std::path::Path);
        let cases: [(&str, &str, Make); 5] = [
            ("datasets/d/x.yaml", "Link", |at| symlink("a.yaml", at).unwrap()),
            ("datasets/d/x", "Link", |at| symlink("/etc", at).unwrap()),
            ("datasets/d/.gitignore", "symbolic link", |at| symlink("/dev/zero", at).unwrap()),
            ("datasets/d/pipe", "Special", |at| {
                assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
            }),
            ("datasets/d/\u{fffd}.yaml", "Misnamed", |at| {
                let name = OsStr::from_bytes(b"\xE9.yaml");
                std::fs::write(at.with_file_name(name), "").unwrap();
            }),
        ];
        for (path, obstacle, make) in cases {
            let (folder, disk) = project(&[("datasets/d/a.yaml", "x")]);
            make(&folder.path().join(path));
            let listed = disk.list("datasets").unwrap();
            assert_eq!(disk.files("datasets").unwrap(), ["datasets/d/a.yaml"], "the rest is read");
            let found: Vec<_> = listed.iter().filter(|listed| *listed.path == *path).collect();
            assert_eq!(found.len(), 1, "{path}");
            assert!(format!("{:?}", found[0].obstacle).contains(obstacle), "{:?}", found[0]);
        }
    }

    #[test]
    fn folders_end_at_a_depth_and_what_is_left_out_is_told() {
        let deep = format!("datasets/{}a.yaml", "f/".repeat(super::MAX_FOLDERS));
        let (_folder, disk) = project(&[
            (&deep, "x"),
            ("datasets/.old/b.yaml", "x"),
            ("datasets/.cache/b.bin", "x"),
            ("datasets/.c.yaml", "x"),
            ("datasets/.gitignore", "drafts/\nlocal.yaml\n"),
            ("datasets/drafts/d.yaml", "x"),
            ("datasets/local.yaml", "x"),
        ]);
        let listed = disk.list("datasets").unwrap();
        let told: Vec<_> = listed
            .iter()
            .map(|Listed { path, obstacle }| {
                (path.rsplit('/').next().unwrap(), obstacle.clone().unwrap())
            })
            .collect();
        let expected = [
            (".c.yaml", Obstacle::Hidden),
            (".gitignore", Obstacle::Hidden),
            (".old", Obstacle::Hidden),
            ("drafts", Obstacle::Ignored),
            ("f", Obstacle::TooDeep),
            ("local.yaml", Obstacle::Ignored),
        ];
        assert_eq!(told, expected);
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
