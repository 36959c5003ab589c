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
    let rank = rank_column(&name, "stronger", move |row: &R| {
        of(row).and_then(|code| list.rank(code)).into()
    });
    [
        Column::looked_up(name, ColumnType::Category, doc, move |row: &R| code(list, of(row)))
            .of_list(list),
        rank.when(list.is_ranked()),
    ]
}

/// The column of a word of a scale, and the column of its rank: its position from the lowest, from 1.
pub(super) fn word_columns<'p, R: 'p>(
    name: &'static str,
    doc: &'static str,
    scale: Vec<&'static str>,
    of: impl Fn(&R) -> Option<&'static str> + Copy + Send + Sync + 'p,
) -> [Column<'p, R>; 2] {
    let words = scale.clone();
    let rank = rank_column(name, "finer", move |row: &R| {
        of(row).and_then(|word| Some(words.iter().position(|known| *known == word)? + 1)).into()
    });
    [
        Column::new(name, ColumnType::Category, doc, move |row: &R| of(row).into()).on_scale(scale),
        rank,
    ]
}

fn rank_column<'p, R: 'p>(
    name: &str,
    larger: &str,
    rank: impl Fn(&R) -> Cell<'_> + Send + Sync + 'p,
) -> Column<'p, R> {
    let doc =
        format!("Rank of `{name}` on its scale, larger is {larger}; missing where it has none.");
    Column::new(format!("{name}_rank"), ColumnType::Int8, doc, rank)
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
