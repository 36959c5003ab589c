//! The project of this repository in memory, with other files laid into it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::check::{Checked, check, compare};
use crate::dataset::Selection;
use crate::schema;
use crate::source::{Disk, LineIndex, Memory, World};

/// The dataset that examples are laid into.
pub(crate) const DATASET: &str = "datasets/iraq-depot-strikes-2019";

/// A finding, as expectations name it: path, line, and `level: rule`.
pub(crate) type Found = (String, u32, String);

/// The repository whole.
pub(crate) fn repository_with_schema() -> Memory {
    repository_where(&["schema", "datasets"], |_| true)
}

/// The repository's datasets, without the scope of the example: whatever is laid into it may be of any
/// day and place. The schema is the shipped one, of which only the lists that are used are read.
pub(crate) fn repository() -> Memory {
    without_scope(repository_where(&["datasets"], |_| true))
}

/// The same without records: for examples that replace what the records refer to.
pub(crate) fn repository_without_events() -> Memory {
    let events = format!("{DATASET}/events/");
    without_scope(repository_where(&["datasets"], |path| !path.starts_with(&events)))
}

fn without_scope(mut world: Memory) -> Memory {
    let path = format!("{DATASET}/dataset.yaml");
    let text = String::from_utf8(world.read(&path).unwrap().unwrap()).unwrap();
    let (before, scope) = text.split_once("\nscope:\n").unwrap();
    let after = scope.lines().skip_while(|line| line.starts_with(' ')).collect::<Vec<_>>();
    world.write(path, format!("{before}\n{}\n", after.join("\n")));
    world
}

fn repository_where(folders: &[&str], kept: impl Fn(&str) -> bool) -> Memory {
    let disk = Disk::new(env!("CARGO_MANIFEST_DIR").into());
    let mut memory = Memory::new();
    // The entries of `allow` in the example were written then.
    memory.set_today(NaiveDate::from_ymd_opt(2026, 11, 25).unwrap());
    for folder in folders {
        for path in disk.files(folder).unwrap().into_iter().filter(|path| kept(path)) {
            let bytes = disk.read(&path).unwrap().unwrap();
            memory.write(path, bytes);
        }
    }
    memory
}

/// Checks a project whole.
pub(crate) fn checked(world: &Memory) -> Checked {
    check(world, &Selection::default()).unwrap()
}

/// What is found in a project, sorted.
pub(crate) fn findings(world: &Memory) -> Vec<Found> {
    found(&checked(world), world)
}

/// What a change of a project causes, sorted.
pub(crate) fn new_findings(before: &Memory, after: &Memory) -> Vec<Found> {
    found(&compare(before, after, &Selection::default()).unwrap().after, after)
}

/// The findings of a check, sorted.
pub(crate) fn found(checked: &Checked, world: &Memory) -> Vec<Found> {
    let mut lines: BTreeMap<String, LineIndex> = BTreeMap::new();
    let mut found: Vec<Found> = Vec::new();
    for finding in checked.findings.iter() {
        let path = checked.files.path(finding.location.file).to_owned();
        let index = lines
            .entry(path.clone())
            .or_insert_with(|| LineIndex::new(&schema::text_of(world, &path).unwrap_or_default()));
        let line = index.line(finding.location.span.start);
        found.push((path, line, format!("{}: {}", finding.level.name(), finding.rule)));
    }
    found.sort();
    found
}
