//! Parquet, limited to what every reader opens.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::RecordBatch;
use arrow::datatypes::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::file::writer::SerializedFileWriter;
use rayon::prelude::*;

use super::geometry::Geometry;
use super::metadata::{file_metadata, schema_metadata};
use super::row_group::{Column, Repetition, RowGroup};
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

/// Rows in a row group, of which one at most waits to be written. The GeoParquet guide recommends
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

/// Bytes of the texts of the first row group up to which a column of texts may have a dictionary (2 MiB). One with more
/// would save little.
const DICTIONARY: usize = 2 << 20;

struct ParquetSink<'w> {
    writer: SerializedFileWriter<Stream<'w>>,
    encoders: Encoders,
    schema: SchemaRef,
    geometry: Option<Geometry>,
    group: RowGroup,
}

/// What encodes columns.
struct Encoders {
    with_dictionary: WriterProperties,
    without: WriterProperties,
    /// Whether each column has a dictionary; `None` for free text and ids until the first row group tells what takes less.
    /// All row groups have the same: of a column with a dictionary in some of them, fastparquet with pandas 3 loses texts.
    /// So it does of lists without one.
    have_dictionary: Vec<Option<bool>>,
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
    let schema = table.schema(schema_metadata(&metadata));
    let schema = geometry.as_ref().map_or(schema.clone(), |geometry| geometry.schema(&schema));
    let of_file = properties()?
        .set_created_by(created_by())
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_key_value_metadata(Some(key_values))
        .set_sorting_columns(sorting_columns(table));
    let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(of_file.build()))?;
    let (writer, _) = writer.into_serialized_writer()?;
    let is_text =
        |at: usize| table.columns.get(at).is_some_and(|column| column.kind == ColumnType::Text);
    let encoders = Encoders {
        with_dictionary: properties()?.build(),
        without: properties()?.set_dictionary_enabled(false).build(),
        have_dictionary: (0..schema.fields().len())
            .map(|at| if is_text(at) { None } else { Some(true) })
            .collect(),
    };
    let group = RowGroup::new(Arc::clone(&schema));
    Ok(Box::new(ParquetSink { writer, encoders, schema, geometry, group }))
}

/// How columns are encoded.
fn properties() -> io::Result<WriterPropertiesBuilder> {
    Ok(WriterProperties::builder()
        // None grows full: fastparquet with pandas 3 would lose the texts behind it.
        .set_dictionary_page_size_limit(2 * ROW_GROUP_TEXT)
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_bloom_filter_enabled(false))
}

impl TableSink for ParquetSink<'_> {
    fn write(&mut self, rows: &[Rows<'_>]) -> io::Result<()> {
        for Rows { batch, .. } in rows {
            let mut batch = match &mut self.geometry {
                Some(geometry) => geometry.insert(batch).map_err(io::Error::other)?,
                None => (*batch).clone(),
            };
            while batch.num_rows() > self.room() {
                let room = self.room();
                self.push(batch.slice(0, room))?;
                batch = batch.slice(room, batch.num_rows() - room);
            }
            self.push(batch)?;
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
    /// How many rows the row group still takes.
    const fn room(&self) -> usize {
        ROW_GROUP_ROWS - self.group.rows
    }

    /// Adds rows for which there is room.
    fn push(&mut self, batch: RecordBatch) -> io::Result<()> {
        self.group.push(batch)?;
        if self.room() == 0 || self.group.text_bytes >= ROW_GROUP_TEXT {
            self.end_row_group()?;
        }
        Ok(())
    }

    /// Encodes, compresses and writes the row group, each column on its own: on all cores.
    fn end_row_group(&mut self) -> Result<()> {
        let group = std::mem::replace(&mut self.group, RowGroup::new(Arc::clone(&self.schema)));
        if group.rows == 0 {
            return Ok(());
        }
        let mut row_group = self.writer.next_row_group()?;
        self.encoders.encode(&group, |chunk| chunk.append_to_row_group(&mut row_group))?;
        row_group.close()?;
        Ok(())
    }
}

impl Encoders {
    /// Encodes the columns of a row group, and has each written as soon as those before it are: an encoded column of
    /// 100,000 events takes up to 6 MB. Columns are begun in their order, so that few wait for an earlier one.
    fn encode(
        &mut self,
        group: &RowGroup,
        write: impl FnMut(ArrowColumnChunk) -> Result<()> + Send,
    ) -> Result<()> {
        let in_order = Mutex::new(InOrder { waiting: BTreeMap::new(), written: 0, write });
        let encode_and_write = |(at, has_dictionary): (usize, &Option<bool>)| {
            let (chunk, has_dictionary) = self.encode_one(&group.column(at), *has_dictionary)?;
            in_order.lock().unwrap_or_else(PoisonError::into_inner).add(at, chunk)?;
            Ok((at, has_dictionary))
        };
        let columns = self.have_dictionary.iter().enumerate().par_bridge();
        let chosen: BTreeMap<_, _> = columns.map(encode_and_write).collect::<Result<_>>()?;
        self.have_dictionary = chosen.into_values().map(Some).collect();
        Ok(())
    }

    fn encode_one(
        &self,
        column: &Column<'_>,
        has_dictionary: Option<bool>,
    ) -> Result<(ArrowColumnChunk, bool)> {
        match has_dictionary {
            Some(true) => Ok((encode(&self.with_dictionary, column)?, true)),
            Some(false) => Ok((encode(&self.without, column)?, false)),
            None => self.encode_first(column),
        }
    }

    /// Encodes texts in the way that takes less, and tells whether that is with a dictionary.
    fn encode_first(&self, column: &Column<'_>) -> Result<(ArrowColumnChunk, bool)> {
        match column.repetition(DICTIONARY)? {
            Repetition::Rare => Ok((encode(&self.without, column)?, false)),
            Repetition::Anywhere => Ok((encode(&self.with_dictionary, column)?, true)),
            Repetition::Above => {
                let (packed, plain) =
                    (encode(&self.with_dictionary, column)?, encode(&self.without, column)?);
                let size = |chunk: &ArrowColumnChunk| chunk.close().bytes_written;
                let has_dictionary = size(&packed) < size(&plain);
                Ok(if has_dictionary { (packed, true) } else { (plain, false) })
            }
        }
    }
}

/// Writes columns in their order, in whatever order they come.
struct InOrder<W> {
    /// Columns that wait for an earlier one, by position.
    waiting: BTreeMap<usize, ArrowColumnChunk>,
    /// How many are written.
    written: usize,
    write: W,
}

impl<W: FnMut(ArrowColumnChunk) -> Result<()>> InOrder<W> {
    fn add(&mut self, at: usize, chunk: ArrowColumnChunk) -> Result<()> {
        self.waiting.insert(at, chunk);
        while let Some(chunk) = self.waiting.remove(&self.written) {
            (self.write)(chunk)?;
            self.written += 1;
        }
        Ok(())
    }
}

/// Encodes a column, as that of a file of its own: each of our columns is one leaf. A writer of all columns would hold
/// for each what decompresses pages, which none of them needs.
fn encode(properties: &WriterProperties, column: &Column<'_>) -> Result<ArrowColumnChunk> {
    let schema = Arc::new(Schema::new([Arc::clone(column.field())]));
    let alone = ArrowWriter::try_new(io::sink(), schema, Some(properties.clone()))?;
    let (_, factory) = alone.into_serialized_writer()?;
    let mut writers = factory.create_column_writers(0)?;
    let [writer] = &mut *writers else {
        return Err(ParquetError::General("a column is not one leaf".to_owned()));
    };
    column.each(|values| {
        for leaf in compute_leaves(column.field(), values)? {
            writer.write(&leaf)?;
        }
        Ok(true)
    })?;
    writers.remove(0).close()
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
