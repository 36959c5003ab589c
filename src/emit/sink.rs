//! What a table format must do.

use std::io::{self, Write};

use arrow::array::RecordBatch;

use super::error::WriteError;
use crate::table::TableDescription;

/// A stream that a table is written to.
pub type Stream<'w> = Box<dyn Write + Send + 'w>;

/// Makes the text of some rows, apart from all others.
pub type MakeText = fn(&TableDescription, &RecordBatch) -> io::Result<Vec<u8>>;

/// A format of tables.
#[derive(Debug)]
pub struct TableFormat {
    /// Its name on the command line and in the manifest.
    pub name: &'static str,
    /// What it is for, in a phrase.
    pub doc: &'static str,
    /// What follows the name of a table in that of its file.
    pub ending: &'static str,
    /// Whether it has a file for a table.
    pub takes: fn(&TableDescription) -> bool,
    /// Begins a file of a table. The last argument is a JSON text that says which dataset the
    /// table belongs to, for formats that have a place for it.
    pub open:
        for<'w> fn(Stream<'w>, &TableDescription, &str) -> io::Result<Box<dyn TableSink + 'w>>,
    /// Makes what its sinks write, for a format that is text.
    pub text: Option<MakeText>,
}

impl TableFormat {
    /// The name of the file of a table.
    pub fn file_name(&self, table: &TableDescription) -> String {
        format!("{}{}", table.name, self.ending)
    }

    /// Begins a file of a table. `eventc` is a JSON text that says which dataset it belongs to.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn begin<'w>(
        &self,
        out: impl Write + Send + 'w,
        table: &TableDescription,
        eventc: &str,
    ) -> Result<NamedSink<'w>, WriteError> {
        let file = self.file_name(table);
        match (self.open)(Box::new(out), table, eventc) {
            Ok(sink) => Ok(NamedSink { file, sink, text: self.text }),
            Err(error) => Err(WriteError::File { file, error }),
        }
    }
}

/// A sink and the name of its file, for errors.
pub struct NamedSink<'w> {
    /// The name.
    pub file: String,
    /// The sink.
    pub sink: Box<dyn TableSink + 'w>,
    /// Makes the text that the sink writes.
    pub text: Option<MakeText>,
}

/// The next rows of a table, which fit it.
#[derive(Debug)]
pub struct Rows<'c> {
    /// The rows.
    pub batch: &'c RecordBatch,
    /// The text that the format makes of them; empty for one that makes none.
    pub text: &'c [u8],
}

/// A file of a table while it is written.
pub trait TableSink: Send {
    /// Takes the next rows. They come in batches of any size.
    ///
    /// # Errors
    /// When the stream cannot be written.
    fn write(&mut self, rows: &[Rows<'_>]) -> io::Result<()>;

    /// Ends the file and flushes it.
    ///
    /// # Errors
    /// When the stream cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A sink of a format that is text.
pub struct TextSink<'w> {
    out: Stream<'w>,
    between: &'static [u8],
    end: &'static [u8],
    is_first: bool,
}

impl<'w> TextSink<'w> {
    /// A sink whose file has begun. `between` stands between the texts, and `end` behind the last.
    pub fn new(out: Stream<'w>, between: &'static str, end: &'static str) -> Self {
        Self { out, between: between.as_bytes(), end: end.as_bytes(), is_first: true }
    }
}

impl TableSink for TextSink<'_> {
    fn write(&mut self, rows: &[Rows<'_>]) -> io::Result<()> {
        for Rows { text, .. } in rows {
            if !std::mem::take(&mut self.is_first) {
                self.out.write_all(self.between)?;
            }
            self.out.write_all(text)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(self.end)?;
        self.out.flush()
    }
}
