//! Values by name.

use std::borrow::Cow;

use crate::dataset::Binding;
use crate::record::Value;
use crate::schema::Component;

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
