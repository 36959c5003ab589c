//! The columns of a codebook's extra fields.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::cell::Cell;
use super::column::{Column, ColumnType};
use crate::record::Value;
use crate::schema::{CodeList, Codebook, Field, FieldOn, FieldType};
use crate::value::{Range, is_in_tables};

/// The columns of the extra fields that something has, in the codebook's order. A count becomes three
/// columns. So does a date: the text, and the first and last day that it allows. A date with a time has
/// its day beside it. `values` are those of a row in the field at a position.
pub(super) fn field_columns<'p, R: 'p>(
    codebook: &'p Codebook,
    on: FieldOn,
    values: impl for<'r> Fn(&'r R, usize) -> Vec<&'r Value> + Copy + Send + Sync + 'p,
) -> Vec<Column<'p, R>> {
    let mut columns = Vec::new();
    for (position, field) in codebook.fields(on).iter().enumerate() {
        let list = codebook.field_list(field);
        if is_split(field) {
            columns.extend(range_columns(field, position, values));
        } else {
            let (name, doc, several) = (field.name.clone(), doc(field), field.list);
            let column = Column::new(name, column_type(field), doc, move |row: &R| {
                cells(values(row, position), several, |value| cell(value, list))
            });
            columns.push(match list.filter(|_| !field.list) {
                Some(list) => column.of_list(list),
                None => column,
            });
        }
        let days = days(field.field_type).iter();
        columns.extend(days.map(|day| day_column(field, *day, position, values)));
    }
    columns
}

/// The names of the columns of an extra field.
pub(super) fn column_names(field: &Field) -> Vec<String> {
    let with_suffix = |suffix| name_with(field, suffix);
    if is_split(field) {
        return FIGURES.map(|(suffix, ..)| with_suffix(suffix)).into();
    }
    let days = days(field.field_type).iter();
    [field.name.clone()].into_iter().chain(days.map(|(suffix, ..)| with_suffix(suffix))).collect()
}

/// Whether a field has a column for each figure.
fn is_split(field: &Field) -> bool {
    field.field_type == FieldType::Range && !field.list
}

fn name_with(field: &Field, suffix: &str) -> String {
    format!("{}_{suffix}", field.name)
}

fn column_type(field: &Field) -> ColumnType {
    let kind: &'static ColumnType = match field.field_type {
        FieldType::Integer => &ColumnType::Int64,
        FieldType::Number => &ColumnType::Number,
        FieldType::Boolean => &ColumnType::Boolean,
        FieldType::Code if !field.list => &ColumnType::Category,
        FieldType::Code => &ColumnType::Code,
        FieldType::Text
        | FieldType::Date
        | FieldType::DateTime
        | FieldType::Url
        | FieldType::Actor
        | FieldType::Place
        | FieldType::Source
        | FieldType::Range => &ColumnType::Text,
    };
    if field.list { ColumnType::List(kind) } else { *kind }
}

fn doc(field: &Field) -> String {
    let unit = field.unit.as_ref().map(|unit| format!(" Unit: {unit}."));
    format!("{}{}", field.doc, unit.unwrap_or_default())
}

/// The value of a field, or a list of its values.
fn cells<'r>(
    values: Vec<&'r Value>,
    several: bool,
    cell: impl Fn(&'r Value) -> Cell<'r>,
) -> Cell<'r> {
    let mut cells = values.into_iter().map(cell);
    if several { Cell::List(cells.collect()) } else { cells.next().unwrap_or(Cell::Missing) }
}

/// A value; a code is one of a list.
fn cell<'r>(value: &'r Value, list: Option<&CodeList>) -> Cell<'r> {
    match value {
        Value::Integer(number) => (*number).into(),
        Value::Number(number) => (*number).into(),
        Value::Boolean(yes) => (*yes).into(),
        Value::Code(code) => {
            let text = list.map(|list| list.entry(*code).code.to_string());
            Cell::Text(Cow::Owned(text.unwrap_or_default()))
        }
        Value::Actor(_)
        | Value::Location(_)
        | Value::Place(_)
        | Value::Source(_)
        | Value::Date(_)
        | Value::DateTime(_)
        | Value::Url(_)
        | Value::Time(_)
        | Value::Range(_)
        | Value::Text(_) => value.text().into(),
    }
}

/// A day of a value: its suffix, what it is, and the day.
type Day = (&'static str, &'static str, fn(&Value) -> Option<NaiveDate>);

/// The columns of days beside a text that names some.
const fn days(field_type: FieldType) -> &'static [Day] {
    match field_type {
        FieldType::Date => &[
            ("start", "Earliest day that the date allows, in the years 1 to 9999.", earliest),
            ("end", "Latest day that the date allows, in the years 1 to 9999.", latest),
        ],
        FieldType::DateTime => &[("date", "The day alone, as the text has it.", day_of)],
        _ => &[],
    }
}

fn earliest(value: &Value) -> Option<NaiveDate> {
    if let Value::Date(date) = value { date.earliest() } else { None }
}

fn latest(value: &Value) -> Option<NaiveDate> {
    if let Value::Date(date) = value { date.latest() } else { None }
}

fn day_of(value: &Value) -> Option<NaiveDate> {
    if let Value::DateTime(moment) = value { Some(moment.day()) } else { None }
}

fn day_column<'p, R: 'p>(
    field: &Field,
    (suffix, which, day): Day,
    position: usize,
    values: impl for<'r> Fn(&'r R, usize) -> Vec<&'r Value> + Copy + Send + Sync + 'p,
) -> Column<'p, R> {
    let several = field.list;
    let kind = if several { ColumnType::List(&ColumnType::Day) } else { ColumnType::Day };
    let doc = format!("{} {which}", doc(field));
    Column::new(name_with(field, suffix), kind, doc, move |row: &R| {
        cells(values(row, position), several, |value| day(value).filter(is_in_tables).into())
    })
}

/// A column of a count: its suffix, what it holds, and its figure.
type Figure = (&'static str, &'static str, fn(&Range) -> Option<i64>);

/// The three columns of a count.
const FIGURES: [Figure; 3] = [
    ("low", "Lowest figure.", Range::low),
    ("best", "Best estimate.", Range::best),
    ("high", "Highest figure.", Range::high),
];

fn range_columns<'p, R: 'p>(
    field: &Field,
    position: usize,
    values: impl for<'r> Fn(&'r R, usize) -> Vec<&'r Value> + Copy + Send + Sync + 'p,
) -> [Column<'p, R>; 3] {
    FIGURES.map(|(suffix, which, figure)| {
        let name = name_with(field, suffix);
        Column::new(name, ColumnType::Int64, format!("{} {which}", doc(field)), move |row: &R| {
            match values(row, position).first() {
                Some(Value::Range(range)) => figure(range).into(),
                _ => Cell::Missing,
            }
        })
    })
}
