//! The columns of a codebook's extra fields.

use chrono::NaiveDate;

use super::cell::Cell;
use super::column::{Column, ColumnType};
use crate::dataset::BoundEvent;
use crate::record::Value;
use crate::schema::{CodeList, Codebook, Component, Field, FieldType};
use crate::value::{Range, is_in_tables};

/// The columns of the extra fields, in the codebook's order. A count becomes three columns. So does
/// a date: the text, and the first and last day that it allows. A date with a time has its day beside
/// it.
pub(super) fn field_columns<'p, R: 'p>(
    codebook: &'p Codebook,
    bound: impl Fn(&R) -> BoundEvent<'p> + Copy + Send + Sync + 'p,
) -> Vec<Column<'p, R>> {
    let mut columns = Vec::new();
    for (position, field) in codebook.fields.iter().enumerate() {
        let component = Component::Field(u16::try_from(position).unwrap_or(u16::MAX));
        if is_split(field) {
            columns.extend(range_columns(field, component, bound));
        } else {
            let column = Column::looked_up(
                field.name.clone(),
                column_type(field),
                doc(field),
                move |row: &R| cells(bound(row), component, field.list, cell),
            );
            let list = codebook.field_list(field).filter(|_| !field.list);
            columns.push(column.on_scale(list.map(CodeList::scale).unwrap_or_default()));
        }
        let days = days(field.field_type).iter();
        columns.extend(days.map(|day| day_column(field, *day, component, bound)));
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
        FieldType::Text
        | FieldType::Date
        | FieldType::DateTime
        | FieldType::Url
        | FieldType::Code
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

/// What an event is coded with in a field: its value, or a list of its values.
fn cells<'p>(
    bound: BoundEvent<'p>,
    component: Component,
    list: bool,
    cell: impl Fn(BoundEvent<'p>, Component, &'p Value) -> Cell<'p>,
) -> Cell<'p> {
    let coded = bound.filed.event.coded(component);
    let mut cells = coded.iter().map(|coded| cell(bound, component, &coded.value.value));
    if list { Cell::List(cells.collect()) } else { cells.next().unwrap_or(Cell::Missing) }
}

fn cell<'p>(bound: BoundEvent<'p>, component: Component, value: &'p Value) -> Cell<'p> {
    match value {
        Value::Integer(number) => (*number).into(),
        Value::Number(number) => (*number).into(),
        Value::Boolean(yes) => (*yes).into(),
        Value::Code(_)
        | Value::Actor(_)
        | Value::Location(_)
        | Value::Place(_)
        | Value::Source(_)
        | Value::Date(_)
        | Value::DateTime(_)
        | Value::Url(_)
        | Value::Time(_)
        | Value::Range(_)
        | Value::Text(_) => bound.binding.written(component, value).into(),
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
    component: Component,
    bound: impl Fn(&R) -> BoundEvent<'p> + Copy + Send + Sync + 'p,
) -> Column<'p, R> {
    let list = field.list;
    let kind = if list { ColumnType::List(&ColumnType::Day) } else { ColumnType::Day };
    let doc = format!("{} {which}", doc(field));
    Column::looked_up(name_with(field, suffix), kind, doc, move |row: &R| {
        cells(bound(row), component, list, |_, _, value| day(value).filter(is_in_tables).into())
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
    component: Component,
    bound: impl Fn(&R) -> BoundEvent<'p> + Copy + Send + Sync + 'p,
) -> [Column<'p, R>; 3] {
    FIGURES.map(|(suffix, which, figure)| {
        let name = name_with(field, suffix);
        Column::new(name, ColumnType::Int64, format!("{} {which}", doc(field)), move |row: &R| {
            match bound(row).filed.event.coded(component).first().map(|coded| &coded.value.value) {
                Some(Value::Range(range)) => figure(range).into(),
                _ => Cell::Missing,
            }
        })
    })
}
