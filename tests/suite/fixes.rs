//! `check --fix` and `--diff`: what they change, and what they never touch.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use eventc::dataset::Selection;
use eventc::fix::{Wanted, unified_diff};
use eventc::source::{Disk, Memory, Overlay, World};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
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

/// The project that `init` writes, in memory.
fn template() -> Memory {
    let disk = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/project"));
    let mut memory = Memory::new();
    for path in disk.files("datasets").unwrap() {
        let bytes = disk.read(&path).unwrap().unwrap();
        memory.write(path, bytes);
    }
    memory
}

fn read(world: &dyn World, path: &str) -> String {
    String::from_utf8(world.read(path).unwrap().unwrap()).unwrap()
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
    assert_eq!(event(&project), read(&template(), EVENT), "{}", stderr(&fixed));
    assert_eq!(status(&fixed), 0);
    assert!(stderr(&fixed).ends_with("8 fixed, 0 left\n"), "{}", stderr(&fixed));
    let again = eventc(project.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert!(stderr(&again).ends_with("0 fixed, 0 left\n"), "{}", stderr(&again));
}

#[test]
fn a_guess_is_made_on_request_only() {
    let project = broken(&[GUESS, SAFE]);
    let offered = eventc(project.path(), &["check"]);
    let offer = "1 can be fixed with `--fix`, 1 more with `--unsafe-fixes`, by guessing\n";
    assert!(stderr(&offered).ends_with(offer), "{}", stderr(&offered));
    let fixed = eventc(project.path(), &["check", "--fix"]);
    assert_eq!(status(&fixed), 1);
    let told = "1 fixed, 1 left (1 more with `--unsafe-fixes`)\n";
    assert!(stderr(&fixed).ends_with(told), "{}", stderr(&fixed));
    assert_eq!(event(&project), with(&read(&template(), EVENT), &[GUESS]));
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
    assert_eq!(event(&project), read(&template(), EVENT));
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
    assert_eq!(event(&project), with(&read(&template(), EVENT), &[command]));
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

#[test]
fn git_finds_files_of_any_name() {
    let (old, new) = ("a: 1\nb: 2\n", "a: 1\nb: 3\n");
    for name in ["a b.yaml", "a\"b.yaml", "a\\b.yaml", "é—ü.yaml", "-a.yaml", "a b/c d.yaml"] {
        let repository = repository();
        let patch = unified_diff(name, old, new).unwrap();
        assert_eq!(applied(repository.path(), name, old, patch.as_str()), new, "{patch:?}");
    }
}

fn repository() -> TempDir {
    let repository = tempfile::tempdir().unwrap();
    run(repository.path(), "git", &["init", "--quiet"]);
    repository
}

/// What `git apply` makes of a file in a folder of a repository.
fn applied(folder: &Path, path: &str, old: &str, patch: &str) -> String {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, old).unwrap();
    fs::write(folder.join("a.patch"), patch).unwrap();
    run(folder, "git", &["apply", "a.patch"]);
    fs::read_to_string(&file).unwrap()
}

fn lines() -> impl Strategy<Value = String> {
    let lines =
        vec!["a: 1\n", "b: é  \n", "\n", "c: 1\r\n", "- x\n", "+ y\n", "\\ z\n", "\t@@\n", "end"];
    prop::collection::vec(select(lines), 1..30).prop_map(|lines| lines.concat())
}

/// A record with mistakes, saved as editors save.
fn record() -> impl Strategy<Value = String> {
    let mistakes = subsequence(MISTAKES, 0..=MISTAKES.len());
    let noise =
        prop::collection::vec((any::<Index>(), select(vec!["", "x", "\"", "[", ":", "\n"])), 0..3);
    (mistakes, noise, any::<[bool; 3]>()).prop_map(|(mistakes, noise, [bom, windows, last])| {
        let mut text = with(&read(&template(), EVENT), &mistakes);
        for (at, new) in noise {
            let at = text.floor_char_boundary(at.index(text.len()));
            let end = text.ceil_char_boundary(at + 1);
            text.replace_range(at..end, new);
        }
        let text = if last { text } else { text.trim_end().to_owned() };
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        if bom { format!("\u{feff}{text}") } else { text }
    })
}

/// Makes every fix of a project; returns how many were made and the event after them.
fn fix(world: &Memory) -> (usize, String) {
    let wanted = Wanted { unsafe_fixes: true, may_change: &|_| true };
    let mut overlay = Overlay::new(world);
    let (_, fixed) = eventc::fix(None, &mut overlay, &Selection::default(), &wanted).unwrap();
    assert!(fixed.finished);
    (fixed.count, read(&overlay, EVENT))
}

proptest! {
    // A case checks a whole project some times, or runs git.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn git_makes_the_new_text_of_the_old(old in lines(), new in lines()) {
        prop_assume!(old != new);
        let repository = repository();
        let patch = unified_diff("datasets/a.yaml", &old, &new).unwrap();
        let folder = repository.path().join("a folder of it");
        prop_assert_eq!(applied(&folder, "datasets/a.yaml", &old, patch.as_str()), new);
    }

    #[test]
    fn fixing_twice_is_fixing_once(text in record()) {
        let mut world = template();
        world.write(EVENT, text.as_str());
        let (count, once) = fix(&world);
        prop_assert_eq!(count == 0, once == text);
        world.write(EVENT, once.as_str());
        prop_assert_eq!(fix(&world), (0, once.clone()));
        prop_assert_eq!(once.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
        let ends = |text: &str| (text.contains("\r\n"), text.replace("\r\n", "").contains('\n'));
        prop_assert_eq!(ends(&once), ends(&text));
    }
}
