//! Writes tables in several formats, in chunks that are made on all cores and written in order.
//!
//! Where a chunk ends is said by who makes the rows, never by cores or time: the same rows in the same chunks are
//! the same bytes.

use std::borrow::Borrow;
use std::fmt;
use std::io;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use rayon::prelude::*;

use super::error::WriteError;
use super::sink::{MakeText, NamedSink, Rows};
use crate::table::TableDescription;
use crate::table::batch::BatchBuilder;
use crate::table::cell::Cell;
use crate::table::column::Table;
use crate::table::misfit::Misfit;
use crate::table::order::RowOrder;

/// Bytes of text after which a batch ends (16 MiB): far below the 2 GiB that a column of one can hold.
const BATCH_TEXT: usize = 16 << 20;

/// What the chunks of a table have in common.
#[derive(Debug)]
pub struct Form {
    description: TableDescription,
    schema: SchemaRef,
    order: RowOrder,
    /// What makes the text of each sink.
    texts: Vec<Option<MakeText>>,
}

/// Rows of a table, and what the formats make of them.
#[derive(Debug, Default)]
pub struct Chunk {
    parts: Vec<Part>,
    rows: u64,
}

/// A batch of rows, and its text for each sink.
#[derive(Debug)]
struct Part {
    batch: RecordBatch,
    texts: Vec<Vec<u8>>,
}

/// Makes a chunk of a table. Each column is built once and given to all formats, so they hold the same values by
/// construction.
pub struct ChunkBuilder<'t, 'p, R: ?Sized> {
    table: &'t Table<'p, R>,
    form: &'t Form,
    batch: BatchBuilder,
    chunk: Chunk,
}

impl<'t, 'p, R: ?Sized> ChunkBuilder<'t, 'p, R> {
    /// An empty chunk of `table`, whose form is `form`.
    pub fn new(table: &'t Table<'p, R>, form: &'t Form) -> Self {
        let batch = BatchBuilder::new(&form.description, Arc::clone(&form.schema));
        Self { table, form, batch, chunk: Chunk::default() }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When a cell does not fit its column. The error counts rows from the first of the chunk.
    pub fn push(&mut self, row: &R) -> Result<(), WriteError> {
        let table = self.table;
        self.push_cells(table.columns.iter().map(|column| column.cell(row)))
    }

    /// Adds a row of cells, one for each column.
    ///
    /// # Errors
    /// As [`ChunkBuilder::push`].
    pub fn push_cells<'r>(
        &mut self,
        cells: impl Iterator<Item = Cell<'r>>,
    ) -> Result<(), WriteError> {
        self.chunk.rows += 1;
        for (at, cell) in cells.enumerate() {
            let appended = self.batch.append(at, &cell);
            appended.map_err(|misfit| self.form.misfit(at, self.chunk.rows, misfit))?;
        }
        self.batch.end_row();
        if self.batch.text_bytes() >= BATCH_TEXT { self.end_batch() } else { Ok(()) }
    }

    /// Adds rows, in the order in which they come.
    ///
    /// # Errors
    /// As [`ChunkBuilder::push`], at the first row that fails.
    pub fn extend(&mut self, rows: impl IntoIterator<Item: Borrow<R>>) -> Result<(), WriteError> {
        rows.into_iter().try_for_each(|row| self.push(row.borrow()))
    }

    /// The chunk.
    ///
    /// # Errors
    /// When a row sorts before the one above it.
    pub fn finish(mut self) -> Result<Chunk, WriteError> {
        if self.batch.rows() > 0 {
            self.end_batch()?;
        }
        Ok(self.chunk)
    }

    fn end_batch(&mut self) -> Result<(), WriteError> {
        let form = self.form;
        let first = self.chunk.rows - self.batch.rows() as u64 + 1;
        let batch = self.batch.finish().map_err(|error| form.failed(error))?;
        if let Some((row, column)) =
            form.order.breach(&batch).map_err(|error| form.failed(error))?
        {
            return Err(form.misfit(column, first + row as u64, Misfit::Unsorted));
        }
        let text = |make: &Option<MakeText>| match make {
            Some(make) => make(&form.description, &batch),
            None => Ok(Vec::new()),
        };
        let texts: io::Result<_> = form.texts.iter().map(text).collect();
        let texts = texts.map_err(|error| form.failed(error.into()))?;
        self.chunk.parts.push(Part { batch, texts });
        Ok(())
    }
}

impl Form {
    /// An error that names a cell; rows count from 1.
    fn misfit(&self, column: usize, row: u64, misfit: Misfit) -> WriteError {
        self.description.error(column, row, misfit).into()
    }

    /// An error of what no row can cause.
    fn failed(&self, error: ArrowError) -> WriteError {
        WriteError::File { file: self.description.name.to_owned(), error: io::Error::other(error) }
    }
}

/// Writes a table in some formats.
///
/// After an error the files are incomplete: drop the writer and throw them away.
pub struct TableWriter<'w> {
    form: Arc<Form>,
    sinks: Vec<NamedSink<'w>>,
    rows: u64,
    /// The last batch that has rows.
    above: Option<RecordBatch>,
}

impl<'w> TableWriter<'w> {
    /// A writer of a table to `sinks`.
    pub fn new(description: TableDescription, sinks: Vec<NamedSink<'w>>) -> Self {
        let schema = description.schema(std::collections::BTreeMap::new());
        let order = RowOrder::new(&description);
        let texts = sinks.iter().map(|sink| sink.text).collect();
        let form = Arc::new(Form { description, schema, order, texts });
        Self { form, sinks, rows: 0, above: None }
    }

    /// Writes a chunk of `table` that `fill` makes.
    ///
    /// # Errors
    /// When `fill` fails, or a stream cannot be written.
    pub fn write_chunk<R: ?Sized, E: From<WriteError>>(
        &mut self,
        table: &Table<'_, R>,
        fill: impl FnOnce(&mut ChunkBuilder<'_, '_, R>) -> Result<(), E>,
    ) -> Result<(), E> {
        let form = Arc::clone(&self.form);
        let mut chunk = ChunkBuilder::new(table, &form);
        fill(&mut chunk)?;
        Ok(self.write(&[chunk.finish()?])?)
    }

    /// Writes chunks, each to all files before the next.
    fn write(&mut self, chunks: &[Chunk]) -> Result<(), WriteError> {
        let parts: Vec<&Part> = chunks.iter().flat_map(|chunk| &chunk.parts).collect();
        for part in &parts {
            self.hold_to_order(&part.batch)?;
            self.rows += part.batch.num_rows() as u64;
        }
        self.sinks.par_iter_mut().enumerate().try_for_each(|(at, NamedSink { file, sink, .. })| {
            let rows = parts.iter().map(|part| Rows { batch: &part.batch, text: &part.texts[at] });
            let rows: Vec<_> = rows.collect();
            sink.write(&rows).map_err(|error| WriteError::File { file: file.clone(), error })
        })
    }

    /// Holds the first row of a batch to the last one before it.
    fn hold_to_order(&mut self, batch: &RecordBatch) -> Result<(), WriteError> {
        let breach = self.above.as_ref().map(|above| self.form.order.breach_below(above, batch));
        let breach = breach.transpose().map_err(|error| self.form.failed(error))?;
        if let Some((_, column)) = breach.flatten() {
            return Err(self.form.misfit(column, self.rows + 1, Misfit::Unsorted));
        }
        self.above = Some(batch.clone());
        Ok(())
    }

    /// Ends and flushes the files. Returns the table's name and the number of rows.
    ///
    /// # Errors
    /// When a stream cannot be written.
    pub fn finish(self) -> Result<(&'static str, u64), WriteError> {
        let finish = |NamedSink { file, sink, .. }: NamedSink<'_>| {
            sink.finish().map_err(|error| WriteError::File { file, error })
        };
        self.sinks.into_par_iter().try_for_each(finish)?;
        Ok((self.form.description.name, self.rows))
    }
}

impl fmt::Debug for TableWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { form, rows, .. } = self;
        f.debug_struct("TableWriter")
            .field("table", &form.description.name)
            .field("rows", rows)
            .finish_non_exhaustive()
    }
}

/// Writes tables whose chunks are made of `sources`, one of each table from each source. Chunks are made on all
/// cores while those before them are written, also on all cores.
///
/// # Errors
/// When a row does not fit its table, or a stream cannot be written.
pub fn write_chunks<S: Sync>(
    writers: &mut [TableWriter<'_>],
    sources: &[S],
    make: impl Fn(&[Arc<Form>], &S) -> Result<Vec<Chunk>, WriteError> + Sync,
) -> Result<(), WriteError> {
    let forms: Vec<_> = writers.iter().map(|writer| Arc::clone(&writer.form)).collect();
    let make = |source: &S| make(&forms, source);
    let waves = sources.chunks(rayon::current_num_threads());
    let mut made = Vec::new();
    // One more turn writes what the last wave made.
    for wave in waves.chain([&[][..]]) {
        let of_tables = by_table(writers, made)?;
        made = make_and_write(wave, &make, writers, of_tables)?;
    }
    Ok(())
}

/// The chunks of each table.
fn by_table(
    writers: &[TableWriter<'_>],
    made: Vec<Result<Vec<Chunk>, WriteError>>,
) -> Result<Vec<Vec<Chunk>>, WriteError> {
    let mut of_tables: Vec<Vec<Chunk>> = writers.iter().map(|_| Vec::new()).collect();
    for chunks in made {
        let chunks = chunks.map_err(|error| within(error, writers, &of_tables))?;
        of_tables.iter_mut().zip(chunks).for_each(|(of_table, chunk)| of_table.push(chunk));
    }
    Ok(of_tables)
}

/// Makes chunks of sources, one on each core, and writes those of each table that were made before. To make one takes
/// longest, so all are begun first: at the end no core waits long for another.
///
/// Returns what was made of each source, which may be an error.
///
/// # Errors
/// When a row sorts before the last one of an earlier chunk, or a stream cannot be written.
fn make_and_write<S: Sync>(
    sources: &[S],
    make: &(impl Fn(&S) -> Result<Vec<Chunk>, WriteError> + Sync),
    writers: &mut [TableWriter<'_>],
    of_tables: Vec<Vec<Chunk>>,
) -> Result<Vec<Result<Vec<Chunk>, WriteError>>, WriteError> {
    let mut made: Vec<_> = sources.iter().map(|_| Ok(Vec::new())).collect();
    let mut written: Vec<_> = writers.iter().map(|_| Ok(())).collect();
    rayon::scope_fifo(|scope| {
        for (source, made) in sources.iter().zip(&mut made) {
            scope.spawn_fifo(move |_| *made = make(source));
        }
        for ((writer, chunks), written) in writers.iter_mut().zip(of_tables).zip(&mut written) {
            scope.spawn_fifo(move |_| *written = writer.write(&chunks));
        }
    });
    written.into_iter().collect::<Result<(), _>>()?;
    Ok(made)
}

/// An error in a chunk, its row counted from the first of the table.
fn within(mut error: WriteError, writers: &[TableWriter<'_>], before: &[Vec<Chunk>]) -> WriteError {
    if let WriteError::Table(misfit) = &mut error {
        let of_table =
            |(writer, _): &(&TableWriter<'_>, _)| writer.form.description.name == misfit.table;
        if let Some((writer, before)) = writers.iter().zip(before).find(of_table) {
            misfit.row += writer.rows + before.iter().map(|chunk| chunk.rows).sum::<u64>();
        }
    }
    error
}

/// Writes a table of rows that are there, in chunks of so many rows. Returns its name and how many they are.
///
/// # Errors
/// When a row does not fit the table, or a stream cannot be written.
pub fn write_table<R: ?Sized, B: Borrow<R> + Sync>(
    table: &Table<'_, R>,
    sinks: Vec<NamedSink<'_>>,
    rows: &[B],
    chunk: usize,
) -> Result<(&'static str, u64), WriteError> {
    let mut writer = [TableWriter::new(table.describe(), sinks)];
    let chunks: Vec<&[B]> = rows.chunks(chunk).collect();
    write_chunks(&mut writer, &chunks, |forms, rows| {
        let mut chunk = ChunkBuilder::new(table, &forms[0]);
        chunk.extend(rows.iter().map(Borrow::<R>::borrow))?;
        Ok(vec![chunk.finish()?])
    })?;
    let [writer] = writer;
    writer.finish()
}
