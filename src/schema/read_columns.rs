//! Reading the columns that a code list adds to its codes.

use super::Reader;
use super::code::{CodeEntry, ColumnValue, ListColumn, ListColumnType};
use super::code_list::{CodeList, RANK};
use super::defect::{CodebookFault, SchemaDefect};
use crate::form::{InvalidValue, Kind, Limit, List, ListText, Shape, Text};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::{Content, Node};

/// What the `columns` of a list must be: name to type, or to a mapping.
pub(super) fn columns_kind() -> Kind {
    let column = <ListColumnType as Shape<()>>::kind().or(Kind::Form(ListColumn::FORM));
    Kind::MapOf(Box::new(Kind::Text), Box::new(column))
}

/// Adds the columns that a list declares. Returns the names of those that cannot be read, so that
/// what codes give for them is passed over.
pub(super) fn read_columns(
    node: Node<'_>,
    list: &mut CodeList,
    reader: &mut Reader<'_>,
) -> Vec<String> {
    let mut unreadable = Vec::new();
    for (name, value) in reader.entries(node, columns_kind()) {
        if list.columns.len() + unreadable.len() >= Limit::Columns.most() {
            reader.report(name.span, Limit::Columns);
            list.damaged = true;
            break;
        }
        report_long(name, reader);
        let column = read_column(name, value, list.file, reader);
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
    if CodeEntry::FORM.position(name).is_some() {
        return Some(SchemaDefect::Fault(CodebookFault::TakenName));
    }
    let inherited = list.columns.iter().find(|column| column.name == name)?;
    let (id, first) = (name.to_owned(), inherited.location);
    Some(SchemaDefect::Fault(CodebookFault::Duplicate { what: "column", id, first }))
}

fn read_column(
    name: Spanned<&str>,
    node: Node<'_>,
    file: FileId,
    reader: &mut Reader<'_>,
) -> Option<ListColumn> {
    if matches!(node.content(), Content::Scalar(_)) {
        let column_type = ListColumnType::read(node, reader).into_value()?;
        let (name, location) = (name.value.to_owned(), Location::new(file, name.span));
        return Some(ListColumn { name, column_type, list: false, doc: String::new(), location });
    }
    let opened = reader.open(node, ListColumn::FORM, &[])?;
    let column = ListColumn::of(&opened, reader, name, file)?;
    if let (true, Some(place)) = (column.list, opened.key_span("list"))
        && column.column_type != ListColumnType::Text
    {
        let field_type = column.column_type.as_str();
        let fault = CodebookFault::NotForType { key: "list", field_type };
        reader.report(place, fault);
        return None;
    }
    Some(column)
}

/// Reads what a code has in a column.
pub(super) fn read_value(
    column: &ListColumn,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Option<ColumnValue> {
    if column.list {
        let texts = List::<ListText>::read(node, reader).into_value()?;
        return Some(ColumnValue::TextList(texts.into_iter().map(|text| text.value).collect()));
    }
    match column.column_type {
        ListColumnType::Text => Text::read(node, reader).into_value().map(ColumnValue::Text),
        ListColumnType::Integer => read_integer(column, node, reader).map(ColumnValue::Integer),
        ListColumnType::Number => f64::read(node, reader).into_value().map(ColumnValue::Number),
        ListColumnType::Boolean => bool::read(node, reader).into_value().map(ColumnValue::Boolean),
    }
}

/// Reads a whole number that the tables can hold: 32 bits with sign, of a rank 8.
fn read_integer(column: &ListColumn, node: Node<'_>, reader: &mut Reader<'_>) -> Option<i64> {
    let number = i64::read(node, reader).into_value()?;
    let (min, max): (i64, i64) = match &*column.name {
        RANK => (i8::MIN.into(), i8::MAX.into()),
        _ => (i32::MIN.into(), i32::MAX.into()),
    };
    if (min..=max).contains(&number) {
        return Some(number);
    }
    let bounds = InvalidValue::Bounds { min: Some(min.into()), max: Some(max.into()) };
    reader.report(node.span(), bounds);
    None
}

/// Records that a name is longer than names may be, if it is.
pub(super) fn report_long(name: Spanned<&str>, reader: &mut Reader<'_>) {
    if name.value.len() > Limit::Name.most() {
        reader.report(name.span, Limit::Name);
    }
}

/// Whether a name can be a column of a table: it needs no quoting in SQL.
pub(super) fn is_column_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
