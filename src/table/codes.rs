//! The table `codes`: every code of the lists in use.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::column::{Column, ColumnType, Table};
use super::scale::{own_cell, own_type};
use crate::schema::{Code, CodeEntry, CodeList, Codebook};

/// A code of a list.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow<'p> {
    list: &'p CodeList,
    code: Code,
}

impl<'p> CodeRow<'p> {
    fn entry(&self) -> &'p CodeEntry {
        self.list.entry(self.code)
    }
}

/// The codes of a codebook, list by list.
pub fn code_rows(codebook: &Codebook) -> Vec<CodeRow<'_>> {
    codebook
        .lists_in_use()
        .flat_map(|list| list.codes().map(move |code| CodeRow { list, code }))
        .collect()
}

/// The table `codes` of a codebook: what every list has, then the union of the lists' own columns.
pub fn codes(codebook: &Codebook) -> Table<'_, CodeRow<'_>> {
    let text = |name, doc, of: fn(&CodeRow<'_>) -> Option<String>| {
        Column::new(name, ColumnType::Text, doc, move |row: &CodeRow<'_>| of(row).into())
    };
    let mut columns = vec![
        text("list", "Name of the code list.", |row| Some(row.list.name.clone())),
        text("version", "Version of the code list.", |row| Some(row.list.version.clone())),
        text("code", "Code.", |row| Some(row.entry().code.to_string())),
        text("label", "Short name.", |row| Some(row.entry().label.to_string())),
        text("parent", "Broader code that it is a kind of.", |row| {
            Some(row.list.entry(row.entry().parent?).code.to_string())
        }),
        text("doc", "Definition.", |row| row.entry().doc.as_deref().map(str::to_owned)),
        Column::new(
            "aliases",
            ColumnType::TEXTS,
            "Other names and common slips.",
            |row: &CodeRow<'_>| row.entry().aliases.as_slice().into(),
        ),
        Column::new(
            "unknown",
            ColumnType::Boolean,
            "Whether the code means that it is not known.",
            |row: &CodeRow<'_>| row.entry().unknown.into(),
        ),
        Column::new(
            "agentless",
            ColumnType::Boolean,
            "Whether the code says that nobody did it.",
            |row: &CodeRow<'_>| row.entry().agentless.into(),
        ),
        text("valid", "When the code may be used, in EDTF; missing where it always may.", |row| {
            row.entry().valid.as_ref().map(ToString::to_string)
        }),
        text("replaced_by", "Code to use in its place; missing where it is in use.", |row| {
            row.entry().replaced_by.as_deref().map(str::to_owned)
        }),
    ];
    columns.extend(union_columns(codebook));
    Table {
        name: "codes",
        doc: "A code of a list in use.",
        columns,
        key: &["list", "code"],
        sorted_by: &[],
    }
}

/// The lists' own columns, each name once. Where two lists give a name different types, the column
/// is text.
fn union_columns(codebook: &Codebook) -> Vec<Column<'_, CodeRow<'_>>> {
    let mut names: Vec<&str> = Vec::new();
    let mut kinds: BTreeMap<&str, (ColumnType, &str)> = BTreeMap::new();
    for column in codebook.lists_in_use().flat_map(|list| &list.columns) {
        let kind = own_type(column);
        kinds
            .entry(&column.name)
            .and_modify(|(known, _)| *known = if *known == kind { kind } else { ColumnType::Text })
            .or_insert_with(|| {
                names.push(&column.name);
                (kind, &column.doc)
            });
    }
    let column = |name: &'_ str| {
        let (kind, doc) = kinds[name];
        let name = name.to_owned();
        Column::new(name.clone(), kind, doc.to_owned(), move |row: &CodeRow<'_>| {
            cell(row, &name, kind)
        })
    };
    names.into_iter().map(column).collect()
}

fn cell<'r>(row: &CodeRow<'r>, name: &str, kind: ColumnType) -> Cell<'r> {
    let position = row.list.columns.iter().position(|column| column.name == name);
    let cell =
        position.map_or(Cell::Missing, |position| own_cell(row.list, Some(row.code), position));
    match kind {
        ColumnType::Text if !matches!(cell, Cell::Missing) => cell.to_string().into(),
        _ => cell,
    }
}
