//! The proof, held against generated texts and edits.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::span;
use crate::fix::edited::{Edited, Replacement};
use crate::fix::{nodes, proof};
use crate::source::Span;
use crate::syntax::{self, Content, Node, Style};

// Generated YAML: every word of it stands once, so that it can be found again.

/// A value of a mapping or an item of a sequence.
#[derive(Clone, Debug)]
enum Value {
    Word(Style),
    Mapping { flow: bool, values: Vec<(Value, bool)> },
    Sequence { flow: bool, values: Vec<(Value, bool)> },
}

fn value() -> impl Strategy<Value = Value> {
    let style = select(vec![
        Style::Plain,
        Style::Plain,
        Style::SingleQuoted,
        Style::DoubleQuoted,
        Style::Literal,
    ]);
    style.prop_map(Value::Word).prop_recursive(3, 24, 4, |inner| {
        // A bool says whether a comment follows.
        let values = prop::collection::vec((inner, any::<bool>()), 1..4);
        (any::<bool>(), any::<bool>(), values).prop_map(|(is_mapping, flow, values)| {
            if is_mapping {
                Value::Mapping { flow, values }
            } else {
                Value::Sequence { flow, values }
            }
        })
    })
}

/// A document of some entries.
fn document() -> impl Strategy<Value = String> {
    let values = prop::collection::vec((value(), any::<bool>()), 1..5);
    (values, any::<bool>(), any::<bool>()).prop_map(|(values, windows, last)| {
        let mut text = Written::default();
        text.block(&Value::Mapping { flow: false, values }, 0);
        let mut text = text.text;
        if !last {
            text.truncate(text.trim_end().len());
        }
        if windows { text.replace('\n', "\r\n") } else { text }
    })
}

#[derive(Default)]
struct Written {
    text: String,
    words: usize,
}

impl Written {
    fn word(&mut self, before: &str, after: &str) {
        self.words += 1;
        self.text.push_str(&format!("{before}w{0}w{0}e{after}", self.words));
    }

    fn line_end(&mut self, comment: bool) {
        if comment {
            self.word("  # ", "");
        }
        self.text.push('\n');
    }

    /// Writes what follows a `key:` or a `-`, from there to the end of its last line.
    fn after_sign(&mut self, value: &Value, indent: usize, comment: bool) {
        match value {
            Value::Mapping { flow: false, .. } | Value::Sequence { flow: false, .. } => {
                self.line_end(comment);
                self.block(value, indent + 2);
            }
            Value::Word(Style::Literal) => {
                self.text.push_str(" |");
                self.line_end(comment);
                self.word(&" ".repeat(indent + 2), " 'x\n");
            }
            _ => {
                self.text.push(' ');
                self.flow(value);
                self.line_end(comment);
            }
        }
    }

    fn block(&mut self, value: &Value, indent: usize) {
        let (Value::Mapping { values, .. } | Value::Sequence { values, .. }) = value else {
            return;
        };
        for (child, comment) in values {
            self.text.push_str(&" ".repeat(indent));
            match value {
                Value::Mapping { .. } => self.word("", ":"),
                _ => self.text.push('-'),
            }
            self.after_sign(child, indent, *comment);
        }
    }

    fn flow(&mut self, value: &Value) {
        match value {
            Value::Word(Style::SingleQuoted) => self.word("'", " # ''x'"),
            Value::Word(Style::DoubleQuoted) => self.word("\"", " \\\"x: y\""),
            Value::Word(_) => self.word("", ""),
            Value::Mapping { values, .. } | Value::Sequence { values, .. } => {
                let is_mapping = matches!(value, Value::Mapping { .. });
                self.text.push(if is_mapping { '{' } else { '[' });
                for (at, (child, _)) in values.iter().enumerate() {
                    self.text.push_str(if at > 0 { ", " } else { "" });
                    if is_mapping {
                        self.word("", ": ");
                    }
                    self.flow(child);
                }
                self.text.push(if is_mapping { '}' } else { ']' });
            }
        }
    }
}

/// Text that breaks YAML in all the ways there are.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "\"", "'", "[", "]", "{", "}", ",", ": ", ":", "- ", "#", " # ", "\n", "\n  ", "\n- ",
        "|\n", "x", "x: ", "\n---\n", "&x ", "*x", "!x ", "? ", "%", "\t", "  ", "\u{202e}",
        "<<: ", "é",
    ];
    prop::collection::vec(select(pieces), 0..4).prop_map(|pieces| pieces.concat())
}

/// Edits of a text at any places, in order and apart from each other.
fn edits(text: &str, wanted: &[(Index, usize, String)]) -> (Vec<(Span, String)>, Edited) {
    let mut spans: BTreeMap<Span, String> = BTreeMap::new();
    for (start, length, new) in wanted {
        let start = text.floor_char_boundary(start.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + length).min(text.len()));
        let span = span(start, end);
        if spans.keys().all(|other| !other.touches(span)) {
            spans.insert(span, new.clone());
        }
    }
    let edits: Vec<_> = spans.into_iter().collect();
    let replacements: Vec<_> =
        edits.iter().map(|(span, text)| Replacement { span: *span, text }).collect();
    let edited = Edited::new(text, &replacements).unwrap();
    (edits, edited)
}

/// Where each word stands: its keys and whether it is read as a key or value, or in a comment.
fn words(text: &str) -> BTreeMap<String, String> {
    let stream = syntax::parse(text);
    let mut found = BTreeMap::new();
    for document in &stream.documents {
        if let Some(root) = document.root() {
            note_words(root, "", &mut found);
        }
    }
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_word(word)) {
        found.entry(word.to_owned()).or_insert_with(|| "comment".to_owned());
    }
    found
}

/// Whether it is a word as it was written: an edit within it does not make it another.
fn is_word(word: &str) -> bool {
    let number = word.strip_prefix('w').and_then(|word| word.strip_suffix('e'));
    number.and_then(|number| number.split_once('w')).is_some_and(|(one, other)| one == other)
}

fn note_words(node: Node<'_>, path: &str, found: &mut BTreeMap<String, String>) {
    match node.content() {
        Content::Scalar(scalar) => {
            for word in scalar.text.split(' ').filter(|word| is_word(word)) {
                found.insert(word.to_owned(), format!("{path} {:?} {}", scalar.style, scalar.text));
            }
        }
        Content::Sequence(items) => {
            for item in items.items() {
                note_words(item, &format!("{path}/-{}", items.flow()), found);
            }
        }
        Content::Mapping(mapping) => {
            for entry in mapping.entries() {
                let path = format!("{path}/{}", mapping.flow());
                note_words(entry.key, &format!("{path} key"), found);
                note_words(entry.value, &format!("{path} {}", entry.key.source()), found);
            }
        }
    }
}

proptest! {
    #[test]
    fn outside_the_edits_every_byte_stays_and_is_found_again(
        text in document(),
        wanted in prop::collection::vec((any::<Index>(), 0_usize..9, hostile()), 1..5),
    ) {
        let (edits, edited) = edits(&text, &wanted);
        let (mut old, mut new) = (text.as_str(), edited.text.as_str());
        for (span, written) in edits.iter().rev() {
            let at = edited.grown(*span);
            prop_assert_eq!(&edited.text[at.range()], written);
            prop_assert_eq!(&old[span.end as usize..], &new[at.end as usize..]);
            (old, new) = (&old[..span.start as usize], &new[..at.start as usize]);
        }
        prop_assert_eq!(old, new);
        for (at, character) in text.char_indices() {
            let at = at.try_into().unwrap();
            if edits.iter().all(|(span, _)| !span.touches(Span::at(at))) {
                let moved = edited.moved(at) as usize;
                prop_assert!(edited.text[moved..].starts_with(character));
            }
        }
    }

    /// The proof is held against the words of the text: those that no edit touches, and whose keys
    /// no edit touches, are read the same, in the same place; and comments stay comments.
    #[test]
    fn what_is_proved_changes_no_word_that_it_does_not_touch(
        text in document(),
        wanted in prop::collection::vec((any::<Index>(), 0_usize..9, hostile()), 1..3),
    ) {
        let (edits, edited) = edits(&text, &wanted);
        if !proof::holds(&text, &edited) {
            return Ok(());
        }
        let (before, after) = (words(&text), words(&edited.text));
        let is_touched = |word: &str| {
            let start = text.find(word).unwrap();
            edits.iter().any(|(at, _)| at.touches(span(start, start + word.len())))
        };
        let touched: Vec<_> = before.keys().filter(|word| is_touched(word)).collect();
        for (word, place) in &before {
            // What is in a touched scalar, or in a collection touched at its start or bracket, or has
            // a touched word in its keys, may be read in another way.
            let shares = touched.iter().any(|touched| place.contains(touched.as_str()));
            if shares || edits.iter().any(|(at, _)| around(&text, word).iter().any(|end| end.touches(*at))) {
                continue;
            }
            prop_assert_eq!(Some(place), after.get(word), "{}\n->\n{}", text, edited.text);
        }
    }

    #[test]
    fn an_honest_edit_of_a_word_is_proved(text in document(), at in any::<Index>(), quote in any::<bool>()) {
        let plain: Vec<_> = words(&text).into_iter().filter(|(_, place)| place.contains("Plain")).collect();
        let (word, place) = &plain[at.index(plain.len())];
        let start = text.find(word).unwrap();
        let new = if quote && !place.contains("key") { "'it''s # [new]'" } else { "new" };
        let edit = Replacement { span: span(start, start + word.len()), text: new };
        let edited = Edited::new(&text, &[edit]).unwrap();
        prop_assert!(proof::holds(&text, &edited), "{}\n->\n{}", text, edited.text);
    }
}

/// The word, the scalar that holds it, and the starts and brackets of the collections that do.
fn around(text: &str, word: &str) -> Vec<Span> {
    let start = text.find(word).unwrap();
    let own = span(start, start + word.len());
    let stream = syntax::parse(text);
    let nodes = nodes::Nodes::of(&stream);
    let nodes = nodes.iter().map(|(_, placed)| placed.node);
    let around = nodes.filter(|node| node.span().start <= own.start && own.end <= node.span().end);
    let brackets =
        |at: Span| vec![Span::new(at.start, at.start + 1), Span::new(at.end - 1, at.end)];
    let ends = |node: Node<'_>| match node.content() {
        Content::Scalar(_) => vec![node.span()],
        Content::Mapping(mapping) if mapping.flow() => brackets(node.span()),
        Content::Sequence(items) if items.flow() => brackets(node.span()),
        _ => vec![Span::at(node.span().start)],
    };
    around.flat_map(ends).chain([own]).collect()
}
