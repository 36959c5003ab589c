//! Putting words into a format that has a grammar.

use std::io::{self, Write};

use crate::diagnostic::Printable;

/// What stands for a character in a format; `None` where it stands for itself.
pub(super) type Escape = fn(char) -> Option<&'static str>;

/// A stream that takes a format's own words as they are, and others' only in escapes.
///
/// Words of one's own are known when eventc is compiled, so whatever was read cannot pass for
/// them.
pub(super) struct Escaping<'w> {
    out: &'w mut dyn Write,
    escape: Escape,
}

impl<'w> Escaping<'w> {
    /// Writes to `out` in the escapes that `escape` gives.
    pub(super) fn new(out: &'w mut dyn Write, escape: Escape) -> Self {
        Self { out, escape }
    }

    /// Writes the format's own words.
    pub(super) fn own(&mut self, words: &'static str) -> io::Result<&mut Self> {
        self.out.write_all(words.as_bytes())?;
        Ok(self)
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: impl Into<u64>) -> io::Result<&mut Self> {
        write!(self.out, "{}", number.into())?;
        Ok(self)
    }

    /// Writes a text in escapes.
    pub(super) fn text(&mut self, text: &Printable) -> io::Result<&mut Self> {
        self.text_with(self.escape, text)
    }

    /// Writes a text in the escapes of a place where more must be escaped.
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
