//! The JSON Schemas agree with `check` on what a file may hold.
//!
//! Editors read YAML with another parser, which turns `2019` into a number. So a schema must accept
//! every good record as such a parser hands it on, and refuse what `check` refuses as far as it
//! can: `structure::told` says what it cannot, and why.

mod mutation;
mod patterns;
mod structure;
mod yaml;

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use crate::emit::json_schema::{FileKind, json_schema};
use crate::source::{Disk, Memory, World};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use self::mutation::changed;
use self::structure::{Agreement, Judge};
use crate::tests::project::{checked, repository_with_schema};
use crate::tests::records::{cases, pages};

/// A file of each kind that uses every key, in long and short forms.
const FILES: &[(FileKind, &str)] = &[
    (FileKind::Event, include_str!("project/event.yaml")),
    (FileKind::Dataset, include_str!("project/dataset.yaml")),
    (FileKind::Actors, include_str!("project/actors.yaml")),
    (FileKind::Places, include_str!("project/places.yaml")),
    (FileKind::Sources, include_str!("project/sources.yaml")),
    (FileKind::Codebook, include_str!("project/codebook.yaml")),
    (FileKind::CodeList, include_str!("project/odd.yaml")),
];

/// Where a file of a kind stands.
const fn path(file: FileKind) -> &'static str {
    match file {
        FileKind::Event => "datasets/x/events/2019-08-20-x.yaml",
        FileKind::Dataset => "datasets/x/dataset.yaml",
        FileKind::Actors => "datasets/x/actors.yaml",
        FileKind::Places => "datasets/x/places.yaml",
        FileKind::Sources => "datasets/x/sources.yaml",
        FileKind::Codebook => "schema/codebook.yaml",
        FileKind::CodeList => "schema/codes/odd.yaml",
    }
}

fn judge() -> Judge {
    let mut world = Memory::new();
    for (file, text) in FILES.iter().filter(|(file, _)| path(*file).starts_with("schema/")) {
        world.write(path(*file), text.as_bytes());
    }
    world.write("schema/codes/small.yaml", include_str!("project/small.yaml"));
    Judge::new(world)
}

#[test]
fn changed_files_are_refused_by_both_or_accepted_by_both() {
    let judge = judge();
    for (file, text) in FILES {
        assert_eq!(judge.agree(*file, path(*file), text), Ok(Agreement::BothAccept), "{text}");
    }
    let seen = RefCell::new(Vec::new());
    let result = TestRunner::new(Config::default()).run(&changed(FILES), |(file, text)| {
        let agreement = judge.agree(file, path(file), &text).map_err(TestCaseError::fail)?;
        seen.borrow_mut().push(agreement);
        Ok(())
    });
    assert!(result.is_ok(), "{}", result.unwrap_err());
    let seen = seen.into_inner();
    for agreement in [Agreement::BothAccept, Agreement::BothRefuse] {
        let such = seen.iter().filter(|seen| **seen == agreement).count();
        assert!(such * 8 > seen.len(), "{such} of {} are {agreement:?}", seen.len());
    }
}

#[test]
fn a_rule_may_be_off_for_readers_of_each_yaml() {
    let codebook = checked(&repository_with_schema()).codebook;
    let rules = [("unused-entry", String::new())];
    let schema = json_schema(FileKind::Dataset, &codebook, &rules);
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let level = &schema["properties"]["levels"]["properties"]["unused-entry"]["enum"];
    // Readers of YAML 1.1 take `off` without quotes for `false`.
    assert_eq!(*level, serde_json::json!(["error", "warning", "info", "off", false]));
}

/// The kind of a file, by the folder and name that it has.
fn kind_of(path: &str) -> Option<FileKind> {
    let parts: Vec<_> = path.split('/').collect();
    match parts[..] {
        ["datasets", _, "events", ..] => Some(FileKind::Event),
        ["datasets", _, "dataset.yaml"] => Some(FileKind::Dataset),
        ["datasets", _, "actors.yaml"] | ["datasets", _, "actors", ..] => Some(FileKind::Actors),
        ["datasets", _, "places.yaml"] | ["datasets", _, "places", ..] => Some(FileKind::Places),
        ["datasets", _, "sources.yaml"] | ["datasets", _, "sources", ..] => Some(FileKind::Sources),
        ["schema", "codebook.yaml"] => Some(FileKind::Codebook),
        ["schema", "codes", _] => Some(FileKind::CodeList),
        _ => None,
    }
}

#[test]
fn every_file_of_this_repository_is_accepted() {
    let world = repository_with_schema();
    let judge = Judge::new(world.clone());
    let template = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/project"));
    let mut files = 0;
    for world in [&world as &dyn World, &template] {
        for path in [world.files("schema").unwrap(), world.files("datasets").unwrap()].concat() {
            let Some(file) = kind_of(&path) else { continue };
            let text = String::from_utf8(world.read(&path).unwrap().unwrap()).unwrap();
            assert_eq!(judge.agree(file, &path, &text), Ok(Agreement::BothAccept), "{path}");
            files += 1;
        }
    }
    assert!(files > 30, "{files} files");
}

#[test]
fn pages_are_accepted_where_they_say_what_to_write_and_both_agree_on_the_rest() {
    let shipped = Judge::new(Memory::new());
    let mut failures = String::new();
    for page in [pages("src/rules"), pages("tests/records")].concat() {
        for case in cases(&fs::read_to_string(&page).unwrap()) {
            let mut schema = Memory::new();
            for (path, text) in &case.files {
                schema.write(path.clone(), text.as_bytes());
            }
            let is_own = case.files.iter().any(|(path, _)| path.starts_with("schema/"));
            let own = is_own.then(|| Judge::new(schema));
            for (path, text) in &case.files {
                let Some(file) = kind_of(path) else { continue };
                let agreement = own.as_ref().unwrap_or(&shipped).agree(file, path, text);
                let right = case.title != "Instead" || agreement == Ok(Agreement::BothAccept);
                if agreement.is_err() || !right {
                    failures.push_str(&format!("{}: {agreement:?}\n", page.display()));
                }
            }
        }
    }
    assert_eq!(failures, "");
}
