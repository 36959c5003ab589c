//! What may mend a syntax error. Each is a candidate: recovery proves that less is wrong with it.

use std::ops::Range;

use super::defect::Cause;
use super::fault::Fault;
use super::line::Line;
use super::read::{Failure, Layout};
use super::write::in_quotes;

/// Edits of the parsed text that may mend an error.
#[derive(Debug)]
pub(super) struct Remedy {
    /// What they do.
    pub(super) title: &'static str,
    /// Stretches, each with what to write in its place; in order.
    pub(super) edits: Vec<(Range<usize>, String)>,
    /// Whether they surely keep what the author meant, if they mend it at all.
    pub(super) sure: bool,
}

impl Remedy {
    fn insert(title: &'static str, at: usize, text: &str, sure: bool) -> Self {
        Self { title, edits: vec![(at..at, text.to_owned())], sure }
    }
}

/// What may mend `fault`, the likelier first.
pub(super) fn remedies(text: &str, failure: &Failure, fault: &Fault, cause: Cause) -> Vec<Remedy> {
    let line = Line::at(text, fault.origin.start);
    match cause {
        Cause::GluedColon => glued_colon(&line).into_iter().collect(),
        Cause::GluedDash => {
            vec![Remedy::insert(SPACE_AFTER_DASH, line.content().start + 1, " ", true)]
        }
        Cause::MissingColon => missing_colon(text, &line).into_iter().collect(),
        Cause::Tab | Cause::Indentation => indentation(text, &line),
        Cause::OpenQuote => open_quote(text, fault.origin.start).into_iter().collect(),
        Cause::OpenBracket | Cause::InBrackets => {
            brackets(text, failure).or_else(|| missing_comma(text, failure)).into_iter().collect()
        }
        Cause::ColonInText | Cause::TextBeforeBlock | Cause::Escape => Vec::new(),
        Cause::Other => {
            let own = quote_in_quotes(&line).or_else(|| dash_in_text(&line));
            own.or_else(|| extra_bracket(&line)).into_iter().collect()
        }
    }
}

const SPACE_AFTER_COLON: &str = "put a space after the `:`";
const SPACE_AFTER_DASH: &str = "put a space after the `-`";

/// `date:2019` and `actor:{...}`. A word of lower-case letters with a `:` can only be a key, unless
/// it begins an address.
fn glued_colon(line: &Line<'_>) -> Option<Remedy> {
    let from = line.after_dashes();
    let rest = &line.text[from - line.start..];
    let colon = rest.find(':').filter(|at| !rest[at + 1..].starts_with([' ', '\t']))?;
    let is_key = rest[..colon].bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let sure = is_key && colon > 0 && !rest[colon + 1..].starts_with('/');
    Some(Remedy::insert(SPACE_AFTER_COLON, from + colon + 1, " ", sure))
}

/// A key without its `:`: one word with its value below, or before the mark of a block; or, as a
/// guess, the first of two words.
fn missing_colon(text: &str, line: &Line<'_>) -> Option<Remedy> {
    const TITLE: &str = "put a `:` after the key";
    let from = line.after_dashes();
    let words = &text[from..text_end(line, from)];
    let below = Line::from(text, line.next).find(|line| !line.is_silent());
    let has_block = below.is_some_and(|below| below.indent() > from - line.start);
    let (key, value) = words.split_once(' ').unwrap_or((words, ""));
    let is_header = value.starts_with(['>', '|']);
    let sure = has_block && (value.is_empty() || is_header);
    let few = !value.trim().contains(' ');
    (few || is_header).then(|| Remedy::insert(TITLE, from + key.len(), ":", sure))
}

/// How many lines above and below may tell at which column a line belongs.
const NEIGHBOURS: usize = 8;

/// The line at the column of a line near it.
fn indentation(text: &str, line: &Line<'_>) -> Vec<Remedy> {
    const TITLE: &str = "indent it with spaces like the lines it belongs with";
    let above = Line::before(text, line.start).filter(|line| !line.is_silent()).take(NEIGHBOURS);
    let below = Line::from(text, line.next).filter(|line| !line.is_silent()).take(1);
    let mut columns = Vec::new();
    for near in above.chain(below) {
        let column = match line.is_item() {
            true if near.is_item() => near.indent(),
            true => continue,
            false => near.after_dashes() - near.start,
        };
        if near.tab_in_indentation().is_none() && !columns.contains(&column) {
            columns.push(column);
        }
    }
    let indented = |column: usize| Remedy {
        title: TITLE,
        edits: vec![(line.start..line.content().start, " ".repeat(column))],
        sure: false,
    };
    columns.into_iter().map(indented).collect()
}

/// Where the text of a line ends: before its comment.
fn text_end(line: &Line<'_>, from: usize) -> usize {
    let rest = &line.text[from - line.start..];
    let end = rest.find(" #").map_or(line.content().end, |at| from + at);
    line.start + line.text[..end - line.start].trim_end().len()
}

/// A quote that is closed at the end of its line, surely where it is the only one there and no `#`
/// may be either text or comment.
fn open_quote(text: &str, start: usize) -> Option<Remedy> {
    let quote = &text[start..=start];
    let line = Line::at(text, start);
    let rest = &line.text[start + 1 - line.start..];
    let (begins_value, end) = (line.value().start == start, text_end(&line, start));
    let sure = begins_value && !rest.contains(quote) && !rest.contains('#');
    begins_value.then(|| Remedy::insert("close the quote on this line", end, quote, sure))
}

/// The brackets of a line made to match: missing ones closed, wrong ones exchanged. Sure where the
/// bracket that began it stands on the same line as all that is in it.
fn brackets(text: &str, failure: &Failure) -> Option<Remedy> {
    let start = failure.open.iter().find(|open| open.layout == Layout::Flow)?.start;
    let line = Line::at(text, start);
    let mut edits = Vec::new();
    let mut open = Vec::new();
    let (end, bytes) = (text_end(&line, start), text.as_bytes());
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'[' => open.push(']'),
            b'{' => open.push('}'),
            b'"' | b'\'' if matches!(previous(bytes, at), b'[' | b'{' | b',' | b':') => {
                at = bytes[at + 1..end].iter().position(|byte| *byte == bytes[at])? + at + 1;
            }
            closing @ (b']' | b'}') => close(&mut open, char::from(closing), at, &mut edits),
            b',' if previous(bytes, at) == b',' => edits.push((at..at + 1, String::new())),
            _ => {}
        }
        at += 1;
    }
    let missing: String = open.into_iter().rev().collect();
    if !missing.is_empty() {
        edits.push((end..end, missing));
    }
    let title = "make the brackets match";
    (!edits.is_empty()).then_some(Remedy { title, edits, sure: true })
}

/// A comma before the key that was read as a part of the value before it, as `affirms` in
/// `{by: pmf affirms: [event]}`; or after a quote.
fn missing_comma(text: &str, failure: &Failure) -> Option<Remedy> {
    let noticed = text.floor_char_boundary(failure.diagnostic.primary.span.start);
    let line = Line::at(text, noticed);
    let before = &text[line.start..noticed];
    let at = if text[noticed..].starts_with(':') {
        before.rfind(' ')?
    } else {
        before.trim_end().ends_with(['"', '\'']).then(|| before.trim_end().len())?
    };
    let value = before[..at].trim_end();
    let follows_value = !value.ends_with([':', ',', '{', '[']);
    let place = line.start + value.len();
    follows_value.then(|| Remedy::insert("put a comma between the two", place, ",", false))
}

/// Closes the innermost bracket by `closing` if it is its own; else those within the one that it is
/// of; else takes it for a slip of the right one.
fn close(open: &mut Vec<char>, closing: char, at: usize, edits: &mut Vec<(Range<usize>, String)>) {
    match open.iter().rposition(|wanted| *wanted == closing) {
        Some(own) if own + 1 == open.len() => {}
        Some(own) => edits.push((at..at, open.drain(own + 1..).rev().collect())),
        None => edits.push((at..at + 1, open.last().map(char::to_string).unwrap_or_default())),
    }
    open.pop();
}

/// The byte before `at` that is no space.
fn previous(bytes: &[u8], at: usize) -> u8 {
    bytes[..at].iter().rev().copied().find(|byte| *byte != b' ').unwrap_or(b' ')
}

/// A value that begins and ends with a double quote and has more within, as
/// `"He spoke of the "fourth" one."`: the inner ones are text.
fn quote_in_quotes(line: &Line<'_>) -> Option<Remedy> {
    let value = line.value();
    let text = &line.text[value.start - line.start..value.end - line.start];
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let quoted = format!("'{}'", inner.replace('\'', "''"));
    let sure = !inner.contains(['\\', '#']);
    let is_text = inner.contains('"') && !inner.contains("\", \"");
    let title = "put single quotes around a text with double quotes in it";
    is_text.then(|| Remedy { title, edits: vec![(value, quoted)], sure })
}

/// A text that begins like an item: `note: - Several fires`.
fn dash_in_text(line: &Line<'_>) -> Option<Remedy> {
    let start = line.value().start;
    let value = start..text_end(line, start);
    let text = &line.text[value.start - line.start..value.end - line.start];
    let is_item = line.after_key().is_some() && text.starts_with("- ");
    let title = "put the text in quotes";
    let edits = vec![(value, in_quotes(text))];
    is_item.then_some(Remedy { title, edits, sure: !line.text.contains('#') })
}

/// A closing bracket too many at the end of a line.
fn extra_bracket(line: &Line<'_>) -> Option<Remedy> {
    let end = text_end(line, line.content().start);
    let extra = line.text[..end - line.start].ends_with([']', '}']);
    let title = "remove the bracket that closes nothing";
    extra.then(|| Remedy { title, edits: vec![(end - 1..end, String::new())], sure: true })
}
