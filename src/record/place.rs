//! A place's entry in `places.yaml`.

use super::Reader;
use super::location::{COUNTRY, LONGITUDE, PRECISION, RADIUS, read_coordinates};
use crate::form::shape::{self, Formed, List, ListText, OfForm, Reference, Text};
use crate::form::{Form, Key, Opened};
use crate::schema::{Code, Codebook};
use crate::source::Spanned;
use crate::value::{Latitude, Longitude};

/// A place where things happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The name in common use.
    pub name: Box<str>,
    /// Other names and spellings.
    pub aliases: Vec<Box<str>>,
    /// Latitude in decimal degrees, WGS 84.
    pub latitude: Option<Latitude>,
    /// Longitude in decimal degrees, WGS 84.
    pub longitude: Option<Longitude>,
    /// The country.
    pub country: Option<Code>,
    /// The first-order administrative division.
    pub admin1: Option<Box<str>>,
    /// The second-order administrative division.
    pub admin2: Option<Box<str>>,
    /// The place that it lies in.
    pub within: Option<Spanned<Box<str>>>,
    /// How well the coordinates stand for the place.
    pub precision: Option<Code>,
    /// Radius in metres of a circle around the coordinates that surely holds the place.
    pub radius: Option<i64>,
    /// Where the coordinates come from.
    pub gazetteer: Option<Box<str>>,
    /// Other entries that look like this one and are something else.
    pub distinct_from: Vec<Spanned<Box<str>>>,
    /// Anything else.
    pub note: Option<Box<str>>,
}

impl Place {
    /// Its name, and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(|name| &**name)
    }
}

/// A place's entry.
static PLACE: Form = Form {
    name: "place",
    keys: &[
        NAME.info(),
        ALIASES.info(),
        LATITUDE.info(),
        LONGITUDE.info(),
        COUNTRY.info(),
        ADMIN1.info(),
        ADMIN2.info(),
        WITHIN.info(),
        PRECISION.info(),
        RADIUS.info(),
        GAZETTEER.info(),
        DISTINCT_FROM.info(),
        NOTE.info(),
    ],
};

const NAME: Key<Text> = Key::required("name", "The name in common use.");
const ALIASES: Key<List<ListText>> = Key::optional("aliases", "Other names and spellings.");
const LATITUDE: Key<shape::Latitude> =
    Key::optional("latitude", "Latitude in decimal degrees, WGS 84.")
        .beside(&["longitude", "gazetteer"]);
const ADMIN1: Key<Text> =
    Key::optional("admin1", "The first-order administrative division, such as a governorate.");
const ADMIN2: Key<Text> =
    Key::optional("admin2", "The second-order administrative division, such as a district.");
const WITHIN: Key<Reference<shape::Place>> = Key::optional("within", "The place that it lies in.");
const GAZETTEER: Key<Text> = Key::optional("gazetteer", "Where the coordinates come from.");
const DISTINCT_FROM: Key<List<Reference<shape::Place>>> =
    Key::optional("distinct_from", "Other entries that look like this one and are something else.");
const NOTE: Key<Text> = Key::optional("note", "Anything else.");

impl OfForm for Place {
    const FORM: &'static Form = &PLACE;
}

impl Formed<Codebook> for Place {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let (latitude, longitude) = read_coordinates(opened, reader);
        let aliases = opened.get(&ALIASES, reader).into_value().unwrap_or_default();
        Some(Self {
            name: opened.get(&NAME, reader).into_value().unwrap_or_default(),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            latitude,
            longitude,
            country: opened.get(&COUNTRY, reader).into_value(),
            admin1: opened.get(&ADMIN1, reader).into_value(),
            admin2: opened.get(&ADMIN2, reader).into_value(),
            within: opened.get(&WITHIN, reader).into_spanned(),
            precision: opened.get(&PRECISION, reader).into_value(),
            radius: opened.get(&RADIUS, reader).into_value(),
            gazetteer: opened.get(&GAZETTEER, reader).into_value(),
            distinct_from: opened.get(&DISTINCT_FROM, reader).into_value().unwrap_or_default(),
            note: opened.get(&NOTE, reader).into_value(),
        })
    }
}
