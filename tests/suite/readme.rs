//! The READMEs show what eventc really prints.

use std::fs;
use std::path::Path;

use crate::cli::{event_path, eventc, project, stderr, stdout};
use crate::shown::Page;

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
    let project = project();
    fs::write(event_path(&project, "2019-08-20-balad"), readme.block("yaml")).unwrap();
    let output = eventc(project.path(), &["check", "--format", "short"]);
    // It stands in the place of the whole record, which uses the other entries.
    let printed = stdout(&output);
    let found: Vec<_> = printed.lines().filter(|line| !line.contains("[unused-entry]")).collect();
    assert_eq!(found, [""; 0]);
    assert_eq!(output.status.code(), Some(0));
}

/// What `eventc check` prints of a record laid into the project.
pub(crate) fn check_output(record: &str) -> String {
    let project = project();
    fs::write(event_path(&project, "broken"), record).unwrap();
    stderr(&eventc(project.path(), &["check", "--color", "never"]))
}
