//! Every file of a project is read, or named in one finding.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::{eventc, status, stderr, stdout};

const RECORD: &str = "id: {id}\ndate: 2019-08-20\nactor: UNK\naction: ASSAULT\ntarget: unknown-militia\ncertainty: possible\n";

/// A project of one dataset with one record, which refers to an actor of its registry.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("datasets/d/dataset.yaml", "dataset: d\ntitle: D\nversion: '1'\nlicense: CC0-1.0\n");
    write("datasets/d/actors.yaml", "unknown-militia: {name: A militia, kind: organisation}\n");
    write("datasets/d/events/good.yaml", &RECORD.replace("{id}", "good"));
    folder
}

/// The paths of the findings that are no infos, each with its rule.
fn findings(project: &Path) -> Vec<(String, String)> {
    let output = eventc(project, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let found = report["diagnostics"].as_array().unwrap().iter();
    let found = found.filter(|found| found["level"] != "info");
    found.map(|found| (text(&found["file"]), text(&found["rule"]))).collect()
}

#[test]
fn what_could_be_a_record_and_is_not_read_is_named_once() {
    let record = RECORD.replace("{id}", "other");
    for path in [
        "datasets/d/events/other.YAML",
        "datasets/d/events/other.Yml",
        "datasets/d/events/other.yaml.txt",
        "datasets/d/events/other.yaml~",
        "datasets/d/events/other.json",
        "datasets/d/events/other.csv",
        "datasets/d/events/other",
        "datasets/d/events/.other.yaml",
        "datasets/d/events/2019/map.png",
        "datasets/d/event/other.yaml",
        "datasets/d/actors/other.YAML",
        "datasets/d/actors/other.csv",
        "datasets/d/actors/.other.yaml",
        "datasets/d/source/other.yaml",
        "datasets/d/other.yaml",
        "datasets/other.yaml",
        "dataset/d/events/other.yaml",
        "events/other.yaml",
        "schema/Codebook.yaml",
    ] {
        let project = project();
        let file = project.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &record).unwrap();
        let expected = [(path.to_owned(), "unread-file".to_owned())];
        assert_eq!(findings(project.path()), expected);
    }
    for path in [
        "datasets/README.md",
        "datasets/d/events/README.md",
        "datasets/d/actors/README.md",
        "datasets/d/map.png",
        "a.yaml",
    ] {
        let project = project();
        let file = project.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
        assert_eq!(findings(project.path()), [], "{path}");
    }
}

#[test]
fn what_git_ignores_is_named() {
    let project = project();
    fs::write(project.path().join(".gitignore"), "late-*.yaml\nplaces.yaml\n*.bak\n").unwrap();
    for name in ["events/late-one.yaml", "places.yaml", "events/good.bak"] {
        fs::write(project.path().join("datasets/d").join(name), "").unwrap();
    }
    let named = ["datasets/d/events/late-one.yaml", "datasets/d/places.yaml"];
    let expected = named.map(|path| (path.to_owned(), "unread-file".to_owned()));
    assert_eq!(findings(project.path()), expected);
}

#[test]
fn nothing_is_found_that_only_follows_from_a_file_that_could_not_be_read() {
    let utf16: Vec<u8> = "a: {}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8], &str); 7] = [
        ("actors.yaml", &utf16, "unsafe-character"),
        ("actors/x.yaml", &utf16, "unsafe-character"),
        ("Actors.yaml", b"", "unread-file"),
        ("Actors/x.yaml", b"", "unread-file"),
        ("actors/x.yaml.txt", b"", "unread-file"),
        ("events/good.yaml", b"---\n# nothing\n---\n", "missing-key"),
        ("events/good.yaml", &utf16, "unsafe-character"),
    ];
    for (path, bytes, rule) in cases {
        let project = project();
        let folder = project.path().join("datasets/d");
        let related = RECORD.replace("{id}", "second") + "related: [{event: good, as: part-of}]\n";
        if path.starts_with("events") {
            fs::write(folder.join("events/second.yaml"), related).unwrap();
        } else {
            fs::remove_file(folder.join("actors.yaml")).unwrap();
        }
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes).unwrap();
        let found = findings(project.path());
        assert_eq!(found, [(format!("datasets/d/{path}"), rule.to_owned())], "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_or_pipe_is_a_finding_and_the_rest_is_checked() {
    use std::os::unix::fs::symlink;
    use std::process::Command;
    type Make = fn(&Path);
    let cases: [(&str, Make); 4] = [
        ("datasets/d/events/link.yaml", |at| symlink("/proc/self/environ", at).unwrap()),
        ("datasets/d/events/folder", |at| symlink("/etc", at).unwrap()),
        ("datasets/d/places.yaml", |at| symlink("../../places.yaml", at).unwrap()),
        ("datasets/d/events/pipe.yaml", |at| {
            assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
        }),
    ];
    for (path, make) in cases {
        let project = project();
        make(&project.path().join(path));
        let broken = RECORD.replace("{id}", "broken").replace("ASSAULT", "ASSUALT");
        fs::write(project.path().join("datasets/d/events/a-broken.yaml"), broken).unwrap();
        let found = findings(project.path());
        let rules: Vec<_> = found.iter().map(|(_, rule)| rule.as_str()).collect();
        assert!(rules.contains(&"unknown-code"), "{path}: {found:?}");
        assert!(found.contains(&(path.to_owned(), "unreadable-file".to_owned())), "{found:?}");
    }
}

#[test]
fn a_dataset_without_a_record_ends_with_status_2_and_replaces_no_build() {
    let project = project();
    assert_eq!(status(&eventc(project.path(), &["build"])), 0);
    let built = project.path().join("dist/d/events.csv");
    let before = fs::read(&built).unwrap();
    let events = project.path().join("datasets/d/events");
    fs::rename(events.join("good.yaml"), events.join("good.YAML")).unwrap();
    for format in ["text", "json", "sarif", "junit", "gitlab"] {
        let output = eventc(project.path(), &["check", "--format", format]);
        assert_eq!(status(&output), 2, "{format}");
        assert!((stdout(&output) + &stderr(&output)).contains("unread-file"), "{format}");
    }
    assert_eq!(status(&eventc(project.path(), &["build"])), 2);
    assert_eq!(fs::read(&built).unwrap(), before);
    fs::write(events.join("good.yaml"), "id: [[[\n").unwrap();
    assert_eq!(status(&eventc(project.path(), &["check"])), 1, "a broken record is one");
    fs::remove_file(events.join("good.yaml")).unwrap();
    fs::rename(events.join("good.YAML"), events.join("good.coder-a.yaml")).unwrap();
    assert_eq!(status(&eventc(project.path(), &["build"])), 1, "the coder does not say its name");
    assert_eq!(fs::read(&built).unwrap(), before);
}
