//! Where a syntax error began, which is seldom where the parser noticed it.

use std::ops::Range;

use oneyaml_core::{Code, code};

use crate::source::{Span, Spanned};

use super::defect::{Cause, NestedKey, YamlError, YamlFix};
use super::fixes::{fix_of, hiding_comment};
use super::limits;
use super::line::{Line, span_at};
use super::read::{Failure, Layout};

/// An error, and where a person made it. Offsets are those of the parsed text.
#[derive(Debug)]
pub(super) struct Fault {
    /// What to point at.
    pub(super) origin: Range<usize>,
    pub(super) kind: FaultKind,
    code: Code,
    message: Option<&'static str>,
}

/// What is wrong, as far as it decides what can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// A quote that is never closed, outside of brackets.
    Quote,
    /// A bracket that is never closed, or a quote within brackets.
    Bracket,
    /// Something else within brackets.
    InBrackets,
    /// The line is fine up to this offset.
    Rest(usize),
    /// An invalid escape in a double-quoted scalar; the offset is that of its backslash.
    Escape(usize),
    /// The value on the line.
    Value,
    /// A key without its `:`.
    MissingColon,
    /// An item without the space after its `-`.
    GluedDash,
    /// A tag with an undeclared handle.
    Tag,
    /// A line at an indentation where it belongs to nothing.
    Indentation,
    /// Something that is a whole document by itself, up to this offset, stands before entries.
    Root(usize),
    /// The nesting is too deep.
    Depth,
}

const MISSING_COLON: &str = "a mapping key needs `:`";
const OPEN_QUOTE: &str = "quoted scalar is not closed";
const TAB: &str = "tabs cannot be used for block indentation";

/// Finds where the error began.
pub(super) fn locate(text: &str, failure: &Failure) -> Fault {
    let diagnostic = &failure.diagnostic;
    let primary = clamp(text, diagnostic.primary.span.start);
    let label = diagnostic.secondary.first().map(|label| label.span.start..label.span.end);
    let in_brackets = failure.open.iter().any(|open| open.layout != Layout::Block);
    let fault = |origin, kind| Fault { origin, kind, code: diagnostic.code, message: None };
    let here = || visible(text, primary);
    match diagnostic.code {
        code::DEPTH_LIMIT_EXCEEDED => fault(here(), FaultKind::Depth),
        code::INVALID_ESCAPE => {
            let at = text[..primary].rfind('\\').unwrap_or(primary);
            let at = label.as_ref().map_or(at, |label| label.start);
            fault(label.unwrap_or(at..primary), FaultKind::Escape(at))
        }
        code::UNTERMINATED_QUOTED_SCALAR | code::QUOTED_SCALAR_INDENTATION => {
            let kind = if in_brackets { FaultKind::Bracket } else { FaultKind::Quote };
            fault(label.unwrap_or_else(here), kind)
        }
        code::UNTERMINATED_FLOW_COLLECTION => fault(label.unwrap_or_else(here), FaultKind::Bracket),
        code::INVALID_INDENTATION if in_brackets && label.is_some() => {
            fault(label.unwrap_or_else(here), FaultKind::Bracket)
        }
        code::INVALID_INDENTATION | code::TAB_INDENTATION => indentation(text, failure, here()),
        code::MULTILINE_IMPLICIT_KEY => multi_line_key(text, failure, primary),
        code::MISSING_MAPPING_COLON => missing_colon(text, failure, label),
        code::UNDECLARED_TAG_HANDLE => {
            let end = text[primary..].find([' ', '\t', '\n', '\r', ',', ']', '}']);
            let end = end.map_or(text.len(), |end| primary + end);
            fault(primary..end, FaultKind::Tag)
        }
        code::INLINE_COLON_IN_PLAIN_VALUE | code::UNEXPECTED_CONTENT
            if !in_brackets && Line::at(text, primary).has_dash_at_bracket() =>
        {
            fault(Line::at(text, primary).content(), FaultKind::GluedDash)
        }
        code::IMPLICIT_KEY_TOO_LONG => fault(visible(text, failure.at), FaultKind::MissingColon),
        _ => elsewhere(text, failure, primary).unwrap_or_else(|| {
            let kind = match diagnostic.code {
                _ if in_brackets => FaultKind::InBrackets,
                code::UNEXPECTED_CONTENT
                | code::INVALID_BLOCK_HEADER
                | code::CONTENT_AFTER_DOCUMENT => FaultKind::Rest(primary),
                _ => FaultKind::Value,
            };
            fault(here(), kind)
        }),
    }
}

/// The place of an error that lies before the one the parser names.
fn elsewhere(text: &str, failure: &Failure, primary: usize) -> Option<Fault> {
    open_quote_above(text, failure, primary).or_else(|| root_above(text, failure, primary))
}

/// Entries after a document that is whole already: what stands before them does not belong.
fn root_above(text: &str, failure: &Failure, primary: usize) -> Option<Fault> {
    let line = Line::at(text, primary);
    if !failure.open.is_empty() || line.after_key().is_none() {
        return None;
    }
    let first = Line::from(text, 0).find(|line| !line.is_silent())?;
    let code = failure.diagnostic.code;
    Some(Fault { origin: first.content(), kind: FaultKind::Root(line.start), code, message: None })
}

/// Text after a quoted scalar that began on an earlier line: its closing quote was forgotten
/// there, and the quote that closes it was to open another.
fn open_quote_above(text: &str, failure: &Failure, primary: usize) -> Option<Fault> {
    let quoted = failure.last_quoted.clone()?;
    let closes_here = Line::at(text, quoted.end).start == Line::at(text, primary).start;
    let first = Line::at(text, quoted.start);
    if !closes_here || first.next > primary || quoted.end > primary {
        return None;
    }
    let origin = quoted.start..quoted.start + 1;
    let kind = FaultKind::Rest(quoted.start);
    let code = code::UNTERMINATED_QUOTED_SCALAR;
    Some(Fault { origin, kind, code, message: Some(OPEN_QUOTE) })
}

fn indentation(text: &str, failure: &Failure, here: Range<usize>) -> Fault {
    let code = failure.diagnostic.code;
    let line = Line::at(text, here.start);
    if let Some(tab) = line.tab_in_indentation() {
        let (code, message) = (code::TAB_INDENTATION, Some(TAB));
        return Fault { origin: tab..tab + 1, kind: FaultKind::Indentation, code, message };
    }
    let above = Line::before(text, line.start).find(|line| !line.is_silent());
    let glued = std::iter::once(line).chain(above).find(Line::has_glued_dash);
    let (origin, kind) = match glued {
        Some(item) => (item.content(), FaultKind::GluedDash),
        None if line.content().contains(&here.start) => (line.content(), FaultKind::Indentation),
        None => (here, FaultKind::Indentation),
    };
    Fault { origin, kind, code, message: None }
}

fn missing_colon(text: &str, failure: &Failure, label: Option<Range<usize>>) -> Fault {
    let code = failure.diagnostic.code;
    let line = Line::at(text, failure.at);
    let fault = |origin, kind| Fault { origin, kind, code, message: None };
    match label {
        Some(colon) if &text[colon.clone()] == ":" => {
            let end = line.content().end.max(colon.end);
            fault(line.after_dashes()..end, FaultKind::Rest(colon.end))
        }
        Some(key) => fault(key, FaultKind::MissingColon),
        None => fault(line.after_dashes()..line.content().end, FaultKind::MissingColon),
    }
}

/// A plain scalar that runs on to a line with a `:`. What was meant is told by what follows.
fn multi_line_key(text: &str, failure: &Failure, primary: usize) -> Fault {
    let code = failure.diagnostic.code;
    let first = Line::at(text, failure.at);
    let last = Line::at(text, primary);
    if first.after_dashes() >= failure.at {
        let origin = first.after_dashes()..first.content().end;
        let (code, message) = (code::MISSING_MAPPING_COLON, Some(MISSING_COLON));
        return Fault { origin, kind: FaultKind::MissingColon, code, message };
    }
    if first.next == last.start && is_nested_block(text, &first) {
        let origin = failure.at..first.content().end;
        let kind = FaultKind::Rest(failure.at);
        return Fault { origin, kind, code, message: None };
    }
    let origin = last.content();
    Fault { origin, kind: FaultKind::Indentation, code, message: None }
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

impl Fault {
    /// The facts of the error, in whose `file` the parsed text starts at `base`.
    pub(super) fn error(&self, text: &str, failure: &Failure, file: &str, base: u32) -> YamlError {
        let diagnostic = &failure.diagnostic;
        let mut labels: Vec<_> = std::iter::once(&diagnostic.primary)
            .chain(&diagnostic.secondary)
            .map(|label| Spanned::new(label.message.clone(), place(text, base, &label.span)))
            .filter(|label| label.span != span_at(base, self.origin.clone()))
            .collect();
        let cause = self.cause(text, failure);
        if let Cause::HiddenBracket(hash) = cause {
            let comment = hash..Line::at(text, hash).content().end;
            labels = vec![Spanned::new(String::new(), span_at(base, comment))];
        }
        YamlError {
            cause,
            code: self.code.get(),
            message: self.message.map_or_else(|| diagnostic.message.clone(), str::to_owned),
            help: diagnostic.help.as_deref().map(without_settings),
            labels,
            nested: self.nested(text, base).filter(|_| cause == Cause::NestedKey),
            fix: self.fix(text, failure, cause, (file, base)),
        }
    }

    /// What may fix the error: what its cause asks for, or what the parser says of a mark that must
    /// be escaped. Only where the lines that it edits are as they are in the file.
    fn fix(
        &self,
        text: &str,
        failure: &Failure,
        cause: Cause,
        (file, base): (&str, u32),
    ) -> Option<YamlFix> {
        let own = fix_of(text, failure, self, cause).map(|fix| {
            let edits = fix.edits.into_iter();
            let edits = edits.map(|(range, text)| Spanned::new(text, span_at(base, range)));
            YamlFix { title: fix.title.to_owned(), edits: edits.collect(), sure: fix.sure }
        });
        let escapes = matches!(cause, Cause::Escape | Cause::Other) && self.message.is_none();
        let parsers = failure.diagnostic.suggestions.first().filter(|_| escapes);
        let parsers = parsers.filter(|fix| fix.edits.len() <= limits::FIX_EDITS).map(|fix| {
            let edits = fix.edits.iter();
            YamlFix {
                title: fix.message.clone(),
                edits: edits
                    .map(|edit| Spanned::new(edit.text.clone(), place(text, base, &edit.span)))
                    .collect(),
                sure: fix.applicability == oneyaml_core::Applicability::MachineApplicable,
            }
        });
        let unchanged = |span: Span| {
            let from = Line::at(file, span.start as usize).start;
            let to = Line::at(file, span.end as usize).end();
            let base = base as usize;
            from >= base && text.get(from - base..to - base) == file.get(from..to)
        };
        let stands = |fix: &YamlFix| fix.edits.iter().all(|edit| unchanged(edit.span));
        own.or(parsers).filter(stands)
    }

    /// The two keys on a line, where the value of the second is one word or text.
    fn nested(&self, text: &str, base: u32) -> Option<NestedKey> {
        let line = Line::at(text, self.origin.start);
        let outer = text[line.after_dashes()..line.after_key()?].trim_end_matches(':').trim();
        let value = line.value();
        let (inner, rest) = text[value.clone()].split_once(": ")?;
        let marks = [':', ',', '#', '"', '\'', '[', '{', '}', ']'];
        let is_plain = !rest.trim().is_empty() && !rest.contains(marks);
        let written = Spanned::new(text[value.clone()].to_owned(), span_at(base, value));
        is_plain.then(|| NestedKey {
            outer: outer.to_owned(),
            inner: inner.to_owned(),
            text: written,
        })
    }
}

fn place(text: &str, base: u32, span: &oneyaml_core::Span) -> Span {
    let start = clamp(text, span.start);
    span_at(base, start..clamp(text, span.end).max(start))
}

impl Fault {
    fn cause(&self, text: &str, failure: &Failure) -> Cause {
        let tab = self.code == code::TAB_INDENTATION;
        let quote = text[self.origin.clone()].starts_with(['"', '\'']);
        match self.kind {
            FaultKind::Quote => Cause::OpenQuote,
            FaultKind::Bracket if quote => Cause::OpenQuote,
            FaultKind::Rest(_) if self.message == Some(OPEN_QUOTE) => Cause::OpenQuote,
            FaultKind::Rest(_) if self.code == code::MISSING_MAPPING_COLON => Cause::GluedColon,
            FaultKind::Rest(_) if self.code == code::MULTILINE_IMPLICIT_KEY => {
                Cause::TextBeforeBlock
            }
            FaultKind::Bracket | FaultKind::InBrackets => match hiding_comment(text, failure) {
                Some(hash) => Cause::HiddenBracket(hash),
                None if self.kind == FaultKind::Bracket => Cause::OpenBracket,
                None => Cause::InBrackets,
            },
            FaultKind::Indentation if tab => Cause::Tab,
            FaultKind::Indentation => Cause::Indentation,
            FaultKind::MissingColon if Line::at(text, self.origin.start).has_colon_at_bracket() => {
                Cause::GluedColon
            }
            FaultKind::MissingColon => Cause::MissingColon,
            FaultKind::GluedDash => Cause::GluedDash,
            FaultKind::Escape(_) => Cause::Escape,
            _ if self.code == code::INLINE_COLON_IN_PLAIN_VALUE => {
                colon_in_text(&Line::at(text, self.origin.start))
            }
            _ => Cause::Other,
        }
    }
}

/// What was done wrong on a line whose text has a `: ` in it: where a bracket stands right after a
/// `:`, it is only a space that is missing there; where one word stands before the `: `, it is a key.
fn colon_in_text(line: &Line<'_>) -> Cause {
    let text = &line.text[line.after_dashes() - line.start..];
    let value = text.split_once(':').map_or("", |(_, value)| value);
    if value.starts_with(['{', '[']) {
        return Cause::GluedColon;
    }
    let (key, _) = text.split_once(':').unwrap_or_default();
    if key.split_once(' ').is_some_and(|(_, value)| value.trim().starts_with(['{', '['])) {
        return Cause::MissingColon;
    }
    let word = value.trim_start().split(": ").next().unwrap_or_default();
    let is_key = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_key && !word.is_empty() { Cause::NestedKey } else { Cause::ColonInText }
}

/// The help without what it says to those who program the library.
fn without_settings(help: &str) -> String {
    help.split(" (Settings::").next().unwrap_or_default().to_owned()
}

/// From `offset` to the end of its line's text; at least a point.
fn visible(text: &str, offset: usize) -> Range<usize> {
    offset..Line::at(text, offset).content().end.max(offset)
}

fn clamp(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}
