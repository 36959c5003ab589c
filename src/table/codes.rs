//! The table `codes`: every code of the lists in use.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::column::{Column, ColumnType, Table};
use super::columns::columns;
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

/// The table `codes` of a codebook: what is written of any code, then the union of the lists' own
/// columns.
pub fn codes(codebook: &Codebook) -> Table<'_, CodeRow<'_>> {
    let any = |is_written: fn(&CodeEntry) -> bool| {
        let mut entries = codebook.lists_in_use().flat_map(CodeList::entries);
        entries.any(|entry| is_written(entry))
    };
    let mut columns = columns! { |row: CodeRow<'_>|
        when true;
        /// Name of the code list.
        list: Text = row.list.name.as_str();
        when codebook.lists_in_use().any(|list| !list.version.is_empty());
        /// Version of the code list.
        version: Text = Some(row.list.version.as_str()).filter(|version| !version.is_empty());
        when true;
        /// Code.
        code: Text = &*row.entry().code;
        when any(CodeEntry::has_label);
        /// Short name.
        label: Text = &*row.entry().label;
        when any(|entry| entry.parent.is_some());
        /// Broader code that it is a kind of.
        parent: Code = row.entry().parent.map(|parent| &*row.list.entry(parent).code);
        when any(|entry| entry.doc.is_some());
        /// Definition.
        doc: Text = row.entry().doc.as_deref();
        when any(|entry| !entry.aliases.is_empty());
        /// Other names and common slips.
        aliases: TEXTS = row.entry().aliases.as_slice();
        when any(|entry| entry.unknown);
        /// Whether the code means that it is not known.
        unknown: Boolean = row.entry().unknown;
        when any(|entry| entry.agentless);
        /// Whether the code says that nobody did it.
        agentless: Boolean = row.entry().agentless;
        when any(|entry| entry.undirected);
        /// Whether actor and target of such an action are two sides, and none did it to the other.
        undirected: Boolean = row.entry().undirected;
        when any(|entry| entry.valid.is_some());
        /// When the code may be used, in EDTF; missing where it always may.
        valid: Text = row.entry().valid.as_ref().map(ToString::to_string);
        when any(|entry| entry.replaced_by.is_some());
        /// Code to use in its place; missing where it is in use.
        replaced_by: Code = row.entry().replaced_by.as_deref();
    };
    columns.extend(union_columns(codebook));
    Table::new("codes", "A code of a list in use.", &["list", "code"], columns)
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
