//! JSON that is safe to show in a log.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::diagnostic::printable::Cleaner;

/// Writes a value as JSON on one line.
///
/// Values are exact. Characters that a terminal or a CI runner could obey, the same ones that
/// [`crate::diagnostic::Printable`] escapes, are written as JSON escapes. This changes how the JSON looks
/// in a log, but not its meaning. Such a character occurs only inside a JSON string.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(LogSafe { out, cleaner: Cleaner::default() }, value)?;
    writeln!(out)
}

/// Writes a text that is already JSON, as [`write_json`] would. Its line breaks stay.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_json_text(out: &mut dyn Write, json: &str) -> io::Result<()> {
    LogSafe { out, cleaner: Cleaner::default() }.write_all(json.as_bytes())
}

/// Items that become a JSON array one by one, so that they need not all be in memory.
pub(super) struct Streamed<I>(RefCell<I>);

impl<I> Streamed<I> {
    pub(super) fn new(items: I) -> Self {
        Self(RefCell::new(items))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Streamed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&mut *self.0.borrow_mut())
    }
}

/// Receives JSON in whole characters and escapes those that could be obeyed.
struct LogSafe<'w> {
    out: &'w mut dyn Write,
    cleaner: Cleaner,
}

impl Write for LogSafe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = str::from_utf8(bytes).map_err(io::Error::other)?;
        let mut written = 0;
        for (at, c) in text.char_indices() {
            // A line break occurs only between tokens of JSON.
            if c != '\n' && self.cleaner.would_be_obeyed(c) {
                self.out.write_all(&bytes[written..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(self.out, "\\u{unit:04x}")?;
                }
                written = at + c.len_utf8();
                self.cleaner.replaced();
            } else {
                self.cleaner.kept(c);
            }
        }
        self.out.write_all(&bytes[written..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
