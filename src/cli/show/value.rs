//! What values mean in words.

use std::borrow::Cow;

use super::words;
use crate::dataset::{Binding, PlaceIdentity};
use crate::record::Value;
use crate::schema::{Component, Role};

/// The name of a value, or what it means in words.
pub(super) fn label<'p>(
    binding: Binding<'p>,
    component: Component,
    value: &'p Value,
) -> Option<Cow<'p, str>> {
    match value {
        Value::Date(date) => words::of_date(date).map(Cow::Owned),
        Value::Time(time) => Some(Cow::Owned(words::of_time(time))),
        Value::Range(range) => Some(Cow::Owned(words::of_count(*range))),
        Value::Boolean(yes) => Some(Cow::Borrowed(if *yes { "yes" } else { "no" })),
        Value::Location(location) => area(binding, &binding.place(location)).map(Cow::Owned),
        _ => binding.label(component, value),
    }
}

/// The name of a place and what it lies in; `None` where only its coordinates are known.
fn area(binding: Binding<'_>, place: &PlaceIdentity<'_>) -> Option<String> {
    let countries = binding.codebook.list(Role::Country);
    let country = place.country.map(|code| &*countries.entry(code).label);
    let admin1 = place.admin1.filter(|admin1| Some(*admin1) != place.name);
    let parts: Vec<_> = [place.name, admin1, country].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The publisher of a source or, where it is not known, the source's id.
pub(super) fn publisher<'p>(binding: Binding<'p>, source: &'p str) -> &'p str {
    binding.source(source).and_then(|entry| entry.publisher.as_deref()).unwrap_or(source)
}
