//! What may fix a syntax error: the one edit that the lines around it ask for, or none. Whether it
//! leaves all else as it was is proven in the module `fix`.

use std::ops::Range;

use crate::source::{Span, Spanned};

use super::brackets::{self, Brackets};
use super::defect::{Cause, YamlFix};
use super::failure::Failure;
use super::fault::{Fault, is_key};
use super::indentation;
use super::line::Line;
use super::skip::end_by_indentation;
use super::write::{in_quotes, in_single_quotes};

/// An edit of the parsed text.
fn edit(title: &str, range: Range<usize>, text: impl Into<String>, sure: bool) -> YamlFix {
    let edits = vec![Spanned::new(text.into(), Span::of(range))];
    YamlFix { title: title.to_owned(), edits, sure }
}

fn insertion(title: &str, at: usize, text: &str, sure: bool) -> YamlFix {
    edit(title, at..at, text, sure)
}

/// What may fix `fault`, and what its cause is once the brackets around it were looked at.
pub(super) fn fix_of(text: &str, failure: &Failure, fault: &Fault) -> (Cause, Option<YamlFix>) {
    let line = Line::at(text, fault.origin.start);
    let fix = match fault.cause {
        Cause::OpenBracket | Cause::InBrackets => {
            let range = bracketed(text, failure);
            match range.map_or(Brackets::Unclear, |range| brackets::find(text, range)) {
                Brackets::Hidden(hash) => return (Cause::HiddenBracket(hash), None),
                Brackets::Slip(range, new) => {
                    Some(edit("make the brackets match", range, new, true))
                }
                Brackets::Unclear => missing_comma(text, failure),
            }
        }
        Cause::GluedColon => glued_colon(&line),
        Cause::GluedDash => {
            Some(insertion("put a space after the `-`", line.content().start + 1, " ", true))
        }
        Cause::MissingColon => missing_colon(text, &line),
        Cause::Tab | Cause::Indentation => indentation::column_of(text, &line).map(|column| {
            let title = "indent it with spaces like the lines it belongs with";
            edit(title, line.start..line.content().start, " ".repeat(column), false)
        }),
        Cause::OpenQuote => open_quote(text, fault.origin.start),
        Cause::ColonInText => opening_missing(&line).or_else(|| colon_in_text(&line)),
        Cause::NestedKey => opening_missing(&line),
        Cause::Other => quote_in_quotes(&line)
            .or_else(|| dash_in_text(&line))
            .or_else(|| opening_missing(&line)),
        Cause::HiddenBracket(_)
        | Cause::TextBeforeBlock
        | Cause::BlockMark
        | Cause::LoneMark
        | Cause::Escape => None,
    };
    (fault.cause, fix)
}

/// From the outermost open bracket to the end of the lines that can belong to it.
fn bracketed(text: &str, failure: &Failure) -> Option<Range<usize>> {
    let start = failure.outermost_bracket()?;
    let first = Line::at(text, start);
    let end = match failure.parent_column(text) {
        Some(parent) => end_by_indentation(text, &first, parent),
        None => text.trim_end().len(),
    };
    (start < end).then_some(start..end)
}

/// `date:2019` and `actor:{...}`. A word of lower-case letters with a `:` can only be a key, unless
/// it begins an address.
fn glued_colon(line: &Line<'_>) -> Option<YamlFix> {
    let from = line.after_dashes();
    let (word, rest) = line.text_from(from).split_once(':')?;
    let is_glued = is_key(word) && !rest.starts_with([' ', '\t', '/']);
    is_glued.then(|| insertion("put a space after the `:`", from + word.len() + 1, " ", true))
}

/// A key without its `:`: one word with its value below, or before the mark of a block; or, as a
/// guess, the first of two words.
fn missing_colon(text: &str, line: &Line<'_>) -> Option<YamlFix> {
    let from = line.after_dashes();
    let words = &text[from..text_end(line, from)];
    let below = Line::from(text, line.next).find(|line| !line.is_silent());
    let has_block = below.is_some_and(|below| below.indent() > from - line.start);
    let (key, value) = words.split_once(' ').unwrap_or((words, ""));
    let is_header = value.starts_with(['>', '|']);
    let sure = has_block && (value.is_empty() || is_header);
    let few = !value.trim().contains(' ') || value.starts_with(['[', '{']);
    let is_one = is_key(key) && (few || is_header) && (sure || !value.is_empty());
    is_one.then(|| insertion("put a `:` after the key", from + key.len(), ":", sure))
}

/// Where the text of a line ends: before its comment.
fn text_end(line: &Line<'_>, from: usize) -> usize {
    let end = line.text_from(from).find(" #").map_or(line.content().end, |at| from + at);
    // A line of white space alone ends before its text would begin.
    from.max(line.start + line.text[..end - line.start].trim_end().len())
}

/// The value of a line without its comment.
fn value<'t>(line: &Line<'t>) -> (Range<usize>, &'t str) {
    let range = line.value().start..text_end(line, line.value().start);
    (range.clone(), &line.text[range.start - line.start..range.end - line.start])
}

/// A quote that is closed at the end of its line, where it is the only one there and no `#` may be
/// either text or comment.
fn open_quote(text: &str, start: usize) -> Option<YamlFix> {
    let (quote, line) = (&text[start..=start], Line::at(text, start));
    let rest = line.text_from(start + 1);
    let is_only = line.value().start == start && !rest.contains(quote) && !rest.contains('#');
    is_only.then(|| insertion("close the quote on this line", line.content().end, quote, true))
}

/// A comma before the key that was read as a part of the value before it, as `affirms` in
/// `{by: pmf affirms: [event]}`; or after a quote.
fn missing_comma(text: &str, failure: &Failure) -> Option<YamlFix> {
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
    follows_value.then(|| insertion("put a comma between the two", place, ",", false))
}

/// A text with a `: ` in it in quotes. Where a quote or bracket stands at an end of it, it is
/// something else that lacks its beginning.
fn colon_in_text(line: &Line<'_>) -> Option<YamlFix> {
    let (range, text) = value(line);
    let ends = ['"', '\'', '[', ']', '{', '}'];
    let is_text = !text.starts_with(ends) && !text.ends_with(ends) && !text.contains(", ");
    let has_comment = line.text.contains('#') && range.end == line.value().end;
    (is_text && !has_comment)
        .then(|| edit("put the text in quotes", range, in_single_quotes(text), true))
}

/// A value that ends with a quote or bracket which nothing in it begins: what begins it stands before
/// the value, or before the item. Or a bracket that closes nothing is to go.
fn opening_missing(line: &Line<'_>) -> Option<YamlFix> {
    let (range, text) = value(line);
    if text.ends_with('"') {
        let is_only = text.matches('"').count() == 1 && !text.contains(['\\', '#']);
        let title = "open the quote before the text";
        return is_only.then(|| edit(title, range, format!("\"{text}"), true));
    }
    let item = Some(line.after_dashes()).filter(|_| line.is_item());
    [Some(range.start), item].into_iter().flatten().find_map(|start| {
        let stretch = start - line.start..range.end - line.start;
        let Brackets::Slip(slip, new) = brackets::find(line.text, stretch) else { return None };
        let is_double = text.ends_with("]]") || text.ends_with("}}") || item == Some(range.start);
        let title = match &*new {
            "" if is_double => "remove the bracket that closes nothing",
            "{" if text.contains(": ") => "open the bracket that is closed here",
            _ => return None,
        };
        Some(edit(title, line.start + slip.start..line.start + slip.end, new, true))
    })
}

/// A value that begins and ends with one sort of quote and has more of it within, as
/// `"He spoke of the "fourth" one."`: the inner ones are text.
fn quote_in_quotes(line: &Line<'_>) -> Option<YamlFix> {
    let range = line.value();
    let text = &line.text[range.start - line.start..range.end - line.start];
    let within = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = within('"') {
        let is_text = inner.contains('"') && !inner.contains("\", \"");
        let title = "put single quotes around a text with double quotes in it";
        return (is_text && !inner.contains(['\\', '#']))
            .then(|| edit(title, range, in_single_quotes(inner), true));
    }
    let inner = within('\'').filter(|inner| !inner.contains(['"', '\\', '#']))?;
    let is_apostrophe = |at: usize| {
        inner[..at].ends_with(char::is_alphanumeric)
            && inner[at + 1..].starts_with(char::is_alphanumeric)
    };
    let is_text =
        inner.contains('\'') && inner.match_indices('\'').all(|(at, _)| is_apostrophe(at));
    let title = "put double quotes around a text with an apostrophe in it";
    is_text.then(|| edit(title, range, format!("\"{inner}\""), true))
}

/// A text that begins like an item: `note: - Several fires`.
fn dash_in_text(line: &Line<'_>) -> Option<YamlFix> {
    let (range, text) = value(line);
    let words = text.strip_prefix("- ")?.trim();
    let is_text = line.after_key().is_some()
        && words.contains(' ')
        && !words.contains(": ")
        && !words.starts_with(['{', '[', '"', '\'']);
    (is_text && !line.text.contains('#'))
        .then(|| edit("put the text in quotes", range, in_quotes(text), true))
}
