//! `check --fix` and `--diff`: what they change, and what they never touch.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{eventc, status, stderr};

const EVENT: &str = "datasets/example/events/2019-08-20-balad.yaml";

/// Mistakes that the fixture can hold, all at once: what is written, and what stands there instead.
const MISTAKES: &[(&str, &str)] = &[
    ("date: 2019-08-20      ", "date: 20.8.2019      "),
    ("action: {code: ASSAULT", "action: {code: ASSUALT"),
    ("\ncertainty: confirmed ", "\ncertianty: confirmed "),
    ("facility: weapons-depot\n", "facility: weapon-depot\n"),
    (
        "anonymous: true\n      says: {action: ASSAULT, f",
        "anonymous:true\n      says: {action: ASSAULT, f",
    ),
    ("affirms: [event, target]", "affirms: [event, target"),
    ("by: al-shammari\n", "by: al-shamari\n"),
    ("precision: near,", "precision: naer,"),
];

const GUESS: (&str, &str) = MISTAKES[1];
const SAFE: (&str, &str) = MISTAKES[5];

/// The event that `init` writes.
fn right() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/project").join(EVENT);
    fs::read_to_string(path).unwrap()
}

/// The project that `init` writes, with mistakes in its event.
fn broken(mistakes: &[(&str, &str)]) -> TempDir {
    let project = tempfile::tempdir().unwrap();
    assert_eq!(status(&eventc(project.path(), &["init"])), 0);
    let path = project.path().join(EVENT);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, with(&text, mistakes)).unwrap();
    project
}

fn with(text: &str, mistakes: &[(&str, &str)]) -> String {
    mistakes.iter().fold(text.to_owned(), |text, (right, wrong)| {
        assert_eq!(text.matches(right).count(), 1, "{right}");
        text.replace(right, wrong)
    })
}

fn event(project: &TempDir) -> String {
    fs::read_to_string(project.path().join(EVENT)).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program).current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", stderr(&output));
}

#[test]
fn all_mistakes_are_fixed_and_nothing_else_changes() {
    let project = broken(MISTAKES);
    let fixed = eventc(project.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(event(&project), right(), "{}", stderr(&fixed));
    assert_eq!(status(&fixed), 0);
    assert!(stderr(&fixed).ends_with("8 fixed, 0 left\n"), "{}", stderr(&fixed));
    let again = eventc(project.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert!(stderr(&again).ends_with("0 fixed, 0 left\n"), "{}", stderr(&again));
}

#[test]
fn a_guess_is_made_on_request_only() {
    let project = broken(&[GUESS, SAFE]);
    let offered = eventc(project.path(), &["check"]);
    let offer = "1 can be fixed with `--fix`; 1 more has a suggestion that may be wrong: \
                 read it before applying it with `--unsafe-fixes`\n";
    assert!(stderr(&offered).ends_with(offer), "{}", stderr(&offered));
    let fixed = eventc(project.path(), &["check", "--fix"]);
    assert_eq!(status(&fixed), 1);
    let told = "1 fixed, 1 left (1 more with `--unsafe-fixes`)\n";
    assert!(stderr(&fixed).ends_with(told), "{}", stderr(&fixed));
    assert_eq!(event(&project), with(&right(), &[GUESS]));
}

#[test]
fn a_diff_changes_nothing_and_git_applies_it() {
    let project = broken(MISTAKES);
    let wrong = event(&project);
    let diff =
        |arguments: &[&str]| eventc(project.path(), &[&["check", "--diff"], arguments].concat());
    let elsewhere = diff(&["--unsafe-fixes", "datasets/example/places.yaml"]);
    assert_eq!((status(&elsewhere), stdout(&elsewhere).as_str()), (0, ""));
    let patch = diff(&["--unsafe-fixes"]);
    assert_eq!(status(&patch), 1);
    assert!(stderr(&patch).ends_with("8 would be fixed, 0 left\n"), "{}", stderr(&patch));
    assert_eq!(event(&project), wrong);

    run(project.path(), "git", &["init", "--quiet"]);
    fs::write(project.path().join("a.patch"), patch.stdout).unwrap();
    run(project.path(), "git", &["apply", "a.patch"]);
    assert_eq!(event(&project), right());
}

#[test]
fn a_patch_that_could_be_obeyed_is_left_out_and_said() {
    let command = ("target: {code: pmf,", "# ##[error]forged\ntarget: {code: pmf,");
    let project = broken(&[GUESS, command]);
    let output = eventc(project.path(), &["check", "--diff", "--unsafe-fixes"]);
    assert_eq!((status(&output), stdout(&output).as_str()), (1, ""));
    let told = stderr(&output);
    assert!(told.starts_with(&format!("left out the patch of `{EVENT}`: a line of it")), "{told}");
    let fixed = eventc(project.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(status(&fixed), 0, "{}", stderr(&fixed));
    assert_eq!(event(&project), with(&right(), &[command]));
}

#[test]
fn json_tells_what_is_left_after_fixing() {
    let project = broken(&[GUESS, ("target: {code: pmf", "target: {code: pfm-of-mars")]);
    let output = eventc(project.path(), &["check", "--fix", "--unsafe-fixes", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let left: Vec<_> =
        json["diagnostics"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert_eq!(left, ["unknown-actor"]);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("1 fixed, 1 left"), "{}", stderr(&output));
}

#[test]
fn paths_narrow_what_is_changed() {
    let project = broken(&[GUESS]);
    let wrong = event(&project);
    let actors = "datasets/example/actors.yaml";
    let elsewhere = eventc(project.path(), &["check", "--fix", "--unsafe-fixes", actors]);
    assert_eq!(status(&elsewhere), 0);
    assert_eq!(event(&project), wrong);
    let here =
        eventc(project.path(), &["check", "--fix", "--unsafe-fixes", "datasets/example/events"]);
    assert_eq!(status(&here), 0, "{}", stderr(&here));
    assert_ne!(event(&project), wrong);
}

#[test]
fn guesses_alone_and_two_ways_at_once_are_refused() {
    let project = broken(&[GUESS]);
    for arguments in
        [&["--unsafe-fixes"][..], &["--fix", "--diff"], &["--diff", "--format", "json"]]
    {
        let output = eventc(project.path(), &[&["check"], arguments].concat());
        assert_eq!(status(&output), 2, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_said_with_status_2() {
    use std::os::unix::fs::PermissionsExt;
    let project = broken(&[GUESS]);
    let wrong = event(&project);
    let file = project.path().join(EVENT);
    let (folder, fix) = (file.parent().unwrap(), ["check", "--fix", "--unsafe-fixes"]);
    let refuse = |path: &Path, mode: u32, words: &str| {
        let before = fs::metadata(path).unwrap().permissions();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let output = eventc(project.path(), &fix);
        fs::set_permissions(path, before).unwrap();
        assert_eq!(status(&output), 2, "{}", stderr(&output));
        let told = stderr(&output);
        assert!(told.contains(words) && told.ends_with("; nothing was changed\n"), "{told}");
        assert_eq!(event(&project), wrong);
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    };
    refuse(&file, 0o444, "it is read-only");
    // Root may write anywhere.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    let is_refused = fs::write(folder.join("probe"), "").is_err();
    let _ = fs::remove_file(folder.join("probe"));
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    if is_refused {
        refuse(folder, 0o555, "cannot be created: Permission denied");
    }
}
