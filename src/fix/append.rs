//! Adding an entry to the end of a mapping that is a whole file.

use std::ops::Range;

use crate::source::{SourceText, Span};
use crate::syntax::{self, Content, Node};

use super::edited::{Edited, Replacement};
use super::proof;

/// An entry to add, in the two ways to write it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// On one line: `pmf: {name: Popular Mobilization Forces}`.
    pub flow: &'e str,
    /// On lines of its own, the first without indentation.
    pub block: &'e [String],
}

/// A text with an entry added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The text.
    pub text: String,
    /// Where the entry stands in it.
    pub entry: Range<usize>,
}

/// An edit that may add an entry.
struct Addition {
    span: Span,
    /// What it writes before the entry.
    before: String,
    entry: String,
}

/// Adds an entry behind the others, in the style of the last: comments, line ends and all else stay as
/// they are. `None` where the text has errors, or where it cannot be proven that nothing else changes.
pub fn append(source: &SourceText, entry: Entry<'_>) -> Option<Appended> {
    let stream = syntax::parse_source(source);
    let roots: Vec<_> = stream.documents.iter().filter_map(|document| document.root()).collect();
    if !stream.defects.is_empty() || roots.len() > 1 {
        return None;
    }
    let additions = additions(&source.text, roots.first().copied(), entry);
    additions.into_iter().find_map(|Addition { span, before, entry }| {
        let new = format!("{before}{entry}");
        let edited = Edited::new(&source.text, &[Replacement { span, text: &new }])?;
        let start = span.start as usize + before.len();
        let entry = start..start + entry.trim_end().len();
        let is_proven = proof::holds(&source.text, &edited) && is_one_document(&edited.text);
        is_proven.then_some(Appended { text: edited.text, entry })
    })
}

fn is_one_document(text: &str) -> bool {
    let stream = syntax::parse(text);
    stream.documents.iter().filter(|document| document.root().is_some()).count() == 1
}

/// The edits that may add an entry, the best first.
fn additions(text: &str, root: Option<Node<'_>>, entry: Entry<'_>) -> Vec<Addition> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let at_end = |column: &str, lines: &str| {
        let is_whole = text.is_empty() || text.ends_with('\n');
        let before = format!("{}{column}", if is_whole { "" } else { end });
        let span = Span::of(text.len()..text.len());
        Addition { span, before, entry: format!("{lines}{end}") }
    };
    let all = entry.block.join(end);
    let Some(root) = root.filter(|root| !is_absent(*root)) else {
        return vec![at_end("", &all)];
    };
    let Content::Mapping(mapping) = root.content() else { return Vec::new() };
    let Some(last) = mapping.entries().last() else {
        return vec![Addition { span: root.span(), before: String::new(), entry: all }];
    };
    let after = root.place_after(last.value).map(|place| place.span());
    let after = |before: String, entry: String| after.map(|span| Addition { span, before, entry });
    if mapping.flow() {
        return after(", ".to_owned(), entry.flow.to_owned()).into_iter().collect();
    }
    let start = last.key.span().start as usize;
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let column = " ".repeat(start - line);
    let is_flow = matches!(last.value.content(), Content::Mapping(mapping) if mapping.flow());
    let lines = match is_flow {
        true => entry.flow.to_owned(),
        false => entry.block.join(&format!("{end}{column}")),
    };
    let behind_comments = at_end(&column, &lines);
    std::iter::once(behind_comments).chain(after(format!("{end}{column}"), lines)).collect()
}

fn is_absent(root: Node<'_>) -> bool {
    matches!(root.content(), Content::Scalar(scalar) if scalar.is_absent())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appended(text: &str) -> Option<String> {
        let block = ["x:", "  name: X"].map(str::to_owned);
        let entry = Entry { flow: "x: {name: X}", block: &block };
        let appended = append(&SourceText::decode(text.into()), entry)?;
        assert!(appended.text[appended.entry.clone()].starts_with("x:"), "{text:?}");
        Some(appended.text)
    }

    #[test]
    fn an_entry_is_added_in_the_style_of_the_file() {
        let block = "x:\n  name: X\n";
        let cases = [
            ("", block.to_owned()),
            ("# nothing yet", format!("# nothing yet\n{block}")),
            ("---\n", format!("---\n{block}")),
            ("{}\n", block.to_owned()),
            ("# a\n{} # b\n", "# a\nx:\n  name: X # b\n".to_owned()),
            ("a:\n  name: A\n", format!("a:\n  name: A\n{block}")),
            ("a:\n  name: A # no end", format!("a:\n  name: A # no end\n{block}")),
            ("a:\n  name: A\n\n# z\n\n", format!("a:\n  name: A\n\n# z\n\n{block}")),
            ("a: {name: A}\n", "a: {name: A}\nx: {name: X}\n".to_owned()),
            ("a: {name: A}\r\n", "a: {name: A}\r\nx: {name: X}\r\n".to_owned()),
            ("a:\r\n  name: A", "a:\r\n  name: A\r\nx:\r\n  name: X\r\n".to_owned()),
            ("  a:\n    name: A\n", "  a:\n    name: A\n  x:\n    name: X\n".to_owned()),
            ("a: {name: A}\n...\n", "a: {name: A}\nx: {name: X}\n...\n".to_owned()),
            ("{a: {name: A}}", "{a: {name: A}, x: {name: X}}".to_owned()),
            ("{\n  a: {name: A}, # b\n}\n", "{\n  a: {name: A}, x: {name: X}, # b\n}\n".to_owned()),
            ("a: {note: |-\n  A\n", String::new()),
            ("a:\n  note: |+\n    A\n\n", "a:\n  note: |+\n    A\n\nx:\n  name: X\n".to_owned()),
        ];
        for (text, expected) in cases {
            let expected = Some(expected).filter(|expected| !expected.is_empty());
            assert_eq!(appended(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_added_where_it_might_change_something() {
        for text in
            ["- a\n", "a\n", "a: [\n", "a: {}\n---\nb: {}\n", "a: {}\na: {}\n", "a: &b {}\n"]
        {
            assert_eq!(appended(text), None, "{text:?}");
        }
    }
}
