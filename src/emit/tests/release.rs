//! What stands beside the tables of a release.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use pulldown_cmark::{Event as Mark, Options, Parser, Tag};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::check::build;
use crate::dataset::Published;
use crate::emit::FORMATS;
use crate::source::Memory;
use crate::source::Progress;
use crate::tests::project::{checked, repository};

type Release = BTreeMap<String, Vec<u8>>;

/// The files of the first dataset of a project.
fn release(world: &Memory) -> Release {
    let checked = checked(world);
    let folder = TempDir::new().unwrap();
    let built = build(
        &checked,
        folder.path(),
        Published::without_restricted,
        Vec::new,
        (&|_| {}, &Progress::default()),
        FORMATS,
    )
    .unwrap();
    let built = built.unwrap_or_else(|| {
        let findings: Vec<_> =
            checked.findings.iter().map(|found| found.message.to_string()).collect();
        panic!("{findings:#?}")
    });
    let entries = fs::read_dir(&built[0].folder).unwrap();
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    };
    entries.map(|entry| read(entry.unwrap().path())).collect()
}

fn text<'r>(release: &'r Release, name: &str) -> &'r str {
    std::str::from_utf8(&release[name]).unwrap()
}

/// A dataset of one event that says of itself what `description` has, in YAML.
fn dataset(description: &str) -> Memory {
    let mut world = Memory::new();
    world.write("datasets/one/dataset.yaml", format!("dataset: one\n{description}"));
    world.write(
        "datasets/one/events/a.yaml",
        "id: a\ndate: 2020\naction: ASSAULT\ncertainty: possible\n",
    );
    world
}

const PLAIN: &str = "title: One\nversion: '1'\nlicense: CC-BY-4.0\n";

#[test]
fn every_file_is_summed_and_the_sums_hold() {
    let release = release(&repository());
    let files = release.iter().filter(|(name, _)| *name != "SHA256SUMS");
    let digits = |bytes: &[u8]| {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let expected: String =
        files.map(|(name, bytes)| format!("{}  {name}\n", digits(bytes))).collect();
    assert_eq!(text(&release, "SHA256SUMS"), expected);
    for name in
        ["CITATION.cff", "LICENSE", "README.md", "codebook.md", "datapackage.json", "load.R"]
    {
        assert!(release.contains_key(name), "{name}");
    }
}

#[test]
fn the_data_package_is_one_of_the_published_profile() {
    // The published schema lacks the type `list`, which the standard has.
    let profile = include_str!("../../../tests/data/datapackage/datapackage-2.0.json");
    let array = "\"enum\": [\n                            \"array\"\n";
    assert!(profile.contains(array));
    let with_list = profile.replace(array, "\"enum\": [\"array\", \"list\"\n");
    let profile = jsonschema::validator_for(&serde_json::from_str(&with_list).unwrap()).unwrap();
    let odd = "title: 'A [b](c) \"d\" <e>'\nversion: 'v 1'\nlicense: All rights reserved\ndescription: 'Two: lines'\n\
               people: [{name: 'A, B', role: the rest}]\nurl: https://doi.org/10.5281/zenodo.1\nreleased: 2024-05-01\n\
               repository: https://example.org/x.git\n";
    for world in [repository(), dataset(PLAIN), dataset(odd)] {
        let release = release(&world);
        let package: Value = serde_json::from_str(text(&release, "datapackage.json")).unwrap();
        let faults: Vec<_> = profile.iter_errors(&package).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        for resource in package["resources"].as_array().unwrap() {
            let path = resource["path"].as_str().unwrap();
            assert_eq!(resource["bytes"], release[path].len(), "{path}");
        }
    }
}

#[test]
fn a_license_is_whole_where_its_text_is_known() {
    let license = |name: &str| dataset(&format!("title: One\nversion: '1'\nlicense: {name}\n"));
    let written = |world: &Memory| text(&release(world), "LICENSE").to_owned();
    assert!(written(&license("CC0-1.0")).contains("Affirmer hereby overtly, fully, permanently,"));
    assert_eq!(written(&license("MIT")), "MIT: MIT License\nhttps://spdx.org/licenses/MIT.html\n");
    assert_eq!(written(&license("\"Ask\\nus\"")), "Ask\\u{a}us\n");
    let mut own = license("CC0-1.0");
    own.write("datasets/one/LICENSE", "Do as you like.");
    assert_eq!(written(&own), "Do as you like.");
}

#[test]
fn a_citation_has_people_year_and_link() {
    let cited = |more: &str| {
        let release = release(&dataset(&format!("{PLAIN}{more}")));
        let manifest: Value = serde_json::from_str(text(&release, "manifest.json")).unwrap();
        let file: Value = serde_yaml_ng::from_str(text(&release, "CITATION.cff")).unwrap();
        let citation = manifest["citation"].as_str().unwrap().to_owned();
        assert_eq!(file["message"], format!("Please cite this dataset as: {citation}"));
        assert!(text(&release, "README.md").contains("## Citation\n"));
        (citation, file)
    };
    let (citation, file) = cited("");
    assert_eq!(citation, "One. Dataset, version 1.");
    assert_eq!(file["authors"][0]["name"], "Contributors to One");
    let known = "released: 2024-05-01\nurl: https://doi.org/10.5281/zenodo.1\n\
                 people: [{name: Ada Bo}, {name: 'The \"C\" Group'}]\n";
    let (citation, file) = cited(known);
    assert_eq!(
        citation,
        "Ada Bo and The \"C\" Group. 2024. One. Dataset, version 1. https://doi.org/10.5281/zenodo.1"
    );
    assert_eq!(file["authors"][1]["name"], "The \"C\" Group");
    assert_eq!(
        (&file["doi"], &file["date-released"]),
        (&"10.5281/zenodo.1".into(), &"2024-05-01".into())
    );
    let (citation, file) = cited("citation: Bo (2024)\nurl: https://example.org/a\n");
    assert_eq!((&*citation, &file["url"]), ("Bo (2024)", &"https://example.org/a".into()));
}

/// What an attack on a page, on YAML or on R is made of.
const PIECES: &[&str] = &[
    "\n",
    " ",
    "# ",
    "- ",
    "*",
    "`",
    "``",
    "> ",
    "<b>",
    "<!--",
    "[a](http://b)",
    "1. ",
    "|",
    "---",
    "\\",
    "\"",
    "'",
    ": ",
    "@user",
    "http://x.example",
    "word",
    "ش",
];

#[test]
fn no_text_of_a_dataset_is_obeyed() {
    let texts = prop::collection::vec(prop::sample::select(PIECES), 1..12);
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(pieces in texts)| {
        let text = serde_json::to_string(&format!("a{}\t", pieces.concat())).unwrap();
        let world = dataset(&format!(
            "title: {text}\nversion: {text}\nlicense: {text}\ndescription: {text}\n\
             scope: {{included: {text}, searched: {text}}}\npeople: [{{name: {text}, role: {text}}}]\n"
        ));
        let release = release(&world);
        let page = self::text(&release, "README.md");
        for mark in Parser::new_ext(page, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match mark {
                Mark::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->"),
                Mark::Start(Tag::Link { dest_url, .. }) => prop_assert_eq!(&*dest_url, "LICENSE"),
                Mark::Text(_) | Mark::Code(_) | Mark::End(_) | Mark::Start(
                    Tag::Heading { id: None, .. }
                    | Tag::Paragraph
                    | Tag::BlockQuote(_)
                    | Tag::CodeBlock(_)
                    | Tag::List(None)
                    | Tag::Item
                    | Tag::Table(_)
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::TableCell
                ) => {}
                other => prop_assert!(false, "{other:?} of {text}"),
            }
        }
        let file: Value = serde_yaml_ng::from_str(self::text(&release, "CITATION.cff")).unwrap();
        let keys: Vec<_> = file.as_object().unwrap().keys().map(String::as_str).collect();
        prop_assert_eq!(keys, ["abstract", "authors", "cff-version", "message", "title", "type", "version"]);
    });
}
