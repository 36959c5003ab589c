//! The tables of a dataset in memory, as Arrow record batches.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::compute::{cast, concat};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::error::ArrowError;

use super::error::BuildError;
use super::sink::{NamedSink, Rows, TableSink};
use super::tabulate::tabulate;
use crate::dataset::Published;
use crate::source::Files;

type Batches = Mutex<BTreeMap<&'static str, RecordBatch>>;

/// Gathers the rows of one table.
struct BatchSink<'b> {
    name: &'static str,
    schema: SchemaRef,
    gathered: Vec<RecordBatch>,
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
    tabulate(published, files, None, &mut |table| {
        let schema = table.schema(BTreeMap::new());
        let sink = BatchSink { name: table.name, schema, gathered: Vec::new(), batches: &batches };
        Ok(vec![NamedSink { file: table.name.to_owned(), sink: Box::new(sink), text: None }])
    })?;
    Ok(batches.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl TableSink for BatchSink<'_> {
    fn write(&mut self, rows: &[Rows<'_>]) -> io::Result<()> {
        self.gathered.extend(rows.iter().map(|rows| rows.batch.clone()));
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let columns = (0..self.schema.fields().len()).map(|at| self.column(at));
        let columns = columns.collect::<Result<_, _>>().map_err(io::Error::other)?;
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns);
        let batch = batch.map_err(io::Error::other)?;
        let mut batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.insert(self.name, batch);
        Ok(())
    }
}

impl BatchSink<'_> {
    /// A column of all batches. Categories are joined as texts: `concat` would name one twice that two batches
    /// have.
    fn column(&self, at: usize) -> Result<ArrayRef, ArrowError> {
        let kind = self.schema.field(at).data_type();
        let plain = match kind {
            DataType::Dictionary(_, value) => value,
            other => other,
        };
        let parts = self.gathered.iter().map(|batch| cast(batch.column(at), plain));
        let parts: Vec<ArrayRef> = parts.collect::<Result<_, _>>()?;
        let parts: Vec<&dyn Array> = parts.iter().map(|part| &**part).collect();
        match parts.is_empty() {
            true => Ok(arrow::array::new_empty_array(kind)),
            false => cast(&concat(&parts)?, kind),
        }
    }
}
