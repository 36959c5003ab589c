//! A place's entry in `places.yaml`.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::code::{CountryCode, LocationPrecisionCode};
use super::fields::{FieldValues, read_fields};
use super::location::{Radius, report_no_gazetteer, without_exchanged};
use crate::form::{List, ListText, Opened, PlaceName, Text, form};
use crate::schema::{Code, Codebook, FieldOn};
use crate::source::Spanned;
use crate::value::{Latitude, Longitude};

form! {
    /// A place where things happen.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Place: "place" in Codebook, first without_exchanged, then report {
        /// The name in common use.
        required name called ["label"]: Box<str> = Text,
        /// Other names and spellings.
        optional aliases called ["other_names", "aka"]: Vec<Box<str>> = List<ListText>,
        /// Latitude in decimal degrees, WGS 84.
        optional latitude called ["lat"] beside ["longitude"]: Option<Latitude> = Latitude,
        /// Longitude in decimal degrees, WGS 84.
        optional longitude called ["lon", "lng", "long"] beside ["latitude"]: Option<Longitude> = Longitude,
        /// The country, as an ISO 3166-1 alpha-3 code.
        optional country: Option<Code> = CountryCode,
        /// The first-order administrative division, such as a governorate.
        optional admin1 called ["province", "governorate", "region"]: Option<Box<str>> = Text,
        /// The second-order administrative division, such as a district.
        optional admin2 called ["district", "county"]: Option<Box<str>> = Text,
        /// The place that it lies in.
        optional within called ["part_of", "in"]: Option<Spanned<Box<str>>> = PlaceName,
        /// How well the place is known.
        optional precision called ["accuracy", "geo_precision"]: Option<Code> = LocationPrecisionCode,
        /// Radius in metres of a circle around the coordinates that surely holds the place.
        optional radius: Option<i64> = Radius,
        /// Where the coordinates come from.
        optional gazetteer: Option<Box<str>> = Text,
        /// Other entries that look like this one and are something else.
        optional distinct_from: Vec<Spanned<Box<str>>> = List<PlaceName>,
        /// Anything else.
        optional note called ["notes", "comment"]: Option<Box<str>> = Text,
        /// Whether a build leaves it out, unless told otherwise: the tables have a stand-in.
        optional restricted: bool = bool,
    }
    made from (opened, reader) {
        /// The extra fields.
        pub fields: FieldValues = read_fields(opened, FieldOn::Place, reader),
    }
}

impl Place {
    /// Its name, and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(|name| &**name)
    }
}

fn report(place: &mut Place, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    report_no_gazetteer(place.latitude.is_some(), opened, reader);
}
