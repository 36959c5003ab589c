//! Releases that are sound, changed, and hostile.

mod hostile;

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::*;
use crate::check::{build, check};
use crate::dataset::{Published, Selection};
use crate::emit::{DATAPACKAGE, DEFAULT_FORMATS, SUMS};
use crate::source::Memory;
use crate::source::Progress;

/// A dataset whose every table has rows but `codings`.
const RECORDS: [(&str, &str); 5] = [
    ("dataset.yaml", "dataset: raids\ntitle: Raids\nversion: '1'\nlicense: CC0-1.0\n"),
    ("actors.yaml", "army: {name: Army, country: IRQ, sector: MIL}\nband: {name: Band}\n"),
    ("places.yaml", "town: {name: Town, country: IRQ, admin1: Anbar}\n"),
    ("sources.yaml", "daily: {publisher: Daily}\nweekly: {publisher: Weekly, cites: [daily]}\n"),
    (
        "events/all.yaml",
        "id: one\ndate: 2019-05-02\naction: ASSAULT\ncertainty: possible\nlocation: town\n\
         actor: {code: army, certainty: possible}\ntarget: [band, IRQCVL]\ntitle: 'A \"raid\", first'\n\
         related: [{event: two, as: precedes}]\nclaims:\n  \
         daily: [{by: army, says: {actor: army}}, {denies: {actor: band}}]\n  \
         weekly: [{affirms: [event]}]\n\
         ---\nid: two\ndate: 2019-06\naction: ASSAULT\ncertainty: possible\n\
         claims: {daily: [affirms: [event]]}\n",
    ),
];

/// A release of the dataset.
pub(super) struct Sample {
    _folder: TempDir,
    pub(super) path: PathBuf,
}

impl Sample {
    pub(super) fn new() -> Self {
        let mut world = Memory::new();
        for (name, text) in RECORDS {
            world.write(format!("datasets/raids/{name}"), text);
        }
        let checked = check(&world, &Selection::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let built = build(
            &checked,
            folder.path(),
            Published::without_restricted,
            Vec::new,
            (&|_| {}, &Progress::default()),
            DEFAULT_FORMATS,
        );
        assert!(built.unwrap().is_some(), "{:?}", checked.findings.by_rule());
        let path = folder.path().join("raids");
        Self { _folder: folder, path }
    }

    /// Writes the checksums anew, also those in the data package, as whoever changes files on purpose would.
    pub(super) fn seal(&self) {
        let package = self.path.join(DATAPACKAGE);
        let read = fs::read(&package).ok();
        let json = read.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
        if let Some(mut json) = json
            && let Some(resources) = json["resources"].as_array_mut()
        {
            for resource in resources {
                let path = resource["path"].as_str().unwrap_or_default();
                let Ok(bytes) = fs::read(self.path.join(path)) else { continue };
                let digest = Sha256::digest(bytes);
                let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
                resource["hash"] = format!("sha256:{digits}").into();
            }
            fs::write(&package, json.to_string()).unwrap();
        }
        self.sum();
    }

    /// Writes the checksums of all files anew.
    fn sum(&self) {
        let mut names: Vec<_> =
            fs::read_dir(&self.path).unwrap().map(|file| file.unwrap()).collect();
        names.retain(|file| file.file_type().unwrap().is_file() && file.file_name() != SUMS);
        names.sort_by_key(fs::DirEntry::file_name);
        let line = |file: &fs::DirEntry| {
            let digest = Sha256::digest(fs::read(file.path()).unwrap());
            let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{digits}  {}\n", file.file_name().to_str().unwrap())
        };
        fs::write(self.path.join(SUMS), names.iter().map(line).collect::<String>()).unwrap();
    }

    pub(super) fn replace(&self, name: &str, old: &str, new: &str) {
        let path = self.path.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{name} has no {old:?}:\n{text}");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    }

    pub(super) fn verify(&self) -> Release {
        verify(&self.path)
    }

    pub(super) fn found(&self) -> Vec<String> {
        self.verify().report.lines().collect()
    }
}

pub(super) fn verify(path: &Path) -> Release {
    Release::verify(&Disk::new(path.to_owned())).unwrap()
}

/// What is said of the map, whose values are those of `events`.
const MAP: &str = "the values in `events_geo.parquet`, beyond the checksums";

#[test]
fn a_release_as_it_was_built_is_verified_whole() {
    let Release { manifest, report, .. } = Sample::new().verify();
    assert_eq!(report.lines().collect::<Vec<_>>(), [""; 0]);
    assert_eq!(report.unchecked, [MAP]);
    assert_eq!(report.rows, manifest.rows.values().sum::<u64>());
    for (table, rows) in &manifest.rows {
        assert!(*rows > 0 || table == "codings", "nothing was tried of `{table}`");
    }
}

#[test]
fn what_describes_the_files_must_be_of_them() {
    let sample = Sample::new();
    let package = fs::read(sample.path.join(DATAPACKAGE)).unwrap();
    let manifest = fs::read(sample.path.join(MANIFEST)).unwrap();
    let changed = |file: &str, bytes: &[u8], change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = serde_json::from_slice(bytes).unwrap();
        change(&mut json);
        fs::write(sample.path.join(file), json.to_string()).unwrap();
        sample.sum();
        let found = sample.found();
        fs::write(sample.path.join(file), bytes).unwrap();
        found
    };
    let in_events = |key: &'static str, value: serde_json::Value| {
        changed(DATAPACKAGE, &package, &|json| {
            let events = json["resources"].as_array_mut().unwrap().iter_mut();
            let events = events.filter(|resource| resource["path"] == "events.csv");
            events.for_each(|events| *events.pointer_mut(key).unwrap() = value.clone());
        })
    };
    let checksum = "datapackage.json: has another checksum of `events.csv` than SHA256SUMS";
    assert_eq!(in_events("/hash", "sha256:0".into()), [checksum]);
    let whole = "datapackage.json: does not describe `events.csv` whole";
    let keys = [("/schema/primaryKey", "unknown".into()), ("/schema/foreignKeys", "place".into())];
    for (key, value) in keys {
        assert_eq!(in_events(key, value)[0], whole, "{key}");
    }
    let none = changed(DATAPACKAGE, &package, &|json| json["resources"] = "none".into());
    assert_eq!(none[0], "actors.csv: is not described whole in datapackage.json");
    let many = vec![serde_json::json!({ "path": "README.md" }); 1_001];
    let many = changed(DATAPACKAGE, &package, &|json| json["resources"] = many.clone().into());
    assert_eq!(many, ["datapackage.json: describes more than 1000 files"]);
    let other = changed(MANIFEST, &manifest, &|json| json["build_id"] = "0123456789abcdef".into());
    let line = "events.parquet: has another `build_id` than manifest.json: it is of another build";
    assert!(other.iter().any(|found| found == line), "{other:?}");
}

#[test]
fn a_file_that_was_touched_is_told_and_not_read() {
    let sample = Sample::new();
    sample.replace("events.csv", "2019-05-02", "2019-05-03");
    fs::remove_file(sample.path.join("claims.csv")).unwrap();
    fs::write(sample.path.join("more.csv"), "a\n1\n").unwrap();
    let Release { report, .. } = sample.verify();
    let lines: Vec<_> = report.lines().collect();
    assert_eq!(
        lines,
        [
            "claims.csv: is missing; SHA256SUMS lists it",
            "events.csv: has other bytes than SHA256SUMS says",
            "more.csv: is not listed in SHA256SUMS",
            "datapackage.json: describes `claims.csv`, which is missing or has another checksum",
            "datapackage.json: describes `events.csv`, which is missing or has another checksum",
        ]
    );
    let told = "what refers to `events`: its file could not be read";
    assert!(report.unchecked.iter().any(|what| what == told), "{:?}", report.unchecked);
}

/// A change of a file, and what is told of it.
const CONTRADICTIONS: [(&str, &str, &str, &str); 9] = [
    (
        "events.csv",
        "A \"\"raid\"\", first",
        "Another",
        "events.parquet, row 1, column `title`: is `A \"raid\", first`, and `Another` in CSV",
    ),
    (
        "events.csv",
        "\none,raids,",
        "\n\"\none\",raids,",
        "events.parquet, row 1, column `event_id`: is `one`, and `\none` in CSV",
    ),
    (
        "actors.csv",
        "band,",
        "army,",
        "actors.csv, row 2, column `actor`: another row has the key `army`",
    ),
    (
        "participants.csv",
        "one,target,2,",
        "one,target,1,",
        "participants.csv, row 3, column `event_id`, `role`, `ordinal`: another row has the key `one`, \
         `target`, `1`",
    ),
    (
        "participants.csv",
        "one,target,2,",
        "three,target,2,",
        "participants.csv, row 3, column `event_id`: is `three`, which is in no row of `events`",
    ),
    (
        "sources.csv",
        "weekly,",
        ",",
        "sources.csv, row 2, column `source`: is missing, and part of the key",
    ),
    (
        "places.csv",
        "place,",
        "location,",
        "places.csv: has other columns than the data package describes",
    ),
    (
        "manifest.json",
        "\"relations\": 2",
        "\"relations\": 3",
        "manifest.json: says that `relations` has 3 rows; it has 2",
    ),
    (
        "manifest.json",
        "\"dataset\": \"raids\"",
        "\"dataset\": \"other\"",
        "events.csv, row 1, column `dataset`: is `raids`, and manifest.json says `other`",
    ),
];

#[test]
fn what_contradicts_itself_is_told_by_file_row_and_column() {
    for (file, old, new, expected) in CONTRADICTIONS {
        let sample = Sample::new();
        sample.replace(file, old, new);
        sample.seal();
        let found = sample.found();
        assert!(found.iter().any(|line| line == expected), "{expected}\nnot in {found:#?}");
    }
}

#[test]
fn tables_that_disagree_are_told() {
    let cases = [
        ("participants.csv", "one,target,2,", "is 2, and `participants` has 1", "n_targets"),
        ("claims.csv", "two/", "is 1, and `claims` has 0", "n_claims"),
        ("dyads.csv", "one,", "should have 2 rows in `dyads`, and has 1", "event_id"),
    ];
    for (file, begin, what, column) in cases {
        let sample = Sample::new();
        // Without Parquet nothing else tells that a row is gone.
        for file in fs::read_dir(&sample.path).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "parquet") {
                fs::remove_file(file).unwrap();
            }
        }
        let path = sample.path.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<_> = text.lines().collect();
        lines.remove(lines.iter().rposition(|line| line.starts_with(begin)).unwrap());
        fs::write(&path, lines.join("\n") + "\n").unwrap();
        sample.seal();
        let found = sample.found();
        let is_told = |line: &String| line.ends_with(what) && line.contains(&format!("`{column}`"));
        assert!(found.iter().any(is_told), "{what}\nnot in {found:#?}");
    }
}

#[test]
fn what_cannot_be_checked_is_said() {
    let without = |extension: &str| {
        let sample = Sample::new();
        for file in fs::read_dir(&sample.path).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|found| found == extension) {
                fs::remove_file(file).unwrap();
            }
        }
        let package = sample.path.join(DATAPACKAGE);
        let mut json: serde_json::Value =
            serde_json::from_slice(&fs::read(&package).unwrap()).unwrap();
        let resources = json["resources"].as_array_mut().unwrap();
        resources.retain(|one| !one["path"].as_str().unwrap().ends_with(extension));
        fs::write(&package, json.to_string()).unwrap();
        sample.seal();
        let Release { report, .. } = sample.verify();
        assert!(report.is_clean(), "{:?}", report.lines().collect::<Vec<_>>());
        assert!(report.rows > 0);
        report.unchecked
    };
    assert_eq!(without("csv"), ["keys, and what columns may hold: the release has no CSV", MAP]);
    let told = "whether CSV and Parquet hold the same: the release has no Parquet";
    assert_eq!(without("parquet"), [told]);

    let sample = Sample::new();
    sample.replace("manifest.json", "\"format_version\": ", "\"format_version\": 9");
    sample.seal();
    let Release { report, .. } = sample.verify();
    let told = "whether tables agree: their format is of another version of eventc";
    assert!(report.is_clean() && report.unchecked == [MAP, told], "{:?}", report.unchecked);

    let sample = Sample::new();
    fs::remove_file(sample.path.join(DATAPACKAGE)).unwrap();
    sample.seal();
    let found = sample.found();
    assert_eq!(found[0], "actors.csv: is not described whole in datapackage.json", "without any");
}

#[test]
fn what_is_no_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused =
        |path: &Path| Release::verify(&Disk::new(path.to_owned())).unwrap_err().to_string();
    assert!(refused(folder.path()).contains("no release of eventc"));
    assert!(refused(&folder.path().join("missing")).contains("cannot read"));
    let sample = Sample::new();
    sample.replace("manifest.json", "\"eventc ", "\"other ");
    sample.seal();
    assert!(refused(&sample.path).contains("another generator"));
    let sample = Sample::new();
    fs::remove_file(sample.path.join(SUMS)).unwrap();
    let found = sample.found();
    assert!(found.iter().any(|line| line == "SHA256SUMS: is missing, so nothing can be verified"));
}
