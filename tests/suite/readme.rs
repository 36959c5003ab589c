//! The README shows what eventc really prints.

use std::fs;
use std::process::Command;

use crate::project::{DATASET, repository};
use crate::shown::Page;
use eventc::source::World;

#[test]
fn the_diagnostics_are_those_of_the_broken_record() {
    let mut readme = Page::read("README.md");
    let printed = check_output(readme.block("yaml broken"));
    readme.hold("text check", &printed);
}

#[test]
fn the_record_shown_is_a_right_one() {
    let readme = Page::read("README.md");
    let mut world = repository();
    world.write(format!("{DATASET}/events/2019-08-20-balad.yaml"), readme.block("yaml"));
    let mut found = crate::project::findings(&world);
    // It stands in the place of the whole record, which uses the other entries.
    found.retain(|(_, _, finding)| finding != "info: unused-entry");
    assert_eq!(found, []);
}

/// What `eventc check` prints of a record laid into the project.
pub(crate) fn check_output(record: &str) -> String {
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
