//! What may be wrong with a text, as facts.

use std::ops::Range;

use crate::source::{Span, Spanned};

/// Something in a text that a record must not have. Where it stands is the span around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxDefect {
    /// The text is not YAML here. What stands on the line is not read, or only in part.
    Yaml(Box<YamlError>),
    /// Both sides of a merge are still in the file. The first side is read.
    MergeConflict {
        /// What git wrote after the marker, such as `HEAD`; empty if nothing.
        label: String,
        /// How many marker lines belong to it: 3 or 4 if it is whole.
        markers: usize,
    },
    /// A key stands twice in a mapping. The first entry is read, this one is not.
    DuplicateKey {
        /// The key, decoded.
        key: String,
        /// Where it stands first.
        first: Span,
        /// What to take out so that only the first is left, where both have the same value.
        removal: Option<Span>,
    },
    /// YAML that the record format does without.
    Forbidden(Forbidden),
    /// A run of a character that readers cannot see, or that changes how the text around it
    /// looks. It is read as a substitute.
    UnsafeCharacter {
        /// The character.
        character: char,
        /// Whether it is written as an escape in a double-quoted scalar.
        escaped: bool,
        /// That scalar as it would be written if its backslashes were meant, where the escape is a
        /// letter.
        literal: Option<Box<Spanned<String>>>,
    },
    /// A line is indented with white space other than spaces. It is not read.
    BlankIndentation {
        /// The first such character.
        character: char,
        /// How many characters the indentation has.
        columns: usize,
    },
    /// A run of bytes that are not UTF-8. They are read as substitutes.
    InvalidUtf8,
    /// The file is UTF-16 or UTF-32. Nothing of it is read.
    WideEncoding,
    /// A limit was exceeded.
    Limit(Limit),
}

/// What the YAML parser says about a place it could not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YamlError {
    /// What was probably done wrong.
    pub cause: Cause,
    /// What is wrong, in the parser's words.
    pub message: String,
    /// What to do about it, in the parser's words.
    pub help: Option<String>,
    /// Other places that explain it, each with the parser's words, or empty.
    pub labels: Vec<Spanned<String>>,
    /// The key of a line and its value, where the value is the error.
    pub keyed: Option<KeyedText>,
    /// Edits that may fix it. That they change nothing else is not yet proven.
    pub fix: Option<YamlFix>,
}

/// What a person probably did wrong, told from the error and the lines around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// A quote that is never closed. The span is the quote.
    OpenQuote,
    /// A bracket that is never closed. The span is the bracket.
    OpenBracket,
    /// A comment that hides brackets, the closing one among them: at the offset of its `#` in the
    /// parsed text. The span is the bracket.
    HiddenBracket(usize),
    /// A key and its value where a value stands, as in `location: place: x`. The span is that key.
    NestedKey,
    /// Something within `[]` or `{}`, such as a missing comma or a bracket that does not match.
    InBrackets,
    /// A tab in the indentation. The span is the tab.
    Tab,
    /// A line at an indentation where it belongs to nothing. The span is its text.
    Indentation,
    /// A key without its `:`. The span is the line's text.
    MissingColon,
    /// A `:` without the space after it. The span is the line's text.
    GluedColon,
    /// A `-` without the space after it. The span is the line's text.
    GluedDash,
    /// A `: ` in a text without quotes. The span is the text.
    ColonInText,
    /// A text with lines below it that are the entries of a block. The span is the text.
    TextBeforeBlock,
    /// A text that begins with `>` or `|`, which in YAML head a text over several lines. The span is
    /// what follows them.
    BlockMark,
    /// A `?` by itself, which in YAML begins a key. The span is it.
    LoneMark,
    /// An escape that YAML does not have. The span is the escape.
    Escape,
    /// Something else.
    #[default]
    Other,
}

/// A key and a value that YAML cannot read: `location: place: x`, `fatalities: >=6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedText {
    /// The key that the line begins with: `location`.
    pub key: String,
    /// The key in its value: `place`.
    pub inner: Option<String>,
    /// The value, as written: `place: x`.
    pub text: Spanned<String>,
}

/// Edits that may fix an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlFix {
    /// What they do.
    pub title: String,
    /// Each span with the text to write in its place; in order, none overlapping another.
    pub edits: Vec<Spanned<String>>,
    /// Whether the author can have meant nothing else.
    pub sure: bool,
}

/// YAML that the record format does without: it hides what a record says from its readers, or
/// means different things to different YAML readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// `&name`. The node it names is read.
    Anchor {
        /// The name, without `&`.
        name: String,
        /// The stretch to delete: it, and the space after it.
        removal: Span,
    },
    /// `*name`. It is read as an empty, damaged scalar.
    Alias {
        /// The name, without `*`.
        name: String,
        /// The node it stands for, if there is one.
        target: Option<Span>,
        /// That node's text, if it is short enough to write in the alias' place.
        text: Option<String>,
    },
    /// The key `<<`. Its entry is not read.
    MergeKey,
    /// `!tag`. The node it stands at is read.
    Tag {
        /// The tag as written.
        text: String,
        /// The stretch to delete: it, and the space after it.
        removal: Span,
    },
    /// `%YAML`, `%TAG` or another directive line.
    Directive {
        /// The line.
        text: String,
    },
    /// A key written with `?`, or one that is a mapping, a sequence or an alias. Its entry is
    /// not read.
    ComplexKey,
}

/// A limit of [`super::limits`] that was exceeded, with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The document is nested deeper; nothing of it is read.
    Depth(usize),
    /// The scalar is longer, in bytes; it is read as an empty, damaged one.
    Scalar(usize),
    /// The file is longer, in bytes; nothing of it is read.
    File(usize),
    /// The file has more documents; those from here on are not read.
    Documents(usize),
    /// The document has more syntax errors than are skipped; nothing of it is read. The span
    /// is that of the first error.
    Recovery {
        /// How many were skipped: fewer than [`super::limits::RECOVERY_PASSES`] where the bytes were used up that may
        /// be parsed again.
        skipped: usize,
    },
    /// The file has more scalars, lists and mappings; the document with those from here on is not read.
    Nodes(usize),
    /// The file has more defects; those from here on are not kept.
    Defects(usize),
}

/// The defects of one file, of which no more than [`super::limits::DEFECTS`] are kept.
#[derive(Debug, Default)]
pub(super) struct Defects {
    kept: Vec<Spanned<SyntaxDefect>>,
    more: Option<Span>,
}

impl Defects {
    pub(super) fn add(&mut self, defect: SyntaxDefect, span: Span) {
        if self.is_full() {
            self.more = Some(self.more.unwrap_or(span));
        } else {
            self.kept.push(Spanned::new(defect, span));
        }
    }

    /// Those in a stretch of the text.
    pub(super) fn within(&self, stretch: Range<usize>) -> Self {
        let is_there = |span: Span| stretch.contains(&(span.start as usize));
        let kept = self.kept.iter().filter(|defect| is_there(defect.span)).cloned().collect();
        Self { kept, more: self.more.filter(|span| is_there(*span)) }
    }

    /// Leaves out those in some stretches of the text, which stand in order.
    pub(super) fn leave_out(&mut self, stretches: &[Range<usize>]) {
        self.kept.retain(|defect| {
            let start = defect.span.start as usize;
            let before = stretches.partition_point(|stretch| stretch.start <= start);
            before == 0 || stretches[before - 1].end <= start
        });
    }

    /// Whether no further defect is kept.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= super::limits::DEFECTS
    }

    pub(super) fn extend(&mut self, defects: impl IntoIterator<Item = Spanned<SyntaxDefect>>) {
        for Spanned { value, span } in defects {
            self.add(value, span);
        }
    }

    /// What was kept, in the order of the text.
    pub(super) fn into_sorted(mut self) -> Vec<Spanned<SyntaxDefect>> {
        if let Some(span) = self.more {
            let limit = Limit::Defects(super::limits::DEFECTS);
            self.kept.push(Spanned::new(SyntaxDefect::Limit(limit), span));
        }
        self.kept.sort_by_key(|defect| defect.span);
        self.kept
    }
}
