//! What reads nodes and collects their defects.

use std::borrow::Cow;

use super::strange::Guesses;
use super::{Defect, FileDefect, FileDefects, FormDefect, Found, Kind, Limit, Written};
use crate::source::{FileId, LineIndex, Span, Spanned};
use crate::spelling;
use crate::syntax::{self, Content, Node, Stream, Style};
use crate::value::{ActorCode, Identifier};

/// What codes and names are looked up in while a file is read, and the defects that the stage which
/// reads with it adds to those of the forms.
pub trait Context {
    /// The defects of that stage.
    type Defect: std::fmt::Debug;
}

/// Reads nodes and collects the defects.
#[derive(Debug)]
pub struct Reader<'c, C: Context> {
    /// What codes and fields are looked up in.
    pub context: &'c C,
    defects: Vec<Spanned<Defect<C::Defect>>>,
    /// Where the first defect stands that is not kept.
    more: Option<Span>,
    pub(super) guesses: Guesses,
    /// Where the lines of the file begin, once one was asked for.
    lines: Option<LineIndex>,
}

impl<'c, C: Context> Reader<'c, C> {
    /// A reader without defects yet.
    pub const fn new(context: &'c C) -> Self {
        Self { context, defects: Vec::new(), more: None, guesses: Guesses::new(), lines: None }
    }

    /// Records a defect, of which a file keeps no more than [`Limit::Findings`].
    pub fn report(&mut self, span: Span, defect: impl Into<Defect<C::Defect>>) {
        if self.defects.len() < Limit::Findings.most() {
            self.defects.push(Spanned::new(defect.into(), span));
        } else {
            self.more = self.more.or(Some(span));
        }
    }

    /// Records a defect and answers that the value is invalid.
    pub fn invalid<T>(&mut self, span: Span, defect: impl Into<Defect<C::Defect>>) -> Written<T> {
        self.report(span, defect);
        Written::Invalid
    }

    /// Records that `node` is not of the `expected` kind, unless its text was lost.
    pub fn wrong_type<T>(&mut self, node: Node<'_>, expected: Kind) -> Written<T> {
        if !node.damaged() {
            self.report(node.span(), FormDefect::WrongType { expected, found: Found::at(node) });
        }
        Written::Invalid
    }

    /// The text of a scalar that is not empty, for a value of a kind.
    pub fn scalar<'d>(&mut self, node: Node<'d>, kind: Kind) -> Option<&'d str> {
        match node.content() {
            Content::Scalar(scalar) if !node.damaged() && !scalar.text.trim().is_empty() => {
                if kind.is_text() {
                    self.report_ambiguous(node);
                }
                if kind.takes_text() {
                    self.report_changes(node, scalar.text);
                }
                Some(scalar.text)
            }
            _ => {
                self.wrong_type::<()>(node, kind);
                None
            }
        }
    }

    /// The position of a written word among those of a closed choice.
    pub fn word(&mut self, node: Node<'_>, words: &'static [&'static str]) -> Written<usize> {
        let Some(text) = self.scalar(node, Kind::Word(words)) else {
            return Written::Invalid;
        };
        let position = |text: &str| words.iter().position(|word| *word == text);
        match self.look_up(Spanned::new(text, node.span()), position) {
            Some(at) => Written::given(at, node.span()),
            None => {
                let defect = FormDefect::UnknownWord { words, written: text.to_owned() };
                self.invalid(node.span(), defect)
            }
        }
    }

    /// The line in which a node starts, from 1. All nodes that are read are of one file.
    pub fn line(&mut self, node: Node<'_>) -> u32 {
        let lines = self.lines.get_or_insert_with(|| LineIndex::new(node.text()));
        lines.line(node.span().start)
    }

    /// Records that `node` is a text without quotes that other readers of YAML take for something
    /// else, if it is one.
    pub(super) fn report_ambiguous(&mut self, node: Node<'_>) {
        if let Content::Scalar(scalar) = node.content()
            && scalar.style == Style::Plain
            && let Some(reading) = syntax::other_reading(scalar.text)
        {
            let defect = FormDefect::AmbiguousScalar { written: scalar.text.to_owned(), reading };
            self.report(node.span(), defect);
        }
    }

    /// Looks up what is written. Where only characters that look like Latin ones keep it from being
    /// found, these are recorded, and it is found all the same.
    pub fn look_up<T>(
        &mut self,
        written: Spanned<&str>,
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if let Some(found) = find(written.value) {
            return Some(found);
        }
        let seen = spelling::look_alike(written.value)?;
        let found = find(&seen.latin)?;
        let defect = FormDefect::LookAlike { written: written.value.to_owned(), seen };
        self.report(written.span, defect);
        Some(found)
    }

    /// A name that is to be an id or an actor code, with Latin characters where others that look
    /// like them are mixed in; these are recorded.
    pub fn name<'t>(&mut self, written: Spanned<&'t str>) -> Cow<'t, str> {
        let is_name =
            |text: &str| Identifier::parse(text).is_ok() || ActorCode::parse(text).is_ok();
        if written.value.is_ascii() || !spelling::is_mixed(written.value) {
            return Cow::Borrowed(written.value);
        }
        let named = self.look_up(written, |text| is_name(text).then(|| text.to_owned()));
        named.map_or(Cow::Borrowed(written.value), Cow::Owned)
    }

    /// Ends the reading of a file: its defects, with those of its text.
    pub fn finish(self, file: FileId, stream: &Stream<'_>) -> FileDefects<C::Defect> {
        let of_text = stream.defects.iter().cloned().map(|defect| defect.map(Defect::Syntax));
        let more = self.more.map(|place| Spanned::new(Limit::Findings.into(), place));
        FileDefects { file, defects: of_text.chain(self.defects).chain(more).collect() }
    }

    /// The root of the only document of a file; further documents are defects.
    pub fn only_root<'d>(&mut self, stream: &'d Stream<'_>) -> Option<Node<'d>> {
        for extra in stream.documents.iter().skip(1) {
            self.report(extra.span(), FileDefect::ExtraDocument);
        }
        stream.documents.first()?.root()
    }

    /// The root of the only document of a file that should hold something; `what` says what.
    pub fn required_root<'d>(
        &mut self,
        stream: &'d Stream<'_>,
        what: &'static str,
    ) -> Option<Node<'d>> {
        let root = self.only_root(stream);
        if root.is_none() && stream.defects.is_empty() {
            self.report(Span::at(0), FileDefect::Empty { what });
        }
        root
    }
}
