//! A value that YAML cannot read, told from its key: `location: place: x`, `fatalities: >=6`.

use super::DefectPlace;
use super::suggest::reading_fix;
use crate::diagnostic::Fix;
use crate::form::{Form, Kind};
use crate::record::{Event, Figures, field_kind};
use crate::schema::FieldOn;
use crate::source::Span;
use crate::syntax::{self, KeyedText, YamlError};
use crate::value::{Range, RangeError};

/// Puts the mapping in brackets if the first key takes one with the second key, writes a count as records
/// do, and puts the text in quotes if the first key takes only text.
pub(super) fn fix(error: &YamlError, place: DefectPlace<'_>) -> Option<Fix> {
    let KeyedText { key, inner, text } = error.keyed.as_ref()?;
    let value = text.span;
    let kinds = kinds_of(key, place);
    if let Some(inner) = inner
        && kinds.iter().any(|kind| takes_key(kind, inner, place))
    {
        let fix = Fix::guess(format!("did you mean `{key}: {{{}}}`?", text.value));
        let (start, end) = (Span::at(value.start), Span::at(value.end));
        return Some(fix.replace(place.elsewhere(start), "{").replace(place.elsewhere(end), "}"));
    }
    if kinds.iter().any(|kind| matches!(kind, Kind::Range))
        && let Err(RangeError::NotANumber { reading: Some(meant), .. }) = Range::parse(&text.value)
    {
        return Some(reading_fix(&meant.text, meant.sure, place.elsewhere(value)));
    }
    let is_text = !kinds.is_empty() && kinds.iter().all(|kind| matches!(kind, Kind::Text));
    let fix = Fix::safe("put the text in quotes");
    is_text.then(|| fix.replace(place.elsewhere(value), syntax::in_quotes(&text.value)))
}

/// The kinds that a key may have, anywhere in an event.
fn kinds_of(key: &str, place: DefectPlace<'_>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut seen = Vec::new();
    of_form(Event::FORM, key, &mut seen, &mut kinds);
    let fields = place.codebook.all_fields().filter(|field| field.name == key);
    kinds.extend(fields.filter_map(field_kind));
    kinds
}

fn of_form(form: &'static Form, key: &str, seen: &mut Vec<&'static str>, kinds: &mut Vec<Kind>) {
    if seen.contains(&form.name) {
        return;
    }
    seen.push(form.name);
    for info in form.keys {
        let kind = (info.kind)();
        within(&kind, &mut |form| of_form(form, key, seen, kinds));
        if info.name == key {
            kinds.push(kind);
        }
    }
}

/// Visits the forms within a kind.
fn within(kind: &Kind, visit: &mut dyn FnMut(&'static Form)) {
    match kind {
        Kind::Form(form) => visit(form),
        Kind::ListOf(item) => within(item, visit),
        Kind::MapOf(_, value) => within(value, visit),
        Kind::AnyOf(kinds) => kinds.iter().for_each(|kind| within(kind, visit)),
        _ => {}
    }
}

/// Whether a value of a kind may be a mapping with a key, outside a list.
fn takes_key(kind: &Kind, key: &str, place: DefectPlace<'_>) -> bool {
    match kind {
        Kind::Form(form) => {
            let on = FieldOn::of_form(form);
            let fields = on.map_or(&[][..], |on| place.codebook.fields(on));
            form.position(key).is_some() || fields.iter().any(|field| field.name == key)
        }
        Kind::Range => Figures::FORM.position(key).is_some(),
        Kind::Components => place.codebook.component(key).is_some(),
        Kind::AnyOf(kinds) => kinds.iter().any(|kind| takes_key(kind, key, place)),
        _ => false,
    }
}
