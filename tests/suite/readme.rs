//! The README shows what eventc really prints.
//!
//! `EVENTC_UPDATE=1 cargo test readme` writes the shown output anew.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::{DATASET, repository};
use eventc::source::World;

/// Where the block after a fence begins and ends.
fn block(readme: &str, fence: &str) -> std::ops::Range<usize> {
    let start = readme.find(fence).unwrap_or_else(|| panic!("the README has no block {fence}"))
        + fence.len();
    start..start + readme[start..].find("```\n").unwrap()
}

#[test]
fn the_diagnostics_are_those_of_the_broken_record() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let record = &readme[block(&readme, "```yaml broken\n")];
    let shown = block(&readme, "```text check\n");
    let printed = check_output(record);
    if std::env::var_os("EVENTC_UPDATE").is_some() {
        let (before, after) = (&readme[..shown.start], &readme[shown.end..]);
        fs::write(&path, format!("{before}{printed}{after}")).unwrap();
        return;
    }
    assert_eq!(&readme[shown], printed, "run with EVENTC_UPDATE=1 to write it anew");
}

#[test]
fn the_record_shown_is_a_right_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let mut world = repository();
    world.write(
        format!("{DATASET}/events/2019-08-20-balad.yaml"),
        &readme[block(&readme, "```yaml\n")],
    );
    let mut found = crate::project::findings(&world);
    // It stands in the place of the whole record, which uses the other entries.
    found.retain(|(_, _, finding)| finding != "info: unused-entry");
    assert_eq!(found, []);
}

/// What `eventc check` prints of a record laid into the project.
fn check_output(record: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut world = repository();
    world.write(format!("{DATASET}/events/broken.yaml"), record);
    for path in world.list("schema").unwrap().into_iter().chain(world.list("datasets").unwrap()) {
        let target = folder.path().join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, world.read(&path).unwrap().unwrap()).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    let output =
        command.current_dir(folder.path()).args(["check", "--color", "never"]).output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}
