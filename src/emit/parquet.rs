//! Parquet, in the forms that every reader opens.

use std::io::Write;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};

use super::metadata::file_metadata;
use crate::table::batch::BatchBuilder;
use crate::table::cell::Cell;
use crate::table::column::Table;
use crate::table::misfit::Misfit;

/// Rows in a row group, of which one at most is held in memory. The GeoParquet guide recommends
/// 50,000 to 150,000; filters by day were as fast with ten times more and slower with ten times
/// fewer.
pub const ROW_GROUP_ROWS: usize = 100_000;

/// Bytes of text after which a row group ends early (256 MiB): a bound on memory when texts are
/// long, and far below the 2 GiB of text that a column of one Arrow batch can hold.
pub const ROW_GROUP_TEXT: usize = 256 << 20;

/// Of 1 to 22. Level 15 takes eleven per cent less space than 9 and ten times as long.
const ZSTD_LEVEL: i32 = 9;

/// Writes one table as Parquet, cell by cell.
pub struct ParquetSink<W: Write + Send> {
    writer: ArrowWriter<W>,
    batch: BatchBuilder,
}

impl<W: Write + Send> ParquetSink<W> {
    /// A file of `table`; `eventc` is a JSON text that says which dataset it belongs to.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new<R: ?Sized>(
        out: W,
        table: &Table<'_, R>,
        eventc: &str,
    ) -> Result<Self, ParquetError> {
        let metadata = file_metadata(table, eventc);
        let key_values =
            metadata.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
        let batch = BatchBuilder::new(table, metadata);
        let properties = WriterProperties::builder()
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_bloom_filter_enabled(false)
            .set_created_by(created_by())
            .set_key_value_metadata(Some(key_values))
            .set_sorting_columns(sorting_columns(table))
            .build();
        let writer = ArrowWriter::try_new(out, batch.schema(), Some(properties))?;
        Ok(Self { writer, batch })
    }

    /// Appends the next cell, that of the column at `position`.
    ///
    /// # Errors
    /// When the cell does not fit the column.
    pub fn cell(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), Misfit> {
        self.batch.append(position, cell)
    }

    /// Ends the row, and the row group when it is full.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn end_row(&mut self) -> Result<(), ParquetError> {
        self.batch.end_row();
        if self.batch.rows() >= ROW_GROUP_ROWS || self.batch.text_bytes() >= ROW_GROUP_TEXT {
            self.end_row_group()?;
        }
        Ok(())
    }

    /// Ends the file and flushes it.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn finish(mut self) -> Result<W, ParquetError> {
        if self.batch.rows() > 0 {
            self.end_row_group()?;
        }
        let mut out = self.writer.into_inner()?;
        out.flush()?;
        Ok(out)
    }

    fn end_row_group(&mut self) -> Result<(), ParquetError> {
        self.writer.write(&self.batch.finish()?)?;
        self.writer.flush()
    }
}

/// The form `<application> version <version>` is the one that Parquet's own definition asks for;
/// of a file whose maker it cannot parse, parquet-java ignores the statistics of texts.
fn created_by() -> String {
    concat!("eventc version ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// The order of rows, by leaf columns; each of our columns is one leaf.
fn sorting_columns<R: ?Sized>(table: &Table<'_, R>) -> Option<Vec<SortingColumn>> {
    let leaves = table.sort_positions().into_iter().filter_map(|at| i32::try_from(at).ok());
    let columns: Vec<_> = leaves
        .map(|column_idx| SortingColumn { column_idx, descending: false, nulls_first: false })
        .collect();
    (!columns.is_empty()).then_some(columns)
}
