//! The tables of a release: each read once, from all of its files at the same time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::consistency::Consistency;
use super::csv::CsvRows;
use super::finding::{Report, quoted};
use super::keys::{Keys, TableKeys};
use super::package::{Field, MANIFEST, Manifest, TableSchema};
use super::parquet::ParquetRows;
use super::rows::{Row, Rows};
use super::sums::Verified;
use crate::emit::DATAPACKAGE;
use crate::value::LIST_SEPARATOR;

/// A table of the release.
struct Table<'t> {
    name: &'t str,
    csv: Option<&'t TableSchema>,
    parquet: Option<String>,
    /// How many rows the manifest says it has.
    rows: Option<u64>,
}

/// Endings of files that hold values of tables.
const VALUES: [&str; 3] = [".csv", ".geojson", ".parquet"];

/// A finding of a file whose columns are others, or in another order.
const OTHER_COLUMNS: &str = "has other columns than the data package describes";

/// Checks every table.
pub(super) fn check(
    verified: &Verified,
    (manifest, package): (&Manifest, &[TableSchema]),
    report: &mut Report,
) {
    let keys = Keys::read(verified, package, report);
    let mut consistency = Consistency::new(manifest.is_of_this_format());
    let tables = tables(verified, (manifest, package));
    let (tables, absent): (Vec<_>, Vec<_>) =
        tables.into_iter().partition(|table| table.csv.is_some() || table.parquet.is_some());
    if !absent.is_empty() {
        let names: Vec<_> = absent.iter().map(|table| format!("`{}`", table.name)).collect();
        let what = format!("{}: there is neither CSV nor Parquet of them", names.join(", "));
        report.unchecked(what);
    }
    for table in &tables {
        read(verified, table, (manifest, &keys), &mut consistency, report);
    }
    let without = |is_without: fn(&Table<'_>) -> bool| tables.iter().all(is_without);
    if without(|table| table.csv.is_none()) {
        report.unchecked("keys, and what columns may hold: the release has no CSV");
    }
    if without(|table| table.parquet.is_none()) {
        report.unchecked("whether CSV and Parquet hold the same: the release has no Parquet");
    }
    let is_read = |name: &str| {
        let in_csv = tables.iter().filter_map(|table| table.csv).any(|csv| csv.path == name);
        in_csv || tables.iter().any(|table| table.parquet.as_deref() == Some(name))
    };
    let has_values = |name: &&str| VALUES.iter().any(|ending| name.ends_with(ending));
    let others = verified.names().filter(has_values).filter(|name| !is_read(name));
    let others: Vec<_> = others.map(|name| format!("`{name}`")).collect();
    if !others.is_empty() {
        report.unchecked(format!("the values in {}, beyond the checksums", others.join(", ")));
    }
    consistency.finish(report);
}

/// The tables that the manifest or the data package names, and that have a file.
fn tables<'t>(
    verified: &Verified,
    (manifest, package): (&'t Manifest, &'t [TableSchema]),
) -> Vec<Table<'t>> {
    let names = package.iter().map(|table| &table.name).chain(manifest.rows.keys());
    let names: BTreeSet<_> = names.map(String::as_str).collect();
    let mut of_csv = BTreeMap::new();
    for table in package.iter().filter(|table| verified.has(&table.path)) {
        of_csv.entry(table.name.as_str()).or_insert(table);
    }
    let table = |name| Table {
        name,
        csv: of_csv.get(name).copied(),
        parquet: Some(format!("{name}.parquet")).filter(|path| verified.has(path)),
        rows: manifest.rows.get(name).copied(),
    };
    names.into_iter().map(table).collect()
}

/// The files of a table, opened.
struct Opened<'t> {
    csv: Option<(&'t TableSchema, CsvRows)>,
    parquet: Option<(&'t str, ParquetRows)>,
}

impl<'t> Opened<'t> {
    /// Opens the files of a table that can be opened.
    fn open(verified: &Verified, table: &'t Table<'t>, report: &mut Report) -> Self {
        let mut open = |path: &str| {
            verified
                .open(path)
                .map_err(|error| report.file(path, format!("cannot be read: {error}")))
                .ok()
        };
        let csv = table.csv.and_then(|schema| Some((schema, open(&schema.path)?)));
        let parquet = table.parquet.as_deref().and_then(|path| Some((path, open(path)?)));
        let mut told =
            |path: &str, reason: String| report.file(path, format!("cannot be read: {reason}"));
        let csv = csv.and_then(|(schema, file)| match CsvRows::open(file) {
            Ok(rows) => Some((schema, rows)),
            Err(reason) => {
                told(&schema.path, reason);
                None
            }
        });
        let parquet = parquet.and_then(|(path, file)| match ParquetRows::open(file) {
            Ok(rows) => Some((path, rows)),
            Err(reason) => {
                told(path, reason);
                None
            }
        });
        Self { csv, parquet }
    }

    /// Compares what names the build of a file with that of the manifest.
    fn check_build(&self, manifest: &Manifest, report: &mut Report) {
        let Some(((path, rows), build)) = self.parquet.as_ref().zip(manifest.build_id.as_ref())
        else {
            return;
        };
        if rows.build_id().as_ref() != Some(build) {
            report.file(
                path,
                format!("has another `build_id` than {MANIFEST}: it is of another build"),
            );
        }
    }

    /// Compares the columns of the files with those that the data package describes. Drops a file whose
    /// columns are others, since its values mean something else.
    fn check_columns(&mut self, report: &mut Report) {
        let Some((schema, csv)) = &self.csv else { return };
        let names = || schema.fields.iter().map(|field| &field.name);
        let differs = |columns: &[String]| !names().eq(columns);
        if let Some((path, rows)) = &self.parquet {
            let of_fields = schema.fields.iter().map(|field| (field.kind.as_str(), field.is_list));
            let of_file = rows.types().iter().map(|of| (of.name, of.is_list));
            let what = if differs(rows.columns()) {
                Some(OTHER_COLUMNS.to_owned())
            } else {
                let mut both = names().zip(of_fields.zip(of_file));
                let other = both.find(|(_, (described, is))| described != is);
                other.map(|(name, _)| {
                    format!("has another type than {DATAPACKAGE} says in column `{name}`")
                })
            };
            if let Some(what) = what {
                report.file(path, what);
                self.parquet = None;
            }
        }
        if differs(csv.columns()) {
            report.file(&schema.path, OTHER_COLUMNS);
            self.csv = None;
        }
    }
}

fn read(
    verified: &Verified,
    table: &Table<'_>,
    (manifest, keys): (&Manifest, &Keys),
    consistency: &mut Consistency,
    report: &mut Report,
) {
    let mut opened = Opened::open(verified, table, report);
    opened.check_build(manifest, report);
    opened.check_columns(report);
    let lead = match &opened {
        Opened { csv: Some((schema, rows)), .. } => Some((schema.path.as_str(), rows.columns())),
        Opened { parquet: Some((path, rows)), .. } => Some((*path, rows.columns())),
        _ => None,
    };
    let Some((path, columns)) = lead else {
        report.unchecked(format!("the table `{}`: no file of it could be read", table.name));
        return;
    };
    let columns: Vec<_> = columns.to_vec();
    let positions: BTreeMap<_, _> =
        columns.iter().cloned().enumerate().map(|(at, name)| (name, at)).collect();
    let mut own_keys = opened.csv.as_ref().map(|(schema, _)| keys.of(schema));
    let dataset = positions.get("dataset").copied().zip(manifest.dataset.as_deref());
    let (mut row, mut other, mut number) = (Row::new(), Row::new(), 0);
    loop {
        let Some(is_row) = next(&mut opened, (&mut row, &mut other), number, report) else {
            return;
        };
        if !is_row {
            break;
        }
        number += 1;
        report.rows += 1;
        if let Some((parquet, _)) = &opened.parquet
            && opened.csv.is_some()
        {
            compare(parquet, number, &columns, (&row, &other), report);
        }
        if let Some((schema, _)) = &opened.csv {
            check_values(schema, number, &row, opened.parquet.is_none(), report);
        }
        if let Some(keys) = &mut own_keys {
            TableKeys::check(keys, number, &row, report);
        }
        if let Some((at, dataset)) = dataset
            && row[at].text != dataset
        {
            let what = format!("is {}, and {MANIFEST} says `{dataset}`", quoted(&row[at].text));
            report.cell(path, number, "dataset", what);
        }
        consistency.note((table.name, path), &positions, number, &row);
    }
    consistency.end(table.name);
    if let Some(rows) = table.rows.filter(|rows| *rows != number) {
        report
            .file(MANIFEST, format!("says that `{}` has {rows} rows; it has {number}", table.name));
    }
}

/// Reads the next row from each file: into the first one, and from the second file into the other.
/// `None` where that is not possible or one file has no more rows, which is told.
fn next(
    opened: &mut Opened<'_>,
    (row, other): (&mut Row, &mut Row),
    number: u64,
    report: &mut Report,
) -> Option<bool> {
    let mut read = |path: &str, rows: &mut dyn Rows, row: &mut Row| {
        let failed =
            |reason| report.file(path, format!("cannot be read after row {number}: {reason}"));
        rows.next(row).map_err(failed).ok()
    };
    match opened {
        Opened { csv: Some((schema, csv)), parquet: Some((path, parquet)) } => {
            let in_csv = read(&schema.path, csv, row);
            let in_parquet = read(path, parquet, other);
            let (in_csv, in_parquet) = (in_csv?, in_parquet?);
            if in_csv != in_parquet {
                let (fewer, more) =
                    if in_csv { (*path, &*schema.path) } else { (&*schema.path, *path) };
                report.file(fewer, format!("has {number} rows, and `{more}` has more"));
                return None;
            }
            Some(in_csv)
        }
        Opened { csv: Some((schema, csv)), .. } => read(&schema.path, csv, row),
        Opened { parquet: Some((path, parquet)), .. } => read(path, parquet, row),
        _ => Some(false),
    }
}

/// Compares a row of CSV with that of Parquet.
fn compare(
    parquet: &str,
    number: u64,
    columns: &[String],
    (row, other): (&Row, &Row),
    report: &mut Report,
) {
    for ((column, csv), cell) in columns.iter().zip(row).zip(other) {
        if cell.is_odd {
            let what = format!("holds {}, which no CSV can hold", quoted(&cell.text));
            report.cell(parquet, number, column, what);
        } else if csv.text != cell.text {
            let what = format!("is {}, and {} in CSV", quoted(&cell.text), quoted(&csv.text));
            report.cell(parquet, number, column, what);
        }
    }
}

/// Checks that the values of a row are some that their columns may hold. The types are known where a
/// Parquet file has the same values.
fn check_values(
    schema: &TableSchema,
    number: u64,
    row: &Row,
    with_types: bool,
    report: &mut Report,
) {
    for (field, cell) in schema.fields.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty()) {
        let Field { name, kind, is_list, values } = field;
        let items = match is_list {
            true => cell.text.split(LIST_SEPARATOR).collect(),
            false => vec![cell.text.as_str()],
        };
        let wrong = items.into_iter().find_map(|item| match values {
            Some(values) if !values.contains(item) => {
                Some(format!("is {}, which its column may not hold", quoted(item)))
            }
            _ if with_types && !is_of_kind(kind, item) => {
                Some(format!("is {}, which is no {kind}", quoted(item)))
            }
            _ => None,
        });
        if let Some(what) = wrong {
            report.cell(&schema.path, number, name, what);
        }
    }
}

fn is_of_kind(kind: &str, text: &str) -> bool {
    match kind {
        "integer" => text.parse::<i64>().is_ok(),
        "number" => text.parse::<f64>().is_ok_and(f64::is_finite),
        "boolean" => matches!(text, "true" | "false"),
        "date" => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
        _ => true,
    }
}
