//! Texts that a comma cut off: `{note: Fire, then smoke}` has a key `then smoke` without a value.

use super::found::scalar_text;
use crate::source::Span;
use crate::syntax::{Content, Entry, Mapping, Node, Style};

/// An entry whose text a comma ended too early.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut<'d> {
    /// The entry, with what was read of the text.
    pub(super) entry: Entry<'d>,
    /// The last key that really is a part of the text.
    last: Node<'d>,
}

/// Finds the cut texts of a mapping: unquoted texts inside `{}` that are followed by keys without a
/// `:`. `stands_alone` takes the key of such a text and a key after it, and returns true if the
/// second is a real key whose value is missing.
pub(super) fn find<'d>(
    mapping: Mapping<'d>,
    stands_alone: impl Fn(&str, &str) -> bool,
) -> Vec<Cut<'d>> {
    let mut cut: Vec<Cut<'d>> = Vec::new();
    if !mapping.flow() {
        return cut;
    }
    let mut whole: Option<Entry<'d>> = None;
    for entry in mapping.entries() {
        match (whole, plain_text(entry.key)) {
            (Some(before), Some(key))
                if is_bare(entry) && !stands_alone(scalar_text(before.key), key) =>
            {
                let last = entry.key;
                match cut.last_mut().filter(|cut| cut.entry.key.span() == before.key.span()) {
                    Some(cut) => cut.last = last,
                    None => cut.push(Cut { entry: before, last }),
                }
            }
            _ => whole = Some(entry).filter(|entry| plain_text(entry.value).is_some()),
        }
    }
    cut
}

impl Cut<'_> {
    /// The span of the text and of everything that was cut off.
    pub(super) fn span(&self) -> Span {
        self.entry.value.span().to(self.last.span())
    }

    /// Whether the key at `span` is a part of the text.
    pub(super) fn loses(&self, span: Span) -> bool {
        self.entry.value.span().end <= span.start && span.end <= self.last.span().end
    }

    /// The whole text on one line; `None` if it contains a comment.
    pub(super) fn whole(&self) -> Option<String> {
        let written = &self.entry.value.text()[self.span().range()];
        let has_comment = written.contains(" #") || written.contains("\n#");
        (!has_comment).then(|| written.lines().map(str::trim).collect::<Vec<_>>().join(" "))
    }
}

/// The text of a scalar without quotes.
fn plain_text(node: Node<'_>) -> Option<&str> {
    match node.content() {
        Content::Scalar(scalar) if scalar.style == Style::Plain && !node.damaged() => {
            Some(scalar.text).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

/// Whether an entry is a key alone, without its `:`.
fn is_bare(entry: Entry<'_>) -> bool {
    let between = entry.key.span().end..entry.value.span().start.max(entry.key.span().end);
    let is_absent = matches!(entry.value.content(), Content::Scalar(scalar) if scalar.is_absent());
    is_absent && !entry.key.text()[between.start as usize..between.end as usize].contains(':')
}
