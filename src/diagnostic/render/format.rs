//! A format for printing findings.

use std::io::{self, Write};

use super::{Report, Texts};

/// A format in which findings are printed.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name after `--format`.
    pub name: &'static str,
    /// Its purpose, in a phrase.
    pub doc: &'static str,
    pub(super) printer: Printer,
}

/// The function of a format, by whom its output is meant for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Printer {
    /// For people.
    People(fn(&mut dyn Write, Terminal, &Report<'_>, &mut Texts<'_>) -> io::Result<()>),
    /// For programs or to keep.
    Output(fn(&mut dyn Write, &Report<'_>, &mut Texts<'_>) -> io::Result<()>),
}

/// Where a format for people is read. The other formats are the same everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether to print sequences for colour and weight. Others are never printed.
    pub coloured: bool,
    /// The cells of a line. Text is broken into lines that fit; lines of files and fixes are not.
    pub width: usize,
}

impl Terminal {
    /// A file or a pipe.
    pub const NONE: Self = Self { coloured: false, width: usize::MAX };
}

impl Format {
    /// Prints a report.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(
        &self,
        out: &mut dyn Write,
        terminal: Terminal,
        report: &Report<'_>,
        texts: &mut Texts<'_>,
    ) -> io::Result<()> {
        match self.printer {
            Printer::People(write) => write(out, terminal, report, texts),
            Printer::Output(write) => write(out, report, texts),
        }
    }
}
