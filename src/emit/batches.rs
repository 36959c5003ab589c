//! The tables of a dataset in memory, as Arrow record batches.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use arrow::array::RecordBatch;

use super::error::BuildError;
use super::sink::{NamedSink, SinkError, TableSink};
use super::tabulate::tabulate;
use crate::dataset::Published;
use crate::source::Files;
use crate::table::batch::BatchBuilder;
use crate::table::cell::Cell;

type Batches = RefCell<BTreeMap<&'static str, RecordBatch>>;

/// Gathers the rows of one table.
struct BatchSink<'b> {
    name: &'static str,
    batch: BatchBuilder,
    batches: &'b Batches,
}

/// Every table of a dataset, by name, with the same columns and values as in Parquet.
///
/// # Errors
/// When a row does not fit its table.
pub fn batches(
    published: &Published<'_>,
    files: &Files,
) -> Result<BTreeMap<&'static str, RecordBatch>, BuildError> {
    let batches = Batches::default();
    tabulate(published, files, &mut |table| {
        let batch = BatchBuilder::new(table, BTreeMap::new());
        let sink = BatchSink { name: table.name, batch, batches: &batches };
        Ok(vec![NamedSink { file: table.name.to_owned(), sink: Box::new(sink) }])
    })?;
    Ok(batches.into_inner())
}

impl TableSink for BatchSink<'_> {
    fn cell(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), SinkError> {
        Ok(self.batch.append(position, cell)?)
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.batch.end_row();
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        let batch = self.batch.finish().map_err(io::Error::other)?;
        self.batches.borrow_mut().insert(self.name, batch);
        Ok(())
    }
}
