//! How an output is committed, and what is never replaced.

use std::io::Write;

use tempfile::TempDir;

use super::*;

const MARK: &str = r#"{"generator": "eventc 9"}"#;

fn write(output: &mut OutputDirectory, name: &str, text: &str) {
    let mut file = output.create(name).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.flush().unwrap();
}

/// An output with a manifest and `name`.
fn staged(target: &Path, name: &str) -> OutputDirectory {
    let mut output = OutputDirectory::stage(target).unwrap();
    write(&mut output, OutputDirectory::MANIFEST, MARK);
    write(&mut output, name, "new");
    output
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    (folder, target)
}

#[test]
fn nothing_shows_before_the_commit_and_the_old_goes_as_a_whole() {
    let (folder, target) = place();
    let first = staged(&target, "a.csv");
    assert!(!target.exists());
    first.commit().unwrap();
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);

    let second = staged(&target, "b.csv");
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);
    second.commit().unwrap();
    assert_eq!(names(&target), ["b.csv", "manifest.json"]);
    assert_eq!(names(folder.path()), ["out"], "neither the staged nor the old one is left");
}

#[test]
fn an_output_that_is_not_committed_leaves_nothing() {
    let (folder, target) = place();
    drop(staged(&target, "a.csv"));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn two_outputs_at_once_do_not_mix() {
    let (folder, target) = place();
    let (one, two) = (staged(&target, "a.csv"), staged(&target, "b.csv"));
    one.commit().unwrap();
    two.commit().unwrap();
    assert_eq!(names(&target), ["b.csv", "manifest.json"]);
    assert_eq!(names(folder.path()), ["out"]);
}

#[test]
fn folders_above_are_made_and_an_empty_folder_is_used() {
    let (folder, _) = place();
    let deep = folder.path().join("build/iraq");
    staged(&deep, "a.csv").commit().unwrap();
    assert_eq!(names(&deep), ["a.csv", "manifest.json"]);
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    staged(&empty, "a.csv").commit().unwrap();
    assert_eq!(names(&empty), ["a.csv", "manifest.json"]);
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let cases: [(&str, &[(&str, &str)]); 5] = [
        ("thesis.docx", &[("thesis.docx", "")]),
        ("index.html", &[("index.html", ""), ("manifest.json", r#"{"name": "web page"}"#)]),
        ("manifest.json", &[("manifest.json", "not json")]),
        ("manifest.json", &[("manifest.json", r#"{"generator": "eventcetera"}"#)]),
        (".git", &[(".git/config", ""), ("manifest.json", MARK)]),
    ];
    for (sign, files) in cases {
        let (folder, target) = place();
        for (path, text) in files {
            let path = target.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let before = names(&target);
        match OutputDirectory::stage(&target) {
            Err(OutputError::Foreign { found, .. }) => assert_eq!(found, sign),
            other => panic!("{sign}: {other:?}"),
        }
        assert_eq!(names(&target), before);
        assert_eq!(names(folder.path()), ["out"]);
    }
}

#[test]
fn a_target_that_becomes_foreign_while_writing_is_left_alone() {
    let (_folder, target) = place();
    let output = staged(&target, "a.csv");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("notes.txt"), "mine").unwrap();
    assert!(matches!(output.commit(), Err(OutputError::Foreign { .. })));
    assert_eq!(names(&target), ["notes.txt"]);
}

#[test]
fn a_target_that_is_no_folder_is_refused() {
    let (folder, target) = place();
    fs::write(&target, "").unwrap();
    assert!(matches!(OutputDirectory::stage(&target), Err(OutputError::NotAFolder { .. })));
    assert!(matches!(OutputDirectory::stage(Path::new("..")), Err(OutputError::NoName { .. })));
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        assert!(matches!(OutputDirectory::stage(&link), Err(OutputError::Link { .. })));
    }
}

#[test]
fn only_plain_names_once_each_and_never_without_a_manifest() {
    let (_folder, target) = place();
    let mut output = OutputDirectory::stage(&target).unwrap();
    for name in ["", "..", ".hidden", "a/b", "a b", "ä"] {
        let error = output.create(name).unwrap_err();
        assert!(matches!(error, OutputError::FileName { .. }), "{name}");
    }
    write(&mut output, "events_geo.parquet", "");
    assert!(matches!(output.create("events_geo.parquet"), Err(OutputError::Io { .. })));
    assert!(matches!(output.commit(), Err(OutputError::Unmarked { .. })));
    assert!(!target.exists());
}

#[test]
fn the_old_comes_back_when_the_new_cannot_take_its_place() {
    let (folder, target) = place();
    staged(&target, "a.csv").commit().unwrap();
    assert!(replace(&folder.path().join("missing"), &target).is_err());
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);
    assert_eq!(names(folder.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn permissions_are_those_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, target) = place();
    staged(&target, "a.csv").commit().unwrap();
    let plain = folder.path().join("plain");
    fs::create_dir(&plain).unwrap();
    fs::write(plain.join("a.csv"), "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&target), mode(&plain));
    assert_eq!(mode(&target.join("a.csv")), mode(&plain.join("a.csv")));
}
