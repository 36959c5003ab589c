//! What costs nothing twice.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::cli::{contents, project, stdout};

/// Enough files for an earlier verdict to be kept.
const FILES: usize = 2000;

/// After which the system's word is enough that nothing has touched a file.
const SETTLED: Duration = Duration::from_millis(2100);

/// A project of many records that were left alone for a while, and an empty cache.
fn large() -> (TempDir, TempDir) {
    let (project, cache) = (project(), tempfile::tempdir().unwrap());
    let events = project.path().join("datasets/many/events");
    fs::create_dir_all(&events).unwrap();
    let dataset = "dataset: many\ntitle: Many\nversion: '1'\nlicense: CC0-1.0\n";
    fs::write(events.with_file_name("dataset.yaml"), dataset).unwrap();
    fs::write(events.with_file_name("sources.yaml"), "daily: {publisher: Daily}\n").unwrap();
    for number in 0..FILES {
        let record = format!(
            "id: e-{number}\ndate: {}-{:02}-{:02}\naction: ASSAULT\ntarget: IRQCVL\n\
             certainty: possible\nsummary: Shots were heard near house {number}.\n\
             claims: {{daily: [{{by: IRQGOV, affirms: [event, date, target]}}, {{by: IRQCVL, affirms: [event]}}]}}\n",
            2000 + number / 336,
            number / 28 % 12 + 1,
            number % 28 + 1,
        );
        fs::write(events.join(format!("e-{number}.yaml")), record).unwrap();
    }
    sleep(SETTLED);
    (project, cache)
}

/// Runs eventc with a cache, and takes its time.
fn run(project: &Path, cache: &Path, arguments: &[&str]) -> (String, Duration) {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_eventc"))
        .current_dir(project)
        .env("HOME", cache)
        .env("XDG_CACHE_HOME", cache)
        .args(arguments)
        .output()
        .unwrap();
    let time = start.elapsed();
    let printed = stdout(&output) + &String::from_utf8_lossy(&output.stderr);
    (printed, time)
}

#[test]
fn what_has_not_changed_takes_a_third_of_the_time_at_most() {
    let (project, cache) = large();
    let check = |arguments: &[&str]| run(project.path(), cache.path(), arguments);
    // To print what is found in each file, the file is read.
    let arguments = ["check", "--level", "error"];
    let (said, cold) = check(&arguments);
    let warm = (0..3).map(|_| check(&arguments)).min_by_key(|(_, time)| *time).unwrap();
    assert!(warm.0 == said);
    assert!(warm.1.as_secs_f64() <= 0.3 * cold.as_secs_f64(), "{:?} of {cold:?}", warm.1);
    let (again, without) = check(&[&arguments[..], &["--no-cache"]].concat());
    assert!(again == said);
    assert!(without > warm.1 * 2, "{without:?}: every file is read");
    let all = ["check", "--level", "info", "--format", "json"];
    assert!(check(&all).0 == check(&[&all[..], &["--no-cache"]].concat()).0);
}

#[test]
fn after_a_change_of_one_record_the_others_are_not_read() {
    let (project, cache) = large();
    let check = |arguments: &[&str]| run(project.path(), cache.path(), arguments);
    let arguments = ["check", "--level", "error"];
    let (_, cold) = check(&arguments);
    let record = project.path().join("datasets/many/events/e-7.yaml");
    let text = fs::read_to_string(&record).unwrap();
    let changed = |number: usize| {
        fs::write(&record, text.replace("e-7", "e-8").replace("house", &number.to_string()))
            .unwrap();
        check(&arguments)
    };
    let warm = (0..3).map(changed).min_by_key(|(_, time)| *time).unwrap();
    assert!(warm.0.contains("is already used by another event"), "{}", warm.0);
    let all = ["check", "--level", "info", "--format", "json"];
    assert!(check(&all).0 == check(&[&all[..], &["--no-cache"]].concat()).0);
    assert!(warm.1.as_secs_f64() <= 0.6 * cold.as_secs_f64(), "{:?} of {cold:?}", warm.1);
}

#[test]
fn a_build_that_stands_unchanged_is_left_alone() {
    let (project, cache) = large();
    let build = |arguments: &[&str]| {
        run(project.path(), cache.path(), &[&["build", "many"], arguments].concat()).0
    };
    let dist = project.path().join("dist/many");
    let first = build(&[]);
    assert!(first.contains("built "), "{first}");
    let (files, time) = (contents(&dist), fs::metadata(&dist).unwrap().modified().unwrap());
    let second = build(&[]);
    assert!(second.contains("up to date: "), "{second}");
    assert_eq!(fs::metadata(&dist).unwrap().modified().unwrap(), time);
    // Whatever differs is built anew: the output, how it is made, or what it is made of.
    fs::write(dist.join("events.csv"), "").unwrap();
    assert!(build(&[]).contains("built "));
    assert!(contents(&dist) == files);
    assert!(build(&["--emit", "csv"]).contains("built "));
    assert!(build(&[]).contains("built "));
    assert!(contents(&dist) == files);
    assert!(build(&["--no-cache"]).contains("built "));
    let record = project.path().join("datasets/many/events/e-7.yaml");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replace("house", "HOUSE")).unwrap();
    assert!(build(&[]).contains("built "));
    assert!(contents(&dist) != files);
    fs::write(&record, text).unwrap();
    assert!(build(&[]).contains("built "));
    assert!(contents(&dist) == files);
}
