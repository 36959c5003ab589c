//! The texts that findings point into, read when they are printed.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use serde::Serialize;

use crate::diagnostic::Printable;
use crate::source::{FileId, Files, LineIndex, Location, Position, Span};

/// The number of texts that are kept. A finding points into its record, the codebook and some
/// registries, and findings are printed file by file.
const KEPT: usize = 8;

/// Reads the texts of files for a renderer, and keeps the last few.
pub struct Texts<'a> {
    files: &'a Files,
    /// The project's folder in the repository, with a `/` at its end; empty if it is the root.
    folder: String,
    read: Box<dyn Fn(FileId) -> Option<String> + 'a>,
    /// The texts used last, the most recent at the end. A text that cannot be read is kept too.
    recent: Vec<(FileId, Option<Rc<Text>>)>,
}

/// Text exactly as it was read, which anyone may have written.
///
/// It can be serialised, because the JSON writer escapes everything that could be obeyed, and it can be
/// cleaned. It cannot be printed as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Untrusted<'a>(Cow<'a, str>);

/// A text and where its lines start.
///
/// It may have changed since the finding was made, so nothing here trusts a span.
#[derive(Debug)]
pub struct Text {
    text: String,
    lines: LineIndex,
}

impl<'a> Texts<'a> {
    /// Texts from `read`, which returns `None` for a file that no longer exists.
    pub fn new(files: &'a Files, read: impl Fn(FileId) -> Option<String> + 'a) -> Self {
        Self { files, folder: String::new(), read: Box::new(read), recent: Vec::new() }
    }

    /// The same texts, for a project in a folder of its repository: `data/events/`, or empty.
    #[must_use]
    pub fn in_folder(self, folder: String) -> Self {
        Self { folder, ..self }
    }

    /// The path of a file in the project.
    pub fn path(&self, file: FileId) -> Untrusted<'a> {
        Untrusted(self.files.path(file).into())
    }

    /// The path of a file in the repository, as services need it that show findings beside the lines.
    pub fn path_in_repository(&self, file: FileId) -> Untrusted<'a> {
        match &*self.folder {
            "" => self.path(file),
            folder => Untrusted(format!("{folder}{}", self.files.path(file)).into()),
        }
    }

    /// The path of a file in the project, cleaned: for people.
    pub fn shown_path(&self, file: FileId) -> Printable {
        self.path(file).cleaned()
    }

    /// The text of a file, if there is one.
    pub fn text(&mut self, file: FileId) -> Option<Rc<Text>> {
        let kept = self.recent.iter().position(|(kept, _)| *kept == file);
        let entry = match kept {
            Some(at) => self.recent.remove(at),
            None => (file, (self.read)(file).map(|text| Rc::new(Text::new(text)))),
        };
        let text = entry.1.clone();
        self.recent.push(entry);
        if self.recent.len() > KEPT {
            self.recent.remove(0);
        }
        text
    }

    /// The first position of a location and the position after its last, if its file has a text.
    pub fn positions(&mut self, location: Location) -> Option<(Position, Position)> {
        Some(self.text(location.file)?.positions(location.span))
    }
}

impl Untrusted<'_> {
    /// The text, cleaned.
    pub fn cleaned(&self) -> Printable {
        Printable::new(&self.0)
    }

    /// The text as a path in a URI, where everything but letters, digits and `-._~/` is escaped.
    pub(super) fn percent_encoded(&self) -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        self.0.bytes().fold(String::new(), |mut uri, byte| {
            match plain(byte) {
                true => uri.push(char::from(byte)),
                false => uri.push_str(&format!("%{byte:02X}")),
            }
            uri
        })
    }
}

impl fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("recent", &self.recent).finish_non_exhaustive()
    }
}

impl Text {
    /// Indexes the lines of `text`.
    pub fn new(text: String) -> Self {
        let lines = LineIndex::new(&text);
        Self { text, lines }
    }

    /// The span clamped to the text: within its length, between characters, not inverted.
    pub fn clamp(&self, span: Span) -> Span {
        let floor = |at: u32| offset(self.text.floor_char_boundary(at as usize));
        let start = floor(span.start);
        Span::new(start, floor(span.end).max(start))
    }

    /// The text at `span`, clamped.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[self.clamp(span).range()]
    }

    /// The first position of `span` and the position after its last, clamped.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let span = self.clamp(span);
        let position = |at| self.lines.position(&self.text, at);
        (position(span.start), position(span.end))
    }

    /// The number of lines; at least 1.
    pub fn lines(&self) -> u32 {
        self.lines.lines()
    }

    /// A line counted from 1, without its line break; empty past the last.
    pub fn line(&self, number: u32) -> &str {
        let text = self.slice(self.line_span(number));
        text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r'])).unwrap_or(text)
    }

    /// The span of a line counted from 1, with its line break.
    pub fn line_span(&self, number: u32) -> Span {
        let end = |number| match number < self.lines() {
            true => self.lines.start(number + 1),
            false => offset(self.text.len()),
        };
        let start = if number > self.lines() { end(number) } else { self.lines.start(number) };
        Span::new(start, end(number))
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_text_is_read_when_it_is_asked_for_and_kept_while_it_is_recent() {
        let mut files = Files::default();
        let ids: Vec<_> = (0..=KEPT).map(|at| files.add(at.to_string())).collect();
        let reads = RefCell::new(Vec::new());
        let mut texts = Texts::new(&files, |file| {
            reads.borrow_mut().push(file);
            None
        });
        for file in [ids[0], ids[0]].iter().chain(&ids).chain(&[ids[KEPT], ids[0]]) {
            assert!(texts.text(*file).is_none());
        }
        drop(texts);
        let mut expected = ids.clone();
        expected.push(ids[0]);
        assert_eq!(reads.into_inner(), expected);
    }

    #[test]
    fn lines_come_without_their_breaks_and_spans_are_moved_into_the_text() {
        let text = Text::new("a\r\nbé\rc\n".to_owned());
        let lines: Vec<_> = (1..6).map(|number| text.line(number)).collect();
        assert_eq!(lines, ["a", "bé", "c", "", ""]);
        let cases = [((4, 5), (4, 4)), ((9, 2), (9, 9)), ((50, 60), (9, 9)), ((0, 60), (0, 9))];
        for ((start, end), (from, to)) in cases {
            assert_eq!(text.clamp(Span::new(start, end)), Span::new(from, to));
        }
    }
}
