//! GeoJSON (RFC 7946): a feature for each row of a table whose rows can be drawn.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::point::Points;
use super::sink::{SinkError, Stream, TableFormat, TableSink};
use crate::table::TableDescription;
use crate::table::cell::Cell;

/// The format.
pub static FORMAT: TableFormat = TableFormat {
    name: "geojson",
    doc: "GeoJSON, `events.geojson`: the events as points on a map",
    ending: ".geojson",
    takes: |table| Points::of(table).is_some(),
    open,
};

struct GeoJsonSink<'w> {
    out: Stream<'w>,
    points: Points,
    /// The names of the columns, as JSON.
    names: Vec<String>,
    /// The properties of the row, as JSON.
    properties: String,
    is_first: bool,
}

fn open<'w>(
    mut out: Stream<'w>,
    table: &TableDescription,
    eventc: &str,
) -> io::Result<Box<dyn TableSink + 'w>> {
    let points = Points::of(table).ok_or(io::ErrorKind::InvalidInput)?;
    let names = table.columns.iter().map(|column| json!(column.name).to_string()).collect();
    let name = json!(table.name);
    write!(
        out,
        "{{\"type\":\"FeatureCollection\",\"name\":{name},\"eventc\":{eventc},\"features\":["
    )?;
    Ok(Box::new(GeoJsonSink { out, points, names, properties: String::new(), is_first: true }))
}

impl TableSink for GeoJsonSink<'_> {
    fn cell(&mut self, position: usize, cell: &Cell<'_>) -> Result<(), SinkError> {
        self.points.note(position, cell);
        let before = if self.properties.is_empty() { "" } else { "," };
        let property = format!("{before}{}:{}", self.names[position], value(cell));
        self.properties.push_str(&property);
        Ok(())
    }

    fn end_row(&mut self) -> io::Result<()> {
        let before = if std::mem::take(&mut self.is_first) { "" } else { "," };
        let point = self.points.end_row();
        let geometry =
            point.map_or(Value::Null, |point| json!({ "type": "Point", "coordinates": point }));
        let properties = std::mem::take(&mut self.properties);
        write!(
            self.out,
            "{before}\n{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{{properties}}}}}"
        )
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
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
