//! The tables as they are told of: without what makes their cells.

use std::borrow::Cow;

use super::column::{ColumnType, Table};
use super::{actors, claims, codes, dyads, events, participants, places, relations, sources};
use crate::schema::Codebook;

/// A table without its rows.
#[derive(Clone, Debug)]
pub struct TableDescription {
    /// Name; also that of its files.
    pub name: &'static str,
    /// What a row is.
    pub doc: &'static str,
    /// The columns, in the order of every file.
    pub columns: Vec<ColumnDescription>,
    /// The columns that together name one row.
    pub key: &'static [&'static str],
    /// The columns that rows are sorted by.
    pub sorted_by: &'static [&'static str],
}

/// A column without its cells.
#[derive(Clone, Debug)]
pub struct ColumnDescription {
    /// Name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: ColumnType,
    /// What it means.
    pub doc: Cow<'static, str>,
}

/// Every table of a codebook, in the order in which they are told of.
pub fn descriptions(codebook: &Codebook) -> Vec<TableDescription> {
    vec![
        describe(events(codebook)),
        describe(participants(codebook)),
        describe(dyads(codebook)),
        describe(claims(codebook)),
        describe(relations()),
        describe(actors(codebook)),
        describe(places(codebook)),
        describe(sources(codebook)),
        describe(codes(codebook)),
    ]
}

fn describe<R: ?Sized>(table: Table<'_, R>) -> TableDescription {
    let Table { name, doc, columns, key, sorted_by } = table;
    let columns = columns.into_iter().map(|column| ColumnDescription {
        name: column.name,
        kind: column.kind,
        doc: column.doc,
    });
    TableDescription { name, doc, columns: columns.collect(), key, sorted_by }
}
