//! The rows of a Parquet file, each value as CSV has it.

use std::cell::Cell as Flag;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use chrono::NaiveDate;
use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::{ColumnDescriptor, Type};

use super::footer;
use super::pages::{BoundedPages, Held, MAX_VALUES};
use super::rows::{Cell, MAX_ROW, Row, Rows};
use crate::emit::metadata::EVENTC;
use crate::source::OpenFile;
use crate::table::cell::Cell as Written;
use crate::value::LIST_SEPARATOR;

/// Rows that are decoded at a time.
const BATCH: usize = 1024;

thread_local! {
    static READING: Flag<bool> = const { Flag::new(false) };
}

/// Whether this thread reads a Parquet file. A panic then comes from its reader, and is a finding about the
/// file, which nobody else need tell of.
pub fn is_reading() -> bool {
    READING.get()
}

/// Runs the reader of the format. What it throws is about the file.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    READING.set(false);
    read.unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

/// The rows of a Parquet file, in order.
pub(super) struct ParquetRows {
    file: Arc<OpenFile>,
    reader: SerializedFileReader<OpenFile>,
    names: Vec<String>,
    types: Vec<ColumnType>,
    columns: Vec<Column>,
    next_group: usize,
    /// Rows of the open row group that are not decoded yet.
    left: usize,
    /// Rows that are decoded and not given yet.
    decoded: usize,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ColumnType {
    /// Its type, or that of its items, as a data package names it.
    pub(super) name: &'static str,
    /// Whether it holds lists.
    pub(super) is_list: bool,
}

/// A column of a row group.
struct Column {
    of: ColumnType,
    reader: ColumnReader,
    most: i16,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Values,
    /// The next level, and the next value.
    at: (usize, usize),
}

/// The values of a batch.
enum Values {
    Texts(Vec<ByteArray>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
}

impl ParquetRows {
    /// Opens a file.
    pub(super) fn open(mut file: OpenFile) -> Result<Self, String> {
        footer::check(&mut file)?;
        guarded(|| {
            let copy = file.try_clone().map_err(|error| error.to_string())?;
            let reader = SerializedFileReader::new(copy).map_err(words)?;
            let schema = reader.metadata().file_metadata().schema_descr_ptr();
            let roots = schema.root_schema().get_fields();
            let names = roots.iter().map(|field| field.name().to_owned()).collect();
            let types = schema.columns().iter().map(|column| column_type(column));
            let types: Option<Vec<_>> = types.collect();
            let types = types.filter(|_| roots.iter().all(|root| is_column(root)));
            let types = types.filter(|types| types.len() == roots.len());
            let types = types.ok_or("it has a column of a type that eventc never writes")?;
            let (file, columns) = (Arc::new(file), Vec::new());
            Ok(Self { file, reader, names, types, columns, next_group: 0, left: 0, decoded: 0 })
        })
    }

    /// What the file says names its build.
    pub(super) fn build_id(&self) -> Option<String> {
        let pairs = self.reader.metadata().file_metadata().key_value_metadata()?;
        let eventc = pairs.iter().find(|pair| pair.key == EVENTC)?.value.as_ref()?;
        let json: serde_json::Value = serde_json::from_str(eventc).ok()?;
        json["build_id"].as_str().map(str::to_owned)
    }

    /// What each column holds.
    pub(super) fn types(&self) -> &[ColumnType] {
        &self.types
    }

    /// Decodes the next rows. False where there are none.
    fn decode(&mut self) -> Result<bool, String> {
        let metadata = self.reader.metadata();
        while self.left == 0 {
            if self.next_group == metadata.num_row_groups() {
                return Ok(false);
            }
            let group = metadata.row_group(self.next_group);
            self.next_group += 1;
            self.left = usize::try_from(group.num_rows()).map_err(|_| "it has no rows")?;
            let held = Held::default();
            let columns = group.columns().iter().zip(&self.types).map(|(chunk, of)| {
                let pages = BoundedPages::new(&self.file, chunk, self.left, Arc::clone(&held))?;
                let descriptor = chunk.column_descr_ptr();
                let (most, values) =
                    (descriptor.max_def_level(), Values::of(descriptor.physical_type())?);
                let reader = get_column_reader(descriptor, Box::new(pages));
                let (definitions, repetitions) = (Vec::new(), Vec::new());
                let (of, at) = (*of, (0, 0));
                Ok(Column { of, reader, most, definitions, repetitions, values, at })
            });
            self.columns = columns.collect::<Result<_, _>>().map_err(words)?;
        }
        let wanted = self.left.min(BATCH);
        let mut values = 0;
        for column in &mut self.columns {
            if column.decode(wanted).map_err(words)? != wanted {
                return Err("a column ends before the others".to_owned());
            }
            values += column.definitions.len() as u64;
            if values > MAX_VALUES {
                return Err(format!("{BATCH} rows have more than {MAX_VALUES} values"));
            }
        }
        self.left -= wanted;
        self.decoded = wanted;
        Ok(true)
    }
}

impl Rows for ParquetRows {
    fn columns(&self) -> &[String] {
        &self.names
    }

    fn next(&mut self, row: &mut Row) -> Result<bool, String> {
        if self.decoded == 0 && !guarded(|| self.decode())? {
            return Ok(false);
        }
        self.decoded -= 1;
        row.resize_with(self.columns.len(), Default::default);
        let mut length = 0;
        for (column, cell) in self.columns.iter_mut().zip(row) {
            column.write(cell).ok_or("a column has fewer values than it says, or no text")?;
            length += cell.text.len() as u64;
            if length > MAX_ROW {
                return Err("a row is longer than 64 MiB".to_owned());
            }
        }
        Ok(true)
    }
}

fn words(error: ParquetError) -> String {
    match error {
        ParquetError::General(words) | ParquetError::EOF(words) => words,
        other => other.to_string(),
    }
}

/// Whether something at the top of a schema is a column, and no structure of one that would pass for it.
fn is_column(root: &Type) -> bool {
    root.is_primitive() || root.get_basic_info().converted_type() == ConvertedType::LIST
}

/// What a column holds, if a build writes such columns.
fn column_type(column: &ColumnDescriptor) -> Option<ColumnType> {
    let is_list = match column.max_rep_level() {
        0 => false,
        1 => true,
        _ => return None,
    };
    let is_text = matches!(column.logical_type_ref(), Some(LogicalType::String))
        || column.converted_type() == ConvertedType::UTF8;
    let is_day = matches!(column.logical_type_ref(), Some(LogicalType::Date))
        || column.converted_type() == ConvertedType::DATE;
    let name = match column.physical_type() {
        Physical::BYTE_ARRAY if is_text => "string",
        Physical::INT32 if is_day => "date",
        Physical::INT32 | Physical::INT64 => "integer",
        Physical::DOUBLE => "number",
        Physical::BOOLEAN => "boolean",
        _ => return None,
    };
    Some(ColumnType { name, is_list })
}

impl Values {
    fn of(physical: Physical) -> Result<Self, ParquetError> {
        Ok(match physical {
            Physical::BYTE_ARRAY => Self::Texts(Vec::new()),
            Physical::INT32 => Self::Int32(Vec::new()),
            Physical::INT64 => Self::Int64(Vec::new()),
            Physical::DOUBLE => Self::Numbers(Vec::new()),
            Physical::BOOLEAN => Self::Flags(Vec::new()),
            other => return Err(ParquetError::General(format!("{other} is in no table"))),
        })
    }
}

impl Column {
    /// Decodes the next `rows` rows. Returns how many there were.
    fn decode(&mut self, rows: usize) -> Result<usize, ParquetError> {
        let Self { definitions, repetitions, .. } = self;
        // Not cleared: each column would keep as much as its longest rows took.
        (*definitions, *repetitions) = (Vec::new(), Vec::new());
        self.at = (0, 0);
        let levels = (definitions, repetitions);
        match (&mut self.reader, &mut self.values) {
            (ColumnReader::ByteArrayColumnReader(reader), Values::Texts(values)) => {
                decode(reader, rows, levels, values)
            }
            (ColumnReader::Int32ColumnReader(reader), Values::Int32(values)) => {
                decode(reader, rows, levels, values)
            }
            (ColumnReader::Int64ColumnReader(reader), Values::Int64(values)) => {
                decode(reader, rows, levels, values)
            }
            (ColumnReader::DoubleColumnReader(reader), Values::Numbers(values)) => {
                decode(reader, rows, levels, values)
            }
            (ColumnReader::BoolColumnReader(reader), Values::Flags(values)) => {
                decode(reader, rows, levels, values)
            }
            _ => Err(ParquetError::General("a column is of two types".to_owned())),
        }
    }

    /// Writes the next cell. `None` where the column does not hold what its levels say.
    fn write(&mut self, cell: &mut Cell) -> Option<()> {
        cell.clear();
        if self.most == 0 {
            return self.write_value(cell);
        }
        let first = *self.definitions.get(self.at.0)?;
        self.at.0 += 1;
        if !self.of.is_list {
            if first == self.most {
                self.write_value(cell)?;
                cell.is_odd |= cell.text.is_empty();
            }
            return Some(());
        }
        let mut item = first;
        // One level less is a missing item, and less is a list without any.
        // Items of one long text take no room in the file. The caller refuses what is longer than a row.
        while item >= self.most - 1 && cell.text.len() as u64 <= MAX_ROW {
            let before = cell.text.len();
            if item == self.most {
                self.write_value(cell)?;
            }
            let written = &cell.text[before..];
            cell.is_odd |= written.is_empty() || written.contains(LIST_SEPARATOR);
            if self.repetitions.get(self.at.0).is_none_or(|level| *level == 0) {
                break;
            }
            cell.text.push(LIST_SEPARATOR);
            item = *self.definitions.get(self.at.0)?;
            self.at.0 += 1;
        }
        Some(())
    }

    fn write_value(&mut self, cell: &mut Cell) -> Option<()> {
        use std::fmt::Write as _;
        let at = self.at.1;
        self.at.1 += 1;
        let value = match &self.values {
            Values::Texts(values) => {
                cell.text.push_str(std::str::from_utf8(values.get(at)?.data()).ok()?);
                return Some(());
            }
            Values::Int32(values) if self.of.name == "date" => Written::Day(day(*values.get(at)?)?),
            Values::Int32(values) => Written::Integer((*values.get(at)?).into()),
            Values::Int64(values) => Written::Integer(*values.get(at)?),
            Values::Numbers(values) => Written::Number(*values.get(at)?),
            Values::Flags(values) => Written::Boolean(*values.get(at)?),
        };
        write!(cell.text, "{value}").ok()
    }
}

fn decode<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    (definitions, repetitions): (&mut Vec<i16>, &mut Vec<i16>),
    values: &mut Vec<T::T>,
) -> Result<usize, ParquetError> {
    *values = Vec::new();
    let read = reader.read_records(rows, Some(definitions), Some(repetitions), values)?;
    Ok(read.0)
}

/// A day by its number from 1 January 1970.
fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number.into())?)
}
