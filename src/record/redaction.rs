//! Records as they are published: without what is restricted.
//!
//! Every record is taken apart and put together again key by key, so that a new key does not compile
//! until it is decided here whether it may be published.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Claim, Claimant, Statement};
use super::coded::Coded;
use super::event::Event;
use super::fields::FieldValues;
use super::location::Location;
use super::value::Value;
use crate::schema::{Code, Codebook, Component, FieldOn};
use crate::source::Spanned;
use crate::value::{name_key, url_key};

/// What is restricted in a dataset, with what stands for it.
#[derive(Debug, Default)]
pub struct Redaction {
    /// The stand-in of each restricted actor, by its id.
    pub actors: BTreeMap<Box<str>, Box<str>>,
    /// The stand-in of each restricted place, by its id.
    pub places: BTreeMap<Box<str>, Box<str>>,
    /// The stand-in of each restricted source, by its id, and by the addresses that name its page.
    pub sources: BTreeMap<Box<str>, Box<str>>,
    /// The stand-ins of restricted sources, by the keys of their pages. See [`page_key`].
    pub pages: BTreeMap<String, Box<str>>,
    /// The stand-ins of claimants in free text, by the names and ids of what is restricted.
    pub claimants: BTreeMap<String, Box<str>>,
    /// The ids of the actors that are not restricted.
    pub open_actors: BTreeSet<Box<str>>,
    /// The country and first-order division of each place, by its id: what is told of it where a location
    /// is restricted.
    pub areas: BTreeMap<Box<str>, Area>,
    /// The ids of the events of which a record restricts the location. What one coder restricts, no other
    /// record of the event tells.
    pub located: BTreeSet<Box<str>>,
    /// Where each field of the codebook stands among those that are published, by what has them.
    fields: [Vec<Option<usize>>; FieldOn::ALL.len()],
}

/// A country and a first-order division of it.
type Area = (Option<Code>, Option<Box<str>>);

impl Redaction {
    /// One of the restricted fields of a codebook alone.
    pub fn of_fields(codebook: &Codebook) -> Self {
        let fields = FieldOn::ALL.map(|on| {
            let mut next = 0;
            let place = |is_open: bool| {
                next += usize::from(is_open);
                is_open.then(|| next - 1)
            };
            codebook.fields(on).iter().map(|field| !field.restricted).map(place).collect()
        });
        Self { fields, ..Self::default() }
    }

    /// Whether a record restricts the location of its event: in what is coded, or in what a claim states.
    pub fn restricts_location(&self, event: &Event) -> bool {
        let coded = event.coded(Component::Location).iter().map(|coded| &coded.value.value);
        let said = event.claims.iter().flat_map(|claim| &claim.statements);
        let mut said = said.flat_map(|one| &one.values).map(|value| &value.value);
        coded.into_iter().any(|value| match value {
            Value::Location(location) => self.hides(location),
            _ => false,
        }) || said.any(|value| match value {
            Value::Location(location) => location.restricted,
            _ => false,
        })
    }

    /// An event. Where its location is restricted, no claim tells it either.
    pub fn event(&self, event: &Event) -> Event {
        let Event {
            id,
            title,
            summary,
            certainty,
            because,
            claims,
            ids,
            related,
            coding,
            allow,
            span,
            line,
            intact,
            coded,
        } = event.clone();
        let hides = self.located.contains(id.value().map_or("", |id| id.as_str()));
        Event {
            id,
            title,
            summary,
            certainty,
            because,
            claims: claims.into_iter().map(|claim| self.claim(claim, hides)).collect(),
            ids,
            related,
            coding,
            allow,
            span,
            line,
            intact,
            coded: coded.into_iter().filter_map(|coded| self.coded(coded, hides)).collect(),
        }
    }

    fn coded(&self, coded: Coded, hides: bool) -> Option<Coded> {
        let Coded { component, value, certainty, because, undirected, fields } = coded;
        Some(Coded {
            component: self.component(component)?,
            value: value.map(|value| self.value(value, hides)),
            certainty,
            because,
            undirected,
            fields: self.field_values(FieldOn::Participant, &fields),
        })
    }

    fn claim(&self, claim: Claim, hides: bool) -> Claim {
        let Claim {
            by,
            anonymous,
            via,
            date,
            about,
            certainty,
            withdrawn,
            note,
            source,
            place_of_anonymous,
            statements,
            listed,
            span,
            line,
        } = claim;
        let statement = |Statement { stance, component, span, values }: Statement| {
            let component = self.component(component)?;
            let values = values.into_iter().map(|one| one.map(|value| self.value(value, hides)));
            Some(Statement { stance, component, span, values: values.collect() })
        };
        Claim {
            by: by.map(|by| self.claimant(by)),
            anonymous,
            via: via.map(|via| one(&self.sources, via)),
            date,
            about: about.map(|about| one(&self.places, one(&self.actors, about))),
            certainty,
            withdrawn,
            note,
            source: one(&self.sources, source),
            place_of_anonymous,
            statements: statements.into_iter().filter_map(statement).collect(),
            listed,
            span,
            line,
        }
    }

    /// A claimant. Of a restricted one, the words of the source are left out.
    fn claimant(&self, Claimant { code, described_as }: Claimant) -> Claimant {
        let stand_in = match self.open_actors.contains(&code.value) {
            true => None,
            false => self.actors.get(&code.value).cloned().or_else(|| self.named(&code.value)),
        };
        let described_as = described_as.filter(|_| stand_in.is_none());
        Claimant {
            code: code.map(|code| stand_in.unwrap_or(code)),
            described_as: described_as.map(|words| self.named(&words).unwrap_or(words)),
        }
    }

    /// The stand-in of what a text names.
    fn named(&self, text: &str) -> Option<Box<str>> {
        self.claimants.get(&name_key(text)).cloned()
    }

    /// The component of what is published; `None` for a restricted field.
    fn component(&self, component: Component) -> Option<Component> {
        let Component::Field(position) = component else { return Some(component) };
        let fields = &self.fields[FieldOn::Event as usize];
        Some(Component::Field(u16::try_from((*fields.get(usize::from(position))?)?).ok()?))
    }

    pub(super) fn field_values(&self, on: FieldOn, values: &FieldValues) -> FieldValues {
        let values = values.clone().into_values().zip(&self.fields[on as usize]);
        let open = values.filter(|(_, place)| place.is_some());
        let values = open.map(|(values, _)| {
            let values = values.into_iter();
            values.map(|one| one.map(|value| self.value(value, false))).collect()
        });
        values.collect()
    }

    /// A value; with `hides` a location is left out but for its area.
    fn value(&self, value: Value, hides: bool) -> Value {
        let named = |names: &BTreeMap<Box<str>, Box<str>>, name: Box<str>| {
            names.get(&name).cloned().unwrap_or(name)
        };
        match value {
            Value::Actor(name) => Value::Actor(named(&self.actors, name)),
            Value::Place(name) => Value::Place(named(&self.places, name)),
            Value::Source(name) => Value::Source(named(&self.sources, name)),
            Value::Location(location) => Value::Location(Box::new(self.location(*location, hides))),
            Value::Url(page) => {
                let stand_in = self.pages.get(&page_key(&page)).cloned();
                Value::Url(stand_in.unwrap_or(page))
            }
            value @ (Value::Code(_)
            | Value::Date(_)
            | Value::DateTime(_)
            | Value::Time(_)
            | Value::Range(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Boolean(_)
            | Value::Text(_)) => value,
        }
    }

    /// Whether a location says itself, or by its place, that it is restricted.
    fn hides(&self, location: &Location) -> bool {
        let place = location.place.as_ref();
        location.restricted || place.is_some_and(|place| self.places.contains_key(&place.value))
    }

    /// A location. An open place would tell its coordinates again, so of one that is left out the country
    /// and first-order division stay, as of a restricted place, whose stand-in stays.
    fn location(&self, location: Location, hides: bool) -> Location {
        let hides = hides || self.hides(&location);
        let Location {
            place,
            latitude,
            longitude,
            country,
            admin1,
            precision,
            radius,
            gazetteer,
            restricted,
        } = location;
        let left_out = |place: &Spanned<Box<str>>| hides && !self.places.contains_key(&place.value);
        let area = place.as_ref().filter(|place| left_out(place));
        let area = area.and_then(|place| self.areas.get(&place.value)).cloned();
        let (country_of_place, admin1_of_place) = area.unwrap_or_default();
        Location {
            place: place.filter(|place| !left_out(place)).map(|place| one(&self.places, place)),
            latitude: latitude.filter(|_| !hides),
            longitude: longitude.filter(|_| !hides),
            country: country.or(country_of_place),
            admin1: admin1.or(admin1_of_place),
            precision: precision.filter(|_| !hides),
            radius: radius.filter(|_| !hides),
            gazetteer: gazetteer.filter(|_| !hides),
            restricted,
        }
    }
}

/// The key of a page whatever part of it an address leads to.
pub fn page_key(address: &str) -> String {
    url_key(address.split('#').next().unwrap_or(address))
}

/// What stands for a name, or the name.
pub(super) fn one(
    names: &BTreeMap<Box<str>, Box<str>>,
    name: Spanned<Box<str>>,
) -> Spanned<Box<str>> {
    name.map(|name| names.get(&name).cloned().unwrap_or(name))
}

/// The names that are not restricted.
pub(super) fn open(
    names: &BTreeMap<Box<str>, Box<str>>,
    written: Vec<Spanned<Box<str>>>,
) -> Vec<Spanned<Box<str>>> {
    written.into_iter().filter(|name| !names.contains_key(&name.value)).collect()
}
