//! Arrow columns back into cells.

use std::borrow::Cow;

use arrow::array::{
    Array, ArrowPrimitiveType, AsArray, BooleanArray, PrimitiveArray, RecordBatch, StringArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
};

use super::cell::Cell;

/// The columns of a batch of rows, for formats that are written row by row.
pub struct Cells<'b>(Vec<Values<'b>>);

/// The values of a column, each under the row in which it stands.
struct Values<'b> {
    missing: Option<&'b NullBuffer>,
    kind: Kind<'b>,
}

enum Kind<'b> {
    Text(&'b StringArray),
    /// Which text each row has.
    Category(&'b [i32], &'b StringArray),
    Int8(&'b [i8]),
    Int16(&'b [i16]),
    Int32(&'b [i32]),
    Int64(&'b [i64]),
    Number(&'b [f64]),
    Boolean(&'b BooleanArray),
    Day(&'b [i32]),
    /// Where the items of each list begin and end.
    List(&'b OffsetBuffer<i32>, Box<Values<'b>>),
}

impl<'b> Cells<'b> {
    /// The cells of a batch of a table.
    pub fn of(batch: &'b RecordBatch) -> Self {
        Self(batch.columns().iter().map(|column| Values::of(column)).collect())
    }

    /// The cells of a row, in the order of the columns.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Cell<'b>> {
        self.0.iter().map(move |values| values.cell(row))
    }
}

impl<'b> Values<'b> {
    fn of(array: &'b dyn Array) -> Self {
        let kind = match array.data_type() {
            DataType::Int8 => Kind::Int8(numbers::<Int8Type>(array)),
            DataType::Int16 => Kind::Int16(numbers::<Int16Type>(array)),
            DataType::Int32 => Kind::Int32(numbers::<Int32Type>(array)),
            DataType::Int64 => Kind::Int64(numbers::<Int64Type>(array)),
            DataType::Float64 => Kind::Number(numbers::<Float64Type>(array)),
            DataType::Date32 => Kind::Day(numbers::<Date32Type>(array)),
            DataType::Boolean => Kind::Boolean(array.as_boolean()),
            DataType::Dictionary(..) => {
                let dictionary = array.as_dictionary::<Int32Type>();
                Kind::Category(dictionary.keys().values(), dictionary.values().as_string())
            }
            DataType::List(_) => {
                let lists = array.as_list::<i32>();
                Kind::List(lists.offsets(), Box::new(Self::of(lists.values())))
            }
            // What else a table may hold; see `ColumnType::data_type`.
            _ => Kind::Text(array.as_string()),
        };
        Self { missing: array.nulls(), kind }
    }

    fn cell(&self, row: usize) -> Cell<'b> {
        if self.missing.is_some_and(|missing| missing.is_null(row)) {
            return Cell::Missing;
        }
        match &self.kind {
            Kind::Text(texts) => Cell::Text(Cow::Borrowed(texts.value(row))),
            Kind::Category(keys, texts) => {
                let key = usize::try_from(keys[row]).unwrap_or_default();
                Cell::Text(Cow::Borrowed(texts.value(key)))
            }
            Kind::Int8(numbers) => numbers[row].into(),
            Kind::Int16(numbers) => numbers[row].into(),
            Kind::Int32(numbers) => numbers[row].into(),
            Kind::Int64(numbers) => numbers[row].into(),
            Kind::Number(numbers) => numbers[row].into(),
            Kind::Boolean(flags) => flags.value(row).into(),
            Kind::Day(days) => Date32Type::to_naive_date_opt(days[row]).into(),
            Kind::List(offsets, items) => {
                let at = |row: usize| usize::try_from(offsets[row]).unwrap_or_default();
                Cell::List((at(row)..at(row + 1)).map(|item| items.cell(item)).collect())
            }
        }
    }
}

fn numbers<T: ArrowPrimitiveType>(array: &dyn Array) -> &[T::Native] {
    let array: &PrimitiveArray<T> = array.as_primitive();
    array.values()
}
