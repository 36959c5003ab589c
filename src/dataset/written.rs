//! Values as records write them.

use std::borrow::Cow;

use super::Binding;
use crate::record::{Location, Value};
use crate::schema::{Component, Role};

impl<'p> Binding<'p> {
    /// A value as a record would write it in one word: the code, the id, the date, the count.
    pub fn written(self, component: Component, value: &'p Value) -> Cow<'p, str> {
        match value {
            Value::Code(code) => match self.code_list(component) {
                Some(list) => Cow::Borrowed(&*list.entry(*code).code),
                None => Cow::Borrowed(""),
            },
            Value::Actor(name) | Value::Place(name) | Value::Source(name) | Value::Text(name) => {
                Cow::Borrowed(name)
            }
            Value::Date(date) => Cow::Borrowed(date.as_str()),
            Value::Time(time) => Cow::Borrowed(time.as_str()),
            Value::Range(range) => Cow::Owned(range.to_string()),
            Value::Integer(number) => Cow::Owned(number.to_string()),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Boolean(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Value::Location(location) => self.location_written(location),
        }
    }

    /// A place's id; without one, its coordinates; without those, its country.
    fn location_written(self, location: &'p Location) -> Cow<'p, str> {
        if let Some(place) = &location.place {
            return Cow::Borrowed(&place.value);
        }
        let identity = self.place(location);
        if let (Some(latitude), Some(longitude)) = (identity.latitude, identity.longitude) {
            return Cow::Owned(format!("{latitude},{longitude}"));
        }
        let countries = self.codebook.list(Role::Country);
        identity
            .country
            .map_or(Cow::Borrowed(""), |code| Cow::Borrowed(&*countries.entry(code).code))
    }
}
