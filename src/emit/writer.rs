//! One pass over the rows of a table, into every format asked for.

use std::borrow::Borrow;
use std::io::Write;
use std::{fmt, io};

use parquet::errors::ParquetError;

use super::csv::CsvSink;
use super::parquet::ParquetSink;
use crate::table::column::Table;
use crate::table::misfit::{Misfit, TableError};
use crate::table::order::RowOrder;

/// A stream that a table is written to.
pub type Stream<'w> = Box<dyn Write + Send + 'w>;

/// Writes the rows of a table as CSV, Parquet or both. Each cell is made once and given to both,
/// so the two hold the same values by construction.
///
/// After an error the files are incomplete: drop the writer and throw them away.
pub struct TableWriter<'w, 'p, R: ?Sized> {
    table: &'w Table<'p, R>,
    order: RowOrder,
    csv: Option<CsvSink<Stream<'w>>>,
    parquet: Option<ParquetSink<Stream<'w>>>,
    rows: u64,
}

impl<'w, 'p, R: ?Sized> TableWriter<'w, 'p, R> {
    /// A writer of `table` that writes nothing yet.
    pub fn new(table: &'w Table<'p, R>) -> Self {
        Self { table, order: RowOrder::new(table), csv: None, parquet: None, rows: 0 }
    }

    /// Also writes CSV to `out`. To be called before the first row.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(mut self, out: impl Write + Send + 'w) -> Result<Self, WriteError> {
        let out: Stream<'w> = Box::new(out);
        self.csv = Some(CsvSink::new(out, self.table).map_err(|error| self.csv_error(error))?);
        Ok(self)
    }

    /// Also writes Parquet to `out`, with `eventc`, a JSON text that says which dataset it
    /// belongs to, in its metadata. To be called before the first row.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn parquet(
        mut self,
        out: impl Write + Send + 'w,
        eventc: &str,
    ) -> Result<Self, WriteError> {
        let out: Stream<'w> = Box::new(out);
        let sink = ParquetSink::new(out, self.table, eventc);
        self.parquet = Some(sink.map_err(|error| self.parquet_error(error))?);
        Ok(self)
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
            if let Some(csv) = &mut self.csv {
                csv.cell(&cell).map_err(|error| self.csv_error(error))?;
            }
            if let Some(parquet) = &mut self.parquet {
                parquet.cell(at, &cell).map_err(|misfit| self.misfit(at, misfit))?;
            }
        }
        self.order.end_row().map_err(|at| self.misfit(at, Misfit::Unsorted))?;
        if let Some(csv) = &mut self.csv {
            csv.end_row().map_err(|error| self.csv_error(error))?;
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.end_row().map_err(|error| self.parquet_error(error))?;
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

    /// Ends and flushes the files, and says how many rows there are.
    ///
    /// # Errors
    /// When a stream cannot be written.
    pub fn finish(mut self) -> Result<u64, WriteError> {
        if let Some(csv) = self.csv.take() {
            csv.finish().map_err(|error| self.csv_error(error.into()))?;
        }
        if let Some(parquet) = self.parquet.take() {
            parquet.finish().map_err(|error| self.parquet_error(error))?;
        }
        Ok(self.rows)
    }

    fn misfit(&self, position: usize, misfit: Misfit) -> WriteError {
        WriteError::Table(self.table.error(position, self.rows, misfit))
    }

    fn csv_error(&self, error: csv::Error) -> WriteError {
        WriteError::Csv { table: self.table.name, error: error.into() }
    }

    fn parquet_error(&self, error: ParquetError) -> WriteError {
        WriteError::Parquet { table: self.table.name, error }
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

/// Why a table could not be written: the tool's own failure, never a finding.
#[derive(Debug)]
pub enum WriteError {
    /// A row does not fit the table: a defect of the tool.
    Table(TableError),
    /// The CSV file could not be written.
    Csv {
        /// The table.
        table: &'static str,
        /// What the stream said.
        error: io::Error,
    },
    /// The Parquet file could not be written.
    Parquet {
        /// The table.
        table: &'static str,
        /// What the stream said.
        error: ParquetError,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Csv { table, error } => write!(f, "cannot write `{table}.csv`: {error}"),
            Self::Parquet { table, error } => write!(f, "cannot write `{table}.parquet`: {error}"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Table(_) => None,
            Self::Csv { error, .. } => Some(error),
            Self::Parquet { error, .. } => Some(error),
        }
    }
}
