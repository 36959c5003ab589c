//! Reads a file in parts, so that a long one is never held as a tree.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::{Encoding, LineCount, SourceText, Span, Spanned};

use super::damage::{self, Loss, LossKind};
use super::defect::{Defects, Limit, SyntaxDefect};
use super::document::Document;
use super::recovery::{self, Progress};
use super::signs::Signs;
use super::{blanks, conflict, limits, safety, split};

/// The documents of a file or of a part of it, and what is wrong with its text.
#[derive(Clone, Debug)]
pub struct Stream<'t> {
    /// The documents, in order.
    pub documents: Vec<Document<'t>>,
    /// What is wrong, in the order of the text.
    pub defects: Vec<Spanned<SyntaxDefect>>,
}

/// The text of a file, split into its documents, which are not yet read.
#[derive(Debug)]
pub struct Split<'t> {
    text: &'t str,
    /// The text to parse.
    clean: Cow<'t, str>,
    /// What was changed in it, in order.
    losses: Vec<Loss>,
    /// Where the documents stand that are to be read.
    documents: Vec<Range<usize>>,
    /// Where the last of all documents stands, and whether it is the only one.
    last: Option<(Span, bool)>,
    /// What is wrong with the text as a whole.
    defects: Defects,
}

/// Some documents of a file, one after another.
#[derive(Clone, Debug)]
pub struct Part {
    documents: Range<usize>,
    /// Counts the lines up to where it begins.
    pub lines: LineCount,
    /// How long it is.
    pub bytes: usize,
    /// Bytes that may be parsed again in it.
    budget: usize,
}

/// Bytes of a part (128 KiB), or of one document: enough that many are read at a time, and few enough to hold as trees.
const PART: usize = 1 << 17;

/// How often a part may be parsed again as a whole.
const AGAIN: usize = 4;

impl<'t> Split<'t> {
    /// Splits the text of a file.
    pub fn of_source(source: &'t SourceText) -> Self {
        if source.encoding == Encoding::Wide {
            return Self::unread(&source.text, SyntaxDefect::WideEncoding);
        }
        Self::of(&source.text, &source.invalid)
    }

    /// Splits `text`, in which the stretches `invalid` stand for bytes that are not UTF-8.
    pub(super) fn of(text: &'t str, invalid: &[Span]) -> Self {
        if text.len() > limits::FILE {
            return Self::unread(text, SyntaxDefect::Limit(Limit::File(limits::FILE)));
        }
        let mut defects = Defects::default();
        defects.extend(invalid.iter().map(|run| Spanned::new(SyntaxDefect::InvalidUtf8, *run)));
        let mut losses = Vec::new();
        let signs = Signs::of(text);
        let clean = clean(text, (invalid, signs), &mut defects, &mut losses);
        // What was changed in the text makes no marker of a document.
        let documents = split::documents(&clean, signs.document, &mut defects);
        let last = documents.last().map(|last| (Span::of(last.clone()), documents.len() == 1));
        Self { text, clean, losses, documents, last, defects }
    }

    fn unread(text: &'t str, defect: SyntaxDefect) -> Self {
        let mut defects = Defects::default();
        defects.add(defect, Span::at(0));
        let (losses, documents) = (Vec::new(), Vec::new());
        Self { text, clean: Cow::Borrowed(""), losses, documents, last: None, defects }
    }

    /// Where the last document stands, and whether it is the only one.
    pub fn last(&self) -> Option<(Span, bool)> {
        self.last
    }

    /// The text of a document, as it is parsed.
    pub fn text_of(&self, document: Span) -> &str {
        &self.clean[document.range()]
    }

    /// Leaves out documents, which are then not parsed, with what is wrong with their text. Returns whether there are
    /// some.
    pub fn leave_out(&mut self, is_left_out: impl Fn(&str) -> bool) -> bool {
        let clean = &self.clean;
        let left_out =
            self.documents.extract_if(.., |document| is_left_out(&clean[document.clone()]));
        let left_out: Vec<_> = left_out.collect();
        self.defects.leave_out(&left_out);
        !left_out.is_empty()
    }

    /// Its parts, in order; at least one. They are the same on every machine.
    pub fn parts(&self) -> Vec<Part> {
        self.parts_of(PART)
    }

    /// Its parts of so many bytes, or of one document.
    pub(super) fn parts_of(&self, most: usize) -> Vec<Part> {
        let mut parts = vec![self.whole()];
        // Who has to be told no more of the file is told so once.
        if self.text.len() <= most || self.defects.is_full() {
            return parts;
        }
        let mut begins = 0;
        for (at, document) in self.documents.iter().enumerate() {
            if document.end - begins > most && at > 0 {
                begins = document.start;
                let mut last = parts[parts.len() - 1].clone();
                last.lines.line(self.text, Span::of(document.clone()).start);
                last.documents = at..self.documents.len();
                let before = parts.len() - 1;
                parts[before].documents.end = at;
                parts.push(last);
            }
        }
        let share = limits::RECOVERY_BYTES / parts.len();
        for part in parts.iter_mut().filter(|_| share < limits::RECOVERY_BYTES) {
            let documents = &self.documents[part.documents.clone()];
            part.bytes = documents.iter().map(ExactSizeIterator::len).sum();
            part.budget = share.max(AGAIN * part.bytes);
        }
        parts
    }

    /// All documents as one part.
    fn whole(&self) -> Part {
        Part {
            documents: 0..self.documents.len(),
            lines: LineCount::default(),
            bytes: self.text.len(),
            budget: limits::RECOVERY_BYTES.max(AGAIN * self.text.len()),
        }
    }

    /// Reads a part. What is wrong with the text as a whole is told with the part in which it stands.
    pub fn read(&self, part: &Part) -> Stream<'t> {
        let is_first = part.documents.start == 0;
        let start = |at: usize| self.documents.get(at).map_or(usize::MAX, |it| it.start);
        let from = if is_first { 0 } else { start(part.documents.start) };
        let stretch = from..start(part.documents.end);
        let mut progress = Progress {
            budget: part.budget,
            losses: Vec::new(),
            defects: self.defects.within(stretch),
        };
        let ranges = &self.documents[part.documents.clone()];
        let mut documents = Vec::with_capacity(ranges.len());
        let mut nodes = 0;
        for range in ranges {
            let span = Span::of(range.clone());
            let text = &self.clean[range.clone()];
            let mut document = recovery::read_recovering(self.text, text, span, &mut progress);
            let first = self.losses.partition_point(|loss| loss.range.start < range.start);
            let end = self.losses.partition_point(|loss| loss.range.start < range.end);
            for loss in self.losses[first..end].iter().chain(&progress.losses) {
                damage::mark(&mut document, loss);
            }
            progress.losses.clear();
            nodes += document.nodes.len();
            if nodes > limits::NODES {
                progress.defects.add(SyntaxDefect::Limit(Limit::Nodes(limits::NODES)), span);
                documents.push(Document::unread(self.text, span));
                break;
            }
            documents.push(document);
        }
        Stream { documents, defects: progress.defects.into_sorted() }
    }

    /// Reads all documents as one part.
    pub(super) fn read_all(&self) -> Stream<'t> {
        self.read(&self.whole())
    }
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
