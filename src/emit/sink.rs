//! What a table format must do.

use std::io::{self, Write};

use super::error::WriteError;
use crate::table::TableDescription;
use crate::table::cell::Cell;
use crate::table::misfit::Misfit;

/// A stream that a table is written to.
pub type Stream<'w> = Box<dyn Write + Send + 'w>;

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
            Ok(sink) => Ok(NamedSink { file, sink }),
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
}

/// A file of a table while it is written: every cell of a row, then the end of the row. Each cell
/// fits its column; see [`Misfit`].
pub trait TableSink {
    /// Takes the next cell of the row, that of the column at `position`.
    ///
    /// # Errors
    /// When the cell does not fit the column, or the stream cannot be written.
    fn cell(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), SinkError>;

    /// Ends the row.
    ///
    /// # Errors
    /// When the stream cannot be written.
    fn end_row(&mut self) -> io::Result<()>;

    /// Ends the file and flushes it.
    ///
    /// # Errors
    /// When the stream cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Why a sink does not take a cell.
#[derive(Debug)]
pub enum SinkError {
    /// A cell does not fit its column: a defect of the tool.
    Misfit(Misfit),
    /// The stream cannot be written.
    Stream(io::Error),
}

impl From<Misfit> for SinkError {
    fn from(misfit: Misfit) -> Self {
        Self::Misfit(misfit)
    }
}

impl From<io::Error> for SinkError {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}
