//! Arrow columns back into cells.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use arrow::array::{
    Array, ArrowPrimitiveType, AsArray, BooleanArray, PrimitiveArray, RecordBatch, StringArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
};
use chrono::{Datelike, NaiveDate};

use super::cell::Cell;
use crate::value::LIST_SEPARATOR;

/// The columns of a batch of rows, for formats that are written row by row.
pub struct Cells<'b>(Vec<Values<'b>>);

/// The values of a column, each under the row in which it stands.
pub struct Values<'b> {
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

    /// The columns, in their order.
    pub fn columns(&self) -> &[Values<'b>] {
        &self.0
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
        if self.is_missing(row) {
            return Cell::Missing;
        }
        match &self.kind {
            Kind::Text(texts) => Cell::Text(Cow::Borrowed(texts.value(row))),
            Kind::Category(keys, texts) => Cell::Text(Cow::Borrowed(texts.value(index(keys[row])))),
            Kind::Int8(numbers) => numbers[row].into(),
            Kind::Int16(numbers) => numbers[row].into(),
            Kind::Int32(numbers) => numbers[row].into(),
            Kind::Int64(numbers) => numbers[row].into(),
            Kind::Number(numbers) => numbers[row].into(),
            Kind::Boolean(flags) => flags.value(row).into(),
            Kind::Day(days) => Date32Type::to_naive_date_opt(days[row]).into(),
            Kind::List(offsets, items) => {
                Cell::List(range(offsets, row).map(|item| items.cell(item)).collect())
            }
        }
    }

    /// Whether it holds texts, or lists.
    pub const fn holds_texts(&self) -> bool {
        matches!(self.kind, Kind::Text(_) | Kind::Category(..) | Kind::List(..))
    }

    /// The text of a cell, as [`Cell`] displays it but without one. It may stand in `scratch`.
    pub fn text<'s>(&'s self, row: usize, scratch: &'s mut String) -> &'s str {
        match &self.kind {
            _ if self.is_missing(row) => "",
            Kind::Text(texts) => texts.value(row),
            Kind::Category(keys, texts) => texts.value(index(keys[row])),
            _ => {
                scratch.clear();
                self.write(row, scratch);
                scratch
            }
        }
    }

    /// Appends the text of a cell.
    fn write(&self, row: usize, out: &mut String) {
        match &self.kind {
            _ if self.is_missing(row) => {}
            Kind::Text(texts) => out.push_str(texts.value(row)),
            Kind::Category(keys, texts) => out.push_str(texts.value(index(keys[row]))),
            Kind::Int8(numbers) => push_integer(out, numbers[row].into()),
            Kind::Int16(numbers) => push_integer(out, numbers[row].into()),
            Kind::Int32(numbers) => push_integer(out, numbers[row].into()),
            Kind::Int64(numbers) => push_integer(out, numbers[row]),
            Kind::Number(numbers) => _ = write!(out, "{:?}", numbers[row]),
            Kind::Boolean(flags) => out.push_str(if flags.value(row) { "true" } else { "false" }),
            Kind::Day(days) => {
                Date32Type::to_naive_date_opt(days[row]).iter().for_each(|day| push_day(out, *day));
            }
            Kind::List(offsets, items) => {
                for (at, item) in range(offsets, row).enumerate() {
                    out.extend((at > 0).then_some(LIST_SEPARATOR));
                    items.write(item, out);
                }
            }
        }
    }

    fn is_missing(&self, row: usize) -> bool {
        self.missing.is_some_and(|missing| missing.is_null(row))
    }
}

/// A position that is never negative.
fn index(position: i32) -> usize {
    usize::try_from(position).unwrap_or_default()
}

/// Where the items of the list in a row stand.
fn range(offsets: &OffsetBuffer<i32>, row: usize) -> Range<usize> {
    index(offsets[row])..index(offsets[row + 1])
}

/// Appends a whole number. Most are counts of one digit.
fn push_integer(out: &mut String, value: i64) {
    match u32::try_from(value).ok().and_then(|value| char::from_digit(value, 10)) {
        Some(digit) => out.push(digit),
        None => _ = write!(out, "{value}"),
    }
}

/// Appends a day as ISO 8601 has it.
fn push_day(out: &mut String, day: NaiveDate) {
    match u32::try_from(day.year()) {
        Ok(year @ ..=9999) => {
            let digit = |value: u32| char::from_digit(value % 10, 10);
            let pair = |value: u32| [digit(value / 10), digit(value)];
            let [month, of_month] = [day.month(), day.day()].map(pair);
            let dash = [Some('-')];
            let parts = [&pair(year / 100), &pair(year), &dash[..], &month, &dash, &of_month];
            out.extend(parts.into_iter().flatten().flatten());
        }
        _ => _ = write!(out, "{day}"),
    }
}

fn numbers<T: ArrowPrimitiveType>(array: &dyn Array) -> &[T::Native] {
    let array: &PrimitiveArray<T> = array.as_primitive();
    array.values()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::batch::BatchBuilder;
    use crate::table::column::{Column, ColumnType, Table};
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    type Toy =
        (Option<String>, Option<i64>, Option<f64>, Option<bool>, Option<NaiveDate>, Vec<i32>);

    fn columns() -> Vec<Column<'static, Toy>> {
        use ColumnType::*;
        let column = |name: &'static str, kind, cell: fn(&Toy) -> Cell<'_>| {
            Column::new(name, kind, "A value.", cell)
        };
        let day = |number: &i32| NaiveDate::from_epoch_days(*number).filter(|_| *number > 0);
        vec![
            column("text", Text, |row| row.0.as_deref().into()),
            column("category", Category, |row| row.0.as_deref().into()),
            column("int_8", Int8, |row| row.1.map(|number| number as i8).into()),
            column("int_16", Int16, |row| row.1.map(|number| number as i16).into()),
            column("int_32", Int32, |row| row.1.map(|number| number as i32).into()),
            column("int_64", Int64, |row| row.1.into()),
            column("number", Number, |row| row.2.into()),
            column("flag", Boolean, |row| row.3.into()),
            column("day", Day, |row| row.4.into()),
            column("counts", List(&Int64), |row| row.5.clone().into()),
            Column::new("days", List(&Day), "Days.", move |row: &Toy| {
                row.5.iter().map(day).collect::<Vec<_>>().into()
            }),
        ]
    }

    proptest! {
        #[test]
        fn a_text_is_what_the_cell_displays(rows in vec(
            (
                option::of(".{0,4}"),
                option::of(prop_oneof![-12..12_i64, any::<i64>()]),
                option::of(-1e9..1e9),
                option::of(any::<bool>()),
                option::of((-719_162..2_932_896).prop_map(|day| NaiveDate::from_epoch_days(day).unwrap())),
                vec(-2..30_000, 0..4),
            ),
            1..8,
        )) {
            let table: Table<'_, Toy> = Table::new("t", "Rows.", &["text"], columns());
            let described = table.describe();
            let mut builder = BatchBuilder::new(&described, described.schema([].into()));
            for row in &rows {
                for (at, column) in table.columns.iter().enumerate() {
                    builder.append(at, &column.cell(row)).unwrap();
                }
                builder.end_row();
            }
            let batch = builder.finish().unwrap();
            let (cells, mut scratch) = (Cells::of(&batch), String::new());
            for row in 0..rows.len() {
                for (column, cell) in cells.columns().iter().zip(cells.row(row)) {
                    prop_assert_eq!(column.text(row, &mut scratch), cell.to_string());
                }
            }
        }
    }
}
