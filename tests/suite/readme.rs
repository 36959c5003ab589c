//! The READMEs show what eventc really prints.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::eventc;
use crate::project::{DATASET, repository};
use crate::shown::Page;
use eventc::source::World;

/// One test, as one page is written anew by one hand.
#[test]
fn the_readme_shows_an_event_and_the_diagnostics_of_the_broken_record() {
    let mut readme = Page::read("README.md");
    let printed = check_output(readme.block("yaml broken"));
    readme.hold("text check", &printed);
    assert_eq!(hold_commands(&mut readme), 1);
}

/// Holds the blocks of a page that show what a command prints; returns how many there are.
fn hold_commands(page: &mut Page) -> usize {
    let commands = page.commands();
    for info in &commands {
        let arguments: Vec<_> = info.split(' ').skip(2).collect();
        let output = eventc(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
        page.hold(info, &String::from_utf8(output.stdout).unwrap());
    }
    commands.len()
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
    for path in world.files("schema").unwrap().into_iter().chain(world.files("datasets").unwrap()) {
        let target = folder.path().join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, world.read(&path).unwrap().unwrap()).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    let output =
        command.current_dir(folder.path()).args(["check", "--color", "never"]).output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}
