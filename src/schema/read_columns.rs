//! Reading the columns that a code list adds to its codes.

use super::code_list::{CodeList, ColumnValue, ListColumn, RANK};
use super::defect::{CodebookFault, SchemaDefect};
use super::field::FieldType;
use super::read_list::is_key_of_code;
use crate::form::shape::{
    Boolean, Choice, Integer, List, ListText, Number, Shape as _, Text, Word,
};
use crate::form::{Described, Form, FormDefect, InvalidValue, Key, Kind, Limit, Reader, Written};
use crate::source::{Location, Spanned};
use crate::syntax::{Content, Node};

/// A column of a code list, in its long form.
static COLUMN: Form = Form {
    name: "column of a code list",
    keys: &[COLUMN_TYPE.info(), COLUMN_LIST.info(), COLUMN_UNIT.info(), COLUMN_DOC.info()],
};

const COLUMN_TYPE: Key<Word<ColumnType>> = Key::required("type", "The type of the values.");
const COLUMN_LIST: Key<Boolean> = Key::optional("list", "Whether a code may have several texts.");
const COLUMN_UNIT: Key<Text> = Key::optional("unit", "What is counted or measured.");
const COLUMN_DOC: Key<Text> = Key::optional("doc", "What the column means.");

/// The types that a column of a code list may have.
#[derive(Clone, Copy, Debug)]
struct ColumnType(FieldType);

impl Choice for ColumnType {
    const WORDS: &'static [&'static str] = &["text", "integer", "number", "boolean"];
    const MEANINGS: &'static [Self] = &[
        Self(FieldType::Text),
        Self(FieldType::Integer),
        Self(FieldType::Number),
        Self(FieldType::Boolean),
    ];
}

/// The `columns` of a list.
#[derive(Debug)]
pub(super) struct Columns;

impl Described for Columns {
    fn kind() -> Kind {
        let column = Kind::AnyOf(vec![Word::<ColumnType>::kind(), Kind::Form(&COLUMN)]);
        Kind::MapOf(Box::new(Kind::Text), Box::new(column))
    }
}

/// Adds the columns that a list declares. Returns the names of those that cannot be read, so that
/// what codes give for them is passed over.
pub(super) fn read_columns(
    node: Node<'_>,
    list: &mut CodeList,
    reader: &mut Reader<'_, ()>,
) -> Vec<String> {
    let mut unreadable = Vec::new();
    for (name, value) in reader.entries(node, Columns::kind()) {
        if list.columns.len() + unreadable.len() >= Limit::Columns.most() {
            reader.report(name.span, Limit::Columns);
            list.damaged = true;
            break;
        }
        report_long(name, reader);
        let column = read_column(name, value, list, reader);
        if let Some(defect) = defect_of_name(name.value, list) {
            reader.report(name.span, defect);
            unreadable.push(name.value.to_owned());
        } else if let Some(column) = column {
            list.columns.push(column.into());
        } else {
            unreadable.push(name.value.to_owned());
        }
    }
    unreadable
}

fn defect_of_name(name: &str, list: &CodeList) -> Option<SchemaDefect> {
    if !is_column_name(name) {
        return Some(SchemaDefect::Fault(CodebookFault::ColumnName));
    }
    if is_key_of_code(name) {
        return Some(SchemaDefect::Fault(CodebookFault::TakenName));
    }
    let inherited = list.columns.iter().find(|column| column.name == name)?;
    let (id, first) = (name.to_owned(), inherited.location);
    Some(SchemaDefect::Fault(CodebookFault::Duplicate { what: "column", id, first }))
}

fn read_column(
    name: Spanned<&str>,
    node: Node<'_>,
    list: &CodeList,
    reader: &mut Reader<'_, ()>,
) -> Option<ListColumn> {
    let column = |field_type: Written<ColumnType>, several, doc| {
        Some(ListColumn {
            name: name.value.to_owned(),
            field_type: field_type.into_value()?.0,
            list: several,
            doc,
            location: Location::new(list.file, name.span),
        })
    };
    if matches!(node.content(), Content::Scalar(_)) {
        return column(Word::<ColumnType>::read(node, reader), false, String::new());
    }
    let opened = reader.open(node, &COLUMN, &[])?;
    let doc = opened.get(&COLUMN_DOC, reader).into_value().map(String::from);
    let unit = opened.get(&COLUMN_UNIT, reader).into_value().map(|unit| format!("Unit: {unit}."));
    let doc: Vec<_> = doc.into_iter().chain(unit).collect();
    let several = opened.get(&COLUMN_LIST, reader).into_value().unwrap_or(false);
    let column = column(opened.get(&COLUMN_TYPE, reader), several, doc.join(" "))?;
    if let (true, Some(key)) = (several, opened.key_span(&COLUMN_LIST))
        && column.field_type != FieldType::Text
    {
        let (key_name, field_type) = (COLUMN_LIST.name, column.field_type.name());
        let fault = CodebookFault::NotForType { key: key_name, field_type };
        reader.report(key, SchemaDefect::Fault(fault));
        return None;
    }
    Some(column)
}

/// Reads what a code has in a column.
pub(super) fn read_value(
    column: &ListColumn,
    node: Node<'_>,
    reader: &mut Reader<'_, ()>,
) -> Option<ColumnValue> {
    if column.list {
        let texts = List::<ListText>::read(node, reader).into_value()?;
        return Some(ColumnValue::TextList(texts.into_iter().map(|text| text.value).collect()));
    }
    match column.field_type {
        FieldType::Integer => read_integer(column, node, reader).map(ColumnValue::Integer),
        FieldType::Number => Number::read(node, reader).into_value().map(ColumnValue::Number),
        FieldType::Boolean => Boolean::read(node, reader).into_value().map(ColumnValue::Boolean),
        _ => Text::read(node, reader).into_value().map(ColumnValue::Text),
    }
}

/// Reads a whole number that the tables can hold: 32 bits with sign, of a rank 8.
fn read_integer(column: &ListColumn, node: Node<'_>, reader: &mut Reader<'_, ()>) -> Option<i64> {
    let number = Integer::read(node, reader).into_value()?;
    let (min, max): (i64, i64) = match &*column.name {
        RANK => (i8::MIN.into(), i8::MAX.into()),
        _ => (i32::MIN.into(), i32::MAX.into()),
    };
    if (min..=max).contains(&number) {
        return Some(number);
    }
    let bounds = InvalidValue::Bounds { min: Some(min as f64), max: Some(max as f64) };
    reader.report(node.span(), FormDefect::InvalidValue(bounds));
    None
}

/// Records that a name is longer than names may be, if it is.
pub(super) fn report_long(name: Spanned<&str>, reader: &mut Reader<'_, ()>) {
    if name.value.len() > Limit::Name.most() {
        reader.report(name.span, Limit::Name);
    }
}

/// Whether a name can be a column of a table: it needs no quoting in SQL.
pub(super) fn is_column_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
