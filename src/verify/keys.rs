//! Keys: that each names one row, and that what refers to one finds it.

use std::collections::{BTreeMap, HashSet};

use super::csv::CsvRows;
use super::finding::{Report, quoted};
use super::package::{ForeignKey, TableSchema};
use super::rows::{Row, Rows};
use super::sums::Verified;
use crate::emit::DATAPACKAGE;

/// Most keys of a table that are held (20 million, about half a gigabyte).
const MAX_KEYS: usize = 20_000_000;

/// A digest of the values of a key: two keys with one digest are one.
type Key = [u8; 16];

/// The keys that other tables refer to: those of some columns of a table.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeMap<(String, Vec<String>), HashSet<Key>>);

/// The keys of a table while its rows are read.
pub(super) struct TableKeys<'k> {
    schema: &'k TableSchema,
    /// Positions of the columns of its own key.
    own: Vec<usize>,
    seen: HashSet<Key>,
    is_full: bool,
    /// What it refers to, with the positions of the columns.
    references: Vec<(&'k ForeignKey, Vec<usize>, &'k HashSet<Key>)>,
}

impl Keys {
    /// Reads the keys that tables refer to. What cannot be read is told when the table itself is.
    pub(super) fn read(verified: &Verified, package: &[TableSchema], report: &mut Report) -> Self {
        let mut keys = Self::default();
        for (table, key) in
            package.iter().flat_map(|of| of.foreign_keys.iter().map(move |key| (of, key)))
        {
            let name = target(table, key);
            let of = (name.to_owned(), key.references.clone());
            if keys.0.contains_key(&of) {
                continue;
            }
            let Some(other) = package.iter().find(|table| table.name == name) else {
                let what =
                    format!("a key of `{}` refers to `{name}`, which it does not list", table.name);
                report.file(DATAPACKAGE, what);
                continue;
            };
            let Some(positions) = other.positions(&key.references) else {
                let what = format!(
                    "a key of `{}` refers to columns that `{name}` does not have",
                    table.name
                );
                report.file(DATAPACKAGE, what);
                continue;
            };
            match of_columns(verified, other, &positions) {
                Ok(read) => drop(keys.0.insert(of, read)),
                Err(reason) => report.unchecked(format!("what refers to `{name}`: {reason}")),
            }
        }
        keys
    }

    /// The keys of a table whose rows are now read.
    pub(super) fn of<'k>(&'k self, schema: &'k TableSchema) -> TableKeys<'k> {
        let references = schema.foreign_keys.iter().filter_map(|key| {
            let of = (target(schema, key).to_owned(), key.references.clone());
            Some((key, schema.positions(&key.columns)?, self.0.get(&of)?))
        });
        TableKeys {
            schema,
            own: schema.positions(&schema.primary_key).unwrap_or_default(),
            seen: HashSet::new(),
            is_full: false,
            references: references.collect(),
        }
    }
}

/// The table that a key refers to.
fn target<'k>(table: &'k TableSchema, key: &'k ForeignKey) -> &'k str {
    if key.table.is_empty() { &table.name } else { &key.table }
}

fn of_columns(
    verified: &Verified,
    table: &TableSchema,
    positions: &[usize],
) -> Result<HashSet<Key>, String> {
    let file = verified.open(&table.path).map_err(|_| "its file could not be read")?;
    let mut rows = CsvRows::open(file)?;
    let (mut row, mut keys) = (Row::new(), HashSet::new());
    while rows.next(&mut row)? {
        keys.extend(key(&row, positions));
        if keys.len() > MAX_KEYS {
            return Err(format!("it has more than {MAX_KEYS} rows"));
        }
    }
    Ok(keys)
}

/// The key that some cells of a row are. `None` where one is missing.
fn key(row: &Row, positions: &[usize]) -> Option<Key> {
    let mut hasher = blake3::Hasher::new();
    for position in positions {
        let text = &row.get(*position)?.text;
        if text.is_empty() {
            return None;
        }
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    let mut key = Key::default();
    hasher.finalize_xof().fill(&mut key);
    Some(key)
}

impl TableKeys<'_> {
    /// Checks the keys of a row.
    pub(super) fn check(&mut self, number: u64, row: &Row, report: &mut Report) {
        let TableSchema { path, fields, primary_key, .. } = self.schema;
        let missing =
            self.own.iter().find(|at| row.get(**at).is_none_or(|cell| cell.text.is_empty()));
        if let Some(at) = missing {
            report.cell(path, number, &fields[*at].name, "is missing, and part of the key");
        } else if let Some(key) =
            key(row, &self.own).filter(|_| !self.own.is_empty() && !self.is_full)
            && !self.seen.insert(key)
        {
            let values: Vec<_> = self.own.iter().map(|at| quoted(&row[*at].text)).collect();
            let what = format!("another row has the key {}", values.join(", "));
            report.cell(path, number, &primary_key.join("`, `"), what);
        }
        if self.seen.len() > MAX_KEYS && !self.is_full {
            self.is_full = true;
            report.unchecked(format!("the key of `{path}` beyond its first {MAX_KEYS} rows"));
        }
        for (foreign, positions, known) in &self.references {
            if key(row, positions).is_some_and(|key| !known.contains(&key)) {
                let values: Vec<_> = positions.iter().map(|at| quoted(&row[*at].text)).collect();
                let other = target(self.schema, foreign);
                let what = format!("is {}, which is in no row of `{other}`", values.join(", "));
                report.cell(path, number, &foreign.columns.join("`, `"), what);
            }
        }
    }
}
