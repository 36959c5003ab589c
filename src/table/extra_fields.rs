//! The columns of a codebook's extra fields.

use std::borrow::Cow;

use super::cell::Cell;
use super::column::{Column, ColumnType};
use crate::dataset::BoundEvent;
use crate::record::{Coded, Value};
use crate::schema::{Codebook, Component, Field, FieldType};
use crate::value::Range;

/// The columns of the extra fields, in the codebook's order. A count becomes three columns.
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
            let kind = column_type(field);
            columns.push(Column::looked_up(
                field.name.clone(),
                kind,
                doc(field),
                move |row: &R| cell(bound(row), component, kind),
            ));
        }
    }
    columns
}

/// The names of the columns of an extra field.
pub(super) fn column_names(field: &Field) -> Vec<String> {
    if is_split(field) {
        FIGURES.map(|(suffix, ..)| figure_name(field, suffix)).into()
    } else {
        vec![field.name.clone()]
    }
}

/// Whether a field has a column for each figure.
fn is_split(field: &Field) -> bool {
    field.field_type == FieldType::Range && !field.list
}

fn figure_name(field: &Field, suffix: &str) -> String {
    format!("{}_{suffix}", field.name)
}

fn column_type(field: &Field) -> ColumnType {
    match field.field_type {
        _ if field.list => ColumnType::TextList,
        FieldType::Integer => ColumnType::Int64,
        FieldType::Number => ColumnType::Number,
        FieldType::Boolean => ColumnType::Boolean,
        FieldType::Code => ColumnType::Category,
        _ => ColumnType::Text,
    }
}

fn doc(field: &Field) -> String {
    let unit = field.unit.as_ref().map(|unit| format!(" Unit: {unit}."));
    format!("{}{}", field.doc, unit.unwrap_or_default())
}

fn cell(bound: BoundEvent<'_>, component: Component, kind: ColumnType) -> Cell<'_> {
    let coded = bound.filed.event.coded(component);
    let text = |coded: &'_ Coded| bound.binding.written(component, &coded.value.value).into_owned();
    if kind == ColumnType::TextList {
        return coded.iter().map(text).map(Cow::<str>::Owned).collect::<Vec<_>>().into();
    }
    match coded.first().map(|coded| &coded.value.value) {
        None => Cell::Missing,
        Some(Value::Integer(number)) => (*number).into(),
        Some(Value::Number(number)) => (*number).into(),
        Some(Value::Boolean(yes)) => (*yes).into(),
        Some(value) => bound.binding.written(component, value).into(),
    }
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
        let name = figure_name(field, suffix);
        Column::new(name, ColumnType::Int32, format!("{} {which}", doc(field)), move |row: &R| {
            match bound(row).filed.event.coded(component).first().map(|coded| &coded.value.value) {
                Some(Value::Range(range)) => figure(range).into(),
                _ => Cell::Missing,
            }
        })
    })
}
