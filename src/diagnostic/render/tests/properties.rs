//! What no text and no place can make the formats do.

use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::super::*;
use super::Project;
use super::runner::commands;
use crate::diagnostic::{Diagnostic, Fix, Level, Printable};
use crate::source::{Location, Span};

/// Text of lines, and of what attacks are made of.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "  ",
        "a: b",
        "::error::x",
        "##[x]",
        "##",
        "[",
        ":",
        "#",
        "\u{1b}[1m",
        "\u{202e}",
        "\u{200b}",
        "\u{200d}",
        "\u{85}",
        "\u{2028}",
        "\u{3000}",
        "巴拉德",
        "بلد",
        "é",
        "e\u{301}",
        "👨\u{200d}👩",
        "\u{0}",
        "\u{7f}",
        "\u{fe0f}",
        "…",
        "\u{10ffff}",
    ];
    let long = "x".repeat(300);
    let piece = prop_oneof![
        40 => prop::sample::select(pieces.to_vec()).prop_map(String::from),
        5 => any::<char>().prop_map(String::from),
        1 => Just(long),
        1 => Just("\n".repeat(60)),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn place() -> impl Strategy<Value = (usize, u32, u32)> {
    let offset = || prop_oneof![9 => 0..60_u32, 3 => 0..600_u32, 1 => any::<u32>()];
    (0..3_usize, offset(), offset())
}

#[derive(Debug, Clone)]
struct Parts {
    paths: [String; 2],
    texts: [String; 2],
    places: Vec<((usize, u32, u32), String)>,
    edits: Vec<((usize, u32, u32), String)>,
}

impl Parts {
    fn paths_with_gone(&self) -> [String; 3] {
        let [first, second] = self.paths.clone();
        [first, second, GONE.to_owned()]
    }
}

/// A file that is there no more.
const GONE: &str = "gone\u{1b}.yaml";

/// The official schema, but for a pattern in it with a bracket too many.
static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let schema = include_str!("../../../../tests/data/sarif/sarif-2.1.0-rtm.5.json");
    let schema = serde_json::from_str(&schema.replace("{2}]?$", "{2}$")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

fn parts() -> impl Strategy<Value = Parts> {
    let places = prop::collection::vec((place(), text()), 1..5);
    let edits = prop::collection::vec((place(), text()), 0..4);
    ([text(), text()], [text(), text()], places, edits).prop_map(|(paths, texts, places, edits)| {
        let [first, second] = paths;
        Parts { paths: [first, format!("{second}2")], texts, places, edits }
    })
}

/// A finding at every kind of place, also in a file that is gone, in words as given.
fn project(parts: &Parts) -> Project {
    let [(first, second), (text, other)] =
        [&parts.paths, &parts.texts].map(|[first, second]| (first.as_str(), second.as_str()));
    let mut project = Project::new(&[(first, text), (second, other)]);
    let ids = [project.file(first), project.file(second), project.files.add(GONE)];
    let location =
        |(file, start, end): (usize, u32, u32)| Location::new(ids[file], Span::new(start, end));
    let mut places = parts.places.iter().map(|(place, words)| (location(*place), words));
    let (at, words) = places.next().unwrap();
    let mut diagnostic = Diagnostic::new("rule", at, words).label(words).help(words);
    for (at, words) in places {
        diagnostic = diagnostic.also(at, words);
    }
    let fix = parts
        .edits
        .iter()
        .fold(Fix::safe(words), |fix, (place, text)| fix.replace(location(*place), text));
    project.sink.push(Level::Error, diagnostic.fix(fix));
    project
}

/// What a page says outside code blocks, and what stands in them.
fn outside_and_inside_code(markdown: &str) -> (Vec<Event<'_>>, String) {
    let (mut outside, mut inside, mut in_code) = (Vec::new(), String::new(), false);
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if in_code => inside.push_str(&text),
            other => outside.push(other),
        }
    }
    (outside, inside)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_panics_and_nothing_printed_is_obeyed(parts in parts(), width in 0_usize..150) {
        for format in FORMATS {
            let out = project(&parts).print(format.name);
            prop_assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{out:?}");
            prop_assert!(!out.contains(['\u{202e}', '\u{200b}', '\u{2028}']), "{out:?}");
            let commands = commands(&out);
            let expected = usize::from(format.name == Format::GITHUB.name);
            prop_assert!(commands.len() == expected, "{commands:?} in {out}");
        }
        let styled = project(&parts).print_in("text", Terminal { coloured: true, width });
        prop_assert_eq!(commands(&styled), []);
    }

    #[test]
    fn json_says_exactly_what_goes_into_the_file(parts in parts()) {
        let out = project(&parts).print("json");
        let value: Value = serde_json::from_str(&out).unwrap();
        let edits = value["diagnostics"][0]["fix"]["edits"].as_array().unwrap();
        let texts: Vec<_> = edits.iter().map(|edit| edit["text"].as_str().unwrap()).collect();
        let expected: Vec<_> = parts.edits.iter().map(|(_, text)| text.as_str()).collect();
        prop_assert_eq!(texts, expected);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_reader_reads_back_what_was_said(parts in parts()) {
        let words = |text: &String| Printable::new(text).to_string();
        let message = words(&parts.places[0].1);
        let path = words(&parts.paths_with_gone()[parts.places[0].0.0]);

        let annotation = &commands(&project(&parts).print("github"))[0];
        prop_assert_eq!(&annotation.properties["file"], &path);
        prop_assert_eq!(annotation.message.split('\n').next(), Some(&*message));

        let xml = project(&parts).print("junit");
        let xml = roxmltree::Document::parse(&xml).unwrap();
        let failure = xml.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        prop_assert_eq!(failure.attribute("message"), Some(&*message));
        prop_assert_eq!(failure.parent().unwrap().attribute("classname"), Some(&*path));

        let sarif: Value = serde_json::from_str(&project(&parts).print("sarif")).unwrap();
        let faults: Vec<_> = SARIF.iter_errors(&sarif).map(|fault| fault.to_string()).collect();
        prop_assert_eq!(faults, Vec::<String>::new());

        let markdown = project(&parts).print("markdown");
        let (outside, code) = outside_and_inside_code(&markdown);
        let text = project(&parts).print("text");
        prop_assert_eq!(Some(&*code), text.strip_suffix('\n'));
        let own = "### eventc\n\n1 error in 1 file";
        prop_assert_eq!(outside, outside_and_inside_code(own).0);
    }
}
