//! Where to insert an entry into a mapping, and what to delete with a removed one.

use serde::{Deserialize, Serialize};

use crate::source::Span;

use super::document::{Content, Node};
use super::line::Line;

/// A place in a mapping to insert a new entry after an existing one.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Insertion {
    at: u32,
    layout: Layout,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
enum Layout {
    /// In `{}`.
    Flow,
    /// On a line of its own, indented to `column`. If `returns`, lines end in CR LF.
    Block { column: u32, returns: bool },
}

impl Insertion {
    /// Where the entry goes.
    pub const fn span(self) -> Span {
        Span::at(self.at)
    }

    /// What to write there to add `entry`, such as `anonymous: true`.
    pub fn text(self, entry: &str) -> String {
        match self.layout {
            Layout::Flow => format!(", {entry}"),
            Layout::Block { column, returns } => {
                let end = if returns { "\r\n" } else { "\n" };
                format!("{end}{}{entry}", " ".repeat(column as usize))
            }
        }
    }
}

impl Node<'_> {
    /// The place in a mapping after the entry whose value is `value`.
    pub fn place_after(self, value: Node<'_>) -> Option<Insertion> {
        let Content::Mapping(mapping) = self.content() else { return None };
        let key = mapping.entries().find(|entry| entry.value.span() == value.span())?.key.span();
        let text = self.text();
        if mapping.flow() {
            // A pair in a list has no braces of its own: what follows it is the next item.
            let at = value.span().end;
            return self
                .source()
                .starts_with('{')
                .then_some(Insertion { at, layout: Layout::Flow });
        }
        let before = &text[Line::at(text, key.start as usize).start..key.start as usize];
        let last = Line::at(text, value.span().end as usize);
        let layout = Layout::Block {
            column: u32::try_from(before.len()).ok()?,
            returns: text[last.end()..].starts_with("\r\n"),
        };
        let at = Span::of(last.end()..last.end()).start;
        let is_indentation = before.bytes().all(|byte| matches!(byte, b' ' | b'-'));
        is_indentation.then_some(Insertion { at, layout })
    }
}

/// The stretch to delete so that the item or entry at `span`, which stands between `before` and `after`,
/// is removed. `None` if that would delete a comment.
pub(super) fn removal(
    text: &str,
    before: Option<Span>,
    span: Span,
    after: Option<Span>,
    flow: bool,
) -> Option<Span> {
    let is_comment = |line: &str| line.trim_start().starts_with('#') || line.contains(" #");
    if text[span.range()].lines().any(is_comment) {
        return None;
    }
    if flow {
        let from_before = before.map(|before| Span::new(before.end, span.end));
        return from_before.or_else(|| after.map(|after| Span::new(span.start, after.start)));
    }
    let (first, last) = (Line::at(text, span.start as usize), Line::at(text, span.end as usize));
    let lead = text[first.start..span.start as usize].trim_start_matches(' ');
    let rest = text[span.end as usize..last.end()].trim_start();
    let is_item = lead.trim_end() == "-" && before.or(after).is_some();
    match rest {
        "" if lead.is_empty() || is_item => Some(Span::of(first.start..last.next)),
        comment if comment.starts_with('#') && lead.is_empty() => Some(span),
        _ => None,
    }
}
