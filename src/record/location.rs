//! Where something happened.

use super::Reader;
use super::code::{CodeOf, Country, LocationPrecision};
use crate::form::shape::{self, Integer, Reference};
use crate::form::{Described, FormDefect, InvalidValue, Key, Kind, Opened, Shape, Written};
use crate::schema::Code;
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value::{CoordinateError, Latitude, Longitude};

/// A place by its id, or by what is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    /// An id of `places.yaml`.
    pub place: Option<Spanned<Box<str>>>,
    /// Latitude in decimal degrees, WGS 84.
    pub latitude: Option<Latitude>,
    /// Longitude in decimal degrees, WGS 84.
    pub longitude: Option<Longitude>,
    /// The country, a code of the country list.
    pub country: Option<Code>,
    /// How well the place is known, a code of the location precision list.
    pub precision: Option<Code>,
    /// Radius in metres of a circle around the coordinates that surely holds the place.
    pub radius: Option<i64>,
}

pub(super) const PLACE: Key<Reference<shape::Place>> =
    Key::optional("place", "An id of `places.yaml`.");
pub(super) const LATITUDE: Key<shape::Latitude> =
    Key::optional("latitude", "Latitude in decimal degrees, WGS 84.").beside(&["longitude"]);
pub(super) const LONGITUDE: Key<shape::Longitude> =
    Key::optional("longitude", "Longitude in decimal degrees, WGS 84.").beside(&["latitude"]);
pub(super) const COUNTRY: Key<CodeOf<Country>> =
    Key::optional("country", "The country, as an ISO 3166-1 alpha-3 code.");
pub(super) const PRECISION: Key<CodeOf<LocationPrecision>> =
    Key::optional("precision", "How well the place is known.");

pub(super) const RADIUS: Key<Radius> = Key::optional(
    "radius",
    "Radius in metres of a circle around the coordinates that surely holds the place.",
);

/// The smallest radius, in metres: a point has none (Darwin Core, `coordinateUncertaintyInMeters`).
const MIN_RADIUS: i64 = 1;

/// The largest radius, in metres: half of the earth's circumference.
const MAX_RADIUS: i64 = 20_037_508;

/// A radius in whole metres.
#[derive(Debug)]
pub(super) struct Radius;

impl Described for Radius {
    fn kind() -> Kind {
        Kind::IntegerBetween(MIN_RADIUS, MAX_RADIUS)
    }
}

impl<C: crate::form::Context> Shape<C> for Radius {
    type Value = i64;

    fn read(node: Node<'_>, reader: &mut crate::form::Reader<'_, C>) -> Written<i64> {
        match Integer::read(node, reader) {
            Written::Given(radius) if !(MIN_RADIUS..=MAX_RADIUS).contains(&radius.value) => {
                let (min, max) = (Some(MIN_RADIUS as f64), Some(MAX_RADIUS as f64));
                let bounds = InvalidValue::Bounds { min, max }.unless_placeholder(node.source());
                reader.invalid(radius.span, FormDefect::InvalidValue(bounds))
            }
            other => other,
        }
    }
}

/// Reads the keys that say where.
pub(super) fn read_location(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Location {
    let place = opened.get(&PLACE, reader).into_spanned();
    let (latitude, longitude) = read_coordinates(opened, reader);
    Location {
        place,
        latitude,
        longitude,
        country: opened.get(&COUNTRY, reader).into_value(),
        precision: opened.get(&PRECISION, reader).into_value(),
        radius: opened.get(&RADIUS, reader).into_value(),
    }
}

/// Reads latitude and longitude. Where each can only be the other they were exchanged.
pub(super) fn read_coordinates(
    opened: &Opened<'_>,
    reader: &mut Reader<'_>,
) -> (Option<Latitude>, Option<Longitude>) {
    if let Some(exchanged) = exchanged(opened) {
        reader.report(exchanged.span, FormDefect::InvalidValue(exchanged.value));
        return (None, None);
    }
    let latitude = opened.get(&LATITUDE, reader).into_value();
    (latitude, opened.get(&LONGITUDE, reader).into_value())
}

fn exchanged(opened: &Opened<'_>) -> Option<Spanned<InvalidValue>> {
    let text = |node: Node<'_>| match node.content() {
        Content::Scalar(scalar) if !node.damaged() => {
            Some(Spanned::new(scalar.text.to_owned(), node.span()))
        }
        _ => None,
    };
    let (latitude, longitude) =
        (text(opened.node_of(&LATITUDE)?)?, text(opened.node_of(&LONGITUDE)?)?);
    let beyond =
        matches!(Latitude::parse(&latitude.value), Err(CoordinateError::OutOfRange { .. }));
    let fit =
        Longitude::parse(&latitude.value).is_ok() && Latitude::parse(&longitude.value).is_ok();
    let exchanged = InvalidValue::ExchangedCoordinates { latitude: latitude.value, longitude };
    (beyond && fit).then_some(Spanned::new(exchanged, latitude.span))
}
