//! Where something happened.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::code::{CountryCode, LocationPrecisionCode};
use super::defect::RecordDefect;
use crate::form::{InvalidValue, Kind, Opened, PlaceName, Text, Written, form, shape};
use crate::schema::{Code, Codebook};
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value::{CoordinateError, Latitude, Longitude};

form! {
    /// A place by its id, or by what is known of it.
    #[derive(Clone, Debug, Deserialize, Default, PartialEq, Serialize)]
    pub struct Location: "location" in Codebook, first without_exchanged {
        /// An id of `places.yaml`.
        optional place called ["name", "city", "town", "site"]: Option<Spanned<Box<str>>> = PlaceName,
        /// Latitude in decimal degrees, WGS 84.
        optional latitude called ["lat"] beside ["longitude"]: Option<Latitude> = Latitude,
        /// Longitude in decimal degrees, WGS 84.
        optional longitude called ["lon", "lng", "long"] beside ["latitude"]: Option<Longitude> = Longitude,
        /// The country, as an ISO 3166-1 alpha-3 code.
        optional country: Option<Code> = CountryCode,
        /// The first-order administrative division, such as a governorate.
        optional admin1: Option<Box<str>> = Text,
        /// How well the place is known.
        optional precision called ["accuracy", "geo_precision"]: Option<Code> = LocationPrecisionCode,
        /// Radius in metres of a circle around the coordinates that surely holds the place.
        optional radius: Option<i64> = Radius,
        /// Where the coordinates come from.
        optional gazetteer: Option<Box<str>> = Text,
        /// Whether a build leaves the coordinates out, unless told otherwise.
        optional restricted: bool = bool,
    }
}

impl From<Spanned<Box<str>>> for Location {
    /// A location that is only the id of a place.
    fn from(place: Spanned<Box<str>>) -> Self {
        Self { place: Some(place), ..Self::default() }
    }
}

/// The smallest radius, in metres: a point has none (Darwin Core, `coordinateUncertaintyInMeters`).
const MIN_RADIUS: i64 = 1;

/// The largest radius, in metres: half of the earth's circumference.
pub const MAX_RADIUS: i64 = 20_037_508;

shape! {
    /// A radius in whole metres.
    pub(super) struct Radius in Codebook => i64: Kind::IntegerBetween(MIN_RADIUS, MAX_RADIUS),
    |node, reader| i64::read(node, reader).and_then(|radius| {
        if (MIN_RADIUS..=MAX_RADIUS).contains(&radius.value) {
            return Written::Given(radius);
        }
        let (min, max) = (Some(MIN_RADIUS.into()), Some(MAX_RADIUS.into()));
        let bounds = InvalidValue::Bounds { min, max };
        reader.invalid(radius.span, bounds.unless_placeholder(node.source()))
    });
}

/// Reports coordinates that do not say where they come from.
pub(super) fn report_no_gazetteer(
    has_coordinates: bool,
    opened: &Opened<'_>,
    reader: &mut Reader<'_>,
) {
    if let Some(latitude) = opened.key_span("latitude").filter(|_| has_coordinates)
        && opened.key_span("gazetteer").is_none()
        && !opened.incomplete()
    {
        reader.report(latitude, RecordDefect::NoGazetteer);
    }
}

/// A mapping without its coordinates, where these were exchanged: each can only be the other.
pub(super) fn without_exchanged<'d>(
    opened: &Opened<'d>,
    reader: &mut Reader<'_>,
) -> Option<Opened<'d>> {
    let exchanged = exchanged(opened)?;
    reader.report(exchanged.span, exchanged.value);
    Some(opened.without(&["latitude", "longitude"]))
}

fn exchanged(opened: &Opened<'_>) -> Option<Spanned<InvalidValue>> {
    let text = |node: Node<'_>| match node.content() {
        Content::Scalar(scalar) if !node.damaged() => {
            Some(Spanned::new(scalar.text.to_owned(), node.span()))
        }
        _ => None,
    };
    let (latitude, longitude) =
        (text(opened.node_of("latitude")?)?, text(opened.node_of("longitude")?)?);
    let beyond =
        matches!(Latitude::parse(&latitude.value), Err(CoordinateError::OutOfRange { .. }));
    let fit =
        Longitude::parse(&latitude.value).is_ok() && Latitude::parse(&longitude.value).is_ok();
    let exchanged = InvalidValue::ExchangedCoordinates { latitude: latitude.value, longitude };
    (beyond && fit).then_some(Spanned::new(exchanged, latitude.span))
}
