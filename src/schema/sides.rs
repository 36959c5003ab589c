//! The box around a country.

use super::code::{Code, ColumnValue};
use super::code_list::CodeList;

/// The sides of a box around a country, in degrees, as the country list gives them.
#[derive(Clone, Copy, Debug)]
pub struct Sides {
    /// Greater than `east` where the country lies across the antimeridian.
    pub west: f64,
    /// The southernmost latitude.
    pub south: f64,
    /// The easternmost longitude.
    pub east: f64,
    /// The northernmost latitude.
    pub north: f64,
}

impl Sides {
    /// `None` if the list has none.
    pub fn of(list: &CodeList, country: Code) -> Option<Self> {
        let side = |name| match list.value(country, name)? {
            ColumnValue::Number(degrees) => Some(*degrees),
            _ => None,
        };
        Some(Self {
            west: side("west")?,
            south: side("south")?,
            east: side("east")?,
            north: side("north")?,
        })
    }

    /// Degrees from west to east.
    pub fn width(self) -> f64 {
        if self.east - self.west >= 360.0 { 360.0 } else { eastwards(self.west, self.east) }
    }

    /// In square degrees, to compare the sizes of boxes.
    pub fn area(self) -> f64 {
        (self.north - self.south) * self.width()
    }

    /// Whether it holds a point, when each side is moved outwards by a margin in degrees.
    pub fn hold(self, latitude: f64, longitude: f64, margin: f64) -> bool {
        let in_height = (self.south - margin..=self.north + margin).contains(&latitude);
        in_height && eastwards(self.west - margin, longitude) <= self.width() + 2.0 * margin
    }

    /// Latitude and longitude of its middle, to a hundredth of a degree.
    pub fn middle(self) -> (f64, f64) {
        let hundredths = |degrees: f64| (degrees * 100.0).round() / 100.0;
        let longitude = hundredths(eastwards(-180.0, self.west + self.width() / 2.0)) - 180.0;
        (hundredths(f64::midpoint(self.south, self.north)), hundredths(longitude))
    }
}

/// Degrees from one longitude to another, counted eastwards so that a box may cross the antimeridian.
fn eastwards(from: f64, to: f64) -> f64 {
    (to - from).rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIJI: Sides = Sides { west: 174.5, south: -21.8, east: -178.2, north: -12.4 };
    const EARTH: Sides = Sides { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    #[test]
    fn a_box_may_lie_across_the_antimeridian() {
        let cases = [(179.9, true), (-179.0, true), (173.6, true), (173.4, false), (-177.0, false)];
        for (longitude, held) in cases {
            assert_eq!(FIJI.hold(-18.0, longitude, 1.0), held, "{longitude}");
        }
        assert!(!FIJI.hold(18.0, 179.0, 1.0));
        assert!(EARTH.hold(-90.0, 12.0, 0.0) && EARTH.hold(90.0, 180.0, 0.0));
    }

    #[test]
    fn the_middle_is_within_the_sides() {
        assert_eq!(FIJI.middle(), (-17.1, 178.15));
        assert_eq!(EARTH.middle(), (0.0, 0.0));
        let samoa = Sides { west: 179.0, south: -14.1, east: -179.0, north: -13.4 };
        assert_eq!(samoa.middle(), (-13.75, -180.0));
    }
}
