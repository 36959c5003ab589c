//! Fixes are made whole or not at all, and nothing else changes.

mod every_fix;
mod proofs;
mod round_trips;
mod rounds;
mod slips;

use crate::source::Span;

use super::edited::Replacement;

/// A text in which `«old|new»` marks each edit: the text before, and the edits.
pub(super) fn marked(text: &str) -> (String, Vec<Replacement<'_>>) {
    let mut before = String::new();
    let mut edits = Vec::new();
    let mut parts = text.split('«');
    before.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (edit, rest) = part.split_once('»').unwrap();
        let (old, text) = edit.split_once('|').unwrap();
        let start = before.len();
        before.push_str(old);
        edits.push(Replacement { span: span(start, before.len()), text });
        before.push_str(rest);
    }
    (before, edits)
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start.try_into().unwrap(), end.try_into().unwrap())
}
