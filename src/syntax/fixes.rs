//! What may fix a syntax error: the one edit that the lines around it ask for, or none. Whether it
//! leaves all else as it was is proven in the module `fix`.

use std::ops::Range;

use super::brackets::{self, Brackets};
use super::defect::Cause;
use super::fault::Fault;
use super::indentation;
use super::line::Line;
use super::read::{Failure, Layout};
use super::skip::{end_by_indentation, parent_column};
use super::write::in_quotes;

/// Edits of the parsed text that may fix an error.
#[derive(Debug)]
pub(super) struct TextFix {
    /// What they do.
    pub(super) title: &'static str,
    /// Stretches, each with what to write in its place; in order.
    pub(super) edits: Vec<(Range<usize>, String)>,
    /// Whether what was written can be meant in this way only.
    pub(super) sure: bool,
}

impl TextFix {
    fn insert(title: &'static str, at: usize, text: &str, sure: bool) -> Self {
        Self { title, edits: vec![(at..at, text.to_owned())], sure }
    }

    fn replace(title: &'static str, range: Range<usize>, text: String, sure: bool) -> Self {
        Self { title, edits: vec![(range, text)], sure }
    }
}

/// What may fix `fault`.
pub(super) fn fix_of(
    text: &str,
    failure: &Failure,
    fault: &Fault,
    cause: Cause,
) -> Option<TextFix> {
    let line = Line::at(text, fault.origin.start);
    match cause {
        Cause::GluedColon => glued_colon(&line),
        Cause::GluedDash => {
            let title = "put a space after the `-`";
            Some(TextFix::insert(title, line.content().start + 1, " ", true))
        }
        Cause::MissingColon => missing_colon(text, &line),
        Cause::Tab | Cause::Indentation => {
            const TITLE: &str = "indent it with spaces like the lines it belongs with";
            let column = indentation::column_of(text, &line)?;
            let lead = line.start..line.content().start;
            Some(TextFix::replace(TITLE, lead, " ".repeat(column), false))
        }
        Cause::OpenQuote => open_quote(text, fault.origin.start),
        Cause::OpenBracket | Cause::InBrackets => {
            matching(text, failure).or_else(|| missing_comma(text, failure))
        }
        Cause::ColonInText => opening_missing(&line).or_else(|| colon_in_text(&line)),
        Cause::NestedKey => opening_missing(&line),
        Cause::HiddenBracket(_) | Cause::TextBeforeBlock | Cause::Escape => None,
        Cause::Other => quote_in_quotes(&line)
            .or_else(|| dash_in_text(&line))
            .or_else(|| opening_missing(&line))
            .or_else(|| extra_bracket(&line)),
    }
}

/// Where a comment starts that hides the bracket which is missing.
pub(super) fn hiding_comment(text: &str, failure: &Failure) -> Option<usize> {
    match brackets::find(text, bracketed(text, failure)?) {
        Brackets::Hidden(hash) => Some(hash),
        Brackets::Slip(_) | Brackets::Unclear => None,
    }
}

/// From the outermost open bracket to the end of the lines that can belong to it.
fn bracketed(text: &str, failure: &Failure) -> Option<Range<usize>> {
    let start = failure.open.iter().find(|open| open.layout == Layout::Flow)?.start;
    let first = Line::at(text, start);
    let end = match parent_column(text, failure) {
        Some(parent) => end_by_indentation(text, &first, parent),
        None => text.trim_end().len(),
    };
    (start < end).then_some(start..end)
}

/// `date:2019` and `actor:{...}`. A word of lower-case letters with a `:` can only be a key, unless
/// it begins an address.
fn glued_colon(line: &Line<'_>) -> Option<TextFix> {
    let from = line.after_dashes();
    let rest = &line.text[from - line.start..];
    let colon = rest.find(':').filter(|at| !rest[at + 1..].starts_with([' ', '\t']))?;
    let is_key = is_key(&rest[..colon]) && !rest[colon + 1..].starts_with('/');
    let title = "put a space after the `:`";
    is_key.then(|| TextFix::insert(title, from + colon + 1, " ", true))
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A key without its `:`: one word with its value below, or before the mark of a block; or, as a
/// guess, the first of two words.
fn missing_colon(text: &str, line: &Line<'_>) -> Option<TextFix> {
    const TITLE: &str = "put a `:` after the key";
    let from = line.after_dashes();
    let words = &text[from..text_end(line, from)];
    let below = Line::from(text, line.next).find(|line| !line.is_silent());
    let has_block = below.is_some_and(|below| below.indent() > from - line.start);
    let (key, value) = words.split_once(' ').unwrap_or((words, ""));
    let is_header = value.starts_with(['>', '|']);
    let sure = has_block && (value.is_empty() || is_header);
    let few = !value.trim().contains(' ') || value.starts_with(['[', '{']);
    let is_one = is_key(key) && (few || is_header) && (sure || !value.is_empty());
    is_one.then(|| TextFix::insert(TITLE, from + key.len(), ":", sure))
}

/// Where the text of a line ends: before its comment.
fn text_end(line: &Line<'_>, from: usize) -> usize {
    let rest = &line.text[from - line.start..];
    let end = rest.find(" #").map_or(line.content().end, |at| from + at);
    // A line of white space alone ends before its text would begin.
    from.max(line.start + line.text[..end - line.start].trim_end().len())
}

/// A quote that is closed at the end of its line, where it is the only one there and no `#` may be
/// either text or comment.
fn open_quote(text: &str, start: usize) -> Option<TextFix> {
    let quote = &text[start..=start];
    let line = Line::at(text, start);
    let rest = &line.text[start + 1 - line.start..];
    let is_only = line.value().start == start && !rest.contains(quote) && !rest.contains('#');
    let title = "close the quote on this line";
    is_only.then(|| TextFix::insert(title, line.content().end, quote, true))
}

/// The brackets made to match, where one slip explains them.
fn matching(text: &str, failure: &Failure) -> Option<TextFix> {
    let Brackets::Slip(edits) = brackets::find(text, bracketed(text, failure)?) else {
        return None;
    };
    Some(TextFix { title: "make the brackets match", edits, sure: true })
}

/// A comma before the key that was read as a part of the value before it, as `affirms` in
/// `{by: pmf affirms: [event]}`; or after a quote.
fn missing_comma(text: &str, failure: &Failure) -> Option<TextFix> {
    let noticed = text.floor_char_boundary(failure.diagnostic.primary.span.start);
    let line = Line::at(text, noticed);
    let before = &text[line.start..noticed];
    let at = if text[noticed..].starts_with(':') {
        before.rfind(' ').filter(|at| is_key(&before[at + 1..]))?
    } else {
        let quoted = before.trim_end();
        let next = text[noticed..].split(':').next().unwrap_or_default();
        (quoted.ends_with(['"', '\'']) && is_key(next)).then_some(quoted.len())?
    };
    let value = before[..at].trim_end();
    let follows_value = !value.ends_with([':', ',', '{', '[']);
    let place = line.start + value.len();
    let title = "put a comma between the two";
    follows_value.then(|| TextFix::insert(title, place, ",", false))
}

/// A text with a `: ` in it in quotes. Where a quote or bracket stands at an end of it, it is
/// something else that lacks its beginning.
fn colon_in_text(line: &Line<'_>) -> Option<TextFix> {
    let value = line.value();
    let ends = ['"', '\'', '[', ']', '{', '}'];
    let end = text_end(line, value.start);
    let text = &line.text[value.start - line.start..end - line.start];
    let is_text = !text.starts_with(ends) && !text.ends_with(ends) && !text.contains(", ");
    let has_comment = line.text.contains('#') && end == value.end;
    (is_text && !has_comment).then(|| {
        TextFix::replace("put the text in quotes", value.start..end, in_single_quotes(text), true)
    })
}

/// A value that ends with a quote or bracket which nothing in it begins: what begins it stands before
/// the value, or before the item.
fn opening_missing(line: &Line<'_>) -> Option<TextFix> {
    let start = line.value().start;
    let end = text_end(line, start);
    let text = &line.text[start - line.start..end - line.start];
    let count = |mark: char| text.matches(mark).count();
    if text.ends_with('"') {
        let is_only = count('"') == 1 && !text.contains(['\\', '#']);
        let title = "open the quote before the text";
        return is_only.then(|| TextFix::replace(title, start..end, format!("\"{text}"), true));
    }
    let is_mapping = text.ends_with('}');
    if !is_mapping || count('}') != count('{') + 1 || count('[') != count(']') || text.contains('"')
    {
        return None;
    }
    let first = text.split([',', '[', '{']).next().unwrap_or_default();
    let at = match first.contains(": ") {
        true => start,
        false if line.is_item() && line.after_key().is_some() => line.after_dashes(),
        false => return None,
    };
    let first = line.text[at - line.start..].chars().next()?;
    let title = "open the bracket that is closed here";
    Some(TextFix::replace(title, at..at + first.len_utf8(), format!("{{{first}"), true))
}

fn in_single_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value that begins and ends with one sort of quote and has more of it within, as
/// `"He spoke of the "fourth" one."`: the inner ones are text.
fn quote_in_quotes(line: &Line<'_>) -> Option<TextFix> {
    let value = line.value();
    let text = &line.text[value.start - line.start..value.end - line.start];
    let double = || text.strip_prefix('"')?.strip_suffix('"');
    let single = || text.strip_prefix('\'')?.strip_suffix('\'');
    if let Some(inner) = double() {
        let is_text = inner.contains('"') && !inner.contains("\", \"");
        let sure = is_text && !inner.contains(['\\', '#']);
        let title = "put single quotes around a text with double quotes in it";
        return sure.then(|| TextFix::replace(title, value, in_single_quotes(inner), true));
    }
    let inner = single().filter(|inner| !inner.contains(['"', '\\', '#']))?;
    let letters = |at: usize| {
        let near = [inner[..at].chars().next_back(), inner[at + 1..].chars().next()];
        near.iter().all(|near| near.is_some_and(char::is_alphanumeric))
    };
    let is_text = inner.contains('\'') && inner.match_indices('\'').all(|(at, _)| letters(at));
    let title = "put double quotes around a text with an apostrophe in it";
    is_text.then(|| TextFix::replace(title, value, format!("\"{inner}\""), true))
}

/// A text that begins like an item: `note: - Several fires`.
fn dash_in_text(line: &Line<'_>) -> Option<TextFix> {
    let start = line.value().start;
    let value = start..text_end(line, start);
    let text = &line.text[value.start - line.start..value.end - line.start];
    let words = text.strip_prefix("- ")?.trim();
    let is_text = line.after_key().is_some()
        && words.contains(' ')
        && !words.contains(": ")
        && !words.starts_with(['{', '[', '"', '\'']);
    let fix = || TextFix::replace("put the text in quotes", value, in_quotes(text), true);
    (is_text && !line.text.contains('#')).then(fix)
}

/// A closing bracket too many at the end of a line: behind its like, or behind an item.
fn extra_bracket(line: &Line<'_>) -> Option<TextFix> {
    let start = line.value().start;
    let end = text_end(line, start);
    let value = &line.text[start - line.start..end - line.start];
    let ends_twice = value.ends_with("]]") || value.ends_with("}}");
    let is_item = line.is_item() && line.after_dashes() == start;
    if !value.starts_with(['[', '{']) || !(ends_twice || is_item) {
        return None;
    }
    let Brackets::Slip(edits) = brackets::find(line.text, start - line.start..end - line.start)
    else {
        return None;
    };
    let [(range, new)] = &edits[..] else { return None };
    let range = line.start + range.start..line.start + range.end;
    let is_removal = new.is_empty() && range.end == end;
    let title = "remove the bracket that closes nothing";
    is_removal.then(|| TextFix::replace(title, range, String::new(), true))
}
