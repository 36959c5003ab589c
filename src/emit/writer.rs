//! Writes a table in several formats in one pass over its rows.

use std::borrow::Borrow;
use std::fmt;

use super::error::WriteError;
use super::sink::{NamedSink, SinkError};
use crate::table::TableDescription;
use crate::table::column::Table;
use crate::table::misfit::Misfit;
use crate::table::order::RowOrder;

/// Writes the rows of a table in some formats. Each cell is made once and given to all of them, so
/// they hold the same values by construction.
///
/// After an error the files are incomplete: drop the writer and throw them away.
pub struct TableWriter<'w, 'p, R: ?Sized> {
    table: Table<'p, R>,
    description: TableDescription,
    order: RowOrder,
    sinks: Vec<NamedSink<'w>>,
    rows: u64,
}

impl<'w, 'p, R: ?Sized> TableWriter<'w, 'p, R> {
    /// A writer of `table` to `sinks`.
    pub fn new(table: Table<'p, R>, sinks: Vec<NamedSink<'w>>) -> Self {
        let description = table.describe();
        let order = RowOrder::new(&description);
        Self { table, description, order, sinks, rows: 0 }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When a cell does not fit its column, the row sorts before the one above it, or a stream
    /// cannot be written.
    pub fn push(&mut self, row: &R) -> Result<(), WriteError> {
        self.rows += 1;
        for (at, column) in self.table.columns.iter().enumerate() {
            let cell = column.cell(row).map_err(|misfit| self.misfit(at, misfit))?;
            self.order.note(at, &cell);
            for NamedSink { file, sink } in &mut self.sinks {
                sink.cell(at, &cell).map_err(|error| match error {
                    SinkError::Misfit(misfit) => {
                        self.description.error(at, self.rows, misfit).into()
                    }
                    SinkError::Stream(error) => WriteError::File { file: file.clone(), error },
                })?;
            }
        }
        self.order.end_row().map_err(|at| self.misfit(at, Misfit::Unsorted))?;
        for NamedSink { file, sink } in &mut self.sinks {
            sink.end_row().map_err(|error| WriteError::File { file: file.clone(), error })?;
        }
        Ok(())
    }

    /// Writes rows, in the order in which they come.
    ///
    /// # Errors
    /// As [`TableWriter::push`], at the first row that fails.
    pub fn extend(&mut self, rows: impl IntoIterator<Item: Borrow<R>>) -> Result<(), WriteError> {
        rows.into_iter().try_for_each(|row| self.push(row.borrow()))
    }

    /// Ends and flushes the files. Returns the table's name and the number of rows.
    ///
    /// # Errors
    /// When a stream cannot be written.
    pub fn finish(self) -> Result<(&'static str, u64), WriteError> {
        for NamedSink { file, sink } in self.sinks {
            sink.finish().map_err(|error| WriteError::File { file, error })?;
        }
        Ok((self.table.name, self.rows))
    }

    fn misfit(&self, position: usize, misfit: Misfit) -> WriteError {
        self.description.error(position, self.rows, misfit).into()
    }
}

impl<R: ?Sized> fmt::Debug for TableWriter<'_, '_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, rows, .. } = self;
        f.debug_struct("TableWriter")
            .field("table", &table.name)
            .field("rows", rows)
            .finish_non_exhaustive()
    }
}
