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
    /// For people, who may see colours.
    People(fn(&mut dyn Write, Colour, &Report<'_>, &mut Texts<'_>) -> io::Result<()>),
    /// For programs or to keep.
    Output(fn(&mut dyn Write, &Report<'_>, &mut Texts<'_>) -> io::Result<()>),
}

/// Whether a format for people is coloured. The other formats never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// No terminal sequences.
    Never,
    /// Terminal sequences for colour and weight, and no others.
    Always,
}

impl Format {
    /// Prints a report.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(
        &self,
        out: &mut dyn Write,
        colour: Colour,
        report: &Report<'_>,
        texts: &mut Texts<'_>,
    ) -> io::Result<()> {
        match self.printer {
            Printer::People(write) => write(out, colour, report, texts),
            Printer::Output(write) => write(out, report, texts),
        }
    }
}
