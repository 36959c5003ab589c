//! One line a finding.

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;

use super::{Report, Texts};

/// Prints `path:line:column: error[rule]: message` for every finding.
pub(super) fn write(
    out: &mut dyn Write,
    report: &Report<'_>,
    texts: &mut Texts<'_>,
) -> io::Result<()> {
    for diagnostic in report.findings().iter() {
        let Diagnostic { rule, level, message, location, .. } = diagnostic;
        write!(out, "{}:", texts.shown_path(location.file))?;
        if let Some((start, _)) = texts.positions(*location) {
            write!(out, "{}:{}:", start.line, start.column)?;
        }
        writeln!(out, " {}[{rule}]: {message}", level.name())?;
    }
    Ok(())
}
