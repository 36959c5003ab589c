//! `eventc show`, as a person or a program runs it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{eventc, project, status, stderr};

const EVENTS: &str = "datasets/iraq-depot-strikes-2019/events";

fn stdout(output: &Output) -> String {
    assert_eq!(status(output), 0, "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn show(project: &TempDir, arguments: &[&str]) -> Output {
    eventc(project.path(), &[&["show"], arguments].concat())
}

fn json(project: &TempDir, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&show(project, &[arguments, &["--format", "json"]].concat())))
        .unwrap()
}

#[test]
fn an_unknown_event_is_refused_with_what_may_be_meant() {
    let project = project();
    for (arguments, words) in [
        (&["2019-08-20-balda"][..], "did you mean `2019-08-20-balad`?"),
        (&["balad"], "did you mean `2019-08-20-balad` or `2019-08-20-inquiry-balad`?"),
        (&["2019-08-20-balad", "--only", "actr"], "did you mean `actor`?"),
        (&["2019-08-20-balad", "--coder", "nobody"], "there is one in `iraq-depot-strikes-2019`"),
    ] {
        let output = show(&project, arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn each_record_of_an_event_is_shown_unless_one_is_chosen() {
    let project = project();
    let id = "2019-07-28-camp-ashraf";
    let record = fs::read_to_string(project.path().join(format!("{EVENTS}/{id}.yaml"))).unwrap();
    let second = record.replace("code: ISR, certainty: possible", "code: ISR, certainty: doubtful");
    fs::write(project.path().join(format!("{EVENTS}/{id}.second.yaml")), second).unwrap();
    let of_other = project.path().join("datasets/other/events");
    fs::create_dir_all(&of_other).unwrap();
    fs::write(of_other.join(format!("{id}.yaml")), format!("id: {id}\ndate: 2019\n")).unwrap();

    let records = |arguments: &[&str]| {
        let shown = json(&project, &[&[id], arguments].concat());
        let of = |event: &Value| (event["dataset"].clone(), event["coder"].clone());
        shown["events"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let iraq = Value::from("iraq-depot-strikes-2019");
    let (second, none) = ((iraq.clone(), Value::from("second")), Value::Null);
    let other = (Value::from("other"), none.clone());
    assert_eq!(records(&[]), [second.clone(), (iraq.clone(), none), other.clone()]);
    assert_eq!(records(&["--dataset", "other"]), [other]);
    assert_eq!(records(&["--coder", "second"]), [second]);
    assert_eq!(stdout(&show(&project, &[id])).matches("Camp Ashraf\n  event ").count(), 2);
}

#[test]
fn only_some_components_come_with_the_claims_behind_them() {
    let project = project();
    let shown = json(&project, &["2019-08-20-balad", "--only", "series_ordinal,time"]);
    let event = &shown["events"][0];
    let names = event["components"].as_array().unwrap().iter().map(|one| one["name"].clone());
    assert_eq!(names.collect::<Vec<_>>(), ["time", "series_ordinal"]);
    let claims = event["sources"].as_array().unwrap().iter();
    let claims = claims.flat_map(|source| source["claims"].as_array().unwrap());
    let sayers = claims.map(|claim| claim["claimant"].clone()).collect::<Vec<_>>();
    assert_eq!(sayers, ["TV7", "Talos", "Kurdistan 24"]);
    let brief = stdout(&show(&project, &["2019-08-20-balad", "--only", "time", "--brief"]));
    assert!(!brief.contains("the claims, as the record has them"), "{brief}");
}

#[test]
fn every_key_of_the_json_is_documented_and_no_other() {
    let project = project();
    let claims = "{tv7-2019-08-21: [{affirms: [event], withdrawn: 2019-09, note: x}]}";
    let record = format!("id: taken-back\ndate: 2019\ncertainty: possible\nclaims: {claims}\n");
    fs::write(project.path().join(EVENTS).join("taken-back.yaml"), record).unwrap();
    let mut keys = BTreeSet::new();
    for file in fs::read_dir(project.path().join(EVENTS)).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        gather(&json(&project, &[name.split('.').next().unwrap()]), &mut keys);
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/show.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, page) = page.split_once("\n## JSON\n").unwrap();
    let words = page.split('`').skip(1).step_by(2);
    let mut documented: BTreeSet<_> = words.map(str::to_owned).collect();
    documented.insert("events".to_owned());
    let others =
        ["--format json", r#"{"events": [...]}"#, "eventc check", "actor:", "name:", "anonymous:"];
    for other in others {
        assert!(documented.remove(other), "{other}");
    }
    assert_eq!(keys, documented);
}

fn gather(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                gather(value, keys);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, keys)),
        _ => {}
    }
}
