//! Files that stand beside records and are not read.

use crate::form::{FileDefect, FileDefects, Unread};
use crate::record::RecordDefect;
use crate::source::{Files, Listed, Obstacle, ReadError, World, is_yaml};

/// Folders in which people put records that belong under `datasets/`.
const MISTAKEN_FOLDERS: [&str; 6] = ["Datasets", "Events", "dataset", "event", "events", "records"];

/// Extensions of documents for readers of the repository.
const DOCUMENTS: [&str; 2] = ["md", "rst"];

/// Endings of pictures and printed pages, which may stand beside a dataset's files.
const PICTURES: [&str; 8] = ["gif", "jpeg", "jpg", "pdf", "png", "svg", "tif", "webp"];

/// Names, without an ending, of files that belong to any repository.
const CUSTOMARY: [&str; 9] = [
    "authors",
    "changelog",
    "citation",
    "contributing",
    "copying",
    "license",
    "licence", // a file name, as others spell it
    "notice",
    "readme",
];

/// Endings of files that may hold records in a form that is not read.
const RECORDS: [&str; 4] = ["csv", "json", "yaml", "yml"];

/// What is wrong with a path under `datasets/` that is not read as a file of a dataset; `None` if
/// nobody would take it for a record. `in_events` says whether it is under `events/`.
pub(super) fn defect(listed: &Listed, in_events: bool) -> Option<FileDefect> {
    let name = listed.path.rsplit('/').next().unwrap_or(&listed.path);
    Some(match &listed.obstacle {
        Some(Obstacle::Hidden | Obstacle::Ignored) if !may_hold_records(name, &listed.path) => {
            return None;
        }
        Some(obstacle) => obstacle.clone().into(),
        None if is_customary(name, in_events) => return None,
        None if is_yaml(name) => FileDefect::Unread(Unread::DatasetFile),
        None if looks_like_yaml(name) => FileDefect::Unread(Unread::Ending),
        None => FileDefect::Unread(Unread::Format),
    })
}

/// What is wrong with paths beside the files of a dataset.
pub(super) fn defects(
    listed: Vec<Listed>,
    files: &mut Files,
) -> impl Iterator<Item = FileDefects<RecordDefect>> {
    listed.into_iter().filter_map(|listed| {
        let defect = defect(&listed, false)?;
        Some(FileDefects::of_file(files.add(listed.path), defect))
    })
}

/// Whether a hidden or ignored path is that of a file that may hold records, or of a folder: a
/// folder is listed only if it holds YAML.
fn may_hold_records(name: &str, path: &str) -> bool {
    let name = name.strip_prefix('.').unwrap_or(name);
    let is_folder = !name.contains('.') && !path.ends_with('~');
    let is_setting =
        matches!(name, "gitignore" | "gitattributes" | "gitkeep" | "keep" | "DS_Store");
    !is_setting && (is_folder || RECORDS.contains(&&*ending(name)))
}

fn is_customary(name: &str, in_events: bool) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let ending = ending(name);
    (CUSTOMARY.contains(&stem) && !RECORDS.contains(&&*ending))
        || DOCUMENTS.contains(&&*ending)
        || (!in_events && PICTURES.contains(&&*ending))
}

/// Whether a name says that it is YAML, in another spelling than the one that is read.
pub(super) fn looks_like_yaml(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains(".yaml") || lower.contains(".yml")
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}

/// Folders with records that are not read: one defect for each.
pub(super) fn outside(
    world: &dyn World,
    files: &mut Files,
) -> Result<Vec<FileDefects<RecordDefect>>, ReadError> {
    let mut strays = Vec::new();
    for folder in MISTAKEN_FOLDERS {
        let found = world.files(folder)?.into_iter().find(|path| is_yaml(path));
        strays.extend(found.map(|path| {
            FileDefects::of_file(files.add(path), FileDefect::Unread(Unread::Outside))
        }));
    }
    Ok(strays)
}
