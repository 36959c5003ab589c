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
mod plain;
mod read;
mod recovery;
mod safety;
mod signs;
mod skip;
mod split;
mod write;

use std::borrow::Cow;

use crate::source::{Encoding, SourceText, Span, Spanned};

pub use defect::{Cause, Forbidden, KeyedText, Limit, SyntaxDefect, YamlError};
pub use document::{Content, Document, Entry, Mapping, Node, Scalar, Style};

pub use change::Insertion;
pub use comment::Truncation;
pub use escape::ControlEscape;
pub use plain::{OtherReading, other_reading};
pub use write::{in_quotes, scalar, text_scalar};

use damage::{Loss, LossKind};
use defect::Defects;
use recovery::Progress;
use signs::Signs;

/// The documents of a file, and what is wrong with its text.
#[derive(Clone, Debug)]
pub struct Stream<'t> {
    /// The documents, in order.
    pub documents: Vec<Document<'t>>,
    /// What is wrong, in the order of the text.
    pub defects: Vec<Spanned<SyntaxDefect>>,
}

/// Reads text as a stream of YAML documents. Never fails.
pub fn parse(text: &str) -> Stream<'_> {
    parse_marking(text, &[])
}

/// Reads a file's text as [`parse`] does, and reports what of it could not be decoded.
pub fn parse_source(source: &SourceText) -> Stream<'_> {
    if source.encoding == Encoding::Wide {
        let defects = vec![Spanned::new(SyntaxDefect::WideEncoding, Span::at(0))];
        return Stream { documents: Vec::new(), defects };
    }
    parse_marking(&source.text, &source.invalid)
}

/// Reads `text`, in which the stretches `invalid` stand for bytes that are not UTF-8.
fn parse_marking<'t>(text: &'t str, invalid: &[Span]) -> Stream<'t> {
    if text.len() > limits::FILE {
        let limit = SyntaxDefect::Limit(Limit::File(limits::FILE));
        return Stream { documents: Vec::new(), defects: vec![Spanned::new(limit, Span::at(0))] };
    }
    let mut defects = Defects::default();
    defects.extend(invalid.iter().map(|run| Spanned::new(SyntaxDefect::InvalidUtf8, *run)));
    let mut losses = Vec::new();
    let signs = Signs::of(text);
    let clean = clean(text, (invalid, signs), &mut defects, &mut losses);
    // What was changed in the text makes no marker of a document.
    let ranges = split::documents(&clean, signs.document, &mut defects);
    let mut progress = Progress { budget: limits::RECOVERY_BYTES, losses: Vec::new(), defects };
    let mut documents = Vec::with_capacity(ranges.len());
    let mut nodes = 0;
    for range in ranges {
        let span = Span::of(range.clone());
        let first = losses.partition_point(|loss: &Loss| loss.range.start < range.start);
        let end = losses.partition_point(|loss: &Loss| loss.range.start < range.end);
        let mut document = recovery::read_recovering(text, &clean[range], span, &mut progress);
        for loss in losses[first..end].iter().chain(&progress.losses) {
            damage::mark(&mut document, loss);
        }
        progress.losses.clear();
        nodes += document.nodes.len();
        if nodes > limits::NODES {
            progress.defects.add(SyntaxDefect::Limit(Limit::Nodes(limits::NODES)), span);
            documents.push(Document::unread(text, span));
            break;
        }
        documents.push(document);
    }
    Stream { documents, defects: progress.defects.into_sorted() }
}

/// The text to parse: `text` with substitutes for unsafe characters, only the first side of every
/// merge conflict, and without the lines that are indented with other blanks than spaces. What was changed is added to `losses`, in order.
fn clean<'t>(
    text: &'t str,
    (invalid, signs): (&[Span], Signs),
    defects: &mut Defects,
    losses: &mut Vec<Loss>,
) -> Cow<'t, str> {
    let mut hidden = safety::find(text, defects);
    hidden.extend(invalid);
    hidden.sort();
    let conflicts = if signs.conflict { conflict::find(text, defects) } else { Vec::new() };
    let indented = if signs.blank { blanks::find(text, defects) } else { Vec::new() };
    if hidden.is_empty() && conflicts.is_empty() && indented.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = safety::substitute(text, &hidden).into_bytes();
    let loss = |span: Span| Loss { range: span.range(), kind: LossKind::Character };
    losses.extend(hidden.into_iter().map(loss));
    let sides = conflicts.into_iter();
    let sides = sides.map(|range| Loss { range, kind: LossKind::Lines { column: None } });
    for lines in sides.chain(indented) {
        recovery::blank(&mut bytes, lines.range.clone());
        losses.push(lines);
    }
    losses.sort_by_key(|loss| loss.range.start);
    Cow::Owned(String::from_utf8(bytes).expect("whole characters are overwritten"))
}

#[cfg(test)]
mod tests;
