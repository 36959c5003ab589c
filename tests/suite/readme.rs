//! The README shows what eventc really prints.

use std::fs;

use crate::cli::{event_path, eventc, project, stdout, terminal};
use crate::shown::Page;

#[test]
fn the_readme_shows_the_diagnostics_of_the_broken_record() {
    let mut readme = Page::read("README.md");
    let printed = check_output(readme.block("yaml broken"));
    readme.hold("text check", &printed);
}

#[test]
fn the_record_shown_is_a_right_one() {
    let readme = Page::read("README.md");
    let project = project();
    fs::write(event_path(&project, "2019-08-20-balad"), readme.block("yaml")).unwrap();
    let output = eventc(project.path(), &["check", "--format", "short"]);
    // It replaces the full record, which uses the other entries.
    let printed = stdout(&output);
    let found: Vec<_> = printed.lines().filter(|line| !line.contains("[unused-entry]")).collect();
    assert_eq!(found, [""; 0]);
    assert_eq!(output.status.code(), Some(0));
}

/// What `eventc check` prints about a record that is added to the project.
pub(crate) fn check_output(record: &str) -> String {
    let project = project();
    fs::write(event_path(&project, "broken"), record).unwrap();
    terminal(project.path(), &["check", "--color", "never"]).1
}
