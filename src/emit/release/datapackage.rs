//! `datapackage.json`: the release as a Data Package, version 2 (<https://datapackage.org>). Each CSV
//! file is a table with its fields, keys and codes.

use serde_json::{Map, Value, json};

use super::Written;
use super::checksums::{Digested, Digests};
use super::license::licenses;
use crate::dataset::Published;
use crate::record::Person;
use crate::table::column::ColumnType;
use crate::table::{ColumnDescription, TableDescription};
use crate::value::LIST_SEPARATOR;

/// The name of the file.
pub const DATAPACKAGE: &str = "datapackage.json";

/// Most codes that are enumerated for a column. All stand in the table `codes`; the countries alone would
/// make up half of the file.
const MOST_CODES: usize = 100;

/// The data package of a release whose `files` are its tables.
pub fn datapackage(published: &Published<'_>, tables: &[Written], files: &Digests) -> String {
    let dataset = published.binding().dataset;
    let description = &dataset.description;
    let resources = files.files().map(|file| {
        let table = file.name.strip_suffix(".csv");
        let table = tables.iter().map(|(table, _)| table).find(|of| Some(of.name) == table);
        resource(&file, table, tables)
    });
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": dataset.name,
        "title": description.title,
        "version": description.version,
        "licenses": licenses(&description.license),
        "resources": resources.collect::<Vec<_>>(),
    });
    if let Some(text) = &description.description {
        package["description"] = json!(text.trim());
    }
    if let Some(url) = &description.url {
        package["homepage"] = json!(url);
    }
    if let Some(repository) = &description.repository {
        package["sources"] = json!([{ "title": "Records", "path": repository }]);
    }
    if !description.people.is_empty() {
        package["contributors"] = description.people.iter().map(contributor).collect();
    }
    format!("{package:#}\n")
}

fn contributor(person: &Person) -> Value {
    match &person.role {
        Some(role) => json!({ "title": person.name, "roles": [role] }),
        None => json!({ "title": person.name }),
    }
}

/// A file of the package. One that is no CSV table is a file without a type, as the standard has it: in
/// version 2 `table` is the only type.
fn resource(file: &Digested<'_>, table: Option<&TableDescription>, tables: &[Written]) -> Value {
    let extension = file.name.rsplit('.').next().unwrap_or_default();
    // A reader that goes by `parquet` takes the file for a table, and asks for its schema.
    let (format, mediatype) = match extension {
        "csv" => ("csv", "text/csv"),
        "geojson" => ("geojson", "application/geo+json"),
        "parquet" => ("vnd.apache.parquet", "application/vnd.apache.parquet"),
        other => (other, "application/octet-stream"),
    };
    let mut resource = json!({
        "name": table.map_or(file.name, |table| table.name),
        "path": file.name,
        "format": format,
        "mediatype": mediatype,
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
    });
    if let Some(table) = table {
        resource["type"] = json!("table");
        resource["description"] = json!(table.doc);
        resource["encoding"] = json!("utf-8");
        resource["schema"] = schema(table, tables);
    }
    resource
}

fn schema(table: &TableDescription, tables: &[Written]) -> Value {
    let fields = table.columns.iter().map(|column| field(column, table));
    let references = table.references.iter().filter_map(|(column, other)| {
        let (other, _) = tables.iter().find(|(known, _)| known.name == *other)?;
        let reference = json!({ "resource": other.name, "fields": other.key });
        Some(json!({ "fields": [column], "reference": reference }))
    });
    let mut schema = json!({
        "fields": fields.collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": table.key,
    });
    let references: Vec<_> = references.collect();
    if !references.is_empty() {
        schema["foreignKeys"] = references.into();
    }
    schema
}

fn field(column: &ColumnDescription, table: &TableDescription) -> Value {
    let mut field = json!({
        "name": column.name,
        "type": field_type(column.kind),
        "description": column.doc,
    });
    if let ColumnType::List(item) = column.kind {
        field["delimiter"] = json!(LIST_SEPARATOR);
        field["itemType"] = json!(field_type(*item));
    }
    let mut constraints = Map::new();
    if table.key.contains(&&*column.name) {
        constraints.insert("required".to_owned(), json!(true));
    }
    if table.key == [&*column.name] {
        constraints.insert("unique".to_owned(), json!(true));
    }
    if (1..=MOST_CODES).contains(&column.codes.len()) {
        constraints.insert("enum".to_owned(), json!(column.codes));
    }
    // Not every validator heeds these, so the codes stand above too.
    if column.kind == ColumnType::Category && constraints.contains_key("enum") {
        field["categories"] = json!(column.codes);
        field["categoriesOrdered"] = json!(!column.scale.is_empty());
    }
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}

const fn field_type(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text | ColumnType::Code | ColumnType::Category => "string",
        ColumnType::Int8 | ColumnType::Int16 | ColumnType::Int32 | ColumnType::Int64 => "integer",
        ColumnType::Number => "number",
        ColumnType::Boolean => "boolean",
        ColumnType::Day => "date",
        ColumnType::List(_) => "list",
    }
}
