//! Printing findings, one file a format.
//!
//! Every function here writes to the stream it is given and returns what the stream says: a
//! closed pipe is an error, never a panic.

mod excerpt;
mod json;
mod patch;
mod report;
mod short;
mod snippet;
#[cfg(test)]
mod tests;
mod text;
mod texts;

use std::io::{self, Write};

pub use json::safe_to_log;
pub use report::{Report, Summary};
pub use texts::{Text, Texts};

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: the lines, what is wrong with them and how to mend them.
    Text,
    /// For people and editors: `path:line:column: error[rule]: message`, one line each.
    Short,
    /// For programs: one JSON object.
    Json,
}

/// Whether the `text` format is coloured. The other formats never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// No terminal sequence.
    Never,
    /// With terminal sequences for colour and weight, and no other.
    Always,
}

impl Format {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Text, Self::Short, Self::Json];

    /// The name after `--format`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Short => "short",
            Self::Json => "json",
        }
    }
}

/// Prints a report.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    out: &mut dyn Write,
    format: Format,
    colour: Colour,
    report: &Report<'_>,
    texts: &mut Texts<'_>,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(out, colour, report, texts),
        Format::Short => short::write(out, report, texts),
        Format::Json => json::write(out, report, texts),
    }
}
