//! Keys: that each names one row, and that what refers to one finds it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::csv::CsvRows;
use super::finding::{Report, quoted};
use super::package::{ForeignKey, TableSchema};
use super::rows::{Row, Rows};
use super::sums::Verified;
use crate::emit::DATAPACKAGE;

/// Most keys that are held (20 million, about half a gigabyte): of all tables that others refer to
/// together, and of the table that is read. Tests need not write that many.
pub(super) const MAX_KEYS: usize = if cfg!(test) { 1_000 } else { 20_000_000 };

/// A digest of the values of a key: two keys with one digest are one.
pub(super) type Key = [u8; 16];

/// The digest of texts, each with its length before it, so that no two lists of them are alike.
pub(super) fn digest<'t>(parts: impl IntoIterator<Item = &'t str>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut key = Key::default();
    hasher.finalize_xof().fill(&mut key);
    key
}

/// The primary keys of the tables that others refer to, by table.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeMap<String, (Vec<String>, HashSet<Key>)>);

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
        let (mut keys, mut tried, mut left) = (Self::default(), BTreeSet::new(), MAX_KEYS);
        for (table, key) in
            package.iter().flat_map(|of| of.foreign_keys.iter().map(move |key| (of, key)))
        {
            let name = target(table, key);
            let Some(other) = package.iter().find(|table| table.name == name) else {
                let what =
                    format!("a key of `{}` refers to `{name}`, which it does not list", table.name);
                report.file(DATAPACKAGE, what);
                continue;
            };
            if other.primary_key != key.references && other.positions(&key.references).is_some() {
                let columns = key.columns.join("`, `");
                report.unchecked(format!(
                    "`{columns}` of `{}`: not the key of `{name}` that they refer to",
                    table.name
                ));
                continue;
            }
            let Some(positions) = other.positions(&key.references) else {
                let what = format!(
                    "a key of `{}` refers to columns that `{name}` does not have",
                    table.name
                );
                report.file(DATAPACKAGE, what);
                continue;
            };
            // One that could not be read is not read again for each key that refers to it.
            if !tried.insert(name) {
                continue;
            }
            match of_columns(verified, other, &positions, left) {
                Ok(read) => {
                    left -= read.len();
                    keys.0.insert(name.to_owned(), (key.references.clone(), read));
                }
                Err(reason) => report.unchecked(format!("what refers to `{name}`: {reason}")),
            }
        }
        keys
    }

    /// The keys of a table whose rows are now read.
    pub(super) fn of<'k>(&'k self, schema: &'k TableSchema) -> TableKeys<'k> {
        let references = schema.foreign_keys.iter().filter_map(|key| {
            let (columns, known) = self.0.get(target(schema, key))?;
            let positions = schema.positions(&key.columns)?;
            (*columns == key.references).then_some((key, positions, known))
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
    most: usize,
) -> Result<HashSet<Key>, String> {
    let file = verified.open(&table.path).map_err(|_| "its file could not be read")?;
    let mut rows = CsvRows::open(file)?;
    let (mut row, mut keys) = (Row::new(), HashSet::new());
    while rows.next(&mut row)? {
        keys.extend(key(&row, positions));
        if keys.len() > most {
            return Err(format!("tables that others refer to have more than {MAX_KEYS} rows"));
        }
    }
    Ok(keys)
}

/// The key that some cells of a row are. `None` where one is missing.
fn key(row: &Row, positions: &[usize]) -> Option<Key> {
    let texts = || positions.iter().map(|at| row.get(*at).map_or("", |cell| &cell.text));
    texts().all(|text| !text.is_empty()).then(|| digest(texts()))
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
