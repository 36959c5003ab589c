//! The points of a table whose rows can be drawn on a map.

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Float64Type;

use crate::table::TableDescription;

/// The columns of the point of each row: the middle of the smallest area that is known, so that a row of which only
/// the province or country is known has one too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Points {
    latitude: usize,
    longitude: usize,
}

/// Longitude and latitude in decimal degrees, WGS 84, in the order of GeoJSON and of WKB.
pub(super) type Point = [f64; 2];

impl Points {
    /// `None` for a table whose rows are nowhere.
    pub(super) fn of(table: &TableDescription) -> Option<Self> {
        let (latitude, longitude) =
            (table.position("area_latitude")?, table.position("area_longitude")?);
        Some(Self { latitude, longitude })
    }

    /// The point of each row of a batch.
    pub(super) fn read(self, batch: &RecordBatch) -> impl Iterator<Item = Option<Point>> {
        let column = |at| batch.column(at).as_primitive::<Float64Type>();
        let (longitudes, latitudes) = (column(self.longitude), column(self.latitude));
        longitudes.iter().zip(latitudes).map(|(longitude, latitude)| Some([longitude?, latitude?]))
    }
}
