//! One line per finding.

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;

use super::{Format, Printer, Report, Texts};

pub(super) const FORMAT: Format = Format {
    name: "short",
    doc: "`path:line:column: error[rule]: message`, one line each",
    printer: Printer::Output(write),
};

fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    for diagnostic in report.findings() {
        let Diagnostic { rule, level, message, location, .. } = diagnostic;
        write!(out, "{}:", texts.shown_path(location.file))?;
        if let Some((start, _)) = texts.positions(*location) {
            write!(out, "{}:{}:", start.line, start.column)?;
        }
        writeln!(out, " {}[{rule}]: {message}", level.name())?;
    }
    Ok(())
}
