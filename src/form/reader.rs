//! What reads nodes and collects their defects.

use std::borrow::Cow;

use super::strange::Guesses;
use super::{
    Defect, FileDefect, FileDefects, Form, FormDefect, Found, InvalidValue, Kind, Limit, Written,
};
use crate::source::{FileId, LineCount, Span, Spanned};
use crate::spelling;
use crate::syntax::{self, Content, Node, Stream, Style};
use crate::value::{ActorCode, Identifier, is_unfilled};

/// What a file is read with: codes and names are looked up in it. Each stage that reads files has
/// its own, with its own type of defect.
pub trait Context {
    /// The defects of that stage.
    type Defect: std::fmt::Debug;

    /// The key that people also call `written`, among those that the context adds to a form.
    fn called(&self, _written: &str) -> Option<&str> {
        None
    }

    /// The keys that a mapping may have beside those of its form.
    fn extra_keys(&self, _form: &'static Form) -> Vec<&str> {
        Vec::new()
    }
}

/// Reads nodes and collects the defects.
#[derive(Debug)]
pub struct Reader<'c, C: Context> {
    /// What codes and fields are looked up in.
    pub context: &'c C,
    defects: Vec<Spanned<Defect<C::Defect>>>,
    /// Where the first defect beyond the limit is.
    more: Option<Span>,
    pub(super) guesses: Guesses,
    lines: LineCount,
    /// How long the part of the file is that it reads, if it reads only a part.
    pub(super) bytes: Option<usize>,
}

impl<'c, C: Context> Reader<'c, C> {
    /// A reader without defects yet.
    pub fn new(context: &'c C) -> Self {
        let (defects, lines) = (Vec::new(), LineCount::default());
        Self { context, defects, more: None, guesses: Guesses::new(), lines, bytes: None }
    }

    /// A reader of a part of a file: so many bytes, up to which lines were counted.
    pub fn of_part(context: &'c C, lines: LineCount, bytes: usize) -> Self {
        Self { lines, bytes: Some(bytes), ..Self::new(context) }
    }

    /// Records a defect. A file, or a part of a long one, keeps at most [`Limit::Findings`] of them.
    pub fn report(&mut self, span: Span, defect: impl Into<Defect<C::Defect>>) {
        if self.defects.len() < Limit::Findings.most() {
            self.defects.push(Spanned::new(defect.into(), span));
        } else {
            self.more = self.more.or(Some(span));
        }
    }

    /// Records a defect and returns [`Written::Invalid`].
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

    /// Returns the text of a scalar that is not empty. Reports anything else as not of the kind.
    pub fn scalar<'d>(&mut self, node: Node<'d>, kind: Kind) -> Option<&'d str> {
        match node.content() {
            Content::Scalar(scalar) if !node.damaged() && is_unfilled(scalar.text) => {
                self.report(node.span(), InvalidValue::Unfilled);
                None
            }
            Content::Scalar(scalar) if !node.damaged() && !scalar.text.trim_start().is_empty() => {
                // Of a closed choice, a word such as `off` is meant as it is written.
                if kind.is_text() && !matches!(kind, Kind::Word(_)) {
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

    /// Looks up a word in a closed choice and returns its position.
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

    /// The line on which a node starts, from 1. A reader reads one file.
    pub fn line(&mut self, node: Node<'_>) -> u32 {
        self.lines.line(node.text(), node.span().start)
    }

    /// Reports an unquoted text that other readers of YAML take for something else.
    pub(super) fn report_ambiguous(&mut self, node: Node<'_>) {
        if let Content::Scalar(scalar) = node.content()
            && scalar.style == Style::Plain
            && let Some(reading) = syntax::other_reading(scalar.text)
        {
            let defect = FormDefect::AmbiguousScalar { written: scalar.text.to_owned(), reading };
            self.report(node.span(), defect);
        }
    }

    /// Looks up a text. If it is not found only because of characters that look like Latin ones,
    /// reports these and finds it anyway.
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

    /// Reads the name of something, an id or an actor code. Replaces characters that only look like
    /// Latin ones, and reports them.
    pub fn name<'t>(&mut self, written: Spanned<&'t str>) -> Cow<'t, str> {
        let is_name =
            |text: &str| Identifier::parse(text).is_ok() || ActorCode::parse(text).is_ok();
        if written.value.is_ascii() || !spelling::is_mixed(written.value) {
            return Cow::Borrowed(written.value);
        }
        let named = self.look_up(written, |text| is_name(text).then(|| text.to_owned()));
        named.map_or(Cow::Borrowed(written.value), Cow::Owned)
    }

    /// Finishes a file: returns the defects of its text, then those recorded here.
    pub fn finish(self, file: FileId, stream: &Stream<'_>) -> FileDefects<C::Defect> {
        let of_text = stream.defects.iter().cloned().map(|defect| defect.map(Defect::Syntax));
        let more = self.more.map(|place| Spanned::new(Limit::Findings.into(), place));
        FileDefects { file, defects: of_text.chain(self.defects).chain(more).collect() }
    }

    /// The root of the first document of a file. Reports any further documents.
    pub fn only_root<'d>(&mut self, stream: &'d Stream<'_>) -> Option<Node<'d>> {
        for extra in stream.documents.iter().skip(1) {
            self.report(extra.span(), FileDefect::ExtraDocument);
        }
        stream.documents.first()?.root()
    }

    /// The root of a file that must not be empty. `what` says what it should hold.
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
