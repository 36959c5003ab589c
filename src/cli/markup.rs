//! Words with tones, and the blocks that a page is made of.
//!
//! A phrase takes text from records as it is and gives it back as clean words only, so that no format
//! can print any other.

pub(super) mod markdown;
pub(super) mod text;

use crate::diagnostic::Printable;

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// What a reader looks for: names of components and origins.
    Strong,
    /// What a record writes: ids and codes.
    Code,
    /// Where something is told in full.
    Reference,
    /// What a reader must not overlook.
    Alert,
}

/// Words of one line or paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase(Vec<(Tone, String)>);

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// The name of the whole.
    Title(Phrase),
    /// A paragraph.
    Paragraph(Phrase),
    /// The name of a part.
    Part(Phrase),
    /// The name of what the next entries belong to.
    Heading(Phrase),
    /// Lines under a label.
    Entry {
        /// What the lines tell.
        label: String,
        /// The lines, each with those below it.
        lines: Vec<Line>,
    },
}

/// A line, and the lines that say more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Whose line it is, among others.
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

    /// Goes on with another phrase.
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Goes on with a phrase, if there is one, behind a separator.
    pub(super) fn and(self, separator: &str, other: Option<Self>) -> Self {
        match other {
            Some(other) => self.plain(separator).then(other),
            None => self,
        }
    }

    /// Several phrases, with a separator between them.
    pub(super) fn joined(phrases: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut joined = Self::new();
        for (at, phrase) in phrases.into_iter().enumerate() {
            joined = if at == 0 { phrase } else { joined.plain(separator).then(phrase) };
        }
        joined
    }

    /// Its words. Each is cleaned by itself, so that no text is too long to be shown whole.
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

/// A word that is safe to print, in pieces of one tone each.
pub(super) type Word = Vec<(Tone, String)>;

/// A word that needs cleaning loses its tones: what is harmful may begin in one piece and end in
/// the next.
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
    /// One line under a label.
    pub(super) fn entry(label: impl Into<String>, phrase: impl Into<Phrase>) -> Self {
        Self::Entry { label: label.into(), lines: vec![Line::from(phrase.into())] }
    }
}
