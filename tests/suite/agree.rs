//! `eventc agree`: what it compares, and what it says of it.

use std::fs;

use tempfile::TempDir;

use crate::cli::{eventc, project, status, stderr, stdout};

const EVENTS: &str = "datasets/iraq-depot-strikes-2019/events";

/// The example project without second coders, and with records of its own.
fn with(records: &[(&str, &str)]) -> TempDir {
    let project = project();
    let events = project.path().join(EVENTS);
    for entry in fs::read_dir(&events).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.matches('.').count() > 1 {
            fs::remove_file(path).unwrap();
        }
    }
    for (name, rest) in records {
        let (id, _) = name.split_once('.').unwrap_or((name, ""));
        let record = format!("id: {id}\n{rest}\n");
        fs::write(events.join(format!("{name}.yaml")), record).unwrap();
    }
    project
}

const A: &str = "date: 2019-08-20\naction: ASSAULT\ncertainty: possible\ncoding: {by: a}";
const B: &str =
    "date: 2019-08-22\naction: ASSAULT\ncertainty: doubtful\ninjuries: 0\ncoding: {by: b}";

#[test]
fn what_was_coded_once_is_not_compared() {
    for (records, words) in [
        (&[][..], "no event was coded by two coders; `eventc new ID --coder NAME` begins"),
        (&[("x.b", B)], "no event was coded by two coders"),
        (&[("x", &A[..A.len() - 16]), ("x.b", B)], "x.yaml` does not say who coded it; write"),
        (&[("x", A), ("x.b", "date: 2019-08-\ncoding: {by: b}")], "no event was coded by two"),
    ] {
        let project = with(records);
        let output = eventc(project.path(), &["agree", "--out", "out"]);
        assert_eq!(status(&output), 2, "{records:?}");
        let said = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{records:?}: {said}");
        assert!(!project.path().join("out").exists());
    }
}

#[test]
fn missing_values_and_no_variation_are_neither_agreement_nor_none() {
    let project =
        with(&[("x", A), ("x.b", B), ("y.a", A), ("y.b", A.replace("a}", "b}").as_str())]);
    let output = eventc(project.path(), &["agree", "--format", "json"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let all: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let dataset = &all["datasets"][0];
    assert_eq!(
        (&dataset["events"], &dataset["coders"]),
        (&2.into(), &serde_json::json!(["a", "b"]))
    );
    let figures = |name: &str| {
        let all = dataset["variables"].as_array().unwrap();
        let one = all.iter().find(|one| one["variable"] == name).unwrap();
        let keys = ["n_units", "n_one_sided", "percent_agreement", "alpha", "not_computable"];
        keys.map(|key| one[key].to_string())
    };
    let same = "\"every value is the same\"";
    assert_eq!(figures("action"), ["2", "0", "100.0", "null", same]);
    let none = "\"no event has the values of two coders\"";
    assert_eq!(figures("injuries_low"), ["0", "1", "null", "null", none]);
    // Two coders, one event apart by two days: 1 - (2*4/4) / (2*3*4/12).
    assert_eq!(figures("date_start"), ["2", "0", "50.0", "0.0", "null"]);
    let differing = dataset["disagreements"].as_array().unwrap().iter();
    let differing: Vec<_> = differing
        .map(|one| format!("{} {} {}", one["event"], one["component"], one["distance"]))
        .collect();
    assert_eq!(
        differing,
        [
            "\"x\" \"date\" 1.0",
            "\"x\" \"event\" 0.25",
            "\"x\" \"action\" 0.25",
            "\"x\" \"injuries\" null",
        ]
    );
}

#[test]
fn the_tables_are_written_whole() {
    let project = with(&[("x", A), ("x.b", B)]);
    let output = eventc(project.path(), &["agree", "--out", "out"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let folder = project.path().join("out/iraq-depot-strikes-2019");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "agreement.csv",
            "agreement.parquet",
            "disagreements.csv",
            "disagreements.parquet",
            "manifest.json"
        ]
    );
    let rows = fs::read_to_string(folder.join("disagreements.csv")).unwrap();
    assert!(rows.contains("\n1,x,date,1.0,b,2019-08-22,"), "{rows}");
    assert_eq!(status(&eventc(project.path(), &["agree", "--out", "out"])), 0, "and again");
}
