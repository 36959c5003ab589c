//! The rows of a row group, put aside column by column until all are there.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::io::{self, Cursor};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::buffer::OffsetBuffer;
use arrow::compute::concat;
use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use foldhash::fast::FixedState;
use parquet::errors::{ParquetError, Result};

use crate::source::{PutAside, Spill};

/// Rows that are put aside together, by column. More would take memory, fewer time.
const TOGETHER: usize = 1024;

/// Bytes of rows that are put aside together, however few they are (16 MiB).
const MOST: usize = 16 << 20;

/// Bytes of a row group that are held in memory (512 KiB); what is beyond goes to a temporary file.
const HELD: usize = 512 << 10;

/// Rows that will be a row group. A column is encoded when all its rows are there, apart from all others. To encode
/// each as rows come would take more memory than the rows: what compresses a column keeps up to 13 MB from its first
/// page to its last.
#[derive(Debug)]
pub struct RowGroup {
    schema: SchemaRef,
    /// What each column is put aside as: without what its field says of it, which would stand in every part.
    alone: Vec<SchemaRef>,
    /// The last rows, which are not yet put aside.
    last: Vec<RecordBatch>,
    /// How many they are, and their bytes.
    last_rows: usize,
    last_bytes: usize,
    put_aside: Spill,
    /// The parts of each column, in order.
    columns: Vec<Vec<PutAside>>,
    /// How many rows each batch had that is in a part.
    lengths: Vec<Vec<usize>>,
    /// How many rows there are.
    pub rows: usize,
    /// Bytes of their texts. Those of categories stand in the file once.
    pub text_bytes: usize,
}

impl RowGroup {
    /// One without rows.
    pub fn new(schema: SchemaRef) -> Self {
        let alone = |field: &FieldRef| {
            let kind = field.data_type().clone();
            Arc::new(Schema::new([Arc::new(Field::new(field.name(), kind, true))]))
        };
        Self {
            alone: schema.fields().iter().map(alone).collect(),
            columns: vec![Vec::new(); schema.fields().len()],
            lengths: Vec::new(),
            schema,
            last: Vec::new(),
            last_rows: 0,
            last_bytes: 0,
            put_aside: Spill::holding(HELD),
            rows: 0,
            text_bytes: 0,
        }
    }

    /// Adds rows.
    ///
    /// # Errors
    /// When a column cannot be put aside.
    pub fn push(&mut self, batch: RecordBatch) -> io::Result<()> {
        // A part never joins batches beyond so many rows: Parquet takes longer arrays in pieces, and where those end would
        // depend on what was put aside together.
        if self.last_rows > 0 && self.last_rows + batch.num_rows() > TOGETHER {
            self.put_aside().map_err(io::Error::other)?;
        }
        self.rows += batch.num_rows();
        self.text_bytes += batch.columns().iter().map(|column| text_bytes(column)).sum::<usize>();
        self.last_rows += batch.num_rows();
        self.last_bytes += batch.get_array_memory_size();
        self.last.push(batch);
        if self.last_rows >= TOGETHER || self.last_bytes >= MOST {
            self.put_aside().map_err(io::Error::other)
        } else {
            Ok(())
        }
    }

    fn put_aside(&mut self) -> std::result::Result<(), ArrowError> {
        let last = std::mem::take(&mut self.last);
        (self.last_rows, self.last_bytes) = (0, 0);
        for (at, (parts, schema)) in self.columns.iter_mut().zip(&self.alone).enumerate() {
            let columns: Vec<_> = last.iter().map(|batch| &**batch.column(at)).collect();
            let column = RecordBatch::try_new(Arc::clone(schema), vec![concat(&columns)?])?;
            let mut writer = StreamWriter::try_new(Vec::new(), schema)?;
            writer.write(&column)?;
            parts.push(self.put_aside.put(&writer.into_inner()?));
        }
        self.lengths.push(last.iter().map(RecordBatch::num_rows).collect());
        Ok(())
    }

    /// A column.
    pub const fn column(&self, at: usize) -> Column<'_> {
        Column { of: self, at }
    }
}

/// A column of a row group.
#[derive(Debug)]
pub struct Column<'g> {
    of: &'g RowGroup,
    at: usize,
}

impl Column<'_> {
    /// What it holds.
    pub fn field(&self) -> &FieldRef {
        &self.of.schema.fields()[self.at]
    }

    /// Does something with its values, in the order of the rows, some at a time. It ends early where `take` says
    /// `false`.
    ///
    /// # Errors
    /// When they cannot be read back, or `take` fails.
    pub fn each(&self, mut take: impl FnMut(&ArrayRef) -> Result<bool>) -> Result<()> {
        let read = |bytes: &[u8]| {
            let batch = StreamReader::try_new(Cursor::new(bytes), None).ok()?.next()?.ok()?;
            Some(Arc::clone(batch.column(0)))
        };
        for (part, lengths) in self.of.columns[self.at].iter().zip(&self.of.lengths) {
            let Some(values) = self.of.put_aside.read(*part, read) else {
                let lost = self.of.put_aside.failure().map_or_else(String::new, |e| e.to_string());
                return Err(ParquetError::General(lost));
            };
            // As they came: where a page ends, Parquet asks after each.
            let mut start = 0;
            for length in lengths {
                if !take(&values.slice(start, *length))? {
                    return Ok(());
                }
                start += length;
            }
        }
        for batch in &self.of.last {
            if !take(batch.column(self.at))? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// How its texts repeat, if a dictionary of so many bytes can hold them.
    ///
    /// # Errors
    /// When its values cannot be read back.
    pub fn repetition(&self, most: usize) -> Result<Repetition> {
        // Texts are told apart by digests, which take a tenth of their memory.
        let (digests, mut known, mut bytes) = (FixedState::default(), HashSet::new(), 0);
        let (mut last, mut as_above) = (String::new(), 0);
        self.each(|texts| {
            for text in texts.as_string::<i32>().iter().flatten() {
                if text == last {
                    as_above += 1;
                    continue;
                }
                text.clone_into(&mut last);
                if known.insert(digests.hash_one(text)) {
                    // The length stands before each.
                    bytes += text.len() + size_of::<u32>();
                }
            }
            Ok(bytes <= most)
        })?;
        Ok(match bytes <= most && known.len() * 2 <= self.of.rows {
            false => Repetition::Rare,
            true if as_above * 4 >= self.of.rows => Repetition::Above,
            true => Repetition::Anywhere,
        })
    }
}

/// How the texts of a column repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// Hardly, so that a dictionary would make the file larger.
    Rare,
    /// Often that of the row above, such as the dates of sorted rows. These compress so well that a dictionary may take
    /// more.
    Above,
    /// Anywhere, such as names of places.
    Anywhere,
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

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{DictionaryArray, Int32Array, ListArray, StringArray};
    use arrow::datatypes::Int32Type;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// Rows of every kind of column that is put aside in its own way, of which each text has so many bytes.
    fn batch(rows: usize, bytes: usize) -> RecordBatch {
        let numbers = || (0..rows as i32).map(|row| (row % 3 > 0).then_some(row));
        let text = |row: Option<i32>| row.map(|row| row.to_string() + &"x".repeat(bytes));
        let words = ["one", "two", "three"];
        let word = |row: Option<i32>| row.map(|row| words[(row as usize + rows) % words.len()]);
        let list = |row: Option<i32>| Some(vec![Some(1); row.unwrap_or_default() as usize % 4]);
        let columns: [ArrayRef; 4] = [
            Arc::new(Int32Array::from_iter(numbers())),
            Arc::new(numbers().map(text).collect::<StringArray>()),
            Arc::new(numbers().map(word).collect::<DictionaryArray<Int32Type>>()),
            Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(numbers().map(list))),
        ];
        let names = ["number", "text", "word", "list"];
        RecordBatch::try_from_iter_with_nullable(
            names.into_iter().zip(columns).map(|(name, column)| (name, column, true)),
        )
        .unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_column_is_read_back_in_the_batches_in_which_it_came(
            sizes in vec(prop_oneof![
                (1..9_usize, Just(5 << 20)),
                (1..300_usize, Just(9)),
                (900..1700_usize, Just(9)),
            ], 1..20),
        ) {
            let batches: Vec<_> = sizes.iter().map(|(rows, bytes)| batch(*rows, *bytes)).collect();
            let mut group = RowGroup::new(batches[0].schema());
            batches.iter().for_each(|batch| group.push(batch.clone()).unwrap());
            for at in 0..batches[0].num_columns() {
                let mut came = batches.iter().map(|batch| batch.column(at));
                let column = group.column(at);
                let same = |values: &ArrayRef| {
                    assert_eq!(Some(values), came.next());
                    Ok(true)
                };
                column.each(same).unwrap();
                prop_assert_eq!(came.next(), None, "{}", column.field().name());
            }
        }
    }
}
