//! What a format is.

use std::io::{self, Write};

use super::{Report, Texts};

/// How findings are printed.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name after `--format`.
    pub name: &'static str,
    /// What it is for, in a phrase.
    pub doc: &'static str,
    pub(super) printer: Printer,
}

/// The function of a format, and the stream that its output is meant for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Printer {
    /// For people, on standard error.
    People(fn(&mut dyn Write, Colour, &Report<'_>, &mut Texts<'_>) -> io::Result<()>),
    /// To be read by programs or kept, on standard output.
    Output(fn(&mut dyn Write, &Report<'_>, &mut Texts<'_>) -> io::Result<()>),
}

/// Whether a format for people is coloured. The other formats never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// No terminal sequence.
    Never,
    /// With terminal sequences for colour and weight, and no other.
    Always,
}

impl Format {
    /// Whether it is for people, on standard error; else it is for standard output.
    pub const fn is_for_people(&self) -> bool {
        matches!(self.printer, Printer::People(_))
    }

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
