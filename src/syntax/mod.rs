//! Text to documents.
//!
//! Does: read the YAML of a file into arenas of nodes, each with its span; read on after what is
//! wrong; list what is wrong as typed facts; know how a text is written as a scalar, and what other
//! readers make of one.
//!
//! Must never: fail, know what a record is, or write a sentence for people. Where a text breaks
//! YAML itself, the parser's own words are kept.

mod blanks;
mod brackets;
mod change;
mod comment;
mod conflict;
mod damage;
mod defect;
mod document;
mod error;
mod escape;
mod failure;
mod fault;
mod fixes;
mod indentation;
mod keys;
pub mod limits;
mod line;
mod parts;
mod plain;
mod read;
mod recovery;
mod safety;
mod signs;
mod skip;
mod split;
mod write;

use crate::source::SourceText;

pub use defect::{Cause, Forbidden, KeyedText, Limit, SyntaxDefect, YamlError};
pub use document::{Content, Entry, Mapping, Node, Scalar, Style};

pub use change::Insertion;
pub use comment::Truncation;
pub use escape::ControlEscape;
pub use parts::{Part, Split, Stream};
pub use plain::{OtherReading, other_reading};
pub use write::{in_quotes, scalar, text_scalar};

/// Reads text as a stream of YAML documents. Never fails.
pub fn parse(text: &str) -> Stream<'_> {
    Split::of(text, &[]).read_all()
}

/// Reads a file's text as [`parse`] does, and reports what of it could not be decoded.
pub fn parse_source(source: &SourceText) -> Stream<'_> {
    Split::of_source(source).read_all()
}

#[cfg(test)]
mod tests;
