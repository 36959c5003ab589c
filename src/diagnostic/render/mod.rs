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
mod format;
mod github;
mod gitlab;
mod json;
mod json_writer;
mod junit;
mod markdown;
mod palette;
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

use format::Printer;
pub use format::{Colour, Format};
pub use json_writer::{write_json, write_json_text};
pub use markdown::page as markdown_page;
pub use report::{Report, RulePage, Scope, Summary};
pub use texts::{Text, Texts, Untrusted};

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
}
