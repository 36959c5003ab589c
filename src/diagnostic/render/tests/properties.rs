//! What no text and no place can make the formats do.

use proptest::prelude::*;

use super::super::*;
use super::Project;
use crate::diagnostic::{Diagnostic, Fix, Level};
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
    let ids = [project.file(first), project.file(second), project.files.add("gone\u{1b}.yaml")];
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

/// What a runner would take for a command. The ` ::: ` before the path of a second file is no
/// command: its name would begin with a colon.
fn has_command(line: &str) -> bool {
    let start = line.trim_start();
    start.starts_with("::") && !start.starts_with("::: ") || line.contains("##[")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_panics_and_nothing_printed_is_obeyed(parts in parts()) {
        for format in Format::ALL {
            let out = project(&parts).print(format, Colour::Never);
            prop_assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{out:?}");
            prop_assert!(!out.contains(['\u{202e}', '\u{200b}', '\u{2028}']), "{out:?}");
            prop_assert!(!out.split('\n').any(has_command), "{out}");
        }
        let styled = project(&parts).print(Format::Text, Colour::Always);
        prop_assert!(!styled.split('\n').any(has_command), "{styled}");
    }

    #[test]
    fn json_says_exactly_what_goes_into_the_file(parts in parts()) {
        let out = project(&parts).print(Format::Json, Colour::Never);
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        let edits = value["diagnostics"][0]["fix"]["edits"].as_array().unwrap();
        let texts: Vec<_> = edits.iter().map(|edit| edit["text"].as_str().unwrap()).collect();
        let expected: Vec<_> = parts.edits.iter().map(|(_, text)| text.as_str()).collect();
        prop_assert_eq!(texts, expected);
    }
}
