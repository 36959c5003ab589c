//! What a Parquet file says about itself, under the keys that readers look for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::geometry::{GEOMETRY, GEOMETRY_DOC};
use crate::table::TableDescription;
use crate::table::column::ColumnType;

/// Key of the caller's own JSON: dataset, version, codebook, license, generator.
pub const EVENTC: &str = "eventc";
/// Key from which pandas takes nullable integers and flags; without it a column with missing
/// values arrives as floats or objects.
pub const PANDAS: &str = "pandas";
/// Key that pandas 3 loads into `DataFrame.attrs`.
pub const PANDAS_ATTRS: &str = "PANDAS_ATTRS";
/// Key from which Spark takes column comments.
pub const SPARK: &str = "org.apache.spark.sql.parquet.row.metadata";

/// The metadata of a file of `table`, sorted by key. polars, DuckDB, Spark and R read only this; pyarrow
/// and pandas only [that of the Arrow schema](schema_metadata), which stands in the file too.
/// `has_geometry` says whether the file has the column of GeoParquet too.
pub fn file_metadata(
    table: &TableDescription,
    eventc: &str,
    has_geometry: bool,
) -> BTreeMap<String, String> {
    BTreeMap::from([
        (EVENTC.to_owned(), eventc.to_owned()),
        (PANDAS.to_owned(), pandas(table, has_geometry).to_string()),
        (PANDAS_ATTRS.to_owned(), pandas_attrs(table, has_geometry).to_string()),
        (SPARK.to_owned(), spark(table, has_geometry).to_string()),
    ])
}

/// The metadata of the Arrow schema: that of its file, without what only Spark reads.
pub fn schema_metadata(of_file: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let pairs = of_file.iter().filter(|(key, _)| *key != SPARK);
    pairs.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// What follows <https://pandas.pydata.org/docs/development/developer.html>. Every column is
/// listed, or fastparquet fails; and only types that pandas 2.0 knows, or it fails.
fn pandas(table: &TableDescription, has_geometry: bool) -> Value {
    let column = |(name, (pandas_type, numpy_type)): (&str, (Cow<'_, str>, &str))| {
        json!({
            "name": name,
            "field_name": name,
            "pandas_type": pandas_type,
            "numpy_type": numpy_type,
            "metadata": null,
        })
    };
    let columns = table.columns.iter().map(|column| (&*column.name, pandas_types(column.kind)));
    let geometry = has_geometry.then_some((GEOMETRY, ("bytes".into(), "object")));
    json!({
        "columns": columns.chain(geometry).map(column).collect::<Vec<_>>(),
        "column_indexes": [],
        "index_columns": [],
        "creator": { "library": "eventc", "version": env!("CARGO_PKG_VERSION") },
        "pandas_version": "2.0.0",
    })
}

fn pandas_types(kind: ColumnType) -> (Cow<'static, str>, &'static str) {
    let (pandas_type, numpy_type) = match kind {
        // The Arrow schema makes a category of it. Called `categorical` here, it would have to
        // state how many values there are before the first row is written.
        ColumnType::Text | ColumnType::Code | ColumnType::Category => ("unicode", "object"),
        ColumnType::Int8 => ("int8", "Int8"),
        ColumnType::Int16 => ("int16", "Int16"),
        ColumnType::Int32 => ("int32", "Int32"),
        ColumnType::Int64 => ("int64", "Int64"),
        ColumnType::Number => ("float64", "float64"),
        ColumnType::Boolean => ("bool", "boolean"),
        // pandas makes date objects of it either way; fastparquet makes bare integers of `object`.
        ColumnType::Day => ("date", "datetime64[ns]"),
        ColumnType::List(item) => {
            return (format!("list[{}]", pandas_types(*item).0).into(), "object");
        }
    };
    (pandas_type.into(), numpy_type)
}

fn pandas_attrs(table: &TableDescription, has_geometry: bool) -> Value {
    let docs = table.columns.iter().map(|column| (column.name.to_string(), json!(column.doc)));
    let geometry = has_geometry.then(|| (GEOMETRY.to_owned(), json!(GEOMETRY_DOC)));
    let docs: Map<String, Value> = docs.chain(geometry).collect();
    let on_scale = table.columns.iter().filter(|column| !column.scale.is_empty());
    let scales = on_scale.map(|column| (column.name.to_string(), json!(column.scale)));
    let scales: Map<String, Value> = scales.collect();
    json!({ "table": table.name, "description": table.doc, "columns": docs, "scales": scales })
}

fn spark(table: &TableDescription, has_geometry: bool) -> Value {
    let field = |(name, kind, doc): (&str, Value, &str)| json!({ "name": name, "type": kind, "nullable": true, "metadata": { "comment": doc } });
    let columns = table.columns.iter();
    let columns = columns.map(|column| (&*column.name, spark_type(column.kind), &*column.doc));
    let geometry = has_geometry.then(|| (GEOMETRY, json!("binary"), GEOMETRY_DOC));
    let fields: Vec<Value> = columns.chain(geometry).map(field).collect();
    json!({ "type": "struct", "fields": fields })
}

fn spark_type(kind: ColumnType) -> Value {
    match kind {
        ColumnType::Text | ColumnType::Code | ColumnType::Category => json!("string"),
        ColumnType::Int8 => json!("byte"),
        ColumnType::Int16 => json!("short"),
        ColumnType::Int32 => json!("integer"),
        ColumnType::Int64 => json!("long"),
        ColumnType::Number => json!("double"),
        ColumnType::Boolean => json!("boolean"),
        ColumnType::Day => json!("date"),
        ColumnType::List(item) => {
            json!({ "type": "array", "elementType": spark_type(*item), "containsNull": true })
        }
    }
}
