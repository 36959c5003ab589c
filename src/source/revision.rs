//! A project as it was in a revision of its git repository.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rayon::prelude::*;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::by_path::ByPath;
use super::digests::Digest;
use super::disk::LINK;
use super::git::{Git, Objects, RevisionError};
use super::walk::{self, Entry, Kind, Tree};
use super::{Disk, Files, Listed, MAX_FILE_BYTES, Obstacle, ReadError, World, is_source};

/// Digits of a commit's name that are shown: enough for a person to find it.
const SHOWN_DIGITS: usize = 9;

/// A project as it was in a revision of its git repository.
///
/// What is listed and refused is what [`Disk`] lists and refuses. Another repository inside it (a
/// submodule) has no files here.
#[derive(Debug)]
pub struct Revision {
    commit: String,
    is_merge_base: bool,
    tree: ByPath<Object>,
    objects: Mutex<Objects>,
    today: NaiveDate,
}

/// What stands at a path of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Object {
    File { name: String, size: u64 },
    Link,
    Misnamed,
}

impl Revision {
    /// The project of `disk` as it was where the work that is checked out there left `revision`:
    /// their merge base, which is the revision itself if the work was built on it. Before the first
    /// commit, `HEAD` is a project without files.
    ///
    /// # Errors
    /// When there is no git, no repository, no such revision, or no commit in common.
    pub fn open(disk: &Disk, revision: &str) -> Result<Self, RevisionError> {
        let git = Git::new(disk.root().to_owned());
        require_repository(&git)?;
        let named = format!("{revision}^{{commit}}");
        let Some(given) = object(&git, &["rev-parse", "--verify", "--end-of-options", &named])?
        else {
            if revision == "HEAD" {
                let objects = Mutex::new(git.objects()?);
                let (commit, tree, today) = (String::new(), ByPath::default(), disk.today());
                return Ok(Self { commit, is_merge_base: false, tree, objects, today });
            }
            return Err(RevisionError::Unknown { shallow: is_shallow(&git)? });
        };
        let Some(commit) = object(&git, &["merge-base", &given, "HEAD"])? else {
            return Err(RevisionError::NoCommonCommit { shallow: is_shallow(&git)? });
        };
        let is_merge_base = commit != given;
        Ok(Self { is_merge_base, ..Self::of_commit(&git, commit, disk.today())? })
    }

    /// The project of `disk` as it was in a commit, by its whole name.
    ///
    /// # Errors
    /// When there is no git, no repository or no such commit.
    pub fn at(disk: &Disk, commit: &str) -> Result<Self, RevisionError> {
        let git = Git::new(disk.root().to_owned());
        require_repository(&git)?;
        let is_whole = |name: &String| name == commit;
        let named = format!("{commit}^{{commit}}");
        match object(&git, &["rev-parse", "--verify", "--end-of-options", &named])?.filter(is_whole)
        {
            Some(commit) => Self::of_commit(&git, commit, disk.today()),
            None => Err(RevisionError::Unknown { shallow: is_shallow(&git)? }),
        }
    }

    fn of_commit(git: &Git, commit: String, today: NaiveDate) -> Result<Self, RevisionError> {
        // A folder that was not there has no tree, and a project that was not there no files.
        let tree = object(git, &["rev-parse", "--verify", &format!("{commit}:./")])?;
        let tree = tree.map(|tree| git.list(&tree)).transpose()?;
        let tree = objects(&tree.unwrap_or_default());
        let objects = Mutex::new(git.objects()?);
        Ok(Self { commit, is_merge_base: false, tree, objects, today })
    }

    /// The commit that is checked out in the repository of a project; `None` where there is none.
    pub fn head(disk: &Disk) -> Option<String> {
        let git = Git::new(disk.root().to_owned());
        require_repository(&git).ok()?;
        object(&git, &["rev-parse", "--verify", "HEAD^{commit}"]).ok()?
    }

    /// The commit that is read; empty before the first commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// The commit that is read, by its first digits; empty before the first commit.
    pub fn short_commit(&self) -> &str {
        &self.commit[..SHOWN_DIGITS.min(self.commit.len())]
    }

    /// Whether reading `folder` here gives what was read of it `now`: the same files with the same bytes.
    pub fn holds(&self, folder: &str, now: &dyn World, read: &Files) -> bool {
        let Ok(here) = self.files(folder) else { return false };
        let mut here: BTreeSet<_> = here.into_iter().filter(|path| is_source(path)).collect();
        let read: Vec<_> = read.read_under(folder).collect();
        // Git names a file by its bytes, so those of the commit need not be read.
        let is_same = |(path, digest): &(&str, Digest)| {
            let Ok(Some(Object::File { name, .. })) = self.find(path) else { return false };
            let Ok(Some(bytes)) = now.read(path) else { return false };
            blake3::hash(&bytes) == *digest && is_named(&bytes, name)
        };
        let are_same =
            read.iter().all(|(path, _)| here.remove(*path)) && read.par_iter().all(is_same);
        // What no name leads to is not read, here or now.
        are_same
            && (here.is_empty()
                || now.files(folder).is_ok_and(|now| here.iter().all(|path| now.contains(path))))
    }

    /// Whether the commit is not the one that was named, but where the present work left it.
    pub fn is_merge_base(&self) -> bool {
        self.is_merge_base
    }

    /// What stands at `path`, if no link stands on the way to it.
    fn find(&self, path: &str) -> Result<Option<&Object>, ReadError> {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        let mut on_the_way = ends.map(|end| &path[..end]);
        match on_the_way.find(|path| self.tree.get(path) == Some(&Object::Link)) {
            Some(link) => Err(ReadError::new(link, LINK)),
            None => Ok(self.tree.get(path)),
        }
    }

    /// An obstacle, with its path as git writes it with its revision.
    fn here(&self, obstacle: ReadError) -> ReadError {
        ReadError::new(format!("{}:{}", self.short_commit(), obstacle.path), obstacle.reason)
    }
}

impl Tree for Revision {
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let entry = |(name, object): (&str, Option<&Object>)| {
            let kind = match object {
                Some(Object::File { .. }) => Kind::File,
                Some(Object::Link) => Kind::Link,
                Some(Object::Misnamed) => Kind::Misnamed,
                None => Kind::Folder,
            };
            Entry { name: name.to_owned(), kind }
        };
        Ok(self.tree.entries(folder).into_iter().map(entry).collect())
    }

    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let (name, size) = match self.find(path)? {
            Some(Object::File { name, size }) => (name, *size),
            None if !path.is_empty() && self.tree.is_folder(path) => {
                return Err(ReadError::new(path, "it is a folder, not a file"));
            }
            _ => return Ok(None),
        };
        if size > limit {
            // Git hands out objects whole; what is too large to be parsed is told by its length alone.
            return Ok(Some(vec![b' '; usize::try_from(limit).unwrap_or(usize::MAX)]));
        }
        let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        objects.blob(name, size).map(Some).map_err(|error| ReadError::new(path, error))
    }
}

impl World for Revision {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        if !folder.contains('/') && self.tree.get(folder) == Some(&Object::Link) {
            return Ok(vec![Listed { path: folder.into(), obstacle: Some(Obstacle::Link) }]);
        }
        self.find(folder).map_err(|obstacle| self.here(obstacle))?;
        Ok(if self.tree.is_folder(folder) { walk::files(self, folder) } else { Vec::new() })
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let read = self.read_at_most(path, MAX_FILE_BYTES as u64 + 1);
        read.map_err(|obstacle| self.here(obstacle))
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}

fn require_repository(git: &Git) -> Result<(), RevisionError> {
    match git.ask(&["rev-parse", "--is-inside-work-tree"])? {
        Ok(answer) if answer == "true" => Ok(()),
        Ok(_) => Err(RevisionError::NoRepository("it has no work tree".to_owned())),
        Err(words) => Err(RevisionError::NoRepository(words)),
    }
}

fn is_shallow(git: &Git) -> Result<bool, RevisionError> {
    Ok(git.ask(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|answer| answer == "true"))
}

/// The name of the object that a command answers with, if it finds one.
fn object(git: &Git, arguments: &[&str]) -> Result<Option<String>, RevisionError> {
    let is_name =
        |answer: &String| !answer.is_empty() && answer.bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok(git.ask(arguments)?.ok().filter(is_name))
}

/// The objects of a listing. A submodule, or a line that git does not write, is left out.
fn objects(listing: &[u8]) -> ByPath<Object> {
    let mut objects = ByPath::default();
    for entry in listing.split(|byte| *byte == 0) {
        let Some(tab) = entry.iter().position(|byte| *byte == b'\t') else { continue };
        let facts = String::from_utf8_lossy(&entry[..tab]);
        let facts: Vec<_> = facts.split_ascii_whitespace().collect();
        let object = match facts[..] {
            ["120000", ..] => Object::Link,
            // Where the object is missing git has no size to give, and reading it says so.
            [_, "blob", name, size] => {
                Object::File { name: name.to_owned(), size: size.parse().unwrap_or_default() }
            }
            _ => continue,
        };
        let path = &entry[tab + 1..];
        let valid = path.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        // Below a name that is not UTF-8 nothing is read.
        let rest = path[valid..].iter().position(|byte| *byte == b'/');
        let end = rest.map_or(path.len(), |length| valid + length);
        let is_misnamed = valid < path.len();
        let (end, object) = if is_misnamed { (end, Object::Misnamed) } else { (valid, object) };
        objects.insert(String::from_utf8_lossy(&path[..end]).into_owned(), object);
    }
    objects
}

/// Whether git names a file of some bytes so, in a repository of either kind of name.
fn is_named(bytes: &[u8], name: &str) -> bool {
    let header = format!("blob {}\0", bytes.len());
    let is_name =
        |digest: &[u8]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == name;
    match name.len() {
        40 => is_name(&Sha1::new().chain_update(&header).chain_update(bytes).finalize()),
        _ => is_name(&Sha256::new().chain_update(&header).chain_update(bytes).finalize()),
    }
}

#[cfg(test)]
mod tests;
