//! The documents under `docs/` say what the code does.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::{event_path, eventc, project, stdout};
use crate::readme::check_output;
use crate::shown::Page;

#[test]
fn each_defect_of_the_record_given_to_every_tool_is_found_once() {
    let mut page = Page::read("docs/diagnostics.md");
    let record = page.block("yaml broken").to_owned();
    let printed = check_output(&record);
    page.hold("text check", &printed);

    let project = project();
    fs::write(event_path(&project, "broken"), record).unwrap();
    let short = stdout(&eventc(project.path(), &["check", "--format", "short"]));
    let mut found: Vec<_> = short
        .lines()
        .filter_map(|line| {
            let (_, place) = line.split_once("/broken.yaml:")?;
            let (line, rest) = place.split_once(':')?;
            let (_, finding) = rest.split_once(": ")?;
            let (level, rest) = finding.split_once('[')?;
            let (rule, _) = rest.split_once(']')?;
            Some(format!("| {line} | {level}: {rule} |"))
        })
        .collect();
    found.sort();
    let rows = page.part("defects").lines().filter(|line| line.starts_with('|'));
    let told: Vec<_> = rows.skip(2).map(|row| row.rsplit_once(" | ").unwrap().0).collect();
    let told: Vec<_> = told.iter().map(|row| format!("{row} |")).collect();
    assert_eq!(found, told);
}

#[test]
fn the_pages_about_show_and_agree_have_what_these_print() {
    for path in ["docs/show.md", "docs/agreement.md"] {
        let mut page = Page::read(path);
        let commands = page.commands();
        for info in &commands {
            let arguments: Vec<_> = info.split(' ').skip(2).collect();
            let output = eventc(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
            page.hold(info, &String::from_utf8(output.stdout).unwrap());
        }
        assert_eq!(commands.len(), 1, "{path}");
    }
}

#[test]
fn the_page_about_claims_has_every_key_of_a_claim() {
    let printed = eventc(Path::new(env!("CARGO_MANIFEST_DIR")), &["schema", "markdown"]);
    let printed = stdout(&printed);
    let rows = ["claim", "claimant"].map(|form| {
        let (_, section) = printed.split_once(&format!("\n### {form}\n\n")).unwrap();
        let rows = section.lines().skip(2).take_while(|line| line.starts_with('|'));
        rows.map(|row| {
            let cells: Vec<_> = row.split(" | ").collect();
            let [key, kind, .., meaning] = &cells[..] else { panic!("{row}") };
            let kind = kind.replace("[claimant](#claimant)", "mapping with `code` and `as`");
            format!("{key} | {kind} | {meaning}\n")
        })
        .collect::<String>()
    });
    let head = "| key of a claim | what it takes | meaning |\n|---|---|---|\n";
    let claimant = "\nThe long form of `by`:\n\n| key of a claimant | what it takes | meaning |\n|---|---|---|\n";
    let [claim, long] = rows;
    Page::read("docs/claims.md").hold_part("keys", &format!("{head}{claim}{claimant}{long}"));
}

#[test]
fn the_page_about_fields_has_every_key_and_type() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = stdout(&eventc(root, &["schema", "json-schema", "codebook"]));
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let field = with_key(&schema, "part_of").expect("a form of fields");
    let keys = field["properties"].as_object().unwrap();
    let rows = keys.iter().map(|(key, about)| {
        let about = about["description"].as_str().unwrap();
        format!("| `{key}` | {about} |\n")
    });
    let rows: String = rows.collect();
    let mut page = Page::read("docs/fields.md");
    page.hold_part("keys", &format!("| key | meaning |\n|---|---|\n{rows}"));
    let types =
        with_key(&field["properties"]["type"], "enum").unwrap_or(&field["properties"]["type"]);
    let types = types["enum"].as_array().unwrap();
    let page = fs::read_to_string(root.join("docs/fields.md")).unwrap();
    let (_, listed) = page.split_once("\n## The types\n").unwrap();
    for name in types.iter().filter_map(Value::as_str) {
        assert_eq!(listed.matches(&format!("\n| `{name}` | ")).count(), 1, "{name}");
    }
    assert!(types.len() > 10);
}

/// The first object of a schema that has a key, itself or under `properties`.
fn with_key<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    match schema {
        Value::Object(map) => {
            let has = |value: &Value| value.get(key).is_some();
            if has(schema) || schema.get("properties").is_some_and(has) {
                return Some(schema);
            }
            map.values().find_map(|value| with_key(value, key))
        }
        Value::Array(items) => items.iter().find_map(|value| with_key(value, key)),
        _ => None,
    }
}

#[test]
fn the_index_links_every_page() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let index = fs::read_to_string(docs.join("README.md")).unwrap();
    for entry in fs::read_dir(docs).unwrap() {
        let page = entry.unwrap().file_name().into_string().unwrap();
        let link = format!("- [{page}]({page}): ");
        assert!(page == "README.md" || index.matches(&link).count() == 1, "{page}");
    }
}
