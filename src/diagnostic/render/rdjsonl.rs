//! One JSON object per finding, for reviewdog: comments and suggestions in a review.
//!
//! reviewdog reads a message as Markdown, so it is in a fenced block.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::source::Location;

use super::json_writer::write_json;
use super::markdown::Fence;
use super::{Format, Printer, Report, Texts, Untrusted};

pub(super) const FORMAT: Format = Format {
    name: "rdjsonl",
    doc: "One JSON object per finding for reviewdog, with fixes as suggestions",
    printer: Printer::Output(write),
};

#[derive(Serialize)]
struct Finding<'a> {
    message: String,
    location: Place<'a>,
    severity: &'static str,
    source: Source,
    code: Code,
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    path: Untrusted<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

/// A line and a column, both from 1; the column in bytes.
#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    report.findings().iter().try_for_each(|each| write_json(out, &finding(each, texts)))
}

fn finding<'a, 't: 'a>(diagnostic: &'a Diagnostic, texts: &mut Texts<'t>) -> Finding<'a> {
    let mut message = Fence::default();
    message.push(&format!("{}\n", diagnostic.message));
    if let Some(label) = &diagnostic.label {
        message.push(&format!("{label}\n"));
    }
    for help in diagnostic.all_help() {
        message.push(&format!("help: {help}\n"));
    }
    Finding {
        message: message.markdown(),
        location: place(diagnostic.location, texts),
        severity: match diagnostic.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Info => "INFO",
        },
        source: Source { name: "eventc" },
        code: Code { value: diagnostic.rule },
        suggestions: suggestions(diagnostic, texts),
    }
}

/// The edits of the fix, if all are in the finding's own file, because a suggestion belongs to one file.
fn suggestions<'a>(diagnostic: &'a Diagnostic, texts: &mut Texts<'_>) -> Vec<Suggestion<'a>> {
    let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
    let mut suggestion = |location: Location, text: &'a str| {
        let range = range(location, texts).filter(|_| location.file == diagnostic.location.file)?;
        Some(Suggestion { range, text })
    };
    edits
        .map(|Edit { location, text }| suggestion(*location, text))
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default()
}

fn place<'a>(location: Location, texts: &mut Texts<'a>) -> Place<'a> {
    Place { path: texts.path(location.file), range: range(location, texts) }
}

fn range(location: Location, texts: &mut Texts<'_>) -> Option<Range> {
    let text = texts.text(location.file)?;
    let span = text.clamp(location.span);
    let (start, end) = text.positions(span);
    let point = |line, offset| Point { line, column: offset - text.line_span(line).start + 1 };
    Some(Range { start: point(start.line, span.start), end: point(end.line, span.end) })
}
