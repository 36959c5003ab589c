//! What git makes of a patch, and that fixing ends.

use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use tempfile::TempDir;

use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::fix::{Wanted, unified_diff};
use crate::source::{Disk, Memory, Overlay, World};

const EVENT: &str = "datasets/example/events/2019-08-20-balad.yaml";

/// Mistakes that the record can hold, all at once: what is written, and what stands there instead.
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

fn with(text: &str, mistakes: &[(&str, &str)]) -> String {
    mistakes.iter().fold(text.to_owned(), |text, (right, wrong)| {
        assert_eq!(text.matches(right).count(), 1, "{right}");
        text.replace(right, wrong)
    })
}

fn run(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git").current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
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
    run(repository.path(), &["init", "--quiet"]);
    repository
}

/// What `git apply` makes of a file in a folder of a repository.
fn applied(folder: &Path, path: &str, old: &str, patch: &str) -> String {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, old).unwrap();
    fs::write(folder.join("a.patch"), patch).unwrap();
    run(folder, &["apply", "a.patch"]);
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

/// Makes every fix of a project, or every safe one; returns how many were made and the event after them.
fn fix(world: &Memory, unsafe_fixes: bool) -> (usize, String) {
    let wanted = Wanted { unsafe_fixes, level: Level::Info, may_change: &|_| true };
    let mut overlay = Overlay::new(world);
    let (_, fixed) = crate::check::fix(None, &mut overlay, &Selection::default(), &wanted).unwrap();
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

    /// What appears only after a guess waits for the next run, so with guesses a second run may fix more.
    #[test]
    fn fixing_ends_and_safe_fixes_end_at_once(text in record(), guesses in any::<bool>()) {
        let mut world = template();
        let most = if guesses { MISTAKES.len() } else { 2 };
        let mut runs = vec![text];
        loop {
            let before = runs[runs.len() - 1].clone();
            world.write(EVENT, before.as_str());
            let (count, after) = fix(&world, guesses);
            prop_assert_eq!(count == 0, after == before);
            prop_assert_eq!(after.starts_with('\u{feff}'), before.starts_with('\u{feff}'));
            let ends = |text: &str| {
                (text.contains("\r\n"), text.replace("\r\n", "").contains('\n'))
            };
            prop_assert_eq!(ends(&after), ends(&before));
            if count == 0 {
                break;
            }
            runs.push(after);
            prop_assert!(runs.len() <= most);
        }
    }
}
