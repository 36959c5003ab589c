//! Two YAML parsers that share no code must read the same from the same text.
//!
//! `EVENTC_CASES` multiplies how many texts each test tries. The texts are the same in every run.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::syntax::{self, Content, Node, Style, SyntaxDefect};
use granit_parser::{Event, Parser, ScalarStyle};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

#[test]
fn generated_records_are_read_alike() {
    let run = runner(3_000).run(&record(), |text| {
        prop_assert_eq!(compare(&text)?, Verdict::BothRead, "{}", text);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn mutated_records_are_read_alike() {
    let counts = RefCell::new(BTreeMap::new());
    let cases = (record(), prop::collection::vec(mutation(), 1..4));
    let run = runner(5_000).run(&cases, |(text, mutations)| {
        let text = mutations.iter().fold(text, |text, mutation| mutation.apply(&text));
        let verdict = compare(&text)?;
        prop_assert!(is_understood(verdict, &text), "{verdict:?}\n{text}");
        *counts.borrow_mut().entry(verdict).or_insert(0_u32) += 1;
        Ok(())
    });
    run.unwrap();
    let counts = counts.into_inner();
    let count = |verdict| counts.get(&verdict).copied().unwrap_or(0);
    let alone = count(Verdict::OnlyWeRead) + count(Verdict::OnlyGranitReads);
    assert!(alone * 200 < count(Verdict::BothRead), "{counts:?}");
    assert!(count(Verdict::BothRefuse) > alone && count(Verdict::NotOurs) > 0, "{counts:?}");
}

/// Whether it is known why only one of the two reads such a text.
fn is_understood(verdict: Verdict, text: &str) -> bool {
    let tab = text.contains('\t');
    let line = |begins: &str| {
        text.lines().any(|line| line.trim_start_matches([' ', '-', '?']).starts_with(begins))
    };
    match verdict {
        Verdict::BothRead | Verdict::BothRefuse | Verdict::NotOurs => true,
        // An empty key before a `:` at the start of a line, with a nested mapping on that line:
        // granit takes what YAML 1.2.2 (production 187) does not. Tabs that separate a `-` from
        // a nested mapping, or indent a comment, likewise.
        Verdict::OnlyGranitReads => line(":") || tab,
        // A block scalar without lines, of a stated indentation, before a comment that is
        // indented less: YAML 1.2.2 (production 169) allows the comment.
        Verdict::OnlyWeRead => (text.contains("|2") || text.contains(">2")) && line("#") || tab,
    }
}

/// What the two parsers made of a text. That both read it includes that they read the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    BothRead,
    BothRefuse,
    OnlyWeRead,
    OnlyGranitReads,
    /// The text is YAML that a record does without, so that our tree is meant to differ.
    NotOurs,
}

fn compare(text: &str) -> Result<Verdict, TestCaseError> {
    let stream = syntax::parse(text);
    let is_yaml = |defect: &SyntaxDefect| matches!(defect, SyntaxDefect::Yaml(_));
    if stream.defects.iter().any(|defect| !is_yaml(&defect.value)) {
        return Ok(Verdict::NotOurs);
    }
    let ours: Vec<_> = stream.documents.iter().map(|document| ours(document.root())).collect();
    Ok(match (stream.defects.is_empty(), granit(text)) {
        (true, Some(theirs)) => {
            prop_assert_eq!(ours, theirs, "{}", text);
            Verdict::BothRead
        }
        (true, None) => Verdict::OnlyWeRead,
        (false, Some(_)) => Verdict::OnlyGranitReads,
        (false, None) => Verdict::BothRefuse,
    })
}

/// A document as a list of its nodes in order; a collection is closed by `end`.
fn ours(root: Option<Node<'_>>) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<_> = root.map(Some).into_iter().collect();
    if root.is_none() {
        found.push("Plain \"\"".to_owned());
    }
    while let Some(node) = open.pop() {
        let Some(node) = node else {
            found.push("end".to_owned());
            continue;
        };
        let mut children: Vec<_> = match node.content() {
            Content::Scalar(scalar) => {
                found.push(format!("{:?} {:?}", scalar.style, scalar.text));
                continue;
            }
            Content::Sequence(sequence) => {
                found.push("sequence".to_owned());
                sequence.items().collect()
            }
            Content::Mapping(mapping) => {
                found.push("mapping".to_owned());
                mapping.entries().flat_map(|entry| [entry.key, entry.value]).collect()
            }
        };
        children.reverse();
        open.push(None);
        open.extend(children.into_iter().map(Some));
    }
    found
}

/// The same list as granit reads it, for each document; `None` if it refuses the text.
fn granit(text: &str) -> Option<Vec<Vec<String>>> {
    let options = granit_parser::options! { strict_indentation: true };
    let mut documents = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        let node = match event {
            Event::DocumentStart(..) => {
                documents.push(Vec::new());
                continue;
            }
            Event::Scalar(value, style, ..) => {
                let absent = style == ScalarStyle::Plain && span.byte_range()?.is_empty();
                let value = if absent { "" } else { &value };
                format!("{:?} {value:?}", style_of(style))
            }
            Event::SequenceStart(..) => "sequence".to_owned(),
            Event::MappingStart(..) => "mapping".to_owned(),
            Event::SequenceEnd | Event::MappingEnd => "end".to_owned(),
            _ => continue,
        };
        documents.last_mut()?.push(node);
    }
    Some(documents)
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

#[derive(Clone, Debug)]
enum Value {
    /// Text that stands on one line, and that stands in brackets as well.
    Line(String),
    /// A block scalar: its header and its lines.
    Block(&'static str, Vec<String>),
    Mapping(Vec<(String, Value)>, bool),
    Sequence(Vec<Value>, bool),
}

/// A record-like text: a mapping of mappings, sequences and scalars in every style.
fn record() -> impl Strategy<Value = String> {
    let value = leaf().prop_recursive(4, 24, 5, |inner| {
        let keys = prop::collection::vec((key(), inner.clone()), 1..5);
        let items = prop::collection::vec(inner, 1..5);
        prop_oneof![
            (keys, any::<bool>()).prop_map(|(keys, flow)| Value::Mapping(distinct(keys), flow)),
            (items, any::<bool>()).prop_map(|(items, flow)| Value::Sequence(items, flow)),
        ]
    });
    let entries = prop::collection::vec((key(), value), 1..6);
    (entries, any::<bool>()).prop_map(|(entries, marker)| {
        let mut text = if marker { "# a record\n---\n".to_owned() } else { String::new() };
        write_block(&mut text, &Value::Mapping(distinct(entries), false), 0);
        text
    })
}

fn distinct(keys: Vec<(String, Value)>) -> Vec<(String, Value)> {
    keys.into_iter().enumerate().map(|(at, (key, value))| (format!("{key}{at}"), value)).collect()
}

fn key() -> impl Strategy<Value = String> {
    select(vec!["id", "date", "says", "الاسم", "tv7-2019-08-21", "a b", "o'clock ", "x:y", "-z"])
        .prop_map(str::to_owned)
}

fn leaf() -> impl Strategy<Value = Value> {
    let lines = prop::collection::vec("( {0,3}[a-zé#:'\"{-]{1,6}( [a-z:#]{1,4}){0,2})?", 1..5);
    let header = select(vec!["|", ">", "|-", ">-", "|+", ">+", "|2", ">2-"]);
    prop_oneof![
        4 => "[a-zA-Z0-9éق空][a-z0-9é/.:#'\"~+-]{0,8}( [a-z0-9é.-][a-z]{0,5}){0,3}".prop_filter_map(
            "ends in a colon",
            |text| (!text.contains(": ") && !text.ends_with(':')).then_some(Value::Line(text))
        ),
        2 => "'([a-z :#{,é\\\\\"\\]-]|''){0,12}'".prop_map(Value::Line),
        2 => "\"([a-z :#{,é'\\]-]|\\\\[nt\"\\\\/]|\\\\x4[1-9]|\\\\u00e9){0,12}\"".prop_map(Value::Line),
        1 => Just(Value::Line(String::new())),
        2 => (header, lines).prop_map(|(header, lines)| Value::Block(header, lines)),
    ]
}

/// Writes a block collection, or anything else after what is already on its line.
fn write_block(out: &mut String, value: &Value, indent: usize) {
    let margin = " ".repeat(indent);
    match value {
        Value::Mapping(entries, false) => {
            for (key, value) in entries {
                *out += &format!("{margin}{key}:");
                write_value(out, value, indent);
            }
        }
        Value::Sequence(items, false) => {
            for item in items {
                *out += &format!("{margin}-");
                write_value(out, item, indent);
            }
        }
        _ => {}
    }
}

fn write_value(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Mapping(_, false) | Value::Sequence(_, false) => {
            out.push_str("   # below\n");
            write_block(out, value, indent + 2);
        }
        Value::Block(header, lines) => {
            *out += &format!(" {header}\n");
            let margin = " ".repeat(indent + 2);
            for (at, line) in lines.iter().enumerate() {
                let line = if at == 0 { line.trim_start() } else { line };
                let first = if at == 0 && line.is_empty() { "x" } else { "" };
                *out += &if line.is_empty() && at > 0 {
                    "\n".to_owned()
                } else {
                    format!("{margin}{first}{line}\n")
                };
            }
        }
        Value::Line(text) if text.is_empty() => out.push('\n'),
        _ => {
            out.push(' ');
            write_flow(out, value);
            out.push_str(if indent == 0 { "\n" } else { " # é\n" });
        }
    }
}

fn write_flow(out: &mut String, value: &Value) {
    match value {
        Value::Line(text) if text.is_empty() => out.push_str("''"),
        Value::Line(text) => out.push_str(text),
        Value::Block(..) => out.push_str("block"),
        Value::Mapping(entries, _) => {
            out.push('{');
            for (key, value) in entries {
                *out += &format!("{key}: ");
                write_flow(out, value);
                out.push_str(", ");
            }
            out.push('}');
        }
        Value::Sequence(items, _) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                write_flow(out, item);
            }
            out.push(']');
        }
    }
}

/// A change of a text that a hand, or a bad merge, could make.
#[derive(Clone, Debug)]
enum Mutation {
    Insert(Index, &'static str),
    Delete(Index),
    RepeatLine(Index, Index),
    DeleteLine(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let pieces = vec![
        " ", "  ", "\n", "\r\n", "\t", ":", ": ", "-", "- ", "? ", "#", " #", "[", "]", "{", "}",
        ",", "\"", "'", "|", ">", "%", "@", "`", "\\", "---\n", "...\n", "é", "\n\n", "x: y",
    ];
    prop_oneof![
        4 => (any::<Index>(), select(pieces)).prop_map(|(at, text)| Mutation::Insert(at, text)),
        2 => any::<Index>().prop_map(Mutation::Delete),
        1 => any::<(Index, Index)>().prop_map(|(from, to)| Mutation::RepeatLine(from, to)),
        1 => any::<Index>().prop_map(Mutation::DeleteLine),
    ]
}

impl Mutation {
    fn apply(&self, text: &str) -> String {
        let characters: Vec<_> = text.char_indices().collect();
        let mut lines: Vec<_> = text.split_inclusive('\n').collect();
        if characters.is_empty() {
            return text.to_owned();
        }
        match self {
            Self::Insert(at, piece) => {
                let at = at.get(&characters).0;
                format!("{}{piece}{}", &text[..at], &text[at..])
            }
            Self::Delete(at) => {
                let (at, character) = *at.get(&characters);
                format!("{}{}", &text[..at], &text[at + character.len_utf8()..])
            }
            Self::RepeatLine(from, to) => {
                let line = *from.get(&lines);
                lines.insert(to.index(lines.len()), line);
                lines.concat()
            }
            Self::DeleteLine(at) => {
                lines.remove(at.index(lines.len()));
                lines.concat()
            }
        }
    }
}

fn runner(cases: u32) -> TestRunner {
    let times = std::env::var("EVENTC_CASES").ok().and_then(|times| times.parse().ok());
    let config = Config {
        cases: cases * times.unwrap_or(1),
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}
