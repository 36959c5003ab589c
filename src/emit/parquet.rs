//! Parquet, limited to what every reader opens.

use std::io::{self, Write};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use rayon::prelude::*;

use super::geometry::Geometry;
use super::metadata::{file_metadata, schema_metadata};
use super::sink::{Rows, Stream, TableFormat, TableSink};
use crate::table::TableDescription;
use crate::table::column::ColumnType;

/// The format.
pub static FORMAT: TableFormat = TableFormat {
    name: "parquet",
    doc: "Parquet, `<table>.parquet`",
    ending: ".parquet",
    takes: |_| true,
    open: |out, table, eventc| open(out, table, eventc, None),
    text: None,
};

/// GeoParquet 1.1: the same columns, and the geometry of each row.
pub static GEO: TableFormat = TableFormat {
    name: "geo",
    doc: "GeoParquet 1.1, `events_geo.parquet`: the events as points on a map",
    ending: "_geo.parquet",
    takes: |table| Geometry::of(table).is_some(),
    open: |out, table, eventc| open(out, table, eventc, Geometry::of(table)),
    text: None,
};

/// Rows in a row group, of which one at most is held in memory. The GeoParquet guide recommends
/// 50,000 to 150,000; filters by day were as fast with ten times more and slower with ten times
/// fewer.
pub const ROW_GROUP_ROWS: usize = 100_000;

/// Bytes of text after which a row group ends early, with the batch in which they are reached (256 MiB): a bound on
/// memory when texts are long, here and where the file is read.
pub const ROW_GROUP_TEXT: usize = 256 << 20;

/// Key of the metadata of GeoParquet.
const GEO_KEY: &str = "geo";

/// Compression level, 1 to 22. Level 15 takes 11% less space than 9, and ten times as long.
const ZSTD_LEVEL: i32 = 9;

struct ParquetSink<'w> {
    writer: SerializedFileWriter<Stream<'w>>,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    geometry: Option<Geometry>,
    /// The rows of the next row group, how many they are, and their bytes of text.
    group: Vec<RecordBatch>,
    rows: usize,
    text_bytes: usize,
    row_groups: usize,
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
    let schema = table.schema(schema_metadata(&metadata));
    let schema = geometry.as_ref().map_or(schema.clone(), |geometry| geometry.schema(&schema));
    let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
    let (writer, factory) = writer.into_serialized_writer()?;
    let (group, rows, text_bytes, row_groups) = (Vec::new(), 0, 0, 0);
    Ok(Box::new(ParquetSink {
        writer,
        factory,
        schema,
        geometry,
        group,
        rows,
        text_bytes,
        row_groups,
    }))
}

impl TableSink for ParquetSink<'_> {
    fn write(&mut self, rows: &[Rows<'_>]) -> io::Result<()> {
        for Rows { batch, .. } in rows {
            let mut batch = match &mut self.geometry {
                Some(geometry) => geometry.insert(batch).map_err(io::Error::other)?,
                None => (*batch).clone(),
            };
            while batch.num_rows() > 0 {
                let fitting = batch.num_rows().min(ROW_GROUP_ROWS - self.rows);
                let rest = batch.num_rows() - fitting;
                self.rows += fitting;
                let fit = batch.slice(0, fitting);
                self.text_bytes +=
                    fit.columns().iter().map(|column| text_bytes(column)).sum::<usize>();
                self.group.push(fit);
                batch = batch.slice(fitting, rest);
                if self.rows == ROW_GROUP_ROWS || self.text_bytes >= ROW_GROUP_TEXT {
                    self.end_row_group()?;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.end_row_group()?;
        // Only the file's own metadata may be written last; those who read `geo` look there.
        if let Some(geometry) = &self.geometry {
            self.writer
                .append_key_value_metadata(KeyValue::new(GEO_KEY.to_owned(), geometry.metadata()));
        }
        self.writer.into_inner()?.flush()
    }
}

impl ParquetSink<'_> {
    /// Encodes and compresses the row group, each column on its own: on all cores. They are not encoded batch by
    /// batch: what compresses a column keeps up to 13 MB from its first page to its last, which for the columns of
    /// all tables is far more than their rows take.
    fn end_row_group(&mut self) -> Result<(), ParquetError> {
        let (group, fields) = (std::mem::take(&mut self.group), self.schema.fields());
        if group.is_empty() {
            return Ok(());
        }
        // Each of our columns is one leaf.
        let encode = |(at, mut column): (usize, ArrowColumnWriter)| {
            for batch in &group {
                for leaf in compute_leaves(&fields[at], batch.column(at))? {
                    column.write(&leaf)?;
                }
            }
            column.close()
        };
        let columns = self.factory.create_column_writers(self.row_groups)?;
        let columns = columns.into_par_iter().enumerate().with_max_len(1);
        let chunks: Vec<_> = columns.map(encode).collect::<Result<_, ParquetError>>()?;
        let mut row_group = self.writer.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut row_group)?;
        }
        row_group.close()?;
        (self.rows, self.text_bytes) = (0, 0);
        self.row_groups += 1;
        Ok(())
    }
}

/// Bytes of text in a column. Those of categories stand in the file once.
fn text_bytes(column: &dyn Array) -> usize {
    let length = |offsets: &OffsetBuffer<i32>| {
        let length = offsets[offsets.len() - 1] - offsets[0];
        usize::try_from(length).unwrap_or_default()
    };
    match column.data_type() {
        DataType::Utf8 => length(column.as_string::<i32>().offsets()),
        DataType::List(_) => {
            let lists = column.as_list::<i32>();
            let first = usize::try_from(lists.offsets()[0]).unwrap_or_default();
            text_bytes(&lists.values().slice(first, length(lists.offsets())))
        }
        _ => 0,
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
