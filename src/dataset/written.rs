//! Values as records write them.

use std::borrow::Cow;

use super::Binding;
use crate::record::{Claim, Claimant, Coded, Location, Value};
use crate::schema::{Component, FieldOn, Role};

impl<'p> Binding<'p> {
    /// A value as a record would write it in one word: the code, the id, the date, the count.
    pub fn written(self, component: Component, value: &'p Value) -> Cow<'p, str> {
        match value {
            Value::Code(code) => match self.code_list(component) {
                Some(list) => Cow::Borrowed(&*list.entry(*code).code),
                None => Cow::Borrowed(""),
            },
            Value::Location(location) => self.location_written(location),
            other => other.text().unwrap_or_default(),
        }
    }

    /// The extra fields of an actor or target: the name of each, and a value as a record would write it.
    pub fn participant_fields(
        self,
        coded: &'p Coded,
    ) -> impl Iterator<Item = (&'p str, Cow<'p, str>)> {
        let values = coded.fields.of(self.codebook.fields(FieldOn::Participant));
        values.map(move |(field, value)| {
            let list = self.codebook.field_list(field);
            let code = list.zip(value.value.code()).map(|(list, code)| &*list.entry(code).code);
            let text = code.map(Cow::Borrowed).or_else(|| value.value.text());
            (field.name.as_str(), text.unwrap_or_default())
        })
    }

    /// A value's name for people, where it has one.
    pub fn label(self, component: Component, value: &'p Value) -> Option<Cow<'p, str>> {
        match value {
            Value::Code(code) => {
                Some(Cow::Borrowed(&*self.code_list(component)?.entry(*code).label))
            }
            Value::Actor(name) => Some(self.actor(name)?.name),
            Value::Place(name) => Some(Cow::Borrowed(&*self.dataset.places.get(name)?.entry.name)),
            Value::Source(name) => self.source(name)?.publisher.as_deref().map(Cow::Borrowed),
            Value::Location(location) => self.place(location).name.map(Cow::Borrowed),
            // Other values name nothing that has a label.
            _ => None,
        }
    }

    /// A claimant's name: the source's words, the actor's name, the free text, or the publisher in
    /// its own voice. `None` where a source speaks itself and is not known.
    pub fn claimant_name(self, claim: &'p Claim) -> Option<Cow<'p, str>> {
        match &claim.by {
            Some(Claimant { described_as: Some(words), .. }) => Some(Cow::Borrowed(words)),
            Some(Claimant { code, .. }) => Some(
                self.actor(&code.value).map_or(Cow::Borrowed(&*code.value), |actor| actor.name),
            ),
            None => self.source(&claim.source.value)?.publisher.as_deref().map(Cow::Borrowed),
        }
    }

    /// A place's id; without one, its coordinates; without those, its country and the division of it.
    fn location_written(self, location: &'p Location) -> Cow<'p, str> {
        if let Some(place) = &location.place {
            return Cow::Borrowed(&place.value);
        }
        let identity = self.place(location);
        if let (Some(latitude), Some(longitude)) = (identity.latitude, identity.longitude) {
            return Cow::Owned(format!("{latitude},{longitude}"));
        }
        let countries = self.codebook.list(Role::Country);
        let country = identity.country.map(|code| &*countries.entry(code).code);
        match (country, identity.admin1) {
            (Some(country), Some(admin1)) => Cow::Owned(format!("{country}, {admin1}")),
            (country, admin1) => Cow::Borrowed(country.or(admin1).unwrap_or_default()),
        }
    }
}
