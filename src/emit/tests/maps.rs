//! GeoParquet and GeoJSON hold the points of a table.

use arrow::array::{Array, AsArray};
use serde_json::{Value, json};

use super::table_writer::open;
use crate::emit::writer::write_table;
use crate::emit::{geojson, parquet};
use crate::table::column::{Column, ColumnType, Table};

type Row = (&'static str, Option<f64>, Option<f64>);

fn table() -> Table<'static, Row> {
    let columns = vec![
        Column::new("id", ColumnType::Text, "Id.", |row: &Row| row.0.into()),
        Column::new("area_latitude", ColumnType::Number, "Latitude.", |row: &Row| row.1.into()),
        Column::new("area_longitude", ColumnType::Number, "Longitude.", |row: &Row| row.2.into()),
        Column::new("tags", ColumnType::TEXTS, "Tags.", |row: &Row| vec![row.0, "b"].into()),
    ];
    Table::new("toys", "A toy.", &["id"], columns)
}

fn written(format: &crate::emit::TableFormat, rows: &[Row]) -> Vec<u8> {
    let (table, mut out) = (table(), Vec::new());
    assert!((format.takes)(&table.describe()));
    let sink = format.begin(&mut out, &table.describe(), r#"{"dataset":"toy"}"#).unwrap();
    write_table(&table, vec![sink], rows, 3).unwrap();
    out
}

const ROWS: [Row; 4] = [
    ("fiji", Some(-17.5), Some(179.5)),
    ("no\n\"where", None, None),
    ("half", Some(1.0), None),
    ("samoa", Some(-13.75), Some(-172.0)),
];

#[test]
fn a_row_without_an_area_has_no_geometry() {
    let reader = open(&written(&parquet::GEO, &ROWS));
    let pairs = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let geo = pairs.iter().find(|pair| pair.key == "geo").unwrap().value.as_deref().unwrap();
    let column = json!({
        "encoding": "WKB", "geometry_types": ["Point"], "bbox": [-172.0, -17.5, 179.5, -13.75],
    });
    let expected = json!({
        "version": "1.1.0", "primary_column": "geometry", "columns": { "geometry": column },
    });
    assert_eq!(serde_json::from_str::<Value>(geo).unwrap(), expected);
    let names: Vec<_> = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["id", "dataset", "area_latitude", "area_longitude", "geometry", "tags"]);
    let batch = reader.build().unwrap().next().unwrap().unwrap();
    let points = batch.column(4).as_binary::<i32>();
    let point = |at: usize| points.is_valid(at).then(|| points.value(at));
    let wkb = |x: f64, y: f64| [&[1, 1, 0, 0, 0][..], &x.to_le_bytes(), &y.to_le_bytes()].concat();
    let expected = [Some(wkb(179.5, -17.5)), None, None, Some(wkb(-172.0, -13.75))];
    assert_eq!([0, 1, 2, 3].map(point), [0, 1, 2, 3].map(|at| expected[at].as_deref()));
}

#[test]
fn geojson_has_a_feature_for_each_row() {
    let found: Value = serde_json::from_slice(&written(&geojson::FORMAT, &ROWS)).unwrap();
    let feature = |id: &str, point: Value, latitude: Value, longitude: Value| {
        let properties = json!({
            "id": id, "dataset": null, "area_latitude": latitude, "area_longitude": longitude,
            "tags": [id, "b"],
        });
        json!({ "type": "Feature", "geometry": point, "properties": properties })
    };
    let point = |x: f64, y: f64| json!({ "type": "Point", "coordinates": [x, y] });
    let features = [
        feature("fiji", point(179.5, -17.5), json!(-17.5), json!(179.5)),
        feature("no\n\"where", Value::Null, Value::Null, Value::Null),
        feature("half", Value::Null, json!(1.0), Value::Null),
        feature("samoa", point(-172.0, -13.75), json!(-13.75), json!(-172.0)),
    ];
    let expected = json!({
        "type": "FeatureCollection", "name": "toys", "eventc": { "dataset": "toy" }, "features": features,
    });
    assert_eq!(found, expected);
    let empty: Value = serde_json::from_slice(&written(&geojson::FORMAT, &[])).unwrap();
    assert_eq!(empty["features"], json!([]));
}

#[test]
fn a_table_whose_rows_are_nowhere_is_on_no_map() {
    let columns = vec![Column::new("id", ColumnType::Text, "Id.", |row: &str| row.into())];
    let table: Table<'_, str> = Table::new("t", "Rows.", &[], columns);
    assert!(
        !(parquet::GEO.takes)(&table.describe()) && !(geojson::FORMAT.takes)(&table.describe())
    );
}
