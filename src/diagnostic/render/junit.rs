//! JUnit XML: a suite for each file, with a test for each rule that found something.
//!
//! A test fails if the rule found errors, as the run does. Warnings and infos are the output of a passing
//! test. A file without findings has one test, so that checked files are counted.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Level};
use crate::source::FileId;

use super::escaping::Escaping;
use super::{Format, Printer, Report, Texts};

pub(super) const FORMAT: Format = Format {
    name: "junit",
    doc: "JUnit XML, in which a file is a suite and a rule a test",
    printer: Printer::Output(write),
};

/// What was found in one file, by rule.
type Suite<'a> = BTreeMap<&'static str, Vec<&'a Diagnostic>>;

fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    let suites = suites(report, texts);
    let mut out = Escaping::new(out, in_xml);
    out.own("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"eventc\"")?;
    counts(&mut out, suites.iter().map(|(_, suite)| suite))?;
    for (file, suite) in &suites {
        out.own("<testsuite name=\"")?.text(&texts.shown_path(*file))?.own("\"")?;
        counts(&mut out, std::iter::once(suite))?;
        if suite.is_empty() {
            test(&mut out, "every-rule", &[], *file, texts)?;
        }
        for (rule, found) in suite {
            test(&mut out, rule, found, *file, texts)?;
        }
        out.own("</testsuite>\n")?;
    }
    out.own("</testsuites>\n")?;
    Ok(())
}

/// Every file that was checked or has a finding, by path.
fn suites<'a>(report: &Report<'a>, texts: &Texts<'_>) -> Vec<(FileId, Suite<'a>)> {
    let files = report.scope().files.iter();
    let mut suites: BTreeMap<FileId, Suite<'a>> = files.map(|file| (*file, Suite::new())).collect();
    for diagnostic in report.findings() {
        let suite = suites.entry(diagnostic.location.file).or_default();
        suite.entry(diagnostic.rule).or_default().push(diagnostic);
    }
    let mut suites: Vec<_> = suites.into_iter().collect();
    suites.sort_by_cached_key(|(file, _)| texts.path(*file));
    suites
}

/// Ends the head of an element with the numbers of tests and failures.
fn counts<'a>(
    out: &mut Escaping<'_>,
    suites: impl Iterator<Item = &'a Suite<'a>>,
) -> io::Result<()> {
    let (mut tests, mut failures) = (0, 0);
    for suite in suites {
        tests += suite.len().max(1) as u64;
        failures += suite.values().filter(|found| fails(found)).count() as u64;
    }
    out.own(" tests=\"")?.number(tests)?.own("\" failures=\"")?.number(failures)?;
    out.own("\" errors=\"0\" skipped=\"0\">\n")?;
    Ok(())
}

fn fails(found: &[&Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.level == Level::Error)
}

fn test(
    out: &mut Escaping<'_>,
    name: &'static str,
    found: &[&Diagnostic],
    file: FileId,
    texts: &mut Texts<'_>,
) -> io::Result<()> {
    out.own("<testcase name=\"")?.own(name)?;
    out.own("\" classname=\"")?.text(&texts.shown_path(file))?;
    out.own("\" file=\"")?.text(&texts.path_in_repository(file).cleaned())?;
    let Some(first) = found.first() else {
        out.own("\"/>\n")?;
        return Ok(());
    };
    let end = if fails(found) {
        out.own("\"><failure type=\"error\" message=\"")?.text(&first.message)?.own("\">\n")?;
        "</failure></testcase>\n"
    } else {
        out.own("\"><system-out>\n")?;
        "</system-out></testcase>\n"
    };
    for diagnostic in found {
        lines(out, diagnostic, texts)?;
    }
    out.own(end)?;
    Ok(())
}

/// A finding as text of a test.
fn lines(out: &mut Escaping<'_>, diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> io::Result<()> {
    if let Some((start, _)) = texts.positions(diagnostic.location) {
        out.number(start.line)?.own(":")?.number(start.column)?.own(": ")?;
    }
    out.own(diagnostic.level.name())?.own(": ")?.text(&diagnostic.message)?.own("\n")?;
    if let Some(label) = &diagnostic.label {
        out.own("    ")?.text(label)?.own("\n")?;
    }
    for help in diagnostic.all_help() {
        out.own("    help: ")?.text(help)?.own("\n")?;
    }
    Ok(())
}

/// The escapes of XML, in text and in attributes. Cleaned text has only characters that XML 1.0
/// accepts.
fn in_xml(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        _ => None,
    }
}
