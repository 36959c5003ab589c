//! What a release says of itself: its manifest and its data package.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::finding::Report;
use super::sums::Verified;
use crate::emit::{DATAPACKAGE, FORMAT_VERSION, SUMS, ShardLabel};
use crate::source::{Disk, OutputDirectory, ReadError};

/// The manifest's file.
pub const MANIFEST: &str = OutputDirectory::MANIFEST;

/// Longest manifest or data package, in bytes (16 MiB).
const MAX_BYTES: u64 = 16 << 20;

/// Most files that a data package describes: a hundred times those of a build with every format.
const MAX_RESOURCES: usize = 1_000;

/// Most foreign keys of a table, which are looked up for each row: ten times those of any table.
const MAX_FOREIGN_KEYS: usize = 50;

/// What a manifest says of its release.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Which eventc wrote the release.
    pub generator: Option<String>,
    /// The name of the dataset.
    pub dataset: Option<String>,
    /// The commit that it was built from.
    pub commit: Option<String>,
    /// Whether it has what is restricted.
    pub restricted_included: bool,
    /// The formats of its tables, by name.
    pub emit: Vec<String>,
    /// What it is a shard of.
    pub shard: Option<ShardLabel>,
    /// What names the build.
    pub(super) build_id: Option<String>,
    /// The version of its tables.
    pub(super) format_version: Option<u64>,
    /// The rows of each table.
    pub(super) rows: BTreeMap<String, u64>,
}

impl Manifest {
    /// Whether its tables have the meaning that those of this eventc have.
    pub(super) fn is_of_this_format(&self) -> bool {
        self.format_version == Some(FORMAT_VERSION.into())
    }

    fn read(json: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let rows = json["rows"].as_object().into_iter().flatten();
        Self {
            generator: text(&json["generator"]),
            dataset: text(&json["dataset"]),
            commit: text(&json["source"]["commit"]).filter(|commit| is_commit(commit)),
            restricted_included: json["restricted_included"] == true,
            emit: json["emit"].as_array().into_iter().flatten().filter_map(text).collect(),
            shard: serde_json::from_value(json["shard"].clone()).ok(),
            build_id: text(&json["build_id"]),
            format_version: json["format_version"].as_u64(),
            rows: rows.filter_map(|(table, rows)| Some((table.clone(), rows.as_u64()?))).collect(),
        }
    }
}

/// Whether a text is the whole name of a commit. It is shown in a command to copy.
fn is_commit(text: &str) -> bool {
    [40, 64].contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A table of the data package.
#[derive(Debug)]
pub(super) struct TableSchema {
    /// Its name.
    pub(super) name: String,
    /// Its CSV file.
    pub(super) path: String,
    /// Its columns, in order.
    pub(super) fields: Vec<Field>,
    /// The columns that name one row.
    pub(super) primary_key: Vec<String>,
    /// Its columns that hold keys of other tables.
    pub(super) foreign_keys: Vec<ForeignKey>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// Its type, as the standard names it; of a list, that of its items.
    pub(super) kind: String,
    /// Whether it holds lists.
    pub(super) is_list: bool,
    /// The values that it may hold; `None` where it may hold any.
    pub(super) values: Option<HashSet<String>>,
}

/// Columns that hold keys of a table.
#[derive(Debug)]
pub(super) struct ForeignKey {
    /// The columns.
    pub(super) columns: Vec<String>,
    /// The other table; empty for the same.
    pub(super) table: String,
    /// Its columns.
    pub(super) references: Vec<String>,
}

/// The manifest of a release, if its checksum is right.
///
/// # Errors
/// When there is none, or it is no manifest of eventc: the folder is no release then.
pub(super) fn manifest(
    folder: &Disk,
    verified: &Verified,
    report: &mut Report,
) -> Result<Manifest, ReadError> {
    let missing = |reason: &str| {
        let path = folder.root().display().to_string();
        Err(ReadError { path, reason: format!("it is no release of eventc: {reason}") })
    };
    if !verified.has(MANIFEST) {
        return match folder.open_file(MANIFEST) {
            Ok(None) => missing("it has no `manifest.json`"),
            _ => Ok(Manifest::default()),
        };
    }
    match json(verified, MANIFEST) {
        Ok(manifest) if manifest["generator"].as_str().is_some_and(is_eventc) => {
            Ok(Manifest::read(&manifest))
        }
        Ok(_) => missing("its `manifest.json` names another generator"),
        Err(reason) => {
            report.file(MANIFEST, reason);
            Ok(Manifest::default())
        }
    }
}

fn is_eventc(generator: &str) -> bool {
    generator == "eventc" || generator.starts_with("eventc ")
}

/// The tables of the data package, if its checksum is right.
pub(super) fn package(
    folder: &Disk,
    verified: &Verified,
    manifest: &Manifest,
    report: &mut Report,
) -> Option<Vec<TableSchema>> {
    if !verified.has(DATAPACKAGE) {
        if matches!(folder.open_file(DATAPACKAGE), Ok(None)) {
            report.unchecked(format!("keys and columns: there is no {DATAPACKAGE}"));
            check_described(&[], verified, manifest, report);
            return Some(Vec::new());
        }
        return None;
    }
    let package = match json(verified, DATAPACKAGE) {
        Ok(package) => package,
        Err(reason) => {
            report.file(DATAPACKAGE, reason);
            return None;
        }
    };
    let mut tables = Vec::new();
    let resources = package["resources"].as_array().map_or(&[][..], Vec::as_slice);
    if resources.len() > MAX_RESOURCES {
        report.file(DATAPACKAGE, format!("describes more than {MAX_RESOURCES} files"));
        return None;
    }
    for resource in resources {
        let path = resource["path"].as_str().unwrap_or_default();
        let hash = resource["hash"].as_str().and_then(|hash| hash.strip_prefix("sha256:"));
        if hash.is_some() && hash != verified.listed(path) {
            report.file(DATAPACKAGE, format!("has another checksum of `{path}` than {SUMS}"));
        }
        if resource["type"] == "table" {
            match table(resource) {
                Some(table) => tables.push(table),
                None => report.file(DATAPACKAGE, format!("does not describe `{path}` whole")),
            }
        }
        if !verified.has(path) {
            report.file(
                DATAPACKAGE,
                format!("describes `{path}`, which is missing or has another checksum"),
            );
        }
    }
    check_described(&tables, verified, manifest, report);
    Some(tables)
}

/// Tells the CSV files of a dataset's tables that no resource describes: nothing would hold them to anything.
/// How coders agree is written without a data package.
fn check_described(
    tables: &[TableSchema],
    verified: &Verified,
    manifest: &Manifest,
    report: &mut Report,
) {
    let described: BTreeSet<_> = tables.iter().map(|table| table.path.as_str()).collect();
    let names = manifest.rows.keys().filter(|_| manifest.rows.contains_key("events"));
    for path in names.map(|name| format!("{name}.csv")) {
        if verified.has(&path) && !described.contains(&*path) {
            report.file(&path, format!("is not described whole in {DATAPACKAGE}"));
        }
    }
}

fn json(verified: &Verified, name: &str) -> Result<Value, String> {
    let bytes = verified.read(name, MAX_BYTES);
    let bytes = bytes.map_err(|error| format!("cannot be read: {error}"))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("is no JSON: {error}"))
}

fn table(resource: &Value) -> Option<TableSchema> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let schema = &resource["schema"];
    let foreign_keys = some_list(&schema["foreignKeys"])?;
    if foreign_keys.len() > MAX_FOREIGN_KEYS {
        return None;
    }
    let foreign_keys = foreign_keys.iter().map(|key| {
        Some(ForeignKey {
            columns: names(&key["fields"])?,
            table: text(&key["reference"]["resource"]).unwrap_or_default(),
            references: names(&key["reference"]["fields"])?,
        })
    });
    let table = TableSchema {
        name: text(&resource["name"])?,
        path: text(&resource["path"])?,
        fields: schema["fields"].as_array()?.iter().map(field).collect::<Option<_>>()?,
        primary_key: names(&schema["primaryKey"])?,
        foreign_keys: foreign_keys.collect::<Option<_>>()?,
    };
    // A key of columns that are not there would hold in every row.
    let are_known = |key: &Vec<String>| !key.is_empty() && table.positions(key).is_some();
    let mut foreign = table.foreign_keys.iter().map(|key| &key.columns);
    let is_whole = are_known(&table.primary_key) && foreign.all(are_known);
    is_whole.then_some(table)
}

/// A list that may be left out. `None` where something else stands in its place.
fn some_list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Null => Some(&[]),
        Value::Array(items) => Some(items),
        _ => None,
    }
}

fn field(field: &Value) -> Option<Field> {
    let is_list = field["type"] == "list";
    let kind = if is_list { &field["itemType"] } else { &field["type"] };
    let values = match &field["constraints"]["enum"] {
        Value::Null => None,
        values => {
            let values = values.as_array()?.iter().map(|value| Some(value.as_str()?.to_owned()));
            Some(values.collect::<Option<_>>()?)
        }
    };
    Some(Field {
        name: field["name"].as_str()?.to_owned(),
        kind: kind.as_str()?.to_owned(),
        is_list,
        values,
    })
}

/// A name, or a list of them.
fn names(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(name) => Some(vec![name.clone()]),
        Value::Array(names) => names.iter().map(|name| Some(name.as_str()?.to_owned())).collect(),
        _ => None,
    }
}

impl TableSchema {
    /// The positions of columns.
    pub(super) fn positions(&self, columns: &[String]) -> Option<Vec<usize>> {
        let positions: BTreeMap<_, _> =
            self.fields.iter().enumerate().map(|(at, field)| (&field.name, at)).collect();
        columns.iter().map(|name| positions.get(name).copied()).collect()
    }
}
