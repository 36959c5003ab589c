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
            "SHA256SUMS",
            "agreement.csv",
            "agreement.parquet",
            "disagreements.csv",
            "disagreements.parquet",
            "manifest.json"
        ]
    );
    let rows = fs::read_to_string(folder.join("disagreements.csv")).unwrap();
    assert!(rows.contains("\n1,x,date,1.0,b,iraq-depot-strikes-2019,2019-08-22,"), "{rows}");
    assert_eq!(status(&eventc(project.path(), &["agree", "--out", "out"])), 0, "and again");
}

/// A project of some records of one codebook: the variables of `eventc agree` and the codings.
fn on_the_light_path(records: &[(&str, &str)]) -> (serde_json::Value, String) {
    let project = TempDir::new().unwrap();
    let root = project.path();
    let events = root.join("datasets/d/events");
    fs::create_dir_all(&events).unwrap();
    let codebook = "lists: {action: [shelling, battle], certainty: [high, low]}\n\
                    fields: {start: datetime, cost: integer}\n";
    fs::create_dir(root.join("schema")).unwrap();
    fs::write(root.join("schema/codebook.yaml"), codebook).unwrap();
    let dataset = "dataset: d\ntitle: D\nversion: '1'\nlicense: CC0-1.0\n";
    fs::write(root.join("datasets/d/dataset.yaml"), dataset).unwrap();
    for (name, rest) in records {
        let (id, coder) = name.split_once('.').unwrap();
        let head = format!("id: {id}\ndate: 2023-01-01\ncertainty: high\ncoding: {{by: {coder}}}");
        fs::write(events.join(format!("{name}.yaml")), format!("{head}\n{rest}\n")).unwrap();
    }
    let output = eventc(root, &["agree", "--format", "json"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let built = eventc(root, &["build"]);
    assert_eq!(status(&built), 0, "{}{}", stdout(&built), stderr(&built));
    let codings = fs::read_to_string(root.join("dist/d/codings.csv")).unwrap();
    (serde_json::from_str(&stdout(&output)).unwrap(), codings)
}

/// Percent agreement, alpha, and why there is none, as JSON.
fn figures(all: &serde_json::Value, name: &str) -> [String; 3] {
    let variables = all["datasets"][0]["variables"].as_array().unwrap();
    let one = variables.iter().find(|one| one["variable"] == name).unwrap();
    ["percent_agreement", "alpha", "not_computable"].map(|key| one[key].to_string())
}

#[test]
fn values_are_equal_only_where_they_say_the_same() {
    let of_x = |location: &str, start: &str, cost: &str| {
        format!("action: shelling\nlocation: {location}\nstart: {start}\ncost: {cost}")
    };
    let a = of_x("{country: BFA, admin1: Bo}", "2023-01-01T10:00:00Z", "9223372036854775807");
    let b = of_x("{country: BFA, admin1: Cy}", "2023-01-01T12:00:00+02:00", "9223372036854775806");
    let y = of_x("{country: BFA, admin1: bo}", "2023-01-02T10:00Z", "0");
    let (all, codings) = on_the_light_path(&[("x.a", &a), ("x.b", &b), ("y.a", &y), ("y.b", &y)]);
    assert_eq!(figures(&all, "location")[0], "50.0");
    assert_eq!(figures(&all, "start"), ["100.0", "1.0", "null"]);
    assert_eq!(figures(&all, "cost")[0], "50.0");
    assert!(codings.contains("\"BFA, Bo\",,") && codings.contains("\"BFA, Cy\",,"), "{codings}");
    let differing = all["datasets"][0]["disagreements"].as_array().unwrap();
    let differing: Vec<_> = differing.iter().map(|one| one["component"].as_str()).collect();
    assert_eq!(differing, [Some("location"), Some("cost")]);

    // A clock of no zone is no moment: equal to no other text, and at no distance from it.
    let clock = "action: shelling\nstart: 2023-01-01T10:00";
    let (all, _) = on_the_light_path(&[("x.a", &a), ("x.b", clock), ("y.a", &y), ("y.b", &y)]);
    assert_eq!(figures(&all, "start")[0], "50.0");
    let variables = all["datasets"][0]["variables"].as_array().unwrap();
    let start = variables.iter().find(|one| one["variable"] == "start").unwrap();
    assert_eq!(start["measurement"], "nominal");
}

#[test]
fn the_sides_of_an_undirected_event_may_be_exchanged() {
    let of = |action: &str, actor: &str, target: &str| {
        format!("action: {action}\nactor: {actor}\ntarget: {target}")
    };
    let undirected = "{code: battle, undirected: true}";
    let (one, other) = (of(undirected, "BFAMIL", "MLIREB"), of(undirected, "MLIREB", "BFAMIL"));
    let (to, from) = (of("shelling", "BFAMIL", "MLIREB"), of("shelling", "MLIREB", "BFAMIL"));
    let (all, _) =
        on_the_light_path(&[("x.a", &one), ("x.b", &other), ("y.a", &to), ("y.b", &from)]);
    let differing = all["datasets"][0]["disagreements"].as_array().unwrap();
    let differing: Vec<_> =
        differing.iter().map(|one| format!("{} {}", one["event"], one["component"])).collect();
    assert_eq!(differing, ["\"y\" \"actor\"", "\"y\" \"target\""]);
}

#[test]
fn one_event_has_no_alpha() {
    let (all, _) = on_the_light_path(&[("x.a", "action: shelling"), ("x.b", "action: battle")]);
    assert_eq!(figures(&all, "action"), ["0.0", "null", "\"one event\""]);
}

#[test]
fn what_is_restricted_is_nowhere_unless_it_is_asked_for() {
    let place = |rest: &str| format!("location: {{latitude: 34.12345, longitude: 44.1{rest}}}");
    let records = [
        ("x.a", format!("{A}\n{}", place(", restricted: true"))),
        ("x.b", format!("{B}\n{}", place(""))),
        ("x.c", format!("{}\n{}", B.replace("b}", "c}"), place("2, precision: exact"))),
    ];
    let project = with(&records.each_ref().map(|(name, rest)| (*name, &**rest)));
    let table = project.path().join("out/iraq-depot-strikes-2019/disagreements.csv");
    for format in ["text", "json"] {
        for (option, is_told) in [(None, false), (Some("--with-restricted"), true)] {
            let arguments = ["agree", "--format", format, "--out", "out"].into_iter().chain(option);
            let output = eventc(project.path(), &arguments.collect::<Vec<_>>());
            assert_eq!(status(&output), 0, "{}", stderr(&output));
            assert_eq!(stdout(&output).contains("34.12345"), is_told, "{format} {option:?}");
            let written = fs::read_to_string(&table).unwrap();
            assert_eq!(written.contains("34.12345"), is_told, "{format} {option:?}");
            let line = match is_told {
                true => "what is restricted is in it (fields 0, entries 0, locations 1)",
                false => "left out what is restricted (fields 0, entries 0, locations 1);",
            };
            assert!(stderr(&output).contains(line), "{}", stderr(&output));
        }
    }
}
