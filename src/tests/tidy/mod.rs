//! The shape of the code itself.

mod circles;
mod sources;
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use self::sources::SOURCES;
use crate::rules::RULES;
use crate::table;

/// What each module may import, from the last stage to the first. A module that is not here fails.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("spelling", &[]),
    ("syntax", &["source"]),
    ("value", &["spelling"]),
    ("form", &["source", "spelling", "syntax", "value"]),
    ("schema", &["form", "source", "spelling", "syntax", "value"]),
    ("record", &["form", "schema", "source", "syntax", "value"]),
    ("dataset", &["form", "record", "schema", "source", "spelling", "syntax", "value"]),
    ("evidence", &["dataset", "form", "record", "schema", "source", "value"]),
    ("agreement", &["dataset", "evidence", "record", "schema", "source", "value"]),
    ("likeness", &["dataset", "evidence", "record", "schema", "value"]),
    ("diagnostic", &["source"]),
    ("fix", &["diagnostic", "source", "syntax", "value"]),
    (
        "rules",
        &[
            "dataset",
            "diagnostic",
            "evidence",
            "form",
            "likeness",
            "record",
            "schema",
            "source",
            "spelling",
            "syntax",
            "value",
        ],
    ),
    (
        "table",
        &["agreement", "dataset", "evidence", "likeness", "record", "schema", "source", "value"],
    ),
    // The JSON Schemas and the codebook tell what a curator may write, from the forms themselves.
    (
        "emit",
        &[
            "agreement",
            "dataset",
            "diagnostic",
            "evidence",
            "form",
            "likeness",
            "record",
            "schema",
            "source",
            "table",
            "value",
        ],
    ),
    ("verify", &["emit", "source", "table", "value"]),
    (
        "cli",
        &[
            "agreement",
            "dataset",
            "diagnostic",
            "emit",
            "evidence",
            "fix",
            "form",
            "record",
            "rules",
            "schema",
            "source",
            "spelling",
            "syntax",
            "table",
            "value",
            "verify",
        ],
    ),
];

/// What conducts the layers, and so may import all of them.
const ABOVE: &[&str] = &["check", "main", "project"];

/// Longer files hold more than one subject.
const MAX_LINES: usize = 400;

#[test]
fn imports_run_one_way() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (module, source) in SOURCES.iter() {
        let Some(layer) = module.first() else { continue };
        if ABOVE.contains(&layer.as_str()) {
            continue;
        }
        let allowed = LAYERS.iter().find(|(name, _)| name == layer);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("`{layer}` is not among the layers of this test"));
        seen.insert(layer);
        for path in SOURCES.named(module) {
            let [of, imported, ..] = &*path else { continue };
            let is_layer = LAYERS.iter().any(|(name, _)| name == imported);
            // `crate::check::Checked` and the like: what conducts the layers, which only cli calls.
            let fine = of != "crate"
                || imported == layer
                || if is_layer { allowed.contains(&imported.as_str()) } else { layer == "cli" };
            if !fine {
                wrong.push(format!("{}: {}", source.path.display(), path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the layers:\n{}", wrong.join("\n"));
    assert_eq!(seen.len(), LAYERS.len(), "a layer has no files");
}

#[test]
fn a_rule_is_a_file_and_a_page_of_the_same_name() {
    let stems = |extension: &str| -> BTreeSet<String> {
        let files =
            fs::read_dir(root().join("src/rules")).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|found| found == extension));
        files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let pages: BTreeSet<_> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(stems("md"), pages, "pages and rules");
    let rules: BTreeSet<_> = pages.iter().map(|page| page.replace('-', "_")).collect();
    let code: BTreeSet<_> = stems("rs").into_iter().filter(|stem| rules.contains(stem)).collect();
    assert_eq!(code, rules, "files and rules");
    assert!(RULES.is_sorted_by_key(|rule| rule.name), "rules stand by name");
    for rule in RULES {
        assert!(
            rule.page.starts_with(&format!("# {}\n", rule.name)),
            "the page of {} has another title",
            rule.name
        );
        let headings: Vec<_> = rule.page.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(
            headings,
            ["## Why it matters", "## Example", "## Instead"],
            "headings of {}",
            rule.name
        );
        assert!(rule.summary().ends_with('.'), "the page of {} begins with a sentence", rule.name);
    }
}

#[test]
fn tables_are_defined_soundly() {
    let codebook = crate::tests::project::checked(&crate::tests::project::repository()).codebook;
    let mut tables = table::descriptions(&codebook);
    tables.push(table::agreement(&codebook).describe());
    tables.push(table::disagreements(&codebook).describe());
    let defects: Vec<_> = tables.iter().map(|table| (table.name, table.defects())).collect();
    let defects: Vec<_> = defects.into_iter().filter(|(_, found)| !found.is_empty()).collect();
    assert!(defects.is_empty(), "{defects:?}");
}

#[test]
fn files_and_names_stay_small_and_plain() {
    for (_, source) in SOURCES.iter() {
        let shown = source.path.display();
        let lines = source.text.lines().count() - source.test_lines;
        assert!(lines <= MAX_LINES, "{shown} has {lines} lines: one subject a file");
        let says = ["//! ", "#![doc = include_str!"].iter().any(|doc| source.text.starts_with(doc));
        assert!(says, "{shown} does not begin by saying what it is");
        let stem = source.path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["util", "utils", "common", "helpers", "manager", "misc"].contains(&stem),
            "{shown} says nothing"
        );
    }
}

/// What only some modules may name.
const DOORS: &[(&str, &[&str])] = &[
    ("std::fs", &["source"]),
    ("std::env", &["cli", "main"]),
    ("std::process::Command", &["source"]),
    ("std::time", &["source", "cli"]),
    ("oneyaml", &["syntax"]),
    ("annotate_snippets", &["diagnostic"]),
    ("arrow", &["table", "emit", "project"]),
    ("parquet", &["emit", "verify"]),
    ("clap", &["cli"]),
];

#[test]
fn what_has_a_door_goes_through_it() {
    let mut wrong = Vec::new();
    for (module, source) in SOURCES.iter() {
        let layer = module.first().map_or("lib", String::as_str);
        for path in SOURCES.named(module) {
            let name = path.join("::");
            let behind = |door: &str| name == door || name.starts_with(&format!("{door}::"));
            let mut doors = DOORS.iter().filter(|(_, allowed)| !allowed.contains(&layer));
            if doors.any(|(door, _)| behind(door)) {
                wrong.push(format!("{}: {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not through the door:\n{}", wrong.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
