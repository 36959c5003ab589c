//! Printing findings, one file a format.
//!
//! Every function here writes to the stream it is given and returns what the stream says: a
//! closed pipe is an error, never a panic. A format is a file with a [`Format`] in it, and its
//! place in [`FORMATS`].
//!
//! What a stranger wrote reaches a format as words that were cleaned ([`Printable`]), or exact as
//! [`Untrusted`], which nothing but the JSON writer takes. A format with escapes of its own puts
//! words into them through the module `escaping`, which has no way around them.
//!
//! [`Printable`]: crate::diagnostic::Printable

mod escaping;
mod excerpt;
mod github;
mod gitlab;
mod json;
mod json_writer;
mod junit;
mod markdown;
mod patch;
mod rdjsonl;
mod report;
mod sarif;
mod short;
mod snippet;
#[cfg(test)]
mod tests;
mod text;
mod texts;

use std::io::{self, Write};

pub use json_writer::{write_json, write_json_text};
pub use markdown::page as markdown_page;
pub use report::{Report, RulePage, Scope, Summary};
pub use texts::{Text, Texts, Untrusted};

/// How findings are printed.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name after `--format`.
    pub name: &'static str,
    /// What it is for, in a phrase.
    pub doc: &'static str,
    printer: Printer,
}

/// The function of a format, and the stream that its output is meant for.
#[derive(Clone, Copy, Debug)]
enum Printer {
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

/// Every format, in the order in which help lists them.
pub static FORMATS: &[&Format] = &[
    Format::TEXT,
    &short::FORMAT,
    &json::FORMAT,
    Format::GITHUB,
    &gitlab::FORMAT,
    &sarif::FORMAT,
    &junit::FORMAT,
    &markdown::FORMAT,
    &rdjsonl::FORMAT,
];

impl Format {
    /// The format for people, which is also what is printed where none is asked for.
    pub const TEXT: &'static Self = &text::FORMAT;

    /// Annotations for GitHub.
    pub const GITHUB: &'static Self = &github::FORMAT;

    /// The format of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

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
