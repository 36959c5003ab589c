//! Codes as columns.

use std::borrow::Cow;

use super::cell::Cell;
use super::column::{Column, ColumnType};
use crate::schema::{Code, CodeList, ColumnValue, ListColumn, ListColumnType};

/// A code's cell: the code as written.
pub(super) fn code(list: &CodeList, code: Option<Code>) -> Cell<'_> {
    code.map(|code| &*list.entry(code).code).into()
}

/// The column of a code and, where its list has ranks, the column of its rank.
pub(super) fn scale_columns<'p, R: 'p>(
    name: impl Into<Cow<'static, str>>,
    doc: impl Into<Cow<'static, str>>,
    list: &'p CodeList,
    of: impl Fn(&R) -> Option<Code> + Copy + Send + Sync + 'p,
) -> [Column<'p, R>; 2] {
    let name = name.into();
    let rank_name = format!("{name}_rank");
    let rank_doc =
        format!("Rank of `{name}` on its scale, larger is stronger; missing where it has none.");
    [
        Column::looked_up(name, ColumnType::Category, doc, move |row: &R| code(list, of(row)))
            .of_list(list),
        Column::new(rank_name, ColumnType::Int8, rank_doc, move |row: &R| {
            of(row).and_then(|code| list.rank(code)).into()
        })
        .when(list.is_ranked()),
    ]
}

/// A list's own columns, for a row that has a code of it.
pub(super) fn own_columns<'p, R: 'p>(
    list: &'p CodeList,
    of: fn(&R) -> Option<Code>,
) -> impl Iterator<Item = Column<'p, R>> {
    list.columns.iter().enumerate().map(move |(position, column)| {
        Column::looked_up(
            column.name.clone(),
            own_type(column),
            column.doc.clone(),
            move |row: &R| own_cell(list, of(row), position),
        )
    })
}

/// The column type of a list's own column.
pub(super) fn own_type(column: &ListColumn) -> ColumnType {
    match column.column_type {
        _ if column.list => ColumnType::TEXTS,
        ListColumnType::Text => ColumnType::Text,
        ListColumnType::Integer => ColumnType::Int32,
        ListColumnType::Number => ColumnType::Number,
        ListColumnType::Boolean => ColumnType::Boolean,
    }
}

/// The position of a list's own column of a name and type.
pub(super) fn own_position(list: &CodeList, name: &str, kind: ColumnType) -> Option<usize> {
    list.columns.iter().position(|column| column.name == name && own_type(column) == kind)
}

/// A code's cell in one of its list's own columns.
pub(super) fn own_cell(list: &CodeList, code: Option<Code>, position: usize) -> Cell<'_> {
    let value = code.and_then(|code| list.entry(code).values.get(position)?.as_ref());
    match value {
        None => Cell::Missing,
        Some(ColumnValue::Text(text)) => (&**text).into(),
        Some(ColumnValue::Integer(number)) => (*number).into(),
        Some(ColumnValue::Number(number)) => (*number).into(),
        Some(ColumnValue::Boolean(yes)) => (*yes).into(),
        Some(ColumnValue::TextList(texts)) => texts.as_slice().into(),
    }
}
