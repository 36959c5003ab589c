//! A project as it was in a revision of its git repository.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::disk::LINK;
use super::git::{Answer, Git, Objects, RevisionError};
use super::walk::{self, Entry, Kind, Tree};
use super::{Disk, Listed, MAX_FILE_BYTES, Obstacle, ReadError, World};

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
    tree: Folders,
    objects: Mutex<Objects>,
    today: NaiveDate,
}

/// What stands in each folder, by name. The root is the empty path.
type Folders = BTreeMap<String, BTreeMap<String, Object>>;

/// What stands at a path of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Object {
    Folder,
    File { name: String, size: u64 },
    Link,
    Misnamed,
}

impl Revision {
    /// The project of `disk` as it was where the work that is checked out there left `revision`:
    /// their merge base, which is the revision itself if the work was built on it.
    ///
    /// # Errors
    /// When there is no git, no repository, no such revision, or no commit in common.
    pub fn open(disk: &Disk, revision: &str) -> Result<Self, RevisionError> {
        let git = Git::new(disk.root().to_owned());
        require_repository(&git)?;
        let named = format!("{revision}^{{commit}}");
        let Some(given) = object(&git, &["rev-parse", "--verify", "--end-of-options", &named])?
        else {
            return Err(RevisionError::Unknown { shallow: is_shallow(&git)? });
        };
        let Some(commit) = object(&git, &["merge-base", &given, "HEAD"])? else {
            return Err(RevisionError::NoCommonCommit { shallow: is_shallow(&git)? });
        };
        // A folder that was not there has no tree, and a project that was not there no files.
        let tree = object(&git, &["rev-parse", "--verify", &format!("{commit}:./")])?;
        let tree = tree.map_or(Ok(Folders::new()), |tree| Ok(folders(&git.list(&tree)?)))?;
        let objects = Mutex::new(git.objects()?);
        Ok(Self { is_merge_base: commit != given, commit, tree, objects, today: disk.today() })
    }

    /// The commit that is read, by its first digits.
    pub fn commit(&self) -> &str {
        &self.commit[..SHOWN_DIGITS.min(self.commit.len())]
    }

    /// Whether the commit is not the one that was named, but where the present work left it.
    pub fn is_merge_base(&self) -> bool {
        self.is_merge_base
    }

    /// What stands at `path`, looked up name by name as on disk.
    fn find(&self, path: &str) -> Result<Option<&Object>, ReadError> {
        let mut found = None;
        let mut folder = "";
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let name = path[folder.len()..end].trim_start_matches('/');
            found = self.tree.get(folder).and_then(|names| names.get(name));
            match found {
                Some(Object::Folder) => folder = &path[..end],
                Some(Object::Link) => return Err(ReadError::new(&path[..end], LINK)),
                Some(Object::File { .. }) if end == path.len() => {}
                _ => return Ok(None),
            }
        }
        Ok(found)
    }

    /// An obstacle, with its path as git writes it with its revision.
    fn here(&self, obstacle: ReadError) -> ReadError {
        ReadError::new(format!("{}:{}", self.commit(), obstacle.path), obstacle.reason)
    }
}

impl Tree for Revision {
    fn entries(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let names = self.tree.get(folder).into_iter().flatten();
        let entry = |(name, object): (&String, &Object)| {
            let kind = match object {
                Object::File { .. } => Kind::File,
                Object::Folder => Kind::Folder,
                Object::Link => Kind::Link,
                Object::Misnamed => Kind::Misnamed,
            };
            Entry { name: name.clone(), kind }
        };
        Ok(names.map(entry).collect())
    }

    fn read_at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let (name, size) = match self.find(path)? {
            Some(Object::File { name, size }) => (name, *size),
            Some(_) => return Err(ReadError::new(path, "it is a folder, not a file")),
            None => return Ok(None),
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
        let link = || Listed { path: folder.to_owned(), obstacle: Some(Obstacle::Link) };
        if self.tree.get("").and_then(|names| names.get(folder)) == Some(&Object::Link) {
            return Ok(vec![link()]);
        }
        match self.find(folder).map_err(|obstacle| self.here(obstacle))? {
            Some(Object::Folder) => Ok(walk::files(self, folder)),
            _ => Ok(Vec::new()),
        }
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
        Answer::Given(answer) if answer == "true" => Ok(()),
        Answer::Given(_) => Err(RevisionError::NoRepository("it has no work tree".to_owned())),
        Answer::Refused(words) => Err(RevisionError::NoRepository(words)),
    }
}

fn is_shallow(git: &Git) -> Result<bool, RevisionError> {
    let answer = git.ask(&["rev-parse", "--is-shallow-repository"])?;
    Ok(matches!(answer, Answer::Given(answer) if answer == "true"))
}

/// The name of the object that a command answers with, if it finds one.
fn object(git: &Git, arguments: &[&str]) -> Result<Option<String>, RevisionError> {
    let Answer::Given(answer) = git.ask(arguments)? else { return Ok(None) };
    let is_name = !answer.is_empty() && answer.bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok(Some(answer).filter(|_| is_name))
}

/// The folders of a listing. A submodule, or a line that git does not write, is left out.
fn folders(listing: &[u8]) -> Folders {
    let mut folders = Folders::from([(String::new(), BTreeMap::new())]);
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
        insert(&mut folders, &entry[tab + 1..], object);
    }
    folders
}

/// Puts an object in its folder, and the folder in those around it.
fn insert(folders: &mut Folders, path: &[u8], object: Object) {
    let mut folder = String::new();
    let mut names = path.split(|byte| *byte == b'/').peekable();
    while let Some(bytes) = names.next() {
        let name = String::from_utf8_lossy(bytes).into_owned();
        let is_misnamed = std::str::from_utf8(bytes).is_err();
        let is_last = names.peek().is_none();
        let here = folders.entry(folder.clone()).or_default();
        if is_misnamed || is_last {
            here.insert(name, if is_misnamed { Object::Misnamed } else { object });
            return;
        }
        let inner = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        here.insert(name, Object::Folder);
        folder = inner;
    }
}

#[cfg(test)]
mod tests;
