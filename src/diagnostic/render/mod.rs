//! Printing findings, one file a format.
//!
//! Every function here writes to a stream and returns its errors: a closed pipe is an error, never a
//! panic. A format is a file with a [`Format`] in it and an entry in [`FORMATS`].
//!
//! Text from strangers reaches a format cleaned, as [`Printable`], or exact, as [`Untrusted`], which only
//! the JSON writer accepts. A format with its own escapes writes all text through the module `escaping`,
//! so nothing can bypass them.
//!
//! [`Printable`]: crate::diagnostic::Printable

mod escaping;
mod excerpt;
mod format;
mod github;
mod gitlab;
mod habits;
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
pub use format::{Format, Terminal};
pub use json_writer::{write_json, write_json_text};
pub use markdown::page as markdown_page;
pub use report::{Report, RulePage, Scope, Summary};
pub use texts::{Text, Texts, Untrusted};

/// Every format, in the order of the help.
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
    /// The format for people, which is the default.
    pub const TEXT: &'static Self = &text::FORMAT;

    /// Annotations for GitHub.
    pub const GITHUB: &'static Self = &github::FORMAT;

    /// The format with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }
}
