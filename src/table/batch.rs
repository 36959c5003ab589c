//! Cells into Arrow record batches.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::{
    Array, ArrayBuilder, ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, ListArray,
    PrimitiveBuilder, RecordBatch, StringBuilder, StringDictionaryBuilder,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Field, FieldRef, Int8Type, Int16Type, Int32Type,
    Int64Type, Schema, SchemaRef,
};
use arrow::error::ArrowError;

use super::cell::Cell;
use super::column::ColumnType;
use super::description::{ColumnDescription, TableDescription};
use super::misfit::{Misfit, finite, readable_in_list, representable};

/// Key of a field's metadata under which the column's description stands.
pub const DESCRIPTION: &str = "description";

/// Key of a field's metadata from which polars takes the codes of a scale from the lowest, so that they
/// compare in its order. Each is written behind its length in bytes: `8;doubtful8;possible`.
pub const POLARS_ENUM: &str = "_PL_ENUM_VALUES2";

/// Gathers rows, cell by cell, into record batches.
pub struct BatchBuilder {
    schema: SchemaRef,
    columns: Vec<ColumnBuilder>,
    rows: usize,
    text_bytes: usize,
}

impl BatchBuilder {
    /// An empty batch of a table, of whose description `schema` was made.
    pub fn new(table: &TableDescription, schema: SchemaRef) -> Self {
        let columns = table.columns.iter().map(|column| ColumnBuilder::new(column.kind)).collect();
        Self { schema, columns, rows: 0, text_bytes: 0 }
    }

    /// Appends the next cell of the column at `position`.
    ///
    /// # Errors
    /// When the cell does not fit the column; see [`Misfit`].
    pub fn append(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), Misfit> {
        self.text_bytes += text_bytes(cell);
        self.columns[position].append(cell)
    }

    /// Ends a row. Every column must have received one cell.
    pub fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Rows gathered since the last batch.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of text gathered since the last batch.
    pub fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Returns the gathered rows as a batch and starts an empty one.
    ///
    /// # Errors
    /// When a column got fewer or more cells than there were rows.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        self.text_bytes = 0;
        let arrays: Result<_, _> = self.columns.iter_mut().map(ColumnBuilder::finish).collect();
        RecordBatch::try_new(Arc::clone(&self.schema), arrays?)
    }
}

fn text_bytes(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::List(items) => items.iter().map(text_bytes).sum(),
        _ => 0,
    }
}

impl TableDescription {
    /// The Arrow schema of the table, which carries `metadata`.
    pub fn schema(&self, metadata: BTreeMap<String, String>) -> SchemaRef {
        let fields: Vec<Field> = self.columns.iter().map(ColumnDescription::field).collect();
        Arc::new(Schema::new_with_metadata(fields, metadata.into_iter().collect()))
    }
}

impl ColumnDescription {
    /// The column as an Arrow field, its description in the metadata.
    pub fn field(&self) -> Field {
        let mut metadata = HashMap::from([(DESCRIPTION.to_owned(), self.doc.to_string())]);
        if self.kind == ColumnType::Category && !self.scale.is_empty() {
            let codes = self.scale.iter().map(|code| format!("{};{code}", code.len()));
            metadata.insert(POLARS_ENUM.to_owned(), codes.collect());
        }
        Field::new(self.name.as_ref(), self.kind.data_type(), true).with_metadata(metadata)
    }
}

impl ColumnType {
    /// The Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Text | Self::Code => DataType::Utf8,
            Self::Category => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            Self::Int8 => DataType::Int8,
            Self::Int16 => DataType::Int16,
            Self::Int32 => DataType::Int32,
            Self::Int64 => DataType::Int64,
            Self::Number => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Day => DataType::Date32,
            Self::List(item) => DataType::List(element(*item)),
        }
    }
}

/// The field inside a list, named as the Parquet format says (LogicalTypes, "Lists").
fn element(item: ColumnType) -> FieldRef {
    Arc::new(Field::new("element", item.data_type(), true))
}

/// The cells of one column. What it takes, every reader can hold, and CSV can be read back; everything
/// else is a [`Misfit`].
enum ColumnBuilder {
    Text(StringBuilder),
    Category(StringDictionaryBuilder<Int32Type>),
    Int8(PrimitiveBuilder<Int8Type>),
    Int16(PrimitiveBuilder<Int16Type>),
    Int32(PrimitiveBuilder<Int32Type>),
    Int64(PrimitiveBuilder<Int64Type>),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Day(Date32Builder),
    /// The items of all lists, and how many each list has.
    List {
        kind: ColumnType,
        item: ColumnType,
        items: Box<Self>,
        lengths: Vec<usize>,
    },
}

impl ColumnBuilder {
    fn new(kind: ColumnType) -> Self {
        match kind {
            ColumnType::Text | ColumnType::Code => Self::Text(StringBuilder::new()),
            ColumnType::Category => Self::Category(StringDictionaryBuilder::new()),
            ColumnType::Int8 => Self::Int8(PrimitiveBuilder::new()),
            ColumnType::Int16 => Self::Int16(PrimitiveBuilder::new()),
            ColumnType::Int32 => Self::Int32(PrimitiveBuilder::new()),
            ColumnType::Int64 => Self::Int64(PrimitiveBuilder::new()),
            ColumnType::Number => Self::Number(Float64Builder::new()),
            ColumnType::Boolean => Self::Boolean(BooleanBuilder::new()),
            ColumnType::Day => Self::Day(Date32Builder::new()),
            ColumnType::List(item) => Self::List {
                kind,
                item: *item,
                items: Box::new(Self::new(*item)),
                lengths: Vec::new(),
            },
        }
    }

    fn append(&mut self, cell: &Cell<'_>) -> Result<(), Misfit> {
        match (self, cell) {
            (Self::Int8(to), cell) => return append_integer(to, cell, ColumnType::Int8),
            (Self::Int16(to), cell) => return append_integer(to, cell, ColumnType::Int16),
            (Self::Int32(to), cell) => return append_integer(to, cell, ColumnType::Int32),
            (Self::Int64(to), cell) => return append_integer(to, cell, ColumnType::Int64),
            (Self::Text(to), Cell::Text(text)) => to.append_value(text),
            (Self::Text(to), Cell::Missing) => to.append_null(),
            (Self::Category(to), Cell::Text(text)) => to.append_value(text),
            (Self::Category(to), Cell::Missing) => to.append_null(),
            (Self::Number(to), Cell::Number(value)) => to.append_value(finite(*value)?),
            (Self::Number(to), Cell::Missing) => to.append_null(),
            (Self::Boolean(to), Cell::Boolean(value)) => to.append_value(*value),
            (Self::Boolean(to), Cell::Missing) => to.append_null(),
            (Self::Day(to), Cell::Day(day)) => {
                to.append_value(Date32Type::from_naive_date(representable(*day)?));
            }
            (Self::Day(to), Cell::Missing) => to.append_null(),
            (Self::List { items, lengths, .. }, Cell::List(cells)) => {
                for cell in cells {
                    readable_in_list(cell)?;
                    items.append(cell)?;
                }
                lengths.push(cells.len());
            }
            (Self::List { lengths, .. }, Cell::Missing) => lengths.push(0),
            (to, cell) => {
                return Err(Misfit::Kind { expected: to.kind(), found: cell.kind() });
            }
        }
        Ok(())
    }

    fn kind(&self) -> ColumnType {
        match self {
            Self::Text(_) => ColumnType::Text,
            Self::Category(_) => ColumnType::Category,
            Self::Int8(_) => ColumnType::Int8,
            Self::Int16(_) => ColumnType::Int16,
            Self::Int32(_) => ColumnType::Int32,
            Self::Int64(_) => ColumnType::Int64,
            Self::Number(_) => ColumnType::Number,
            Self::Boolean(_) => ColumnType::Boolean,
            Self::Day(_) => ColumnType::Day,
            Self::List { kind, .. } => *kind,
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let builder: &mut dyn ArrayBuilder = match self {
            Self::Text(builder) => builder,
            Self::Category(builder) => builder,
            Self::Int8(builder) => builder,
            Self::Int16(builder) => builder,
            Self::Int32(builder) => builder,
            Self::Int64(builder) => builder,
            Self::Number(builder) => builder,
            Self::Boolean(builder) => builder,
            Self::Day(builder) => builder,
            Self::List { item, items, lengths, .. } => {
                let offsets = OffsetBuffer::from_lengths(lengths.drain(..));
                let lists = ListArray::try_new(element(*item), offsets, items.finish()?, None)?;
                return Ok(Arc::new(lists));
            }
        };
        // Batches wait for their row group, and builders begin with more room than most fill.
        let mut array = builder.finish();
        array.shrink_to_fit();
        Ok(array)
    }
}

fn append_integer<T: ArrowPrimitiveType<Native: TryFrom<i64>>>(
    to: &mut PrimitiveBuilder<T>,
    cell: &Cell<'_>,
    expected: ColumnType,
) -> Result<(), Misfit> {
    match cell {
        Cell::Missing => to.append_null(),
        Cell::Integer(value) => match T::Native::try_from(*value) {
            Ok(narrow) => to.append_value(narrow),
            Err(_) => {
                return Err(Misfit::Range { expected, value: *value });
            }
        },
        other => {
            return Err(Misfit::Kind { expected, found: other.kind() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    /// What a column makes of a cell.
    fn admit(kind: ColumnType, cell: Cell<'_>) -> Result<ArrayRef, Misfit> {
        let mut column = ColumnBuilder::new(kind);
        column.append(&cell)?;
        Ok(column.finish().unwrap())
    }

    #[test]
    fn integers_are_held_to_the_width_of_their_column() {
        let bounds = [
            (ColumnType::Int8, i64::from(i8::MIN), i64::from(i8::MAX)),
            (ColumnType::Int16, i64::from(i16::MIN), i64::from(i16::MAX)),
            (ColumnType::Int32, i64::from(i32::MIN), i64::from(i32::MAX)),
        ];
        for (kind, low, high) in bounds {
            for value in [low, high] {
                assert!(admit(kind, value.into()).is_ok());
            }
            for value in [low - 1, high + 1] {
                let expected = Misfit::Range { expected: kind, value };
                assert_eq!(admit(kind, value.into()).unwrap_err(), expected);
            }
        }
        assert!(admit(ColumnType::Int64, i64::MIN.into()).is_ok());
    }

    #[test]
    fn what_some_reader_could_not_hold_is_refused() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for refused in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let result = admit(ColumnType::Number, refused.into());
            assert!(matches!(result, Err(Misfit::NotFinite(_))));
        }
        for (year, fits) in [(0, false), (1, true), (9999, true), (10000, false)] {
            assert_eq!(admit(ColumnType::Day, day(year).into()).is_ok(), fits, "{year}");
        }
        for refused in ["", "a|b"] {
            let result = admit(ColumnType::TEXTS, vec!["ok", refused].into());
            assert_eq!(result.unwrap_err(), Misfit::ListText(refused.to_owned()));
        }
    }

    #[test]
    fn a_column_holds_its_own_kind_and_missing_values_only() {
        use ColumnType::*;
        let days = List(&Day);
        let cells: [(Cell<'_>, &[ColumnType]); 7] = [
            ("x".into(), &[Text, Code, Category]),
            (1_i64.into(), &[Int8, Int16, Int32, Int64]),
            (1.0.into(), &[Number]),
            (true.into(), &[Boolean]),
            (NaiveDate::default().into(), &[Day]),
            (vec!["x"].into(), &[ColumnType::TEXTS, ColumnType::CODES]),
            (vec![Some(NaiveDate::default()), None].into(), &[days]),
        ];
        let lists = [ColumnType::TEXTS, ColumnType::CODES, days];
        let plain = [Text, Code, Category, Int8, Int16, Int32, Int64, Number, Boolean, Day];
        for kind in plain.into_iter().chain(lists) {
            for (cell, holders) in &cells {
                assert_eq!(admit(kind, cell.clone()).is_ok(), holders.contains(&kind));
            }
            let missing = admit(kind, Cell::Missing).unwrap();
            assert_eq!(missing.is_null(0), !kind.is_list(), "a missing list is an empty one");
        }
    }
}
