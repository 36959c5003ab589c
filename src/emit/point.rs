//! The points of a table whose rows can be drawn on a map.

use crate::table::TableDescription;
use crate::table::cell::Cell;

/// Reads the point of each row from its cells: the middle of the smallest area that is known, so that a
/// row of which only the province or country is known has one too.
#[derive(Debug)]
pub(super) struct Points {
    latitude: usize,
    longitude: usize,
    row: [Option<f64>; 2],
}

/// Longitude and latitude in decimal degrees, WGS 84, in the order of GeoJSON and of WKB.
pub(super) type Point = [f64; 2];

impl Points {
    /// `None` for a table whose rows are nowhere.
    pub(super) fn of(table: &TableDescription) -> Option<Self> {
        let (latitude, longitude) =
            (table.position("area_latitude")?, table.position("area_longitude")?);
        Some(Self { latitude, longitude, row: [None; 2] })
    }

    /// Takes a cell of the row.
    pub(super) fn note(&mut self, position: usize, cell: &Cell<'_>) {
        let coordinates = [self.longitude, self.latitude];
        if let (Some(at), Cell::Number(degrees)) =
            (coordinates.iter().position(|one| *one == position), cell)
        {
            self.row[at] = Some(*degrees);
        }
    }

    /// The point of the row, which ends.
    pub(super) fn end_row(&mut self) -> Option<Point> {
        let [longitude, latitude] = std::mem::take(&mut self.row);
        Some([longitude?, latitude?])
    }
}
