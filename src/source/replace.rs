//! Changing files that are there.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, Write};

use tempfile::NamedTempFile;

use super::disk::Disk;
use super::staging::{beside, parent, sync_folder};
use super::walk::Tree as _;
use super::world::{MAX_FILE_BYTES, ReadError};

/// Other bytes for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The file, relative to the root.
    pub path: &'a str,
    /// What was read of it.
    pub old: &'a [u8],
    /// What it is to hold.
    pub new: &'a [u8],
}

/// Changes that are written, each under a hidden name beside its file, and not yet in their places.
///
/// Dropped without a commit, they leave nothing.
#[derive(Debug)]
pub struct StagedChanges<'a> {
    disk: &'a Disk,
    /// Each change, and the file beside its own that holds it.
    staged: Vec<(Change<'a>, NamedTempFile)>,
}

/// Why files could not be changed.
#[derive(Debug, thiserror::Error)]
#[error("cannot change `{path}`: {reason}; {}", told(changed))]
pub struct ReplaceError {
    /// The file that stood in the way.
    pub path: String,
    /// Why.
    pub reason: String,
    /// The files that were changed all the same, before it.
    pub changed: Vec<String>,
}

impl Disk {
    /// Writes changes beside their files, to be committed when all could be written.
    ///
    /// # Errors
    /// When a file is not what was read of it any more, is reached through a link, is read-only or
    /// has a second name, or the file system refuses. Nothing is left then.
    pub fn stage<'a>(&'a self, changes: &[Change<'a>]) -> Result<StagedChanges<'a>, ReplaceError> {
        let mut staged = Vec::new();
        for change in changes {
            let written = self.write_beside(change);
            staged.push((*change, written.map_err(|reason| failed_at(change, reason, &[]))?));
        }
        Ok(StagedChanges { disk: self, staged })
    }

    fn write_beside(&self, change: &Change<'_>) -> Result<NamedTempFile, String> {
        let metadata = self.unchanged(change)?;
        if metadata.permissions().readonly() {
            return Err(READ_ONLY.to_owned());
        }
        if has_second_name(&metadata) {
            return Err(SECOND_NAME.to_owned());
        }
        // Until it is dressed as what it replaces, no one else can read it.
        let created = beside(&self.root.join(change.path), |builder, at| builder.tempfile_in(at));
        let file = created.map_err(|error| {
            format!("a file beside it, to be moved to its place, cannot be created: {error}")
        })?;
        file.as_file()
            .write_all(change.new)
            .and_then(|()| dress(file.as_file(), &metadata))
            .and_then(|()| file.as_file().sync_all())
            .map_err(words)?;
        Ok(file)
    }

    /// What stands at the path of a change, if it is what was read.
    fn unchanged(&self, change: &Change<'_>) -> Result<Metadata, String> {
        let metadata = self.find(change.path).map_err(reason)?.ok_or(CHANGED)?;
        let bytes = self.read_at_most(change.path, MAX_FILE_BYTES as u64 + 1).map_err(reason)?;
        if bytes.as_deref() == Some(change.old) { Ok(metadata) } else { Err(CHANGED.to_owned()) }
    }
}

const CHANGED: &str = "it has changed since it was read; run the command again";
const READ_ONLY: &str = "it is read-only";
const SECOND_NAME: &str = "it has a second name (a hard link), which would keep the old text";

fn reason(error: ReadError) -> String {
    error.reason
}

impl StagedChanges<'_> {
    /// Moves every change to its place. At any time a file holds the old bytes or the new ones.
    ///
    /// # Errors
    /// When a file has changed meanwhile or is reached through a link now, or the file system
    /// refuses. The error says which files were changed before.
    pub fn commit(self) -> Result<(), ReplaceError> {
        let mut changed = Vec::new();
        let mut folders = BTreeMap::new();
        for (change, staged) in self.staged {
            let target = self.disk.root.join(change.path);
            let unchanged = self.disk.unchanged(&change);
            let moved = unchanged
                .and_then(|_| staged.persist(&target).map_err(|refused| words(refused.error)));
            moved.map_err(|reason| failed_at(&change, reason, &changed))?;
            changed.push(change.path.to_owned());
            folders.insert(parent(&target).to_owned(), change);
        }
        for (folder, change) in folders {
            let synced = sync_folder(&folder);
            synced.map_err(|error| failed_at(&change, words(error), &changed))?;
        }
        Ok(())
    }
}

fn failed_at(change: &Change<'_>, reason: String, changed: &[String]) -> ReplaceError {
    ReplaceError { path: change.path.to_owned(), reason, changed: changed.to_vec() }
}

/// Gives a file the permissions of another and, as far as this process may, its owner and group.
fn dress(file: &File, like: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
            // Only root may give files away; others may still hand them to a group of theirs.
            let _ = fchown(file, Some(like.uid()), Some(like.gid()))
                .or_else(|_| fchown(file, None, Some(like.gid())));
        }
    }
    file.set_permissions(like.permissions())
}

fn has_second_name(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata) > 1;
    #[cfg(not(unix))]
    return false;
}

fn words(error: io::Error) -> String {
    error.to_string()
}

fn told(changed: &[String]) -> String {
    match changed {
        [] => "nothing was changed".to_owned(),
        changed => format!("changed before it: `{}`", changed.join("`, `")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use tempfile::TempDir;

    use super::super::disk::tests::project;
    use super::*;

    const CHANGE: Change<'_> = Change { path: "d/a.yaml", old: b"old", new: b"new" };

    fn changes() -> (TempDir, Disk, [Change<'static>; 2]) {
        let (folder, disk) = project(&[("d/a.yaml", "old"), ("e/b.yaml", "old")]);
        (folder, disk, [CHANGE, Change { path: "e/b.yaml", ..CHANGE }])
    }

    fn texts(disk: &Disk) -> Vec<String> {
        ["d/a.yaml", "e/b.yaml"]
            .map(|path| fs::read_to_string(disk.root().join(path)).unwrap())
            .into()
    }

    fn is_tidy(folder: &Path) -> bool {
        ["d", "e"].iter().all(|name| fs::read_dir(folder.join(name)).unwrap().count() == 1)
    }

    #[test]
    fn nothing_changes_before_the_commit_and_nothing_is_left_beside_it() {
        let (folder, disk, changes) = changes();
        drop(disk.stage(&changes).unwrap());
        assert!(is_tidy(folder.path()));
        let staged = disk.stage(&changes).unwrap();
        assert_eq!(texts(&disk), ["old", "old"]);
        staged.commit().unwrap();
        assert_eq!(texts(&disk), ["new", "new"]);
        assert!(is_tidy(folder.path()));
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let (folder, disk, changes) = changes();
        let staged = disk.stage(&changes).unwrap();
        fs::write(folder.path().join("e/b.yaml"), "saved meanwhile").unwrap();
        let error = staged.commit().unwrap_err();
        assert_eq!(error.changed, ["d/a.yaml"]);
        let told = "cannot change `e/b.yaml`: it has changed since it was read; run the command \
                    again; changed before it: `d/a.yaml`";
        assert_eq!(error.to_string(), told);
        assert_eq!(texts(&disk), ["new", "saved meanwhile"]);

        let told = disk.stage(&changes).unwrap_err().to_string();
        assert!(told.starts_with("cannot change `d/a.yaml`: it has changed"), "{told}");
        fs::remove_file(folder.path().join("d/a.yaml")).unwrap();
        let told = disk.stage(&changes).unwrap_err().to_string();
        assert!(told.ends_with("run the command again; nothing was changed"), "{told}");
        fs::write(folder.path().join("d/a.yaml"), "old").unwrap();
        assert!(is_tidy(folder.path()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_takes_the_place_of_a_file_or_folder_is_not_followed() {
        use std::os::unix::fs::symlink;
        for (place, aside) in [("e/b.yaml", "precious"), ("e", "elsewhere")] {
            let (folder, disk, changes) = changes();
            let at = |name: &str| folder.path().join(name);
            let staged = disk.stage(&changes[1..]).unwrap();
            fs::rename(at(place), at(aside)).unwrap();
            symlink(at(aside), at(place)).unwrap();
            let told = staged.commit().unwrap_err().to_string();
            assert!(told.contains("symbolic link"), "{told}");
            assert_eq!(texts(&disk), ["old", "old"]);
            assert!(fs::symlink_metadata(at(place)).unwrap().is_symlink());
            let told = disk.stage(&changes).unwrap_err().to_string();
            assert!(told.contains("symbolic link"), "{told}");
            assert_eq!(texts(&disk), ["old", "old"]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn mode_bits_are_kept_and_those_that_forbid_are_respected() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, disk, changes) = changes();
        let path = folder.path().join("d/a.yaml");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        for bits in [0o600, 0o644, 0o666, 0o755, 0o6750] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
            disk.stage(&changes[..1]).unwrap().commit().unwrap();
            assert_eq!((mode(&path), texts(&disk)[0].as_str()), (bits, "new"));
        }
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        let told = disk.stage(&changes).unwrap_err().to_string();
        assert_eq!(told, "cannot change `d/a.yaml`: it is read-only; nothing was changed");
        assert_eq!(texts(&disk), ["old", "old"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_two_names_is_left_alone() {
        let (folder, disk, changes) = changes();
        fs::hard_link(folder.path().join("d/a.yaml"), folder.path().join("other")).unwrap();
        let told = disk.stage(&changes).unwrap_err().to_string();
        assert!(told.contains("hard link"), "{told}");
        assert_eq!(texts(&disk), ["old", "old"]);
    }

    const MANY: usize = 20;

    /// Run in a process of its own by the test below: changes many files there and back for ever.
    #[test]
    fn until_killed() {
        let Some(root) = std::env::var_os("EVENTC_TEST_UNTIL_KILLED") else { return };
        let disk = Disk::new(root.into());
        let (mut from, mut to) = large_texts();
        let paths: Vec<_> = (0..MANY).map(|at| format!("d/{at}.yaml")).collect();
        loop {
            let change = |path| Change { path, old: from.as_bytes(), new: to.as_bytes() };
            let changes: Vec<_> = paths.iter().map(|path| change(path)).collect();
            disk.stage(&changes).unwrap().commit().unwrap();
            std::mem::swap(&mut from, &mut to);
        }
    }

    fn large_texts() -> (String, String) {
        ("old ".repeat(1 << 15), "new ".repeat(1 << 15))
    }

    #[test]
    fn killed_at_any_time_it_leaves_each_file_old_or_new() {
        let (old, new) = large_texts();
        let mut midway = 0;
        for turn in 0..10 {
            let (folder, _) = project(&[]);
            let folder_of_files = folder.path().join("d");
            fs::create_dir(&folder_of_files).unwrap();
            for at in 0..MANY {
                fs::write(folder_of_files.join(format!("{at}.yaml")), &old).unwrap();
            }
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "source::replace::tests::until_killed"]);
            child.env("EVENTC_TEST_UNTIL_KILLED", folder.path()).stdout(Stdio::null());
            let mut child = child.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(60 + 7 * turn));
            assert!(child.try_wait().unwrap().is_none(), "it runs until it is killed");
            child.kill().unwrap();
            child.wait().unwrap();
            for at in 0..MANY {
                let text = fs::read_to_string(folder_of_files.join(format!("{at}.yaml"))).unwrap();
                assert!(text == old || text == new, "torn: {} bytes", text.len());
            }
            midway += usize::from(fs::read_dir(folder_of_files).unwrap().count() > MANY);
        }
        assert!(midway > 0, "it was never killed while it wrote");
    }
}
