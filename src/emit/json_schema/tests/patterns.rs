//! The patterns that values are told by match every value.

use std::fs;
use std::path::Path;

use crate::value::{
    ActorCode, DECIMAL_PATTERN, Date, INTEGER_PATTERN, Identifier, Range, Time, parse_decimal,
    parse_integer,
};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// A pattern, what reads the value, and whether nothing else matches.
struct Pattern {
    matches: Validator,
    reads: fn(&str) -> bool,
    exact: bool,
}

fn patterns() -> Vec<Pattern> {
    let pattern = |pattern, reads, exact| Pattern {
        matches: jsonschema::draft7::new(&json!({ "pattern": pattern })).unwrap(),
        reads,
        exact,
    };
    vec![
        pattern(Identifier::PATTERN, |text| Identifier::parse(text).is_ok(), true),
        pattern(ActorCode::PATTERN, |text| ActorCode::parse(text).is_ok(), true),
        pattern(Time::PATTERN, |text| Time::parse(text).is_ok(), true),
        pattern(Date::PATTERN, |text| Date::parse(text).is_ok(), false),
        pattern(Range::PATTERN, |text| Range::parse(text).is_ok(), false),
        pattern(INTEGER_PATTERN, |text| parse_integer(text).is_ok(), false),
        pattern(DECIMAL_PATTERN, |text| parse_decimal(text).is_ok(), false),
    ]
}

/// The strings of the EDTF suites, and values of the other types.
fn values() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/edtf");
    let mut values: Vec<_> = [
        "pmf",
        "2019-08-20-balad",
        "a.b_c-d",
        "ISR",
        "ISRMIL",
        "ISRGOVLKDABCDEF",
        "17:45",
        "17:45:30~",
        "23:59/00:10%",
        "3",
        "0..5",
        "1..",
        "..30",
        "-0",
        "-12.50",
        "0.5",
        "9223372036854775807",
    ]
    .map(str::to_owned)
    .into();
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for name in names.iter().filter(|name| name.extension().is_some_and(|ext| ext == "json")) {
        collect(&serde_json::from_str(&fs::read_to_string(name).unwrap()).unwrap(), &mut values);
    }
    values
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(entries) => entries.values().for_each(|item| collect(item, texts)),
        _ => {}
    }
}

#[test]
fn a_pattern_matches_every_value() {
    let patterns = patterns();
    let values = values();
    let read = |pattern: &Pattern| values.iter().filter(|text| (pattern.reads)(text)).count();
    assert!(read(&patterns[3]) > 200, "the suites hold dates");
    let edit = (any::<Index>(), select("0129XYTSE-~?%/.:,[]{}aZ \n".chars().collect::<Vec<_>>()));
    let edits = prop::collection::vec(edit, 0..3);
    proptest!(|(value in select(values), edits in edits)| {
        let mut text = value;
        for (at, new) in edits {
            let mut letters: Vec<_> = text.chars().collect();
            let at = at.index(letters.len() + 1);
            if at < letters.len() && new != 'Z' { letters[at] = new } else { letters.insert(at, new) }
            text = letters.into_iter().collect();
        }
        for pattern in &patterns {
            let (reads, matches) = ((pattern.reads)(&text), pattern.matches.is_valid(&json!(text)));
            prop_assert!(matches || !reads, "{text:?} is one and does not match");
            prop_assert!(reads || !matches || !pattern.exact, "{text:?} is none and matches");
        }
    });
}
