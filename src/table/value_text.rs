//! Values as table cells show them.

use std::borrow::Cow;

use crate::dataset::Binding;
use crate::record::Value;
use crate::schema::{Component, Role};

/// A value in one cell: the code, the id, or the text as it would be written in a record.
pub(super) fn value_text<'p>(
    binding: Binding<'p>,
    component: Component,
    value: &'p Value,
) -> Cow<'p, str> {
    match value {
        Value::Code(code) => binding
            .code_list(component)
            .map_or(Cow::Borrowed(""), |list| Cow::Borrowed(&*list.entry(*code).code)),
        Value::Actor(name) | Value::Place(name) | Value::Source(name) | Value::Text(name) => {
            Cow::Borrowed(name)
        }
        Value::Date(date) => Cow::Borrowed(date.as_str()),
        Value::Time(time) => Cow::Borrowed(time.as_str()),
        Value::Range(range) => Cow::Owned(range.to_string()),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Boolean(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        Value::Location(_) => location_text(binding, value),
    }
}

/// A place's id; without one, its coordinates; without those, its country.
fn location_text<'p>(binding: Binding<'p>, value: &'p Value) -> Cow<'p, str> {
    let Value::Location(location) = value else {
        return Cow::Borrowed("");
    };
    let identity = binding.place(location);
    if let Some(place) = &location.place {
        return Cow::Borrowed(&place.value);
    }
    if let (Some(latitude), Some(longitude)) = (identity.latitude, identity.longitude) {
        return Cow::Owned(format!("{latitude},{longitude}"));
    }
    let countries = binding.codebook.list(Role::Country);
    identity.country.map_or(Cow::Borrowed(""), |code| Cow::Borrowed(&*countries.entry(code).code))
}

/// A value's name for people, where it has one.
pub(super) fn value_label<'p>(
    binding: Binding<'p>,
    component: Component,
    value: &'p Value,
) -> Option<Cow<'p, str>> {
    match value {
        Value::Code(code) => {
            Some(Cow::Borrowed(&*binding.code_list(component)?.entry(*code).label))
        }
        Value::Actor(name) => Some(binding.actor(name)?.name),
        Value::Place(name) => Some(Cow::Borrowed(&*binding.dataset.places.get(name)?.entry.name)),
        Value::Source(name) => Some(Cow::Borrowed(&*binding.source(name)?.publisher)),
        Value::Location(location) => binding.place(location).name.map(Cow::Borrowed),
        _ => None,
    }
}
