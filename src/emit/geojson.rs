//! GeoJSON (RFC 7946): a feature for each row of a table whose rows can be drawn.

use std::io::{self, Write};

use arrow::array::RecordBatch;
use serde_json::{Value, json};

use super::point::Points;
use super::sink::{Stream, TableFormat, TableSink, TextSink};
use crate::table::TableDescription;
use crate::table::cell::Cell;
use crate::table::cells::Cells;

/// The format.
pub static FORMAT: TableFormat = TableFormat {
    name: "geojson",
    doc: "GeoJSON, `events.geojson`: the events as points on a map",
    ending: ".geojson",
    takes: |table| Points::of(table).is_some(),
    open,
    text: Some(text),
};

fn open<'w>(
    mut out: Stream<'w>,
    table: &TableDescription,
    eventc: &str,
) -> io::Result<Box<dyn TableSink + 'w>> {
    let name = json!(table.name);
    write!(
        out,
        "{{\"type\":\"FeatureCollection\",\"name\":{name},\"eventc\":{eventc},\"features\":["
    )?;
    Ok(Box::new(TextSink::new(out, ",", "\n]}\n")))
}

/// The features of a batch.
fn text(table: &TableDescription, batch: &RecordBatch) -> io::Result<Vec<u8>> {
    let points = Points::of(table).ok_or(io::ErrorKind::InvalidInput)?;
    let names: Vec<_> = table.columns.iter().map(|column| json!(column.name).to_string()).collect();
    let (mut out, cells) = (Vec::new(), Cells::of(batch));
    for (row, point) in points.read(batch).enumerate() {
        let before = if row == 0 { "" } else { "," };
        let geometry =
            point.map_or(Value::Null, |point| json!({ "type": "Point", "coordinates": point }));
        write!(out, "{before}\n{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{")?;
        for (at, (name, cell)) in names.iter().zip(cells.row(row)).enumerate() {
            let before = if at == 0 { "" } else { "," };
            write!(out, "{before}{name}:{}", value(&cell))?;
        }
        out.write_all(b"}}")?;
    }
    Ok(out)
}

/// A cell as a value of JSON.
fn value(cell: &Cell<'_>) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        Cell::Integer(number) => json!(number),
        Cell::Number(number) => json!(number),
        Cell::Boolean(yes) => json!(yes),
        Cell::List(items) => items.iter().map(value).collect(),
        Cell::Text(_) | Cell::Day(_) => json!(cell.to_string()),
    }
}
