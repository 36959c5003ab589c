//! The rows of events from the tables of shards, which were compiled before.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch, RecordBatchReader};
use arrow::datatypes::Schema;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::error::{BuildError, WriteError};
use crate::dataset::{CodersRecord, Dataset, Shard};
use crate::source::OpenFile;
use crate::table::TableDescription;
use crate::table::cell::Cell;
use crate::table::cells::Cells;

/// The shards of a dataset, each a folder of tables.
pub struct Shards {
    /// How many they are.
    of: u32,
    /// Opens the file of a shard, by its number and the name of the file.
    open: Box<Open>,
}

type Open = dyn Fn(u32, &str) -> io::Result<OpenFile> + Send + Sync;

/// The records whose rows are taken from a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'p> {
    id: &'p str,
    /// The coder, in a table that has the records of single ones.
    coder: Option<&'p str>,
}

impl Shards {
    /// So many shards.
    pub fn new(
        of: u32,
        open: impl Fn(u32, &str) -> io::Result<OpenFile> + Send + Sync + 'static,
    ) -> Self {
        Self { of, open: Box::new(open) }
    }

    /// The table of every shard, from its first row.
    pub(super) fn table(&self, name: &str) -> Result<TakenRows, BuildError> {
        let cursors = (1..=self.of).map(|number| Cursor::open(self, number, name));
        Ok(TakenRows(cursors.collect::<Result<_, _>>()?))
    }
}

impl std::fmt::Debug for Shards {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shards").field("of", &self.of).finish_non_exhaustive()
    }
}

/// The events of the tables of a dataset, in their order.
pub(super) fn of_events(dataset: &Dataset) -> Vec<Wanted<'_>> {
    let events = dataset.tabulated().into_iter();
    events.map(|event| Wanted { id: event.id(), coder: None }).collect()
}

/// The records of single coders, in the order of their table.
pub(super) fn of_coders(dataset: &Dataset) -> Vec<Wanted<'_>> {
    let records = dataset.codings().into_iter();
    records
        .map(|CodersRecord { coder, event }| Wanted { id: event.id(), coder: Some(coder) })
        .collect()
}

/// The rows of a table of all shards. Each shard has its own in the order of the whole table, so those of an event come
/// next in its shard.
pub(super) struct TakenRows(Vec<Cursor>);

impl TakenRows {
    /// Refuses shards whose table has other columns than `table`.
    pub(super) fn require(&self, table: &TableDescription) -> Result<(), BuildError> {
        let columns = |schema: &Schema| -> Vec<_> {
            let fields = schema.fields().iter();
            fields.map(|field| (field.name().clone(), field.data_type().clone())).collect()
        };
        let own = columns(&table.schema(BTreeMap::new()));
        let has_others = |cursor: &&Cursor| columns(&cursor.schema) != own;
        self.0.iter().find(has_others).map_or(Ok(()), |one| Err(one.broken("its columns")))
    }

    /// Where the shard of a record stands.
    fn position(&self, wanted: &Wanted<'_>) -> usize {
        let of = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        Shard::number_of(wanted.id, of) as usize - 1
    }

    /// Gives the rows of a record to `push`. Returns how many they are.
    pub(super) fn take(
        &mut self,
        wanted: &Wanted<'_>,
        mut push: impl FnMut(&mut dyn Iterator<Item = Cell<'_>>) -> Result<(), WriteError>,
    ) -> Result<usize, BuildError> {
        let (mut rows, at) = (0, self.position(wanted));
        let cursor = &mut self.0[at];
        while cursor.is_at_row()? {
            let cells = Cells::of(&cursor.batch);
            while cursor.row < cursor.batch.num_rows() && cursor.is_of(wanted) {
                push(&mut cells.row(cursor.row))?;
                cursor.row += 1;
                rows += 1;
            }
            if cursor.row < cursor.batch.num_rows() {
                break;
            }
        }
        Ok(rows)
    }

    /// The error that a shard lacks a record.
    pub(super) fn lacks(&self, wanted: &Wanted<'_>) -> BuildError {
        self.0[self.position(wanted)].broken("what it has of the records")
    }

    /// Refuses a shard of which a row was not taken: its records are not those of the project.
    pub(super) fn finish(mut self) -> Result<(), BuildError> {
        for cursor in &mut self.0 {
            if cursor.is_at_row()? {
                return Err(cursor.broken("the order of its rows"));
            }
        }
        Ok(())
    }
}

/// A table of a shard, read up to a row.
struct Cursor {
    /// Which file it is.
    name: String,
    reader: ParquetRecordBatchReader,
    schema: Arc<Schema>,
    batch: RecordBatch,
    /// The next row in the batch.
    row: usize,
}

impl Cursor {
    fn open(shards: &Shards, number: u32, table: &str) -> Result<Self, BuildError> {
        let file = format!("{table}.parquet");
        let name = format!("{file} of shard {number}/{}", shards.of);
        let failed = |error: String| BuildError::Shard { name: name.clone(), error };
        let opened = (shards.open)(number, &file).map_err(|error| failed(error.to_string()))?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(opened).and_then(|it| it.build());
        let reader = reader.map_err(|error| failed(error.to_string()))?;
        let schema = reader.schema();
        let batch = RecordBatch::new_empty(Arc::clone(&schema));
        Ok(Self { name, reader, schema, batch, row: 0 })
    }

    /// Whether there is a next row, which the batch then has.
    fn is_at_row(&mut self) -> Result<bool, BuildError> {
        while self.row == self.batch.num_rows() {
            let Some(batch) = self.reader.next() else { return Ok(false) };
            self.batch = batch.map_err(|error| BuildError::Shard {
                name: self.name.clone(),
                error: error.to_string(),
            })?;
            self.row = 0;
        }
        Ok(true)
    }

    /// Whether the next row is of a record.
    fn is_of(&self, wanted: &Wanted<'_>) -> bool {
        let is = |column: &str, text: &str| {
            let texts = self.batch.column_by_name(column).and_then(|it| it.as_string_opt::<i32>());
            texts.is_some_and(|texts| texts.value(self.row) == text)
        };
        is("event_id", wanted.id) && wanted.coder.is_none_or(|coder| is("coder", coder))
    }

    fn broken(&self, what: &str) -> BuildError {
        let error = format!("{what} cannot be what this eventc wrote");
        BuildError::Shard { name: self.name.clone(), error }
    }
}
