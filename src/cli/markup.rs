//! A small markup: pages of blocks, and phrases with tones.
//!
//! A phrase takes any text from a record and gives back clean words only, so no writer can print
//! text that was not cleaned.

pub(super) mod markdown;
pub(super) mod text;

use crate::diagnostic::Printable;

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// What a reader looks for, such as the name of a component or an origin.
    Strong,
    /// What a record writes: an id, a code or a path.
    Code,
    /// A reference to a fuller account.
    Reference,
    /// What a reader must not miss.
    Alert,
}

/// The text of a line or paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase(Vec<(Tone, String)>);

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// The title of the page.
    Title(Phrase),
    /// A paragraph.
    Paragraph(Phrase),
    /// The heading of a part.
    Part(Phrase),
    /// The heading of some entries.
    Heading(Phrase),
    /// Lines under a label.
    Entry {
        /// What the lines are about.
        label: String,
        /// The lines.
        lines: Vec<Line>,
    },
}

/// A line, and the lines that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Whose line it is, if several have one.
    pub key: Option<Phrase>,
    pub phrase: Phrase,
    pub below: Vec<Line>,
}

impl Phrase {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn plain(self, text: impl Into<String>) -> Self {
        self.push(Tone::Plain, text)
    }

    pub(super) fn strong(self, text: impl Into<String>) -> Self {
        self.push(Tone::Strong, text)
    }

    pub(super) fn code(self, text: impl Into<String>) -> Self {
        self.push(Tone::Code, text)
    }

    pub(super) fn reference(self, text: impl Into<String>) -> Self {
        self.push(Tone::Reference, text)
    }

    pub(super) fn alert(self, text: impl Into<String>) -> Self {
        self.push(Tone::Alert, text)
    }

    fn push(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push((tone, text));
        }
        self
    }

    /// Appends a phrase.
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Appends a separator and a phrase, if there is one.
    pub(super) fn and(self, separator: &str, other: Option<Self>) -> Self {
        match other {
            Some(other) => self.plain(separator).then(other),
            None => self,
        }
    }

    /// Joins phrases with a separator.
    pub(super) fn joined(phrases: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut joined = Self::new();
        for (at, phrase) in phrases.into_iter().enumerate() {
            joined = if at == 0 { phrase } else { joined.plain(separator).then(phrase) };
        }
        joined
    }

    /// Its words. Each is cleaned on its own, so that no text is shortened.
    pub(super) fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        for (tone, text) in &self.0 {
            open &= !text.starts_with(char::is_whitespace);
            for part in text.split_whitespace() {
                let piece = (*tone, part.to_owned());
                match words.last_mut().filter(|_| open) {
                    Some(word) => word.push(piece),
                    None => words.push(vec![piece]),
                }
                open = false;
            }
            open = !text.ends_with(char::is_whitespace);
        }
        words.into_iter().map(cleaned).collect()
    }
}

/// A word that is safe to print, split where its tone changes.
pub(super) type Word = Vec<(Tone, String)>;

/// Cleans a word. One that needs it loses its tones, because a harmful sequence may begin in one
/// piece and end in the next.
fn cleaned(word: Word) -> Word {
    let whole: String = word.iter().map(|(_, text)| text.as_str()).collect();
    let printable = Printable::new(&whole);
    if printable.as_str() == whole { word } else { vec![(Tone::Plain, printable.to_string())] }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<Phrase> for Line {
    fn from(phrase: Phrase) -> Self {
        Self { key: None, phrase, below: Vec::new() }
    }
}

impl Block {
    /// An entry of one line.
    pub(super) fn entry(label: impl Into<String>, phrase: impl Into<Phrase>) -> Self {
        Self::Entry { label: label.into(), lines: vec![Line::from(phrase.into())] }
    }

    /// Lines under a label, if there are any.
    pub(super) fn entries(label: &str, lines: Vec<Line>) -> Option<Self> {
        (!lines.is_empty()).then(|| Self::Entry { label: label.to_owned(), lines })
    }
}
