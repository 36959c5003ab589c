//! The smallest area that is known to hold a location.

use std::collections::BTreeMap;

use super::bound::{Binding, PlaceIdentity};
use super::registry::RegistryEntry;
use crate::record::{Event, Location, MAX_RADIUS, Place};
use crate::schema::{Code, ColumnValue, Role, Sides};
use crate::value::name_key;

/// The smallest area that is known to hold a location, as a circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Latitude of its middle in decimal degrees, WGS 84.
    pub latitude: f64,
    /// Longitude of its middle in decimal degrees, WGS 84.
    pub longitude: f64,
    /// Radius in metres of a circle that surely holds the whole area; `None` where nothing bounds it.
    pub radius: Option<i64>,
    /// What the area is.
    pub kind: AreaKind,
}

/// What an area is; the narrowest stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaKind {
    /// The location itself, by its own coordinates or those of its place.
    Location,
    /// A place that it lies in.
    Place,
    /// Its first-order administrative division, by an entry of the registry.
    Division,
    /// Its country, by the box around it.
    Country,
}

impl AreaKind {
    /// The word of the column `area_kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Place => "place",
            Self::Division => "admin1",
            Self::Country => "country",
        }
    }
}

/// The precision of a place that is a first-order administrative division.
const DIVISION: &str = "adm1";

/// An area that holds a location, and the radius that is known of it.
struct Known {
    point: (f64, f64),
    radius: Option<i64>,
    kind: AreaKind,
}

impl<'p> Binding<'p> {
    /// The smallest area that is known to hold a location: the first with a point among the location
    /// itself, the places it lies in, its first-order division and its country. One without a radius lies
    /// within the next that has one, so a circle that holds that one holds it too.
    pub fn area(self, location: &'p Location) -> Option<Area> {
        let mut known = self.known(location).into_iter();
        let smallest = known.next()?;
        let wider = |wider: Known| Some(enclosing(smallest.point, wider.point, wider.radius?));
        let (latitude, longitude) = smallest.point;
        let radius = smallest.radius.or_else(|| known.find_map(wider));
        Some(Area { latitude, longitude, radius, kind: smallest.kind })
    }

    /// The radius of a place in metres: as stated, or that of its precision.
    pub fn radius(self, stated: Option<i64>, precision: Option<Code>) -> Option<i64> {
        let list = self.codebook.list(Role::LocationPrecision);
        let of_precision = || match list.value(precision?, "radius_m")? {
            ColumnValue::Integer(radius) => Some(*radius),
            _ => None,
        };
        stated.or_else(of_precision)
    }

    /// The areas with a point that hold a location, from narrow to wide.
    fn known(self, location: &'p Location) -> Vec<Known> {
        let here = self.place(location);
        let own = here.latitude.zip(here.longitude).map(|point| Known {
            point,
            radius: self.radius(here.radius, here.precision),
            kind: AreaKind::Location,
        });
        let place = location.place.as_ref().and_then(|place| self.dataset.places.get(&place.value));
        let around = place.into_iter().flat_map(|place| self.around(&place.entry).skip(1));
        let around = around.map(|place| (place, AreaKind::Place));
        let division = self.division(&here).map(|place| (&place.entry, AreaKind::Division));
        let wider = around.chain(division).filter(|(place, _)| self.holds(place, location));
        let wider = wider.filter_map(|(place, kind)| {
            let point = (place.latitude?.degrees(), place.longitude?.degrees());
            Some(Known { point, radius: self.radius(place.radius, place.precision), kind })
        });
        let countries = self.codebook.list(Role::Country);
        let sides = here.country.and_then(|country| Sides::of(countries, country));
        // What is near a place of an area may lie outside it by as much.
        let outside = match own {
            Some(_) => 0,
            None => self.radius(location.radius, location.precision).unwrap_or(0),
        };
        let wider = wider.chain(sides.map(of_country)).map(|known| Known {
            radius: known.radius.map(|radius| radius.saturating_add(outside).min(MAX_RADIUS)),
            ..known
        });
        own.into_iter().chain(wider).collect()
    }

    /// Whether an area holds a location of a place in it. A location whose own precision is that of an
    /// area may be wider than its place: only an area that is as wide holds it.
    fn holds(self, area: &Place, location: &Location) -> bool {
        let list = self.codebook.list(Role::LocationPrecision);
        let Some(stated) = location.precision else { return true };
        let rank = |precision: Option<Code>| list.rank(precision?);
        let is_as_wide =
            || rank(area.precision).zip(rank(Some(stated))).is_some_and(|(area, own)| area <= own);
        self.radius(None, Some(stated)).is_some() || is_as_wide()
    }

    /// The entry of the first-order division in which a place lies, by its precision `adm1`, its country and
    /// its name.
    pub fn division(self, place: &PlaceIdentity<'_>) -> Option<&'p RegistryEntry<Place>> {
        let divisions = self.known_divisions()?;
        let division = (place.country?, name_key(place.admin1?));
        Some(&self.dataset.places.entries()[*divisions.get(&division)?])
    }

    /// The entry of the first-order division in which an event was.
    pub fn division_of(self, event: &'p Event) -> Option<&'p RegistryEntry<Place>> {
        self.known_divisions()?;
        self.division(&self.place_of(event))
    }

    /// The divisions by country and name; `None` where there are none, as in most registries, so that no
    /// name need be compared.
    fn known_divisions(self) -> Option<&'p BTreeMap<(Code, String), usize>> {
        let divisions = self.dataset.divisions.get_or_init(|| self.divisions());
        Some(divisions).filter(|divisions| !divisions.is_empty())
    }

    /// Of two that have a name, the one with a radius, then the first.
    fn divisions(self) -> BTreeMap<(Code, String), usize> {
        let precision = self.codebook.list(Role::LocationPrecision).find(DIVISION);
        let places = self.dataset.places.entries().iter().enumerate();
        let is_division = |place: &Place| precision.is_some() && place.precision == precision;
        let located =
            places.filter(|(_, one)| is_division(&one.entry) && one.entry.latitude.is_some());
        let (bounded, others): (Vec<_>, Vec<_>) =
            located.partition(|(_, one)| one.entry.radius.is_some());
        let mut divisions = BTreeMap::new();
        for (position, one) in bounded.into_iter().chain(others) {
            let (Some(country), admin1) = self.area_of(&one.entry) else { continue };
            for name in one.entry.names().chain(admin1) {
                divisions.entry((country, name_key(name))).or_insert(position);
            }
        }
        divisions
    }
}

/// A country: the middle of its box, and a circle that holds the box. A side from south to north is
/// farthest from the middle at one of its ends, unless the box goes around more than half of the earth.
fn of_country(sides: Sides) -> Known {
    let point = sides.middle();
    let Sides { west, south, east, north } = sides;
    let corners = [(south, west), (south, east), (north, west), (north, east)];
    let apart = corners.map(|corner| distance(point, corner)).into_iter().fold(0.0, f64::max);
    let radius = if sides.width() > 180.0 { MAX_RADIUS } else { reach(apart, 0) };
    Known { point, radius: Some(radius), kind: AreaKind::Country }
}

/// The radius of a circle around one point that holds a circle around another.
fn enclosing(one: (f64, f64), other: (f64, f64), radius: i64) -> i64 {
    reach(distance(one, other), radius)
}

/// How far a circle reaches from a point whose middle is so many metres away on a sphere: in whole
/// kilometres, surely no less on the earth, and at most half of its circumference. No path is longer on the
/// ellipsoid of WGS 84 than on a sphere whose radius is the ellipsoid's largest radius of curvature,
/// 6,399,594 m at the poles.
fn reach(apart: f64, radius: i64) -> i64 {
    const LARGEST: f64 = 6_399_594.0;
    let metres = apart * LARGEST / MEAN_RADIUS + radius as f64;
    let kilometres = (metres / 1000.0).ceil().max(1.0);
    (kilometres as i64).saturating_mul(1000).min(MAX_RADIUS)
}

/// The earth's mean radius in metres.
const MEAN_RADIUS: f64 = 6_371_008.8;

/// Metres between two points on a sphere of the earth's mean radius, by the haversine formula.
pub fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let half_sine = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let cosines = one.0.to_radians().cos() * other.0.to_radians().cos();
    let chord = half_sine(one.0, other.0) + cosines * half_sine(one.1, other.1);
    2.0 * MEAN_RADIUS * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::load_with_shipped;
    use crate::source::{Files, Memory};

    /// Every point of a box, a tenth of its height and width apart.
    fn points(sides: Sides) -> impl Iterator<Item = (f64, f64)> {
        let along =
            |from: f64, by: f64| (0..=10).map(move |tenth| from + by * f64::from(tenth) / 10.0);
        let heights = along(sides.south, sides.north - sides.south);
        heights.flat_map(move |latitude| {
            along(sides.west, sides.width()).map(move |longitude| (latitude, longitude))
        })
    }

    #[test]
    fn the_circle_of_a_country_holds_its_box() {
        let shipped = load_with_shipped(&Memory::new(), &mut Files::default()).unwrap().codebook;
        let list = shipped.list(Role::Country);
        let boxes =
            list.codes().filter_map(|code| Some((&*list.entry(code).code, Sides::of(list, code)?)));
        let around = |west, south, east, north| Sides { west, south, east, north };
        let odd = [
            ("the earth", around(-180.0, -90.0, 180.0, 90.0)),
            ("more than half", around(10.0, -80.0, -140.0, 20.0)),
            ("a polar cap", around(-180.0, 66.5, 180.0, 90.0)),
            ("half a polar cap", around(90.0, -90.0, -90.0, -60.0)),
            ("a point", around(180.0, 0.0, 180.0, 0.0)),
        ];
        let mut radii = BTreeMap::new();
        for (name, sides) in boxes.chain(odd) {
            let Known { point, radius, .. } = of_country(sides);
            assert!(sides.hold(point.0, point.1, 0.01), "{name}: {point:?}");
            let radius = radius.unwrap();
            let farthest = points(sides).map(|at| distance(point, at)).fold(0.0, f64::max);
            assert!(radius as f64 >= farthest, "{name}: {radius} m, but {farthest} m");
            radii.insert(name, (point, radius));
        }
        assert_eq!(radii["FJI"], ((-17.1, 178.15), 657_000));
        assert_eq!(radii["USA"], ((45.2, -127.2), 6_256_000));
        assert_eq!(radii["a point"], ((0.0, -180.0), 1000));
        assert_eq!(radii["the earth"].1, MAX_RADIUS);
        assert!(!radii.contains_key("ATA") && !radii.contains_key("SUN"));
    }

    #[test]
    fn a_radius_is_no_less_on_the_ellipsoid_than_on_the_sphere() {
        // A degree of latitude at the pole is 111,693.9 m on WGS 84, and on the sphere 111,195 m.
        assert_eq!(reach(distance((89.0, 0.0), (90.0, 77.0)), 0), 112_000);
        assert!(distance((89.0, 0.0), (90.0, 77.0)) * 6_399_594.0 / MEAN_RADIUS >= 111_693.9);
        assert_eq!(enclosing((0.0, 179.5), (0.0, -179.5), 500), 113_000);
        assert_eq!(enclosing((90.0, 0.0), (-90.0, 0.0), MAX_RADIUS), MAX_RADIUS);
        assert_eq!(enclosing((1.5, 2.5), (1.5, 2.5), 1), 1000);
    }
}
