//! What to blank so that the rest of a document can be read.

use std::ops::Range;

use super::brackets::tokens;
use super::damage::{Loss, LossKind};
use super::escape;
use super::failure::{Failure, Layout};
use super::fault::{Extent, Fault};
use super::line::Line;

/// A change of the text that is parsed. None moves an offset.
#[derive(Debug)]
pub(super) struct Skip {
    /// What to overwrite with spaces, line breaks left standing.
    pub(super) blank: Range<usize>,
    /// Single bytes to write after that.
    pub(super) write: Vec<(usize, u8)>,
    pub(super) loss: Vec<Loss>,
}

/// What to change for `fault`, when its line was changed `attempts` times before.
pub(super) fn skip(text: &str, failure: &Failure, fault: &Fault, attempts: usize) -> Skip {
    let line = Line::at(text, fault.origin.start);
    match (attempts, fault.extent) {
        (0 | 1, Extent::Escapes(at)) => escapes(text, at),
        (1, _) if failure.outermost_bracket().is_some() => brackets(text, failure, &line),
        (1.., _) => whole_line(text, &line, true),
        (0, Extent::Quote) => quote(text, failure, &fault.origin),
        (0, Extent::InnerBrackets) => {
            innermost_brackets(text, failure).unwrap_or_else(|| brackets(text, failure, &line))
        }
        (0, Extent::Brackets) => brackets(text, failure, &line),
        (0, Extent::Rest(from)) => rest(text, failure, from),
        (0, Extent::Tag) => {
            Skip { blank: fault.origin.clone(), write: Vec::new(), loss: Vec::new() }
        }
        (0, Extent::Dash) => glued_dash(text, &line),
        (0, Extent::Key) => missing_colon(text, &line),
        (0, Extent::Line { placed }) => whole_line(text, &line, placed),
        (0, Extent::Lines(end)) => {
            Skip::blank(line.start..end.max(line.end()), LossKind::Lines { column: None })
        }
        (0, Extent::Value | Extent::Document) => value_on(text, &line, fault.origin.start),
    }
}

impl Skip {
    /// Blanks a stretch, in which something of a kind is lost.
    pub(super) fn blank(range: Range<usize>, kind: LossKind) -> Self {
        let loss = vec![Loss { range: range.clone(), kind }];
        Self { blank: range, write: Vec::new(), loss }
    }
}

fn value(range: Range<usize>) -> Skip {
    Skip::blank(range, LossKind::Value)
}

/// Blanks the value of a line, with its key if the error at `at` is in that.
fn value_on(text: &str, line: &Line<'_>, at: usize) -> Skip {
    let range = line.value();
    let item = line.after_dashes();
    match () {
        () if range.contains(&at) => value(range),
        () if item > line.content().start && at >= item => value(item..line.content().end),
        () => whole_line(text, line, false),
    }
}

/// Blanks the line from `from` on. In brackets something must stay in its place, or the next
/// line would take it.
fn rest(text: &str, failure: &Failure, from: usize) -> Skip {
    let end = Line::at(text, from).content().end.max(from);
    let mut skip = value(from..end);
    if failure.outermost_bracket().is_some() && end > from {
        skip.write.push((from, b'_'));
        if end - from > 1 && text[..end].ends_with(',') {
            skip.write.push((end - 1, b','));
        }
    }
    skip
}

/// Takes the meaning from the backslashes on the line from `at` on, except where one keeps a
/// quote from closing.
fn escapes(text: &str, at: usize) -> Skip {
    let end = Line::at(text, at).end();
    let meant = escape::escapes(&text[at..end]).filter(|(_, letter)| *letter != '"');
    let marks = meant.flat_map(|(from, letter)| {
        let length = if letter == '\\' { 2 } else { 1 };
        at + from..at + from + length
    });
    let write: Vec<_> = marks.map(|at| (at, b'_')).collect();
    let lost = |(at, _): &(usize, u8)| Loss { range: *at..*at + 1, kind: LossKind::Character };
    Skip { blank: at..at, loss: write.iter().map(lost).collect(), write }
}

/// Blanks an open quoted scalar: to where its lines end by their indentation, or only its first
/// line where it stands for a key.
fn quote(text: &str, failure: &Failure, origin: &Range<usize>) -> Skip {
    let line = Line::at(text, origin.start);
    let is_key = line.after_dashes() >= origin.start;
    let end = match failure.parent_column(text) {
        Some(parent) if !is_key => end_by_indentation(text, &line, parent),
        _ => line.content().end,
    };
    value(origin.start..end)
}

/// Blanks the innermost brackets around the error, if they can be told from the rest.
fn innermost_brackets(text: &str, failure: &Failure) -> Option<Skip> {
    let mut brackets = failure.open.iter().filter(|open| open.layout == Layout::Flow);
    let start = brackets.next_back()?.start;
    let end = closing_bracket(text, start, failure.parent_column(text))?;
    let mut skip = value(start..end);
    if brackets.next().is_some() {
        skip.write.push((start, b'_'));
    }
    Some(skip)
}

/// Blanks everything from the outermost bracket on that can belong to it.
fn brackets(text: &str, failure: &Failure, line: &Line<'_>) -> Skip {
    let Some(start) = failure.outermost_bracket() else {
        return value(line.content());
    };
    let parent = failure.parent_column(text);
    let end = closing_bracket(text, start, parent).unwrap_or_else(|| {
        let first = Line::at(text, start);
        parent.map_or_else(
            || end_by_entry(text, &first),
            |parent| end_by_indentation(text, &first, parent),
        )
    });
    value(start..end.max(start))
}

/// The end of `first`, or of the lines below it that are indented more than `parent`.
pub(super) fn end_by_indentation(text: &str, first: &Line<'_>, parent: usize) -> usize {
    Line::from(text, first.next)
        .take_while(|line| line.is_silent() || line.indent() > parent)
        .filter(|line| !line.is_silent())
        .last()
        .map_or(first.content().end, |line| line.content().end)
}

/// The end of the lines from `first` on that a document in brackets may go on in: those before
/// one that is no part of it but an entry of a mapping without brackets.
fn end_by_entry(text: &str, first: &Line<'_>) -> usize {
    let is_entry = |line: &Line<'_>| {
        line.indent() <= first.indent()
            && line.after_key().is_some()
            && !line.trimmed().starts_with(['"', '\''])
    };
    let entry = Line::from(text, first.next).find(is_entry);
    text[..entry.map_or(text.len(), |entry| entry.start)].trim_end().len()
}

/// The offset after the bracket that closes the one at `start`; `None` if brackets do not match
/// up before a line that is not indented more than `parent`.
fn closing_bracket(text: &str, start: usize, parent: Option<usize>) -> Option<usize> {
    let first = Line::at(text, start);
    let end = parent.map_or(text.len(), |parent| end_by_indentation(text, &first, parent));
    let mut open = Vec::new();
    for token in tokens(text, start..end.max(start)) {
        match token.mark {
            '[' => open.push(']'),
            '{' => open.push('}'),
            closer @ (']' | '}') if open.pop() != Some(closer) => return None,
            ']' | '}' if open.is_empty() => return Some(token.range.end),
            _ => {}
        }
    }
    None
}

/// A key without `:`. Where its value stands below it, its last character is read as the `:`,
/// so that the value is kept; [`LossKind::Key`] gives the key its text back.
fn missing_colon(text: &str, line: &Line<'_>) -> Skip {
    let content = line.after_dashes()..line.content().end;
    let below = Line::from(text, line.next).find(|line| !line.is_silent());
    let has_block = below.is_some_and(|below| below.indent() > content.start - line.start);
    let key = &text[content.clone()];
    let key = match key.rsplit_once(' ') {
        Some((key, header)) if header.starts_with(['|', '>']) => key.trim_end(),
        _ => key,
    };
    let plain = key.starts_with(char::is_alphanumeric)
        && !key.contains(['"', '\'', '[', ']', '{', '}', '#', ':', '&', '*', '!', '|', '>']);
    let mut characters = key.char_indices().rev();
    match (characters.next(), characters.next()) {
        (Some((last, _)), Some(_)) if has_block && plain => {
            let key = content.start..content.start + key.len();
            let blank = key.start + last..key.end;
            let write = vec![(key.end - 1, b':')];
            Skip { blank, write, loss: vec![Loss { range: key, kind: LossKind::Key { cut: 0 } }] }
        }
        _ if line.after_dashes() > line.content().start => value(content),
        _ => whole_line(text, line, true),
    }
}

/// An item without the space after its `-`. The first character of its text is read as that
/// space; [`LossKind::Key`] gives the text back.
fn glued_dash(text: &str, line: &Line<'_>) -> Skip {
    let start = line.content().start + 1;
    let first = text[start..].chars().next().map_or(1, char::len_utf8);
    let rest = start + first..line.content().end;
    let blank = start..rest.start;
    let loss = vec![Loss { range: rest, kind: LossKind::Key { cut: first } }];
    Skip { blank, write: Vec::new(), loss }
}

/// Blanks a line and the lines below that are lost without it. `placed` says whether its own
/// indentation can be trusted.
fn whole_line(text: &str, line: &Line<'_>, placed: bool) -> Skip {
    let content = line.content();
    let end = match orphans(text, line, placed) {
        Some(level) => end_by_indentation(text, line, level.saturating_sub(1)),
        None => content.end,
    };
    let column = placed.then_some(content.start - line.start);
    let loss = vec![Loss { range: content.start..end, kind: LossKind::Lines { column } }];
    Skip { blank: line.start..end, write: Vec::new(), loss }
}

/// The indentation of the lines below `line` that only it connects to the document.
fn orphans(text: &str, line: &Line<'_>, placed: bool) -> Option<usize> {
    let below = Line::from(text, line.next).find(|line| !line.is_silent())?;
    let level = below.indent();
    let owns = if placed {
        level > line.indent()
    } else if !line.opens_block() {
        false
    } else if line.is_item() {
        !below.is_item() && level > item_column(text, line)
    } else {
        level > 0
    };
    owns.then_some(level)
}

/// The column of the items that a wrongly indented item belongs to, told from the lines above:
/// that of the nearest item still open there, else that of the line it begins under.
fn item_column(text: &str, line: &Line<'_>) -> usize {
    let mut above = Line::before(text, line.start).filter(|line| !line.is_silent());
    let Some(nearest) = above.next() else {
        return 0;
    };
    let mut least = usize::MAX;
    for line in std::iter::once(nearest).chain(above) {
        let indent = line.indent();
        if indent < least && line.is_item() {
            return indent;
        }
        least = least.min(indent);
        if least == 0 {
            break;
        }
    }
    nearest.indent()
}
