//! Entries that `eventc new` adds to registries.

use std::fs;
use std::path::Path;

use crate::cli::{eventc, status, stderr, stdout};

const DATASET: &str = "dataset: d\ntitle: D\nversion: '1'\nlicense: CC0-1.0\n";
const EVENT: &str = "id: e\ndate: 2019\naction: ASSAULT\ncertainty: possible\n";

/// A project of one dataset with some files.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("dataset.yaml", DATASET), ("events/e.yaml", EVENT)].iter().chain(files) {
        let path = folder.path().join("datasets/d").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn text(project: &Path, path: &str) -> String {
    fs::read_to_string(project.join("datasets/d").join(path)).unwrap_or_default()
}

#[test]
fn an_entry_is_added_to_its_registry_and_what_is_missing_is_told() {
    let project = project(&[
        (
            "actors.yaml",
            "# Armies\npmf:\n  name: Popular Mobilization Forces # so called\n\n# the end\n",
        ),
        ("places.yaml", "balad: {name: Balad}\r\n"),
        ("sources/2018.yaml", ""),
        ("sources/2019.yaml", "rd-1: {publisher: Rudaw, url: \"https://www.rudaw.net/1\"}"),
        ("sources/2020.yaml", "# none yet"),
    ]);
    let new = |arguments: &[&str]| {
        let output = eventc(project.path(), &[&["new"], arguments].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        (stdout(&output).replace('\\', "/"), stderr(&output))
    };
    let (printed, told) = new(&["actor", "Government of Syria"]);
    let entry = "government-of-syria:\n  name: Government of Syria\n";
    assert_eq!(printed, format!("datasets/d/actors.yaml:6\n{entry}"));
    assert_eq!(told, "next: add what is known of `country`, `sector`\n");
    let (_, told) = new(&["actor", "goverment-of-syria"]);
    assert!(told.contains("`Government of Syria`, in `datasets/d/actors.yaml:6`: is it"), "{told}");
    assert!(told.contains("next: write the name in common use as its `name`"), "{told}");
    let actors = text(project.path(), "actors.yaml");
    let (kept, added) = actors.split_once("government").unwrap();
    assert!(kept.ends_with("Forces # so called\n\n# the end\n") && added.starts_with("-of-syria:"));

    new(&["place", "balad-syria", "--name", "Balad"]);
    let places = "balad: {name: Balad}\r\nbalad-syria: {name: Balad}\r\n";
    assert_eq!(text(project.path(), "places.yaml"), places);

    let (printed, _) = new(&["source", "https://www.rudaw.net/english/2019/08/25/x"]);
    let entry =
        "{publisher: Rudaw, date: 2019-08-25, url: https://www.rudaw.net/english/2019/08/25/x}";
    assert_eq!(printed, format!("datasets/d/sources/2019.yaml:2\nrd-2019-08-25: {entry}\n"));
    let (printed, _) = new(&["source", "https://news.bbc.co.uk/a"]);
    assert!(printed.starts_with("datasets/d/sources/2020.yaml:2\nbbc-1:\n  url: "), "{printed}");
    let (printed, _) = new(&["source", "bbc-2018-01-31", "--dataset", "d"]);
    assert!(printed.starts_with("datasets/d/sources/2018.yaml:1\nbbc-2018-01-31:\n"), "{printed}");
    assert!(printed.ends_with("  publisher: news.bbc.co.uk\n  date: 2018-01-31\n"), "{printed}");

    let checked = eventc(project.path(), &["check", "--format", "short"]);
    let same = "warning[duplicate-entry]: the places `balad` and `balad-syria` have the same name";
    assert_eq!(status(&checked), 0);
    assert!(stdout(&checked).lines().all(|line| line.ends_with(same)), "{}", stdout(&checked));
}

#[test]
fn a_registry_begins_with_its_first_entry() {
    let project = project(&[]);
    for arguments in [["actor", "pmf"], ["place", "Al Qāʾim"], ["source", "ap-1"]] {
        let output = eventc(project.path(), &[&["new"], &arguments[..]].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    assert_eq!(text(project.path(), "actors.yaml"), "pmf:\n  name: pmf\n");
    assert_eq!(text(project.path(), "places.yaml"), "al-qaim:\n  name: Al Qāʾim\n");
    assert_eq!(text(project.path(), "sources.yaml"), "ap-1: {}\n");
    assert_eq!(status(&eventc(project.path(), &["check"])), 0);
}

#[test]
fn what_is_there_already_or_cannot_be_an_entry_is_refused() {
    let files = [
        ("actors.yaml", "pmf: {name: Popular Mobilization Forces, aliases: [Hashd]}\n"),
        ("places.yaml", "balad: {name: Balad}\n"),
        ("sources.yaml", "a: {url: \"https://a.example/1\"}\n"),
    ];
    let project = project(&files);
    let refused = |arguments: &[&str], words: &str| {
        let output = eventc(project.path(), &[&["new"], arguments].concat());
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    };
    refused(
        &["actor", "pmf"],
        "actor `pmf` already (Popular Mobilization Forces), in `datasets/d/",
    );
    refused(
        &["actor", "HASHD"],
        "`pmf` has this name, in `datasets/d/actors.yaml:1`; if it is another",
    );
    refused(&["actor", "Balad"], "`balad` is the id of a place");
    refused(&["actor", "ISRMIL"], "is a code and needs no entry: Israel (Military)");
    refused(&["actor", "الحشد"], "use `eventc new actor ID --name NAME`");
    refused(&["actor", "A B", "--name", "x"], "write `a-b`");
    refused(&["actor", "x", "--name", "a\u{202e}b"], "cannot be an entry: ");
    refused(&["actor", &"long name ".repeat(9_000)], "cannot be an entry: ");
    refused(&["place", "series"], "`series` is reserved");
    refused(&["source", "http://www.a.example/1/?utm_source=x"], "`a` has this address, in `");
    refused(&["source", "A page"], "is neither an id nor an address");
    refused(&["source", "www.a.example"], "is neither an id nor an address");
    refused(&["source", "b", "--url", "nothing"], "cannot be an entry: ");
    refused(&["e2", "actor", "x"], "not both");
    refused(&["actor"], "Usage: eventc new actor");
    for (path, before) in files {
        assert_eq!(text(project.path(), path), before);
    }
    for broken in ["a: [\n", "a: {name: A}\na: {name: A}\n", "- a\n", "a: {}\n---\nb: {}\n"] {
        fs::write(project.path().join("datasets/d/actors.yaml"), broken).unwrap();
        let output = eventc(project.path(), &["new", "actor", "b"]);
        assert_eq!(status(&output), 2, "{broken}");
        assert!(stderr(&output).contains("`eventc check`"), "{}", stderr(&output));
        assert_eq!(text(project.path(), "actors.yaml"), broken);
    }
}

#[test]
fn an_id_that_yaml_reads_otherwise_is_quoted_and_a_longer_name_is_told() {
    let project = project(&[("places.yaml", "djibo: {name: Djibo}\n")]);
    for (id, key) in [("123", "\"123\":"), ("yes", "\"yes\":")] {
        let output = eventc(project.path(), &["new", "actor", id]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(text(project.path(), "actors.yaml").contains(key));
    }
    for (kind, first, second) in [
        ("place", "Djibo", "Djibo town"),
        ("actor", "JNIM", "J.N.I.M."),
        ("actor", "Government of Syria", "Govt of Syria"),
    ] {
        eventc(project.path(), &["new", kind, first]);
        let output = eventc(project.path(), &["new", kind, second]);
        assert!(stderr(&output).contains("has a name like it"), "{second}: {}", stderr(&output));
    }
}

#[test]
fn a_coder_in_an_id_is_refused_and_ids_that_nobody_declared_are_left_out() {
    let project = project(&[]);
    let output = eventc(project.path(), &["new", "2019-08-25-qaim.coder-c"]);
    let way = "`eventc new 2019-08-25-qaim --coder coder-c`";
    assert!(stderr(&output).contains(way), "{}", stderr(&output));
    assert_eq!(status(&eventc(project.path(), &["new", "2019-08-25.2"])), 0);
    assert!(!text(project.path(), "events/2019-08-25.2.yaml").contains("\n# ids:"));
}
