//! A text with edits made.

use crate::source::Span;

/// A replacement in one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Replacement<'a> {
    /// What is replaced; a point where the edit only inserts.
    pub(super) span: Span,
    /// What stands there then.
    pub(super) text: &'a str,
}

/// A text with edits made, and where everything went.
#[derive(Clone, Debug)]
pub(super) struct Edited {
    pub(super) text: String,
    /// The stretch that each edit replaced, and the one that it wrote; in order.
    pub(super) moves: Vec<(Span, Span)>,
}

impl Edited {
    /// Makes edits, which are in order. `None` where they overlap, or are not between characters
    /// of the text.
    pub(super) fn new(text: &str, edits: &[Replacement<'_>]) -> Option<Self> {
        let mut edited = Self { text: String::with_capacity(text.len()), moves: Vec::new() };
        let mut at = 0;
        for edit in edits {
            edited.text.push_str(text.get(at..edit.span.start as usize)?);
            let start = edited.text.len();
            edited.text.push_str(edit.text);
            edited.moves.push((edit.span, Span::of(start..edited.text.len())));
            text.get(edit.span.range())?;
            at = edit.span.end as usize;
        }
        edited.text.push_str(text.get(at..)?);
        Some(edited)
    }

    /// The new offset of a place. One inside a replaced stretch moves to the start of the new text.
    pub(super) fn moved(&self, place: u32) -> u32 {
        let before = self.moves.partition_point(|(old, _)| old.end <= place && old.start < place);
        if let Some((old, new)) = self.moves.get(before)
            && old.start <= place
        {
            return new.start;
        }
        self.moved_behind(before, place)
    }

    /// The new span of an old one, extended by what edits wrote at its ends.
    pub(super) fn grown(&self, span: Span) -> Span {
        let reached = self.moves.partition_point(|(old, _)| old.start <= span.end);
        let end = match reached.checked_sub(1).map(|last| self.moves[last]) {
            Some((old, new)) if old.end >= span.end => new.end,
            _ => self.moved_behind(reached, span.end),
        };
        let first = self.moves.partition_point(|(old, _)| old.end < span.start);
        let start = match self.moves.get(first) {
            Some((old, new)) if old.start <= span.start => new.start,
            _ => self.moved_behind(first, span.start),
        };
        Span::new(start, end)
    }

    /// The new offset of a place after the first `count` edits and before the others.
    fn moved_behind(&self, count: usize, place: u32) -> u32 {
        match count.checked_sub(1).map(|last| self.moves[last]) {
            Some((old, new)) => new.end.saturating_add(place - old.end),
            None => place,
        }
    }

    /// Whether an edit replaced something of a span of the old text, or wrote at its ends.
    pub(super) fn touched(&self, span: Span) -> bool {
        let first = self.moves.partition_point(|(old, _)| old.end < span.start);
        self.moves.get(first).is_some_and(|(old, _)| old.touches(span))
    }

    /// Whether an edit replaced something of a span of the old text.
    pub(super) fn replaced(&self, span: Span) -> bool {
        let first = self.moves.partition_point(|(old, _)| old.end <= span.start);
        self.moves.get(first).is_some_and(|(old, _)| old.start < span.end && !old.is_empty())
    }

    /// Whether something of a span of the new text was written by an edit, or is next to it.
    pub(super) fn written(&self, span: Span) -> bool {
        let first = self.moves.partition_point(|(_, new)| new.end < span.start);
        self.moves.get(first).is_some_and(|(_, new)| new.touches(span))
    }
}
