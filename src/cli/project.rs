//! Finding the project, its files and its folders.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::check::{Counts, Verdict};
use crate::schema;
use crate::source::{Disk, FileId, Memory, World};

/// The project that the working directory lies in.
pub(super) fn find() -> Result<Disk, Failure> {
    let here = std::env::current_dir()?;
    let root = Disk::project_root(&here).ok_or_else(|| {
        let here = here.display();
        Failure(format!(
            "no project here: neither `{here}` nor a folder above it has `datasets/` or `schema/`"
        ))
    })?;
    Ok(Disk::new(root))
}

/// The project that the working directory lies in, or an empty one, which uses the shipped
/// codebook.
pub(super) fn find_or_none() -> Result<Box<dyn World>, Failure> {
    Ok(match Disk::project_root(&std::env::current_dir()?) {
        Some(root) => Box::new(Disk::new(root)),
        None => Box::new(Memory::new()),
    })
}

/// A path as the project names it: relative to its root, with `/`.
pub(super) fn relative(disk: &Disk, path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let absolute =
        path.canonicalize().map_err(|error| Failure(format!("cannot read `{shown}`: {error}")))?;
    let root = disk.root().canonicalize()?;
    let inside = absolute.strip_prefix(&root);
    let inside = inside
        .map_err(|_| Failure(format!("`{shown}` lies outside the project `{}`", root.display())))?;
    Ok(with_slashes(inside))
}

/// A path relative to the working directory, if it lies below it.
pub(super) fn from_here(path: &Path) -> Result<PathBuf, Failure> {
    let here = std::env::current_dir()?.canonicalize()?;
    Ok(path.strip_prefix(here).unwrap_or(path).to_owned())
}

/// The project's own files that were read and whose path is `wanted`, sorted by path.
pub(super) fn files(verdict: &Verdict, wanted: impl Fn(&str) -> bool) -> Vec<FileId> {
    let path = |file: FileId| verdict.files.path(file);
    let is_own = |file: &FileId| !schema::is_shipped(path(*file)) && wanted(path(*file));
    let mut files: Vec<_> = verdict.files.ids().filter(is_own).collect();
    // Most stand in order.
    files.sort_by_key(|file| path(*file));
    files
}

/// Refuses the name of a dataset that is not there.
pub(super) fn require_named(
    verdict: &Verdict,
    names: &[String],
    disk: &Disk,
) -> Result<(), Failure> {
    let is_known = |name: &String| verdict.datasets.iter().any(|one| one.dataset == *name);
    match names.iter().find(|name| !is_known(name)) {
        Some(missing) => {
            let folder = disk.root().join("datasets");
            Err(Failure(format!("there is no dataset `{missing}` in `{}`", folder.display())))
        }
        None => Ok(()),
    }
}

/// Refuses a project or dataset without records. CI would take a check that read nothing for a
/// pass, and an empty build would replace a full one.
pub(super) fn require_records(verdict: &Verdict) -> Result<(), Failure> {
    if verdict.datasets.is_empty() {
        return Err(Failure(
            "no record was checked: there is no dataset in `datasets/`".to_owned(),
        ));
    }
    match verdict.datasets.iter().find(|dataset| !dataset.has_records) {
        Some(Counts { dataset: name, .. }) => Err(Failure(format!(
            "no record was checked: the dataset `{name}` has none in `datasets/{name}/events/`"
        ))),
        None => Ok(()),
    }
}

/// The project's folder within the repository that CI checked out, ending in `/`. Empty if it is
/// the root, or if no CI names the repository.
pub(super) fn folder_in_repository() -> String {
    let checkouts = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter().filter_map(std::env::var_os);
    let project = std::env::current_dir().ok().and_then(|here| Disk::project_root(&here));
    let folder = |checkout: std::ffi::OsString| {
        let checkout = Path::new(&checkout).canonicalize().ok()?;
        Some(with_slashes(project.as_ref()?.strip_prefix(checkout).ok()?))
    };
    match checkouts.filter_map(folder).next() {
        Some(folder) if !folder.is_empty() => folder + "/",
        _ => String::new(),
    }
}

fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The folder that a build writes to.
pub(super) fn output_folder(disk: &Disk, chosen: Option<&PathBuf>) -> PathBuf {
    chosen.cloned().unwrap_or_else(|| disk.root().join("dist"))
}
