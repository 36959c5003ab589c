//! Annotations on the lines of a pull request, as GitHub Actions reads them from a log.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Level};

use super::escaping::Escaping;
use super::{Format, Printer, Report, Texts};

pub(super) const FORMAT: Format = Format {
    name: "github",
    doc: "Annotations for GitHub Actions, and a step summary where there is one",
    printer: Printer::Output(write),
};

/// Most annotations of one kind that GitHub accepts from a step. It silently drops the others.
const ANNOTATIONS: usize = 10;

/// Prints the first findings of each level as workflow commands.
fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    let worst_first = report.worst_first();
    let levels = worst_first.chunk_by(|(_, a), (_, b)| a.level == b.level);
    for (_, diagnostic) in levels.flat_map(|level| level.iter().take(ANNOTATIONS)) {
        annotate(&mut Escaping::new(out, in_data), diagnostic, texts)?;
    }
    let more: usize = Level::ALL
        .map(|level| report.findings().count(level).saturating_sub(ANNOTATIONS))
        .iter()
        .sum();
    if more > 0 {
        writeln!(out, "... and {more} more: GitHub shows {ANNOTATIONS} annotations of a kind")?;
    }
    Ok(())
}

fn annotate(
    out: &mut Escaping<'_>,
    diagnostic: &Diagnostic,
    texts: &mut Texts<'_>,
) -> io::Result<()> {
    let Diagnostic { rule, level, message, location, .. } = diagnostic;
    out.own(match level {
        Level::Error => "::error file=",
        Level::Warning => "::warning file=",
        Level::Info => "::notice file=",
    })?;
    out.text_with(in_property, &texts.path_in_repository(location.file).cleaned())?;
    if let Some((start, end)) = texts.positions(*location) {
        out.own(",line=")?.number(start.line)?.own(",endLine=")?.number(end.line)?;
        // The runner accepts columns only within one line.
        if start.line == end.line {
            out.own(",col=")?.number(start.column)?.own(",endColumn=")?.number(end.column)?;
        }
    }
    out.own(",title=")?.own(rule)?.own("::")?.text(message)?;
    if let Some(label) = &diagnostic.label {
        out.own("%0A")?.text(label)?;
    }
    for help in diagnostic.all_help() {
        out.own("%0Ahelp: ")?.text(help)?;
    }
    out.own("\n")?;
    Ok(())
}

/// The escapes of a command's message.
fn in_data(c: char) -> Option<&'static str> {
    match c {
        '%' => Some("%25"),
        '\r' => Some("%0D"),
        '\n' => Some("%0A"),
        _ => None,
    }
}

/// The escapes of a command's property.
fn in_property(c: char) -> Option<&'static str> {
    match c {
        ':' => Some("%3A"),
        ',' => Some("%2C"),
        _ => in_data(c),
    }
}
