//! What is said of a syntax error: its cause, the parser's words, and what may fix it.

use crate::source::{Span, Spanned};

use super::defect::{Cause, KeyedText, YamlError, YamlFix};
use super::failure::Failure;
use super::fault::Fault;
use super::fixes::fix_of;
use super::limits;
use super::line::{Line, span_at};

/// The facts of an error in `text`, which is parsed in the place of `file` from `base` on.
pub(super) fn facts(
    fault: &Fault,
    failure: &Failure,
    text: &str,
    (file, base): (&str, u32),
) -> YamlError {
    let diagnostic = &failure.diagnostic;
    let (cause, fix) = fix_of(text, failure, fault);
    let labels = if let Cause::HiddenBracket(hash) = cause {
        let comment = hash..Line::at(text, hash).content().end;
        vec![Spanned::new(String::new(), span_at(base, comment))]
    } else {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        let labels =
            labels.map(|label| Spanned::new(label.message.clone(), clamped(text, label.span)));
        let labels = labels.filter(|label| label.span.range() != fault.origin);
        labels.map(|label| in_file(label, base)).collect()
    };
    let fix = fix.or_else(|| parsers_fix(failure, text, cause)).map(|fix| {
        let edits = fix.edits.into_iter().map(|edit| in_file(edit, base)).collect();
        YamlFix { edits, ..fix }
    });
    let is_unchanged = |span: Span| {
        let (from, to) =
            (Line::at(file, span.start as usize).start, Line::at(file, span.end as usize).end());
        let base = base as usize;
        from >= base && text.get(from - base..to - base) == file.get(from..to)
    };
    YamlError {
        cause,
        message: diagnostic.message.clone(),
        // The rest is said to those who program the library.
        help: diagnostic
            .help
            .as_ref()
            .and_then(|help| Some(help.split(" (Settings::").next()?.to_owned())),
        labels,
        keyed: keyed(fault, cause, text)
            .map(|keyed| KeyedText { text: in_file(keyed.text, base), ..keyed }),
        fix: fix.filter(|fix| fix.edits.iter().all(|edit| is_unchanged(edit.span))),
    }
}

/// What the parser says of a mark that must be escaped.
fn parsers_fix(failure: &Failure, text: &str, cause: Cause) -> Option<YamlFix> {
    let fix = failure.diagnostic.suggestions.first()?;
    let is_told = matches!(cause, Cause::Escape | Cause::Other);
    (is_told && fix.edits.len() <= limits::FIX_EDITS).then(|| YamlFix {
        title: fix.message.clone(),
        edits: fix
            .edits
            .iter()
            .map(|edit| Spanned::new(edit.text.clone(), clamped(text, edit.span)))
            .collect(),
        sure: fix.applicability == oneyaml_core::Applicability::MachineApplicable,
    })
}

/// The key and the value of a line, where the value is one text, perhaps with a second key.
fn keyed(fault: &Fault, cause: Cause, text: &str) -> Option<KeyedText> {
    let line = Line::at(text, fault.origin.start);
    let key = text[line.after_dashes()..line.after_key()?].trim_end_matches(':').trim();
    let value = line.value();
    let written = &text[value.clone()];
    let (inner, rest) = match cause {
        Cause::NestedKey => written.split_once(": ").map(|(inner, rest)| (Some(inner), rest))?,
        Cause::BlockMark => (None, written),
        _ => return None,
    };
    let marks = [':', ',', '#', '"', '\'', '[', '{', '}', ']'];
    let is_plain = !rest.trim().is_empty() && !rest.contains(marks);
    is_plain.then(|| KeyedText {
        key: key.to_owned(),
        inner: inner.map(str::to_owned),
        text: Spanned::new(written.to_owned(), Span::of(value)),
    })
}

/// A span of the parser's, on whole characters.
fn clamped(text: &str, span: oneyaml_core::Span) -> Span {
    let start = text.floor_char_boundary(span.start);
    Span::of(start..text.floor_char_boundary(span.end).max(start))
}

fn in_file(there: Spanned<String>, base: u32) -> Spanned<String> {
    Spanned::new(there.value, span_at(base, there.span.range()))
}
