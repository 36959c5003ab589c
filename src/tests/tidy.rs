//! The shape of the code itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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
    ("diagnostic", &["source"]),
    ("fix", &["diagnostic", "source", "syntax", "value"]),
    (
        "rules",
        &[
            "dataset",
            "diagnostic",
            "evidence",
            "form",
            "record",
            "schema",
            "source",
            "spelling",
            "syntax",
            "value",
        ],
    ),
    ("table", &["dataset", "evidence", "record", "schema", "source", "value"]),
    // The JSON Schemas and the codebook tell what a curator may write, from the forms themselves.
    (
        "emit",
        &[
            "dataset",
            "diagnostic",
            "evidence",
            "form",
            "record",
            "schema",
            "source",
            "table",
            "value",
        ],
    ),
    (
        "cli",
        &[
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
            "table",
            "value",
        ],
    ),
];

/// What conducts the layers, and so may import all of them.
const ABOVE: &[&str] = &["check", "lib", "main", "project"];

/// Longer files hold more than one subject.
const MAX_LINES: usize = 400;

#[test]
fn imports_run_one_way() {
    let mut seen = BTreeSet::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        if ABOVE.contains(&module.as_str()) {
            continue;
        }
        let allowed = LAYERS.iter().find(|(name, _)| *name == module);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("`{module}` is not among the layers of this test"));
        seen.insert(module.clone());
        for imported in imports(&text) {
            // `crate::check::Checked` and the like: what conducts the layers, which only cli calls.
            let of_root = imported.starts_with(char::is_uppercase)
                || matches!(imported.as_str(), "check" | "compare" | "build" | "fix");
            let fine = imported == module
                || allowed.contains(&imported.as_str())
                || (of_root && module == "cli");
            assert!(fine, "{} imports `{imported}`, which `{module}` must not", path.display());
        }
    }
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
    let rules: BTreeSet<_> = RULES.iter().map(|rule| rule.name.replace('-', "_")).collect();
    assert_eq!(stems("md"), rules, "pages and rules");
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
    let tables = table::descriptions(&codebook);
    let defects: Vec<_> = tables.iter().map(|table| (table.name, table.defects())).collect();
    let defects: Vec<_> = defects.into_iter().filter(|(_, found)| !found.is_empty()).collect();
    assert!(defects.is_empty(), "{defects:?}");
}

#[test]
fn files_and_names_stay_small_and_plain() {
    for (path, text) in sources() {
        let shown = path.display();
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        assert!(lines <= MAX_LINES, "{shown} has {lines} lines: one subject a file");
        assert!(text.starts_with("//! "), "{shown} does not begin by saying what it is");
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["util", "utils", "common", "helpers", "manager", "misc"].contains(&stem),
            "{shown} says nothing"
        );
    }
}

/// What only some modules may name: the doors of the house.
const DOORS: &[(&str, &[&str])] = &[
    ("std::fs", &["source"]),
    ("std::env", &["cli"]),
    ("std::process::Command", &["source"]),
    ("std::process::{", &["source"]),
    ("std::time", &["source"]),
    ("oneyaml", &["syntax"]),
    ("annotate_snippets", &["diagnostic"]),
    ("arrow", &["table", "emit", "project"]),
    ("parquet::", &["emit"]),
    ("clap", &["cli", "main"]),
];

#[test]
fn what_has_a_door_goes_through_it() {
    for (path, text) in sources() {
        let module = module_of(&path);
        for line in text.lines().filter(|line| line.trim_start().starts_with("use ")) {
            for (name, allowed) in DOORS {
                let used = line
                    .trim_start()
                    .strip_prefix("use ")
                    .is_some_and(|used| used.starts_with(name));
                assert!(
                    !used || allowed.contains(&module.as_str()),
                    "{}: `{line}`",
                    path.display()
                );
            }
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every file of `src` but those of tests, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
            if is_test {
                continue;
            } else if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                sources.push((path, text));
            }
        }
    }
    sources
}

/// The module under `src` that a file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// What follows each `crate::` outside tests and comments.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let code = code.filter(|line| !line.trim_start().starts_with("//"));
    let mut imported = BTreeSet::new();
    for line in code {
        for (at, _) in line.match_indices("crate::") {
            let name: String =
                line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            imported.extend(Some(name).filter(|name| !name.is_empty()));
        }
    }
    imported
}
