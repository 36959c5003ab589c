//! GitLab's code quality report.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Fingerprint, Level};

use super::json_writer::{Streamed, write_json};
use super::{Format, Printer, Report, Texts, Untrusted};

pub(super) const FORMAT: Format = Format {
    name: "gitlab",
    doc: "A code quality report for GitLab",
    printer: Printer::Output(write),
};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: Untrusted<'a>,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    let issues = report.findings().fingerprinted();
    write_json(out, &Streamed::new(issues.map(|(name, each)| issue(name, each, texts))))
}

fn issue<'a>(
    fingerprint: Fingerprint,
    diagnostic: &Diagnostic,
    texts: &mut Texts<'a>,
) -> Issue<'a> {
    let Diagnostic { rule, level, message, location, .. } = diagnostic;
    let help = diagnostic.all_help().map(|help| format!("; {help}"));
    let lines = texts.positions(*location).map(|(start, end)| (start.line, end.line));
    // A file that no longer exists has no lines, but a report must name one.
    let (begin, end) = lines.unwrap_or((1, 1));
    Issue {
        description: format!("{message}{}", help.collect::<String>()),
        check_name: rule,
        fingerprint: fingerprint.to_string(),
        severity: match level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Info => "info",
        },
        location: Place {
            path: texts.path_in_repository(location.file),
            lines: Lines { begin, end },
        },
    }
}
