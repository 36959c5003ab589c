//! Writing text into a format that has a grammar.

use std::io::{self, Write};

use crate::diagnostic::Printable;

/// The escape of a character in a format; `None` if it needs none.
pub(super) type Escape = fn(char) -> Option<&'static str>;

/// A stream that writes the format's own text as it is, and all other text in escapes.
///
/// The format's own text is known at compile time, so text from a file cannot pass for it.
pub(super) struct Escaping<'w> {
    out: &'w mut dyn Write,
    escape: Escape,
}

impl<'w> Escaping<'w> {
    /// Writes to `out`, with the escapes of `escape`.
    pub(super) fn new(out: &'w mut dyn Write, escape: Escape) -> Self {
        Self { out, escape }
    }

    /// Writes the format's own text.
    pub(super) fn own(&mut self, words: &'static str) -> io::Result<&mut Self> {
        self.out.write_all(words.as_bytes())?;
        Ok(self)
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: impl Into<u64>) -> io::Result<&mut Self> {
        write!(self.out, "{}", number.into())?;
        Ok(self)
    }

    /// Writes a text with escapes.
    pub(super) fn text(&mut self, text: &Printable) -> io::Result<&mut Self> {
        self.text_with(self.escape, text)
    }

    /// Writes a text with other escapes, for a place where more must be escaped.
    pub(super) fn text_with(&mut self, escape: Escape, text: &Printable) -> io::Result<&mut Self> {
        for c in text.as_str().chars() {
            match escape(c) {
                Some(escaped) => self.out.write_all(escaped.as_bytes())?,
                None => self.out.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?,
            }
        }
        Ok(self)
    }
}
