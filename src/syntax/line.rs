//! The lines of a text, as skips see them.

use std::ops::Range;

use memchr::{memchr2, memrchr2};

use crate::source::Span;

/// One line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Its text, without the line break.
    pub(super) text: &'t str,
    /// Offset of the next line's first byte; the text's end if there is none.
    pub(super) next: usize,
}

impl<'t> Line<'t> {
    /// The line that holds `offset`.
    pub(super) fn at(text: &'t str, offset: usize) -> Self {
        let bytes = text.as_bytes();
        let mut offset = offset.min(bytes.len());
        if offset > 0 && bytes[offset - 1] == b'\r' && bytes.get(offset) == Some(&b'\n') {
            offset -= 1;
        }
        let start = memrchr2(b'\n', b'\r', &bytes[..offset]).map_or(0, |at| at + 1);
        Self::with(text, start, offset)
    }

    /// The line that starts at `start` and holds `offset`.
    fn with(text: &'t str, start: usize, offset: usize) -> Self {
        let bytes = text.as_bytes();
        let end = memchr2(b'\n', b'\r', &bytes[offset..]).map_or(bytes.len(), |at| offset + at);
        let width = match &bytes[end..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        Self { start, text: &text[start..end], next: end + width }
    }

    /// The lines from the one that starts at `offset` on.
    pub(super) fn from(text: &'t str, offset: usize) -> impl Iterator<Item = Self> {
        let first = (offset < text.len()).then(|| Self::at(text, offset));
        std::iter::successors(first, |line| {
            (line.next < text.len()).then(|| Self::with(text, line.next, line.next))
        })
    }

    /// The lines before the one that holds `offset`, nearest first.
    pub(super) fn before(text: &'t str, offset: usize) -> impl Iterator<Item = Self> {
        let up = |line: &Self| (line.start > 0).then(|| Self::at(text, line.start - 1));
        std::iter::successors(up(&Self::at(text, offset)), up)
    }

    /// Offset of the line's end, before its break.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// How many spaces it begins with.
    pub(super) fn indent(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b' ').count()
    }

    /// Where its text stands, white space at both ends left out.
    pub(super) fn content(&self) -> Range<usize> {
        let from = self.text.len() - self.text.trim_start_matches([' ', '\t']).len();
        let to = self.text.trim_end_matches([' ', '\t']).len().max(from);
        self.start + from..self.start + to
    }

    /// Its text from an offset on.
    pub(super) fn text_from(&self, offset: usize) -> &'t str {
        &self.text[offset - self.start..]
    }

    /// Its text, white space at both ends left out.
    pub(super) fn trimmed(&self) -> &'t str {
        self.text.trim_matches([' ', '\t'])
    }

    /// Whether it says nothing: blank, or a comment.
    pub(super) fn is_silent(&self) -> bool {
        let text = self.trimmed();
        text.is_empty() || text.starts_with('#')
    }

    /// Offset of the first tab before its text.
    pub(super) fn tab_in_indentation(&self) -> Option<usize> {
        let from = self.start + self.indent();
        (self.text[self.indent()..].starts_with('\t')).then_some(from)
    }

    /// Offset after the indentation and each `- ` that follows it.
    pub(super) fn after_dashes(&self) -> usize {
        let mut at = self.content().start;
        loop {
            let rest = &self.text[at - self.start..];
            let Some(after) = rest.strip_prefix('-') else {
                return at;
            };
            let text = after.trim_start_matches([' ', '\t']);
            if text.len() == after.len() && !text.is_empty() {
                return at;
            }
            at += rest.len() - text.len();
        }
    }

    /// Whether it begins an item of a sequence, if only in intent (`-item`).
    pub(super) fn is_item(&self) -> bool {
        self.trimmed().starts_with('-')
    }

    /// Offset after the `:` of its key, if it has one. A `:` with a bracket or quote right after
    /// it ends a key as well: that is what was meant.
    pub(super) fn after_key(&self) -> Option<usize> {
        let from = self.after_dashes();
        let text = &self.text[from - self.start..];
        if text.starts_with(['[', '{', '#']) {
            return None;
        }
        let mut quote = None;
        let mut before = ' ';
        for (at, character) in text.char_indices() {
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (None, '"' | '\'') if at == 0 => quote = Some(character),
                (None, '#') if before == ' ' => return None,
                (None, ':') if ends_key(&text[at + 1..]) => return Some(from + at + 1),
                _ => {}
            }
            before = character;
        }
        None
    }

    /// Where its value stands: after its key, else after its dashes.
    pub(super) fn value(&self) -> Range<usize> {
        let end = self.content().end;
        let from = self.after_key().unwrap_or(self.after_dashes()).min(end);
        let text = &self.text[from - self.start..end - self.start];
        end - text.trim_start_matches([' ', '\t']).len()..end
    }

    /// Whether the lines below it may be its own: an item, or a key whose value comes below.
    pub(super) fn opens_block(&self) -> bool {
        let value = self.value();
        let text = &self.text[value.start - self.start..value.end - self.start];
        let below = text.is_empty() || text.starts_with(['|', '>', '#', '&', '!']);
        self.is_item() || self.after_key().is_some() && below
    }
}

/// The span of the file at `range` of a text that starts at `base` in it.
pub(super) fn span_at(base: u32, range: Range<usize>) -> Span {
    Span::of(base as usize + range.start..base as usize + range.end)
}

fn ends_key(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '[', '{', '"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_its_parts() {
        for (text, item, value) in [
            ("    - by: iraqi", true, "iraqi"),
            ("title: Balad: the depot", false, "Balad: the depot"),
            ("actor:{code: X}", false, "{code: X}"),
            ("\"a: b\": c  ", false, "c"),
            ("- - [a: b]", true, "[a: b]"),
            ("date 2019", false, "date 2019"),
            ("claims:", false, ""),
            ("-", true, ""),
            ("-by: x", true, "x"),
        ] {
            let line = Line::at(text, 0);
            assert_eq!((line.is_item(), &text[line.value()]), (item, value), "{text}");
        }
    }

    #[test]
    fn lines_end_in_all_three_ways() {
        let text = "a\r\nb\rc\n";
        let starts: Vec<_> = Line::from(text, 0).map(|line| (line.start, line.text)).collect();
        assert_eq!(starts, [(0, "a"), (3, "b"), (5, "c")]);
        let above: Vec<_> = Line::before(text, 5).map(|line| line.text).collect();
        assert_eq!(above, ["b", "a"]);
        assert_eq!(Line::at(text, 2).text, "a");
    }
}
