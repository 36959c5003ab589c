//! A value as people read it.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::words;
use crate::dataset::Binding;
use crate::evidence::{Attribution, Relation};
use crate::record::{self, Location, Stance};
use crate::schema::{Code, CodeList, Component, Role};
use crate::value::Date;

/// A value: as a record writes it, and what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Value<'p> {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// As a record writes it.
    pub value: Cow<'p, str>,
    /// Its label or name, or what it means in words.
    pub label: Option<Cow<'p, str>>,
    /// What is known of a location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place<'p>>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Code,
    Actor,
    Location,
    Place,
    Source,
    Date,
    Time,
    Range,
    Integer,
    Number,
    Boolean,
    Text,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Place<'p> {
    pub name: Option<&'p str>,
    pub admin1: Option<&'p str>,
    pub country: Option<Label<'p>>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub precision: Option<Label<'p>>,
    pub radius_m: Option<i64>,
}

/// A code and its label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Label<'p> {
    pub code: &'p str,
    pub label: &'p str,
}

impl<'p> Label<'p> {
    /// A code of a list.
    pub(super) fn of(list: &'p CodeList, code: Code) -> Self {
        let entry = list.entry(code);
        Self { code: &entry.code, label: &entry.label }
    }
}

/// Writes what has a word in tables as that word.
pub(super) fn as_word<T: Word, S: Serializer>(word: &T, serializer: S) -> Result<S::Ok, S::Error> {
    word.word().serialize(serializer)
}

/// What has a word in tables.
pub(super) trait Word {
    /// The word; `None` for what is not there.
    fn word(&self) -> Option<&'static str>;
}

impl Word for Stance {
    fn word(&self) -> Option<&'static str> {
        Some(self.as_str())
    }
}

impl Word for Option<Relation> {
    fn word(&self) -> Option<&'static str> {
        self.map(Relation::as_str)
    }
}

impl Word for Option<Attribution> {
    fn word(&self) -> Option<&'static str> {
        self.map(Attribution::as_str)
    }
}

impl<'p> Value<'p> {
    /// A value of a component.
    pub(super) fn of(binding: Binding<'p>, component: Component, value: &'p record::Value) -> Self {
        let place = match value {
            record::Value::Location(location) => Some(Place::of(binding, location)),
            _ => None,
        };
        let words = match value {
            record::Value::Date(date) => words::of_date(date).map(Cow::Owned),
            record::Value::Time(time) => Some(Cow::Owned(words::of_time(time))),
            record::Value::Range(range) => Some(Cow::Owned(words::of_count(*range))),
            record::Value::Boolean(yes) => Some(Cow::Borrowed(if *yes { "yes" } else { "no" })),
            _ => binding.label(component, value),
        };
        let label = place.as_ref().and_then(Place::words).map(Cow::Owned).or(words);
        Self { kind: Kind::of(value), value: binding.written(component, value), label, place }
    }

    /// A date by itself.
    pub(super) fn of_date(date: &'p Date) -> Self {
        Self {
            kind: Kind::Date,
            value: Cow::Borrowed(date.as_str()),
            label: words::of_date(date).map(Cow::Owned),
            place: None,
        }
    }
}

impl Kind {
    const fn of(value: &record::Value) -> Self {
        match value {
            record::Value::Code(_) => Self::Code,
            record::Value::Actor(_) => Self::Actor,
            record::Value::Location(_) => Self::Location,
            record::Value::Place(_) => Self::Place,
            record::Value::Source(_) => Self::Source,
            record::Value::Date(_) => Self::Date,
            record::Value::Time(_) => Self::Time,
            record::Value::Range(_) => Self::Range,
            record::Value::Integer(_) => Self::Integer,
            record::Value::Number(_) => Self::Number,
            record::Value::Boolean(_) => Self::Boolean,
            record::Value::Text(_) => Self::Text,
        }
    }
}

impl<'p> Place<'p> {
    fn of(binding: Binding<'p>, location: &'p Location) -> Self {
        let identity = binding.place(location);
        let label = |role: Role, code: Option<Code>| {
            code.map(|code| Label::of(binding.codebook.list(role), code))
        };
        Self {
            name: identity.name,
            admin1: identity.admin1,
            country: label(Role::Country, identity.country),
            latitude: identity.latitude,
            longitude: identity.longitude,
            precision: label(Role::LocationPrecision, identity.precision),
            radius_m: identity.radius,
        }
    }

    /// Its name and what it lies in; `None` where only its coordinates are known.
    fn words(&self) -> Option<String> {
        let admin1 = self.admin1.filter(|admin1| Some(*admin1) != self.name);
        let parts = [self.name, admin1, self.country.map(|country| country.label)];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
