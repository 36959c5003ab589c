//! The column of GeoParquet.

use std::sync::Arc;

use arrow::array::{BinaryBuilder, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use serde_json::{Value, json};

use super::point::{Point, Points};
use crate::table::TableDescription;
use crate::table::batch::DESCRIPTION;

/// Name of the column.
pub const GEOMETRY: &str = "geometry";

/// What the column holds.
pub const GEOMETRY_DOC: &str = "The point `area_longitude`, `area_latitude` in WKB; missing where no area is known. Read it with `area_radius_m` and `area_kind`.";

/// The geometry of the rows of a table.
#[derive(Debug)]
pub(super) struct Geometry {
    points: Points,
    /// Before the first list: a reader of R misreads what comes after one.
    position: usize,
    /// West, south, east and north of all points so far.
    bounds: Option<[f64; 4]>,
}

impl Geometry {
    /// `None` for a table whose rows are nowhere.
    pub(super) fn of(table: &TableDescription) -> Option<Self> {
        let first_list = table.columns.iter().position(|column| column.kind.is_list());
        Some(Self {
            points: Points::of(table)?,
            position: first_list.unwrap_or(table.columns.len()),
            bounds: None,
        })
    }

    /// The schema with the column.
    pub(super) fn schema(&self, schema: &SchemaRef) -> SchemaRef {
        let metadata = [(DESCRIPTION.to_owned(), GEOMETRY_DOC.to_owned())].into();
        let field = Field::new(GEOMETRY, DataType::Binary, true).with_metadata(metadata);
        let mut fields: Vec<_> = schema.fields().iter().cloned().collect();
        fields.insert(self.position, Arc::new(field));
        Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
    }

    /// A batch with the column.
    pub(super) fn insert(&mut self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut geometries = BinaryBuilder::new();
        for point in self.points.read(batch) {
            if let Some([x, y]) = point {
                let [west, south, east, north] = self.bounds.unwrap_or([x, y, x, y]);
                self.bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
            }
            geometries.append_option(point.map(wkb));
        }
        let mut columns = batch.columns().to_vec();
        columns.insert(self.position, Arc::new(geometries.finish()));
        RecordBatch::try_new(self.schema(&batch.schema()), columns)
    }

    /// The value of the key `geo`. Without `crs`, coordinates are those of OGC:CRS84.
    pub(super) fn metadata(&self) -> String {
        let mut column = json!({ "encoding": "WKB", "geometry_types": ["Point"] });
        if let Some(bounds) = self.bounds {
            column["bbox"] = json!(bounds);
        }
        let columns: Value = json!({ GEOMETRY: column });
        json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": columns }).to_string()
    }
}

/// A point in WKB: little-endian, then the type of a point, then its coordinates.
fn wkb(point: Point) -> Vec<u8> {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend(point.iter().flat_map(|degrees| degrees.to_le_bytes()));
    bytes
}
