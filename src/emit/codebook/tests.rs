//! The generated codebook.

use crate::emit::codebook::codebook_page;
use crate::emit::json_schema::{FileKind, json_schema};
use crate::form::Form;
use crate::record::{Actor, Claim, DatasetFile, Event, Place, SourceEntry};
use crate::schema::{self, CodeEntry, Codebook};
use crate::source::{Files, Memory};
use crate::table::{self, descriptions};
use proptest::prelude::*;
use pulldown_cmark::{Event as Mark, Options, Parser, Tag};

use crate::tests::project::{checked, repository};

#[test]
fn it_tells_every_column_key_field_and_code() {
    let codebook = checked(&repository()).codebook;
    let page = codebook_page(&codebook, None);
    let mut named: Vec<String> = Vec::new();
    for table in descriptions(&codebook) {
        named.extend(table.columns.iter().map(|column| column.name.to_string()));
    }
    let forms =
        [Event::FORM, Claim::FORM, Actor::FORM, Place::FORM, SourceEntry::FORM, DatasetFile::FORM];
    named.extend(forms.iter().flat_map(|form| form.keys).map(|key| key.name.to_owned()));
    named.extend(codebook.all_fields().map(|field| field.name.clone()));
    for list in codebook.lists_in_use() {
        named.extend(list.entries().iter().map(|entry| entry.code.to_string()));
    }
    for name in named {
        assert!(page.contains(&format!("\n| `{name}` | ")), "{name}");
    }
}

/// What attacks are made of, as a text in double quotes holds it.
const PIECES: &[&str] = &[
    "\\n",
    " ",
    "#",
    "# ",
    "-",
    "- ",
    "+",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    ">",
    "<b>",
    "<!--",
    "&lt;",
    "[a](http://b)",
    "![i](j)",
    "[^1]",
    "1.",
    "|",
    "---",
    "===",
    "\\\\",
    "$",
    "@user",
    "http://x.example",
    "word",
    "ش",
];

/// A codebook with a text wherever a project's own text can be.
fn with_text(text: &str) -> Codebook {
    let codebook = format!(
        "codebook: {text}\nversion: {text}\ndoc: {text}\nlists: {{action: odd, country: odd, sector: odd}}\n\
         fields: {{x: {{type: text, unit: {text}, doc: {text}}}}}\n"
    );
    let list = format!(
        "list: odd\nversion: {text}\norigin: {text}\ncolumns: {{c: {{type: text, doc: {text}}}}}\n\
         codes: {{{text}: {{label: {text}, doc: {text}, aliases: [{text}]}}}}\n"
    );
    let mut world = Memory::new();
    world.write("schema/codebook.yaml", codebook);
    world.write("schema/codes/odd.yaml", list);
    table::without_clashes(schema::load(&world, &mut Files::default()).unwrap()).codebook
}

#[test]
fn no_text_of_a_project_is_obeyed() {
    let texts = prop::collection::vec(prop::sample::select(PIECES), 1..12);
    let config = ProptestConfig { cases: 64, ..ProptestConfig::default() };
    proptest!(config, |(pieces in texts)| {
        let text = format!("\"a{}\"", pieces.concat());
        let page = codebook_page(&with_text(&text), None);
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for mark in Parser::new_ext(&page, options) {
            match mark {
                Mark::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->"),
                Mark::Start(Tag::Link { dest_url, .. }) => {
                    prop_assert!(dest_url.starts_with('#'), "{} leads to {}", text, dest_url);
                }
                Mark::Text(_) | Mark::Code(_) | Mark::End(_) | Mark::Start(
                    Tag::Heading { id: None, .. }
                    | Tag::Paragraph
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
        // Readers add cells that a row lacks and drop those that it has too many.
        let of_field = page.lines().find(|line| line.starts_with("| `x` | a text |"));
        let bars = of_field.map(|row| row.replace("\\\\", "").replace("\\|", "").matches('|').count());
        prop_assert_eq!(bars, Some(6), "{:?}", of_field);
    });
}

/// A list that stands in the codebook, and a field that is only its type, mean what they mean in full.
#[test]
fn short_and_long_forms_are_one_codebook() {
    let written = |files: &[(&str, &str)]| {
        let mut world = Memory::new();
        for (path, text) in files {
            world.write(*path, text.as_bytes());
        }
        let loaded = schema::load(&world, &mut Files::default()).unwrap();
        assert!(loaded.files.iter().all(|file| file.defects.is_empty()), "{:?}", loaded.files);
        let codebook = table::without_clashes(loaded).codebook;
        let rules: &[(&str, String)] = &[];
        let schemas = FileKind::ALL.map(|file| json_schema(file, &codebook, rules));
        (codebook_page(&codebook, None), schemas)
    };
    let short = written(&[(
        "schema/codebook.yaml",
        "lists: {action: [arson, unknown], certainty: {high: Two saw it, low: low, unknown: unknown}}\n\
         fields: {school_name: text, dead: range, weapon: [gun, knife], way: {type: code, codes: {\"on\": On foot}}}\n",
    )]);
    let long = written(&[
        (
            "schema/codebook.yaml",
            "lists: {action: action, certainty: certainty}\n\
             fields:\n\
             \x20 school_name: {type: text, doc: School name.}\n\
             \x20 dead: {type: range, doc: Dead.}\n\
             \x20 weapon: {type: code, codes: weapon, doc: Weapon.}\n\
             \x20 way: {type: code, codes: way, doc: Way.}\n",
        ),
        (
            "schema/codes/action.yaml",
            "list: action\ncodes: {arson: {}, unknown: {label: unknown, unknown: true}}\n",
        ),
        (
            "schema/codes/certainty.yaml",
            "list: certainty\nordered: true\n\
             columns: {rank: {type: integer, doc: \"Position on the scale, larger is stronger; missing where it has none.\"}}\n\
             codes: {high: {label: Two saw it, rank: 2}, low: {rank: 1}, unknown: {unknown: true}}\n",
        ),
        ("schema/codes/weapon.yaml", "list: weapon\ncodes: {gun: {}, knife: {}}\n"),
        ("schema/codes/way.yaml", "list: way\ncodes: {\"on\": {label: On foot}}\n"),
    ]);
    assert_eq!(short.0, long.0);
    assert_eq!(short.1, long.1);
}

#[test]
fn every_key_of_a_registry_and_of_a_code_is_a_column() {
    let plain = Codebook::default();
    let (actors, places) = (table::actors(&plain), table::places(&plain));
    let (sources, codes) = (table::sources(&plain), table::codes(&plain));
    let is_column = |table: &str, name: &str| match table {
        "actors" => actors.reserves(name),
        "places" => places.reserves(name),
        "sources" => sources.reserves(name),
        _ => codes.reserves(name),
    };
    let registries: [(&str, &Form); 4] = [
        ("actors", Actor::FORM),
        ("places", Place::FORM),
        ("sources", SourceEntry::FORM),
        ("codes", CodeEntry::FORM),
    ];
    for (table, form) in registries {
        for key in form.keys {
            // A column says in its name what a number is measured in.
            let column = if key.name == "radius" { "radius_m" } else { key.name };
            assert!(is_column(table, column), "{table}: {column}");
        }
    }
}
