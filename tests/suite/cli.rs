//! The commands, as a person or CI runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs the command in a folder.
pub(crate) fn eventc(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    command.current_dir(folder).args(arguments);
    for name in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    command
}

/// The status, and what a command prints to both streams, in the order in which a terminal shows it.
pub(crate) fn terminal(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let shown = tempfile::NamedTempFile::new().unwrap();
    let stream = || shown.as_file().try_clone().unwrap();
    let status = command(folder, arguments).stdout(stream()).stderr(stream()).status().unwrap();
    (status.code().unwrap(), fs::read_to_string(shown.path()).unwrap())
}

/// A copy of the repository's datasets, which works without a `schema/` beside it.
pub(crate) fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    copy(&from, &project.path().join("datasets"));
    project
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn event_path(project: &TempDir, id: &str) -> PathBuf {
    project.path().join(format!("datasets/iraq-depot-strikes-2019/events/{id}.yaml"))
}

/// Replaces a text that stands once in a file.
pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "`{from}` in\n{text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn build_writes_every_table_twice_and_the_same_bytes_again() {
    let project = project();
    let built = eventc(project.path(), &["build"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    let folder = project.path().join("dist/iraq-depot-strikes-2019");
    let first = contents(&folder);
    let tables = [
        "actors",
        "claims",
        "codes",
        "codings",
        "dyads",
        "events",
        "participants",
        "places",
        "positions",
        "relations",
        "sources",
    ];
    let mut names: Vec<_> = tables
        .iter()
        .flat_map(|table| ["csv", "parquet"].map(|extension| format!("{table}.{extension}")))
        .chain(["events_geo.parquet".to_owned()])
        .chain(ARTEFACTS.map(str::to_owned))
        .collect();
    names.sort();
    assert_eq!(first.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), names);
    let again = eventc(project.path(), &["build", "--out", "elsewhere"]);
    assert_eq!(status(&again), 0, "{}", stderr(&again));
    assert!(
        contents(&project.path().join("elsewhere/iraq-depot-strikes-2019")) == first,
        "same input, same bytes"
    );
}

/// What stands beside the tables of a build.
const ARTEFACTS: [&str; 8] = [
    "CITATION.cff",
    "LICENSE",
    "README.md",
    "SHA256SUMS",
    "codebook.md",
    "datapackage.json",
    "load.R",
    "manifest.json",
];

/// The files of a folder and their bytes, by name.
pub(crate) fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_build_with_errors_replaces_nothing() {
    let project = project();
    assert_eq!(status(&eventc(project.path(), &["build"])), 0);
    let folder = project.path().join("dist/iraq-depot-strikes-2019");
    let before = contents(&folder);
    fs::write(event_path(&project, "broken"), "id: broken\n").unwrap();
    let refused = eventc(project.path(), &["build"]);
    assert_eq!(status(&refused), 1);
    assert!(stderr(&refused).contains("nothing was built"), "{}", stderr(&refused));
    assert!(contents(&folder) == before);
    let names = fs::read_dir(project.path().join("dist")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name());
    // The file stays where a folder cannot be locked.
    let names: Vec<_> = names.filter(|name| name != ".eventc.lock").collect();
    assert_eq!(names, ["iraq-depot-strikes-2019"], "nothing is left beside it");
}

#[test]
fn what_the_tool_cannot_do_is_said_with_status_2() {
    let empty = tempfile::tempdir().unwrap();
    let nowhere = eventc(empty.path(), &["check"]);
    assert_eq!(status(&nowhere), 2);
    assert!(stderr(&nowhere).starts_with("eventc failed: no project here"), "{}", stderr(&nowhere));

    let project = project();
    for (arguments, words) in [
        (&["check", "datasets/nothing"][..], "cannot read `datasets/nothing`"),
        (&["build", "nothing"], "there is no dataset `nothing`"),
        (&["explain", "unknown-cod"], "did you mean `unknown-code`?"),
        (&["check", "/"], "lies outside the project"),
    ] {
        let output = eventc(project.path(), arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
    let usage = eventc(project.path(), &["chekc"]);
    assert_eq!(status(&usage), 2);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_dataset_is_refused_and_not_read() {
    let project = project();
    std::os::unix::fs::symlink("/proc/self/environ", event_path(&project, "link")).unwrap();
    let output = eventc(project.path(), &["check"]);
    assert_eq!(status(&output), 1);
    let printed = stdout(&output) + &stderr(&output);
    assert!(printed.contains("link.yaml") && !printed.contains("PATH="), "{printed}");
}

#[test]
fn a_folder_that_is_not_ours_is_not_replaced() {
    let project = project();
    let foreign = project.path().join("dist/iraq-depot-strikes-2019");
    fs::create_dir_all(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "years of work").unwrap();
    let output = eventc(project.path(), &["build"]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert_eq!(fs::read_to_string(foreign.join("thesis.txt")).unwrap(), "years of work");
}

#[test]
fn check_tells_machines_the_same_on_standard_output() {
    let project = project();
    let record = "id: broken\ndate: 2019-02-30\naction: ASSUALT\ncertainty: probable\n";
    fs::write(event_path(&project, "broken"), record).unwrap();
    let output = eventc(project.path(), &["check", "--format", "json"]);
    assert_eq!(status(&output), 1);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["summary"]["errors"], 2);
    let events = fs::read_dir(event_path(&project, "broken").parent().unwrap()).unwrap().count();
    assert_eq!(json["summary"]["events"], events);
    let diagnostics = json["diagnostics"].as_array().unwrap();
    let places: Vec<_> = diagnostics
        .iter()
        .map(|found| (&found["rule"], &found["line"], &found["column"]))
        .collect();
    assert_eq!(
        places,
        [
            (&"invalid-date".into(), &2.into(), &7.into()),
            (&"unknown-code".into(), &3.into(), &9.into())
        ]
    );
    assert_eq!(diagnostics[1]["fix"]["edits"][0]["text"], "ASSAULT");

    let short = eventc(project.path(), &["check", "--format", "short"]);
    let lines = String::from_utf8(short.stdout).unwrap();
    let prefix = "datasets/iraq-depot-strikes-2019/events/broken.yaml:2:7: error[invalid-date]: ";
    assert!(lines.starts_with(prefix), "{lines}");
}

#[test]
fn paths_narrow_what_is_shown_and_what_fails() {
    let project = project();
    fs::write(event_path(&project, "broken"), "id: broken\n").unwrap();
    let balad = "datasets/iraq-depot-strikes-2019/events/2019-08-20-balad.yaml";
    assert_eq!(status(&eventc(project.path(), &["check", balad])), 0);
    assert_eq!(status(&eventc(project.path(), &["check", "datasets"])), 1);
    let inside = project.path().join("datasets/iraq-depot-strikes-2019/events");
    assert_eq!(
        status(&eventc(&inside, &["check", "broken.yaml"])),
        1,
        "the project is found from inside"
    );
}

#[test]
fn colours_are_forced_by_the_environment_unless_something_refuses_them() {
    let project = project();
    fs::write(event_path(&project, "broken"), "id: broken\n").unwrap();
    let is_coloured = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = command(project.path(), arguments);
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let printed = stdout(&output) + &stderr(&output);
        printed.contains("\u{1b}[")
    };
    for arguments in [&["check"][..], &["show", "2019-08-20-balad"], &["check", "--no-such"]] {
        assert!(is_coloured(&[("FORCE_COLOR", "1")], arguments), "{arguments:?}");
        for refused in ["", "0"] {
            assert!(!is_coloured(&[("FORCE_COLOR", refused)], arguments), "{arguments:?}");
        }
        assert!(!is_coloured(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], arguments));
    }
    assert!(!is_coloured(&[("FORCE_COLOR", "1")], &["check", "--color", "never"]));
}

#[test]
fn explain_prints_the_page_and_without_a_name_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let page = eventc(folder.path(), &["explain", "unknown-code"]);
    assert!(String::from_utf8(page.stdout).unwrap().starts_with("# unknown-code\n"));
    let list = eventc(folder.path(), &["explain"]);
    let lines = String::from_utf8(list.stdout).unwrap();
    let pages = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")).unwrap();
    let pages = pages.filter(|file| {
        file.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "md")
    });
    assert_eq!(lines.lines().count(), pages.count());
}

#[test]
fn an_empty_project_says_that_nothing_was_checked() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("datasets")).unwrap();
    let output = eventc(folder.path(), &["check"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("nothing was checked"), "{}", stderr(&output));
    let output = eventc(folder.path(), &["build"]);
    assert_eq!(status(&output), 2);
}
