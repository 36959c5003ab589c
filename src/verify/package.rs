//! What a release says of itself: its manifest and its data package.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::finding::Report;
use super::sums::Verified;
use crate::emit::{DATAPACKAGE, FORMAT_VERSION};
use crate::source::{Disk, OutputDirectory, ReadError};

/// The manifest's file.
pub const MANIFEST: &str = OutputDirectory::MANIFEST;

/// Longest manifest or data package, in bytes (16 MiB).
const MAX_BYTES: u64 = 16 << 20;

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
    report: &mut Report,
) -> Option<Vec<TableSchema>> {
    if !verified.has(DATAPACKAGE) {
        if matches!(folder.open_file(DATAPACKAGE), Ok(None)) {
            report.unchecked(format!("keys and columns: there is no {DATAPACKAGE}"));
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
    for resource in package["resources"].as_array().into_iter().flatten() {
        let path = resource["path"].as_str().unwrap_or_default();
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
    Some(tables)
}

fn json(verified: &Verified, name: &str) -> Result<Value, String> {
    let bytes = verified.read(name, MAX_BYTES);
    let bytes = bytes.map_err(|error| format!("cannot be read: {error}"))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("is no JSON: {error}"))
}

fn table(resource: &Value) -> Option<TableSchema> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let schema = &resource["schema"];
    let foreign_keys = schema["foreignKeys"].as_array().into_iter().flatten().map(|key| {
        Some(ForeignKey {
            columns: names(&key["fields"])?,
            table: text(&key["reference"]["resource"]).unwrap_or_default(),
            references: names(&key["reference"]["fields"])?,
        })
    });
    Some(TableSchema {
        name: text(&resource["name"])?,
        path: text(&resource["path"])?,
        fields: schema["fields"].as_array()?.iter().map(field).collect::<Option<_>>()?,
        primary_key: names(&schema["primaryKey"]).unwrap_or_default(),
        foreign_keys: foreign_keys.collect::<Option<_>>()?,
    })
}

fn field(field: &Value) -> Option<Field> {
    let is_list = field["type"] == "list";
    let kind = if is_list { &field["itemType"] } else { &field["type"] };
    let values = field["constraints"]["enum"].as_array();
    Some(Field {
        name: field["name"].as_str()?.to_owned(),
        kind: kind.as_str()?.to_owned(),
        is_list,
        values: match values {
            Some(values) => Some(
                values
                    .iter()
                    .map(|value| Some(value.as_str()?.to_owned()))
                    .collect::<Option<_>>()?,
            ),
            None => None,
        },
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
