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

use super::geometry::Geometry;
use super::metadata::{file_metadata, schema_metadata};
use super::sink::{SinkError, Stream, TableFormat, TableSink};
use crate::table::TableDescription;
use crate::table::batch::BatchBuilder;
use crate::table::cell::Cell;
use crate::table::column::ColumnType;

/// The format.
pub static FORMAT: TableFormat = TableFormat {
    name: "parquet",
    doc: "Parquet, `<table>.parquet`",
    ending: ".parquet",
    takes: |_| true,
    open: |out, table, eventc| open(out, table, eventc, None),
};

/// GeoParquet 1.1: the same columns, and the geometry of each row.
pub static GEO: TableFormat = TableFormat {
    name: "geo",
    doc: "GeoParquet 1.1, `events_geo.parquet`: the events as points on a map",
    ending: "_geo.parquet",
    takes: |table| Geometry::of(table).is_some(),
    open: |out, table, eventc| open(out, table, eventc, Geometry::of(table)),
};

/// Rows in a row group, of which one at most is held in memory. The GeoParquet guide recommends
/// 50,000 to 150,000; filters by day were as fast with ten times more and slower with ten times
/// fewer.
pub const ROW_GROUP_ROWS: usize = 100_000;

/// Bytes of text after which a row group ends early (256 MiB): a bound on memory when texts are
/// long, and far below the 2 GiB of text that a column of one Arrow batch can hold.
pub const ROW_GROUP_TEXT: usize = 256 << 20;

/// Key of the metadata of GeoParquet.
const GEO_KEY: &str = "geo";

/// Compression level, 1 to 22. Level 15 takes 11% less space than 9, and ten times as long.
const ZSTD_LEVEL: i32 = 9;

struct ParquetSink<'w> {
    writer: ArrowWriter<Stream<'w>>,
    batch: BatchBuilder,
    geometry: Option<Geometry>,
}

fn open<'w>(
    out: Stream<'w>,
    table: &TableDescription,
    eventc: &str,
    geometry: Option<Geometry>,
) -> io::Result<Box<dyn TableSink + 'w>> {
    let metadata = file_metadata(table, eventc, geometry.is_some());
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
    let schema = batch.schema();
    let schema = geometry.as_ref().map_or(schema.clone(), |geometry| geometry.schema(&schema));
    let writer = ArrowWriter::try_new(out, schema, Some(properties))?;
    Ok(Box::new(ParquetSink { writer, batch, geometry }))
}

impl TableSink for ParquetSink<'_> {
    fn cell(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), SinkError> {
        if let Some(geometry) = &mut self.geometry {
            geometry.note(position, cell);
        }
        Ok(self.batch.append(position, cell)?)
    }

    /// Ends the row group too, when it is full.
    fn end_row(&mut self) -> io::Result<()> {
        self.batch.end_row();
        if let Some(geometry) = &mut self.geometry {
            geometry.end_row();
        }
        if self.batch.rows() >= ROW_GROUP_ROWS || self.batch.text_bytes() >= ROW_GROUP_TEXT {
            self.end_row_group()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.batch.rows() > 0 {
            self.end_row_group()?;
        }
        // Only the file's own metadata may be written last; those who read `geo` look there.
        if let Some(geometry) = &self.geometry {
            self.writer
                .append_key_value_metadata(KeyValue::new(GEO_KEY.to_owned(), geometry.metadata()));
        }
        self.writer.into_inner()?.flush()
    }
}

impl ParquetSink<'_> {
    fn end_row_group(&mut self) -> Result<(), ParquetError> {
        let batch = self.batch.finish()?;
        let batch = match &mut self.geometry {
            Some(geometry) => geometry.insert(&batch)?,
            None => batch,
        };
        self.writer.write(&batch)?;
        self.writer.flush()
    }
}

/// Turns the dictionary off for free text and ids. They hardly repeat, so a dictionary makes the file larger;
/// and where it grows full within a row group, fastparquet with pandas 3 loses the texts after it. A
/// list keeps its dictionary: without one, fastparquet with pandas 3 loses all of its texts.
fn without_dictionary(
    builder: WriterPropertiesBuilder,
    table: &TableDescription,
) -> WriterPropertiesBuilder {
    let texts = table.columns.iter().filter(|column| column.kind == ColumnType::Text);
    texts.fold(builder, |builder, column| {
        builder.set_column_dictionary_enabled(ColumnPath::from(&*column.name), false)
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
