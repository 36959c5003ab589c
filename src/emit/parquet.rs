//! Parquet, limited to what every reader opens.

use std::io::{self, Write};

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::schema::types::ColumnPath;

use super::metadata::{file_metadata, schema_metadata};
use super::sink::{SinkError, Stream, TableFormat, TableSink};
use crate::table::TableDescription;
use crate::table::batch::BatchBuilder;
use crate::table::cell::Cell;

/// The format.
pub static FORMAT: TableFormat = TableFormat { extension: "parquet", open };

/// Rows in a row group, of which one at most is held in memory. The GeoParquet guide recommends
/// 50,000 to 150,000; filters by day were as fast with ten times more and slower with ten times
/// fewer.
pub const ROW_GROUP_ROWS: usize = 100_000;

/// Bytes of text after which a row group ends early (256 MiB): a bound on memory when texts are
/// long, and far below the 2 GiB of text that a column of one Arrow batch can hold.
pub const ROW_GROUP_TEXT: usize = 256 << 20;

/// Compression level, 1 to 22. Level 15 takes 11% less space than 9, and ten times as long.
const ZSTD_LEVEL: i32 = 9;

struct ParquetSink<'w> {
    writer: ArrowWriter<Stream<'w>>,
    batch: BatchBuilder,
}

fn open<'w>(
    out: Stream<'w>,
    table: &TableDescription,
    eventc: &str,
) -> io::Result<Box<dyn TableSink + 'w>> {
    let metadata = file_metadata(table, eventc);
    let key_values =
        metadata.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    let batch = BatchBuilder::new(table, schema_metadata(&metadata));
    let properties = without_dictionary(WriterProperties::builder(), table)
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
    Ok(Box::new(ParquetSink { writer, batch }))
}

impl TableSink for ParquetSink<'_> {
    fn cell(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), SinkError> {
        Ok(self.batch.append(position, cell)?)
    }

    /// Ends the row group too, when it is full.
    fn end_row(&mut self) -> io::Result<()> {
        self.batch.end_row();
        if self.batch.rows() >= ROW_GROUP_ROWS || self.batch.text_bytes() >= ROW_GROUP_TEXT {
            self.end_row_group()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.batch.rows() > 0 {
            self.end_row_group()?;
        }
        self.writer.into_inner()?.flush()
    }
}

impl ParquetSink<'_> {
    fn end_row_group(&mut self) -> Result<(), ParquetError> {
        self.writer.write(&self.batch.finish()?)?;
        self.writer.flush()
    }
}

/// Turns the dictionary off for free text and ids. They hardly repeat, so a dictionary makes the file larger;
/// and where it grows full within a row group, fastparquet with pandas 3 loses the texts after it.
fn without_dictionary(
    builder: WriterPropertiesBuilder,
    table: &TableDescription,
) -> WriterPropertiesBuilder {
    let texts = table.columns.iter().filter(|column| column.kind.is_free_text());
    texts.fold(builder, |builder, column| {
        let mut path = vec![column.name.to_string()];
        if column.kind.is_list() {
            path.extend(["list", "element"].map(str::to_owned));
        }
        builder.set_column_dictionary_enabled(ColumnPath::new(path), false)
    })
}

/// The form `<application> version <version>` is the one that Parquet's own definition asks for;
/// of a file whose maker it cannot parse, parquet-java ignores the statistics of texts.
fn created_by() -> String {
    concat!("eventc version ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// The order of rows, by leaf columns; each of our columns is one leaf.
fn sorting_columns(table: &TableDescription) -> Option<Vec<SortingColumn>> {
    let leaves = table.sort_positions().into_iter().filter_map(|at| i32::try_from(at).ok());
    let columns: Vec<_> = leaves
        .map(|column_idx| SortingColumn { column_idx, descending: false, nulls_first: false })
        .collect();
    (!columns.is_empty()).then_some(columns)
}
