//! What a change causes, from one revision to the next and from one save to the next.

use std::fs;
use std::io::{BufRead, BufReader, pipe};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tempfile::TempDir;

use crate::cli::{edit, eventc, status, stderr, stdout, terminal};
use crate::shown::Page;

const EVENTS: &str = "datasets/example/events";

/// Runs git in a folder, apart from whoever runs the tests.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
    command.current_dir(folder).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
}

pub(crate) fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

/// A project made by `init`, in a git repository, with two old findings: an error and a warning.
fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    assert_eq!(status(&eventc(project.path(), &["init"])), 0);
    let old = "id: old\ndate: 2019-02-30\naction: ASSUALT\ncertainty: probable\n";
    fs::write(project.path().join(EVENTS).join("old.yaml"), old).unwrap();
    git(project.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(project.path());
    project
}

fn replace(project: &TempDir, path: &str, from: &str, to: &str) {
    edit(&project.path().join(path), from, to);
}

/// The status, and the lines without drawings.
fn since(project: &TempDir, arguments: &[&str]) -> (i32, Vec<String>) {
    let arguments = [&["check", "--changed-since"], arguments].concat();
    let (status, text) = terminal(project.path(), &arguments);
    let is_said = |line: &&str| {
        let first = line.split([':', '[', ' ', ';']).next().unwrap_or_default();
        ["error", "warning", "info", "no", "compared", "new", "nothing", "eventc"].contains(&first)
    };
    let lines = text.lines().filter(is_said);
    // What and how much was checked is not the subject here.
    let lines = lines.map(|line| line.split("; checked ").next().unwrap());
    let lines = lines.map(|line| match line.split_once(';') {
        Some((none, rest)) if none.starts_with("nothing new in ") => format!("nothing new;{rest}"),
        _ => line.to_owned(),
    });
    (status, lines.collect())
}

#[test]
fn what_was_wrong_before_does_not_fail_a_change() {
    let project = project();
    let (status, lines) = since(&project, &["HEAD"]);
    assert_eq!(status, 0);
    assert!(lines[0].starts_with("compared with ") && lines[0].ends_with(" (`HEAD`)"), "{lines:?}");
    assert_eq!(lines[1], "nothing new; 0 no longer reported, 2 as before (not shown)");
    // A line above them moves both, which makes neither of them new.
    replace(&project, &format!("{EVENTS}/old.yaml"), "id: old\n", "# moved\nid: old\n");
    assert_eq!(since(&project, &["HEAD"]), (status, lines));
}

#[test]
fn a_change_answers_for_records_that_it_did_not_touch() {
    let project = project();
    replace(&project, "datasets/example/actors.yaml", "pmf:", "pmu:");
    replace(&project, &format!("{EVENTS}/old.yaml"), "2019-02-30", "2019-02-20");
    let (status, lines) = since(&project, &["HEAD"]);
    assert_eq!(status, 1);
    let renamed =
        "error[removed-id]: actor `pmf` was renamed to `pmu`, which causes 2 findings elsewhere";
    assert_eq!(lines[1], renamed);
    let counted = "; 1 no longer reported, 1 as before (not shown)";
    assert!(
        lines[2].starts_with("new: 1 error in 1 file") && lines[2].ends_with(counted),
        "{lines:?}"
    );
    let resolved =
        format!("no longer reported: {EVENTS}/old.yaml: error[invalid-date]: `2019-02-30` is ");
    assert!(lines[3].starts_with(&resolved), "what is no longer reported stands last: {lines:?}");

    let (status, lines) = since(&project, &["HEAD", &format!("{EVENTS}/old.yaml")]);
    assert_eq!(status, 0, "paths narrow what is shown and what fails");
    assert_eq!(lines[1], "nothing new; 1 no longer reported, 1 as before (not shown)");

    let output = eventc(project.path(), &["check", "--changed-since", "HEAD", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = json["diagnostics"].as_array().unwrap().len();
    let changes = serde_json::json!({"new": found, "no_longer_reported": 1, "unchanged": 1});
    assert_eq!(json["summary"]["changes"], changes);
}

#[test]
fn a_registry_can_be_split_into_files_and_what_leaves_a_file_is_told_there() {
    let project = project();
    let dataset = project.path().join("datasets/example");
    let places = fs::read_to_string(dataset.join("places.yaml")).unwrap();
    fs::create_dir(dataset.join("places")).unwrap();
    fs::rename(dataset.join("places.yaml"), dataset.join("places/iraq.yaml")).unwrap();
    fs::write(dataset.join("places/syria.yaml"), "homs: {name: Homs, country: SYR}\n").unwrap();
    let (status, lines) = since(&project, &["HEAD"]);
    assert_eq!(
        (status, &*lines[1]),
        (0, "nothing new; 0 no longer reported, 2 as before (not shown)")
    );

    commit(project.path());
    fs::write(dataset.join("places/syria.yaml"), "hama: {name: Hama, country: SYR}\n").unwrap();
    fs::write(dataset.join("places/africa.yaml"), &places).unwrap();
    let arguments = ["check", "--changed-since", "HEAD", "--format", "short"];
    let printed = stdout(&eventc(project.path(), &arguments));
    let removed = "datasets/example/places/syria.yaml:1:1: warning[removed-id]: place `homs` was";
    assert!(printed.contains(removed), "{printed}");
    let twice = "error[duplicate-id]: the id `balad-air-base` is already used by another place";
    assert!(printed.contains(twice), "{printed}");
}

#[test]
fn the_page_on_ci_shows_what_is_said_of_a_change() {
    let project = project();
    git(project.path(), &["checkout", "--quiet", "-b", "work"]);
    git(project.path(), &["commit", "--quiet", "--allow-empty", "--message", "by others"]);
    git(project.path(), &["update-ref", "refs/remotes/origin/main", "work"]);
    git(project.path(), &["reset", "--quiet", "--hard", "main"]);
    replace(&project, "datasets/example/places.yaml", "balad-air-base:", "balad-base:");
    replace(&project, &format!("{EVENTS}/old.yaml"), "2019-02-30", "2019-02-20");
    let (_, printed) = terminal(project.path(), &["check", "--changed-since", "origin/main"]);
    let commit = printed.split([' ', ',']).nth(2).unwrap();
    Page::read("docs/ci.md").hold("text since", &printed.replace(commit, "1f2e3d4c5"));
}

#[test]
fn a_record_that_is_renamed_keeps_its_findings() {
    let project = project();
    let events = project.path().join(EVENTS);
    fs::create_dir(events.join("2019")).unwrap();
    fs::rename(events.join("old.yaml"), events.join("2019/renamed.yaml")).unwrap();
    replace(&project, &format!("{EVENTS}/2019/renamed.yaml"), "id: old", "id: renamed");
    let (status, lines) = since(&project, &["HEAD"]);
    let counted = "new: 1 warning in 1 file; 0 no longer reported, 2 as before (not shown)";
    assert_eq!(lines[1..], ["warning[removed-id]: event `old` was renamed to `renamed`", counted]);
    assert_eq!(status, 0);
}

#[test]
fn work_answers_for_itself_and_not_for_what_others_did_meanwhile() {
    let project = project();
    git(project.path(), &["checkout", "--quiet", "-b", "work"]);
    fs::write(project.path().join(EVENTS).join("mine.yaml"), "id: mine\n").unwrap();
    commit(project.path());
    git(project.path(), &["checkout", "--quiet", "main"]);
    replace(&project, &format!("{EVENTS}/old.yaml"), "2019-02-30", "2019-02-20");
    commit(project.path());
    git(project.path(), &["checkout", "--quiet", "work"]);
    let (status, lines) = since(&project, &["main"]);
    assert_eq!(status, 1);
    assert!(lines[0].ends_with(", where this work left `main`"), "{lines:?}");
    assert!(lines.last().unwrap().contains("; 0 no longer reported, 2 as before"), "{lines:?}");
}

#[test]
fn fixes_touch_only_what_a_change_caused_and_bring_no_id_back() {
    let project = project();
    let path = format!("{EVENTS}/2019-08-20-balad.yaml");
    replace(&project, &path, "facility: weapons-depot\n", "facility: weapon-depot\n");
    // An actor is renamed, and another with nearly its old id is there.
    replace(&project, "datasets/example/actors.yaml", "al-shammari:\n", "the-minister:\n");
    let actors = project.path().join("datasets/example/actors.yaml");
    let text = fs::read_to_string(&actors).unwrap() + "al-shammar:\n  name: Somebody else\n";
    fs::write(&actors, text).unwrap();
    let arguments = ["check", "--fix", "--unsafe-fixes", "--changed-since", "HEAD"];
    let output = eventc(project.path(), &arguments);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let event = fs::read_to_string(project.path().join(&path)).unwrap();
    assert!(event.contains("facility: weapons-depot\n") && event.contains("by: al-shammari\n"));
    let old = fs::read_to_string(project.path().join(EVENTS).join("old.yaml")).unwrap();
    assert!(old.contains("ASSUALT"), "what was wrong before is left alone");
    assert!(stdout(&output).contains("actor `al-shammari` was renamed to `the-minister`"));
}

#[test]
fn a_value_recoded_under_claims_is_told_only_where_the_change_is_known() {
    let project = project();
    let record = format!("{EVENTS}/2019-08-20-balad.yaml");
    let (from, to) = ("target: {code: pmf, certainty", "target: {code: IRQMIL, certainty");
    replace(&project, &record, from, to);
    assert!(!stdout(&eventc(project.path(), &["check"])).contains("recoded"));
    let (_, lines) = since(&project, &["HEAD"]);
    let recoded = "warning[recoded]: target was recoded from `pmf` to `IRQMIL`; 1 claim affirms it";
    assert!(lines.iter().any(|line| line == recoded), "{lines:?}");
}

#[test]
fn stale_schemas_are_told_of_the_change_that_made_them_stale() {
    let project = project();
    assert_eq!(status(&eventc(project.path(), &["init", "--editor"])), 0);
    commit(project.path());
    let is_told = |lines: &[String]| lines.iter().any(|line| line.contains("[stale-schema]"));
    replace(&project, "schema/codebook.yaml", "  facility:\n", "  facility_hit:\n");
    let (_, lines) = since(&project, &["HEAD"]);
    assert!(is_told(&lines), "{lines:?}");
    commit(project.path());
    replace(&project, "schema/codebook.yaml", "  facility_hit:\n", "  facility_struck:\n");
    let (_, lines) = since(&project, &["HEAD"]);
    assert!(lines.len() > 1 && !is_told(&lines), "{lines:?}");
}

#[test]
fn what_cannot_be_compared_is_said_with_status_2() {
    let project = project();
    for (revision, words) in [
        ("origin/main", "cannot compare with `origin/main`: git knows no revision of this name"),
        ("--exec=x", "cannot compare with `--exec=x`: git knows no revision of this name"),
    ] {
        let argument = format!("--changed-since={revision}");
        let output = eventc(project.path(), &["check", &argument]);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    fs::remove_dir_all(project.path().join(".git")).unwrap();
    let output = eventc(project.path(), &["check", "--changed-since", "HEAD"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("not a git repository"), "{}", stderr(&output));

    let mut without_git = Command::new(env!("CARGO_BIN_EXE_eventc"));
    without_git.current_dir(project.path()).args(["check", "--changed-since", "HEAD"]);
    let output = without_git.env("PATH", project.path()).output().unwrap();
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("`git` is needed"), "{}", stderr(&output));
}

/// A running `check --watch`, which ends with the test.
struct Watching {
    process: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(project: &TempDir) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
        command.current_dir(project.path()).args(["check", "--watch"]);
        // Both streams in one, as in a terminal.
        let (shown, stream) = pipe().unwrap();
        command.stdout(stream.try_clone().unwrap()).stderr(stream);
        let process = command.spawn().unwrap();
        let (said, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(shown).lines() {
                let _ = said.send(line.unwrap());
            }
        });
        Self { process, lines }
    }

    /// What it says until it watches again.
    fn round(&self) -> String {
        let mut round = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).expect(&round);
            if line.starts_with("watching") {
                return round;
            }
            round.push_str(&line);
            round.push('\n');
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_watch_says_what_each_save_changed() {
    let project = project();
    let record = format!("{EVENTS}/2019-08-20-balad.yaml");
    let mut watching = Watching::start(&project);
    let round = watching.round();
    assert!(
        round.contains("error[invalid-date]") && round.contains("\n2 errors in 1 file; checked"),
        "{round}"
    );

    replace(&project, &record, "action: {code: ASSAULT,", "action: {code: ASSUALT,");
    let round = watching.round();
    assert!(round.contains("error[unknown-code]: `ASSUALT` is not a code"), "{round}");
    assert!(
        round.contains("\nnew: 1 error in 1 file; 0 no longer reported, 2 as before"),
        "{round}"
    );
    assert!(!round.contains("invalid-date"), "what is known is not said again: {round}");

    // An editor that saves puts another file in the place of the old one.
    let text = fs::read_to_string(project.path().join(&record)).unwrap();
    let beside = project.path().join(".saving");
    fs::write(&beside, text.replace("ASSUALT,", "ASSAULT,")).unwrap();
    fs::rename(&beside, project.path().join(&record)).unwrap();
    let round = watching.round();
    assert!(round.contains("; 1 no longer reported, 2 as before"), "{round}");
    let gone = format!("\nno longer reported: {record}: error[unknown-code]: ");
    assert!(round.contains(&gone), "{round}");

    // What is away for a while is waited for, and what was found in it is not resolved.
    let (datasets, away) = (project.path().join("datasets"), project.path().join("away"));
    fs::rename(&datasets, &away).unwrap();
    let round = watching.round();
    assert!(round.contains("there is no dataset in "), "{round}");
    fs::rename(&away, &datasets).unwrap();
    let round = watching.round();
    assert!(round.contains(" files; 0 no longer reported, 2 as before"), "{round}");

    interrupt(&mut watching);
}

/// Ends a watch as Ctrl-C does.
#[cfg(unix)]
fn interrupt(watching: &mut Watching) {
    use std::os::unix::process::ExitStatusExt;
    let interrupt =
        Command::new("kill").args(["-INT", &watching.process.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let end = |_| {
        std::thread::sleep(Duration::from_millis(100));
        watching.process.try_wait().unwrap()
    };
    // A shell that runs the tests in the background has them, and all they start, ignore this.
    let ended = (0..100).find_map(end).expect("it ends within ten seconds");
    assert_eq!(ended.signal(), Some(2));
    assert_eq!(watching.lines.recv().ok(), None, "nothing more is said");
}

#[cfg(not(unix))]
fn interrupt(_: &mut Watching) {}
