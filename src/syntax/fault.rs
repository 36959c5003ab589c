//! Where a syntax error began, which is seldom where the parser noticed it.

use std::ops::Range;

use oneyaml_core::{Code, code};

use super::defect::Cause;
use super::failure::{Failure, Layout};
use super::line::Line;

/// An error as a person made it. Offsets are those of the parsed text.
#[derive(Debug)]
pub(super) struct Fault {
    /// What to point at.
    pub(super) origin: Range<usize>,
    pub(super) cause: Cause,
    pub(super) extent: Extent,
}

/// What has to be passed over for the rest to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The document: it is nested too deep.
    Document,
    /// The tag that is pointed at.
    Tag,
    /// An open quoted scalar outside of brackets.
    Quote,
    /// What the outermost bracket holds.
    Brackets,
    /// What the innermost brackets hold.
    InnerBrackets,
    /// The line from this offset on.
    Rest(usize),
    /// The backslashes of the line from this offset on.
    Escapes(usize),
    /// The value on the line.
    Value,
    /// A key without its `:`.
    Key,
    /// The space that an item lacks after its `-`.
    Dash,
    /// The line. `placed` says whether its own indentation can be trusted.
    Line { placed: bool },
    /// The lines up to this offset.
    Lines(usize),
}

/// Finds where the error began.
pub(super) fn locate(text: &str, failure: &Failure) -> Fault {
    let diagnostic = &failure.diagnostic;
    let noticed = text.floor_char_boundary(diagnostic.primary.span.start);
    let line = Line::at(text, noticed);
    let here = noticed..line.content().end.max(noticed);
    let label = diagnostic.secondary.first().map(|label| label.span.start..label.span.end);
    let in_brackets = failure.open.iter().any(|open| open.layout != Layout::Block);
    let fault = |origin, cause, extent| Fault { origin, cause, extent };
    match diagnostic.code {
        code::DEPTH_LIMIT_EXCEEDED => fault(here, Cause::Other, Extent::Document),
        code::INVALID_ESCAPE => {
            let escape = label.unwrap_or(text[..noticed].rfind('\\').unwrap_or(noticed)..noticed);
            fault(escape.clone(), Cause::Escape, Extent::Escapes(escape.start))
        }
        code::UNTERMINATED_QUOTED_SCALAR | code::QUOTED_SCALAR_INDENTATION => {
            let extent = if in_brackets { Extent::Brackets } else { Extent::Quote };
            fault(label.unwrap_or(here), Cause::OpenQuote, extent)
        }
        code::UNTERMINATED_FLOW_COLLECTION => {
            fault(label.unwrap_or(here), Cause::OpenBracket, Extent::Brackets)
        }
        code::INVALID_INDENTATION if in_brackets && label.is_some() => {
            fault(label.unwrap_or(here), Cause::OpenBracket, Extent::Brackets)
        }
        code::INVALID_INDENTATION | code::TAB_INDENTATION => indentation(text, here),
        code::MULTILINE_IMPLICIT_KEY => multi_line_key(text, failure, noticed),
        code::MISSING_MAPPING_COLON => missing_colon(text, failure, label),
        code::IMPLICIT_KEY_TOO_LONG => {
            let line = Line::at(text, failure.at);
            let origin = failure.at..line.content().end.max(failure.at);
            fault(origin, without_colon(&line), Extent::Key)
        }
        code::UNDECLARED_TAG_HANDLE => {
            let end = text[noticed..].find([' ', '\t', '\n', '\r', ',', ']', '}']);
            let end = end.map_or(text.len(), |end| noticed + end);
            fault(noticed..end, Cause::Other, Extent::Tag)
        }
        code::INLINE_COLON_IN_PLAIN_VALUE | code::UNEXPECTED_CONTENT
            if !in_brackets && ["-{", "-["].iter().any(|mark| line.trimmed().starts_with(mark)) =>
        {
            fault(line.content(), Cause::GluedDash, Extent::Line { placed: true })
        }
        code => open_quote_above(text, failure, noticed)
            .or_else(|| root_above(text, failure, &line))
            .unwrap_or_else(|| {
                let (cause, extent) = match code {
                    _ if in_brackets && text[noticed..].starts_with(['>', '|']) => {
                        (Cause::BlockMark, Extent::InnerBrackets)
                    }
                    _ if in_brackets => (Cause::InBrackets, Extent::InnerBrackets),
                    code::INVALID_BLOCK_HEADER => (Cause::BlockMark, Extent::Rest(noticed)),
                    code::UNEXPECTED_CONTENT | code::CONTENT_AFTER_DOCUMENT => {
                        (Cause::Other, Extent::Rest(noticed))
                    }
                    _ if text[line.value()].trim() == "?" => (Cause::LoneMark, Extent::Value),
                    _ => (of_text(code, &line), Extent::Value),
                };
                fault(here, cause, extent)
            }),
    }
}

/// Text after a quoted scalar that began on an earlier line: its closing quote was forgotten there,
/// and the quote that closes it was to open another.
fn open_quote_above(text: &str, failure: &Failure, noticed: usize) -> Option<Fault> {
    let quoted = failure.last_quoted.clone()?;
    let closes_here = Line::at(text, quoted.end).start == Line::at(text, noticed).start;
    let is_above = Line::at(text, quoted.start).next <= noticed && quoted.end <= noticed;
    (closes_here && is_above).then(|| Fault {
        origin: quoted.start..quoted.start + 1,
        cause: Cause::OpenQuote,
        extent: Extent::Rest(quoted.start),
    })
}

/// Entries after a document that is whole already: what stands before them does not belong.
fn root_above(text: &str, failure: &Failure, line: &Line<'_>) -> Option<Fault> {
    if !failure.open.is_empty() || line.after_key().is_none() {
        return None;
    }
    let first = Line::from(text, 0).find(|line| !line.is_silent())?;
    let cause = of_text(failure.diagnostic.code, &first);
    Some(Fault { origin: first.content(), cause, extent: Extent::Lines(line.start) })
}

fn indentation(text: &str, here: Range<usize>) -> Fault {
    let line = Line::at(text, here.start);
    let extent = Extent::Line { placed: false };
    if let Some(tab) = line.tab_in_indentation() {
        return Fault { origin: tab..tab + 1, cause: Cause::Tab, extent };
    }
    let above = Line::before(text, line.start).find(|line| !line.is_silent());
    if let Some(item) = std::iter::once(line).chain(above).find(has_glued_dash) {
        return Fault { origin: item.content(), cause: Cause::GluedDash, extent: Extent::Dash };
    }
    let origin = Some(line.content()).filter(|content| content.contains(&here.start));
    Fault { origin: origin.unwrap_or(here), cause: Cause::Indentation, extent }
}

/// Whether a line begins with a `-` and two letters or digits right after it.
fn has_glued_dash(line: &Line<'_>) -> bool {
    let mut word = line.trimmed().strip_prefix('-').unwrap_or_default().chars();
    word.by_ref().take(2).filter(|c| c.is_alphanumeric()).count() == 2
}

fn missing_colon(text: &str, failure: &Failure, label: Option<Range<usize>>) -> Fault {
    let line = Line::at(text, failure.at);
    let (from, end) = (line.after_dashes(), line.content().end);
    match label {
        Some(colon) if &text[colon.clone()] == ":" => Fault {
            origin: from..end.max(colon.end),
            cause: Cause::GluedColon,
            extent: Extent::Rest(colon.end),
        },
        key => {
            let origin = key.unwrap_or(from..end);
            let cause = without_colon(&Line::at(text, origin.start));
            Fault { origin, cause, extent: Extent::Key }
        }
    }
}

/// A plain scalar that runs on to a line with a `:`. What was meant is told by what follows.
fn multi_line_key(text: &str, failure: &Failure, noticed: usize) -> Fault {
    let (first, last) = (Line::at(text, failure.at), Line::at(text, noticed));
    if first.after_dashes() >= failure.at {
        let origin = first.after_dashes()..first.content().end;
        return Fault { origin, cause: without_colon(&first), extent: Extent::Key };
    }
    if first.next == last.start && is_nested_block(text, &first) {
        let origin = failure.at..first.content().end;
        return Fault { origin, cause: Cause::TextBeforeBlock, extent: Extent::Rest(failure.at) };
    }
    let extent = Extent::Line { placed: false };
    Fault { origin: last.content(), cause: Cause::Indentation, extent }
}

/// Whether the lines below `first` are entries nested under it, rather than one line that is
/// indented by mistake, or prose that goes on.
fn is_nested_block(text: &str, first: &Line<'_>) -> bool {
    let key = first.after_dashes() - first.start;
    let block: Vec<_> = Line::from(text, first.next)
        .filter(|line| !line.is_silent())
        .take_while(|line| line.indent() > key)
        .collect();
    let level = block.iter().map(Line::indent).min().unwrap_or(0);
    let mut entries = block.iter().filter(|line| line.indent() == level);
    block.len() > 1 && entries.all(|line| line.is_item() || line.after_key().is_some())
}

/// What a line lacks on which the parser finds no `: `: the space, where a bracket stands right after
/// the `:` of its first word.
fn without_colon(line: &Line<'_>) -> Cause {
    let is_glued =
        line.text_from(line.after_dashes()).split_once(':').is_some_and(|(word, value)| {
            !word.contains([' ', '[', '{', '"']) && value.starts_with(['[', '{'])
        });
    if is_glued { Cause::GluedColon } else { Cause::MissingColon }
}

/// What was done wrong where the text of a line cannot be read. Of one with a `: ` in it: where a
/// bracket stands right after a `:`, it is only a space that is missing there; where one word stands
/// before the `: `, that is a key.
fn of_text(code: Code, line: &Line<'_>) -> Cause {
    if code != code::INLINE_COLON_IN_PLAIN_VALUE {
        return Cause::Other;
    }
    let (key, value) = line.text_from(line.after_dashes()).split_once(':').unwrap_or_default();
    let word = value.trim_start().split(": ").next().unwrap_or_default();
    if value.starts_with(['{', '[']) {
        Cause::GluedColon
    } else if key.split_once(' ').is_some_and(|(_, value)| value.trim().starts_with(['{', '['])) {
        Cause::MissingColon
    } else if is_key(word) {
        Cause::NestedKey
    } else {
        Cause::ColonInText
    }
}

/// Whether a word is written as the keys of records are.
pub(super) fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
