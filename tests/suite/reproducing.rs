//! What a build is made of, and that nothing else reaches its bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::changes::{commit, git};
use crate::cli::{contents, eventc, project, status, stderr};

const DATASET: &str = "incidents";
const EVENT: &str = "datasets/incidents/events/2023-04-03-djibo.yaml";

/// A project of one event.
fn minimal() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    assert_eq!(status(&eventc(project.path(), &["init", "--minimal"])), 0);
    project
}

/// Builds a project, and reads the manifest of its dataset.
fn manifest(project: &Path) -> Value {
    let built = eventc(project, &["build"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    let text = fs::read(project.join("dist").join(DATASET).join("manifest.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

fn write(project: &Path, path: &str, text: &str) {
    let path = project.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const OTHER: [(&str, &str); 2] = [
    ("dataset.yaml", "dataset: other\ntitle: Other\nversion: '1'\nlicense: CC0-1.0\n"),
    ("events/a.yaml", "id: a\ndate: 2020\naction: arson\ncertainty: medium\n"),
];

#[test]
fn a_build_is_named_by_what_it_was_read_from() {
    let project = minimal();
    let folder = project.path();
    let id = |folder: &Path| manifest(folder)["build_id"].as_str().unwrap().to_owned();
    let first = id(folder);
    assert!(first.len() == 16 && first.bytes().all(|byte| byte.is_ascii_hexdigit()), "{first}");
    let parquet = fs::read(folder.join("dist").join(DATASET).join("events.parquet")).unwrap();
    let parquet = String::from_utf8_lossy(&parquet);
    assert!(parquet.contains(&format!("\"build_id\":\"{first}\"")));

    let alone = contents(&folder.join("dist").join(DATASET));
    write(folder, "README.md", "A page that no table is made of.\n");
    write(folder, &format!("datasets/{DATASET}/README.md"), "Another.\n");
    for (name, text) in OTHER {
        write(folder, &format!("datasets/other/{name}"), text);
    }
    assert_eq!(id(folder), first, "another dataset, and what is not read");
    assert!(contents(&folder.join("dist").join(DATASET)) == alone, "alone or with others");

    let event = fs::read_to_string(folder.join(EVENT)).unwrap();
    write(folder, EVENT, &format!("{event}# A comment.\n"));
    let changed = id(folder);
    assert_ne!(changed, first, "a byte of a record");
    write(folder, EVENT, &event);
    assert_eq!(id(folder), first);
    write(folder, &format!("datasets/{DATASET}/LICENSE"), "As you like.\n");
    assert_ne!(id(folder), first, "the license, which is a file of the release");
    fs::remove_file(folder.join(format!("datasets/{DATASET}/LICENSE"))).unwrap();
    fs::create_dir(folder.join(format!("datasets/{DATASET}/events/x"))).unwrap();
    fs::rename(folder.join(EVENT), folder.join(EVENT.replace("/events/", "/events/x/"))).unwrap();
    assert_ne!(id(folder), first, "the path of a record");
}

#[test]
fn a_build_names_its_commit_while_all_that_it_was_read_from_is_part_of_it() {
    let project = minimal();
    let folder = project.path();
    let named = || manifest(folder)["source"]["commit"].as_str().map(str::to_owned);
    assert_eq!(named(), None, "no repository");
    git(folder, &["init", "--quiet"]);
    assert_eq!(named(), None, "no commit");
    write(folder, ".gitignore", "dist/\n");
    write(folder, &format!("datasets/{DATASET}/notes.yaml"), "a: 1\n");
    let event = fs::read_to_string(folder.join(EVENT)).unwrap();
    let second = EVENT.replace("djibo", "second");
    write(folder, &second, &event.replace("djibo", "second"));
    commit(folder);
    let first = named().expect("all is committed, also what is not read");
    assert!(matches!(first.len(), 40 | 64), "{first}");
    write(folder, "note.txt", "Not read.");
    for (name, text) in OTHER {
        write(folder, &format!("datasets/other/{name}"), text);
    }
    assert_eq!(named().as_ref(), Some(&first), "another dataset is new");

    let unchanged = |why: &str| assert_eq!(named().as_ref(), Some(&first), "{why}");
    let changed = |why: &str| assert_eq!(named(), None, "{why}");
    write(folder, EVENT, &format!("{event}# A comment.\n"));
    changed("a record that is changed");
    git(folder, &["add", EVENT]);
    changed("a record that is staged");
    git(folder, &["checkout", "--quiet", "HEAD", EVENT]);
    unchanged("checked out again");
    write(folder, ".git/info/exclude", "/datasets\n");
    let copy = EVENT.replace(".yaml", "-2.yaml");
    write(folder, &copy, &event.replace("2023-04-03-djibo", "2023-04-03-djibo-2"));
    changed("a record that is not tracked");
    fs::remove_file(folder.join(copy)).unwrap();
    let elsewhere = folder.join("second");
    fs::rename(folder.join(&second), &elsewhere).unwrap();
    changed("a record that is missing");
    fs::rename(&elsewhere, folder.join(second)).unwrap();
    write(folder, "schema/codes/mine.yaml", "list: mine\ncodes: {a: A}\n");
    changed("a list of the project that is not tracked");
    fs::remove_dir_all(folder.join("schema/codes")).unwrap();
    unchanged("as it was");

    fs::remove_file(folder.join(".git/info/exclude")).unwrap();
    write(folder, EVENT, &event.replace('\n', "\r\n"));
    changed("a file whose line ends were converted");
    git(folder, &["add", EVENT]);
    commit(folder);
    assert_ne!(named().expect("committed as it is"), first);
}

#[test]
fn nothing_but_what_is_read_reaches_a_byte_of_a_build() {
    let built = |environment: &[(&str, &str)], umask: &str, name: &str, reversed: bool| {
        let project = project();
        let mut folder = project.path().to_owned();
        if reversed {
            folder = folder.join(name);
            fs::create_dir_all(&folder).unwrap();
            let mut files: Vec<_> = paths(&project.path().join("datasets"));
            files.reverse();
            for file in files {
                let inside = file.strip_prefix(project.path()).unwrap();
                fs::create_dir_all(folder.join(inside).parent().unwrap()).unwrap();
                fs::copy(&file, folder.join(inside)).unwrap();
            }
        }
        let mut shell = std::process::Command::new("/bin/sh");
        let eventc = env!("CARGO_BIN_EXE_eventc");
        shell.args(["-c", &format!("umask {umask} && exec \"$0\" --quiet build"), eventc]);
        shell.current_dir(&folder).envs(environment.iter().copied());
        let output = shell.output().unwrap();
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        contents(&folder.join("dist/iraq-depot-strikes-2019"))
            .into_iter()
            .collect::<BTreeMap<_, _>>()
    };
    let plain = built(&[], "022", "", false);
    let others = [
        ([("TZ", "Asia/Kathmandu"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "ar")], "077", "ä b"),
        ([("RAYON_NUM_THREADS", "1"), ("SOURCE_DATE_EPOCH", "1"), ("USER", "x")], "000", "-x"),
        ([("RAYON_NUM_THREADS", "7"), ("HOME", "/nowhere"), ("PATH", "")], "022", "datasets-2"),
    ];
    for (environment, umask, name) in others {
        let other = built(&environment, umask, name, true);
        let differing: Vec<_> =
            plain.iter().filter(|(name, bytes)| other.get(*name) != Some(bytes)).collect();
        assert!(differing.is_empty() && plain.len() == other.len(), "{environment:?}");
    }
}

/// Every file under a folder, sorted.
fn paths(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { paths.extend(self::paths(&path)) } else { paths.push(path) }
    }
    paths.sort();
    paths
}
