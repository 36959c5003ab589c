//! A key that does not exist in its mapping.

use super::DefectPlace;
use super::suggest::{closed_fix, closed_word_fix, field_elsewhere, with_article};
use crate::diagnostic::Diagnostic;
use crate::form::{Sample, UnknownKey};
use crate::record::Event;
use crate::schema::{FieldType, LISTS};
use crate::spelling;
use crate::value::{self, Date, DateTime, Format, Identifier, Range};

rule!("unknown-key", Error, Defect);

pub(super) fn diagnostic(unknown: &UnknownKey, place: DefectPlace<'_>) -> Diagnostic {
    let UnknownKey { form, key, meant, is_slip, extra, more, under, taken, around, value } =
        unknown;
    let found =
        place.finding(&RULE, format!("`{key}` is not a key of {}", with_article(form.name)));
    let found = found.label("unknown key");
    if let Some(under) = under {
        let found = found.also(place.elsewhere(under.span), "this has nothing below it");
        return found.help(format!("if it belongs under `{}:`, indent it", under.value));
    }
    let is_role = **form == LISTS;
    if let Some(found) = field_elsewhere(&found, key, place.codebook).filter(|_| !is_role) {
        return found;
    }
    if let Some(meant) = meant {
        return found.fix(closed_fix(meant, *is_slip, place.location()));
    }
    if let Some(taken) = taken {
        return found.help(format!("`{taken}` holds that, and is there already"));
    }
    if let Some((outer, inner)) = around {
        return found.help(format!("write it under `{outer}`: `{outer}: {{{inner}: ...}}`"));
    }
    let keys = form.keys.iter().map(|key| key.name);
    let keys = keys.chain(extra.iter().map(String::as_str));
    let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
    let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
    let keys = keys.join(", ");
    let found = found.help(format!("the keys of {} are {keys}{more}", with_article(form.name)));
    if is_role {
        return found.help(
            "a list of your own is named by the field that uses it, and stands in `schema/codes`; or write \
             its codes in the field: `codes: [...]`",
        );
    }
    if **form == *Event::FORM { found.help(new_field(key, value.as_ref())) } else { found }
}

/// How to declare a field for a key that no field has.
fn new_field(key: &str, value: Option<&Sample>) -> String {
    let name = Identifier::suggest(key).map(|id| id.replace(['-', '.'], "_"));
    let name = name.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    let is_same = name.as_deref() == Some(key);
    let name = name.unwrap_or_else(|| "name".to_owned());
    let also = if is_same { String::new() } else { format!(", and write `{name}:` here") };
    let field_type = value.map_or(FieldType::Text, |value| type_of(&value.text)).as_str();
    let field = match value {
        Some(Sample { is_list: true, .. }) => format!("{{type: {field_type}, list: true}}"),
        _ => field_type.to_owned(),
    };
    format!(
        "to keep data of your own, declare a field under `fields` in `schema/codebook.yaml`: \
         `{name}: {field}`{also}"
    )
}

/// The type of field that a value looks like.
fn type_of(value: &str) -> FieldType {
    let value = value.trim();
    if Range::parse(value).is_ok() {
        FieldType::Range
    } else if value::parse_integer(value).is_ok() {
        FieldType::Integer
    } else if value::parse_decimal(value).is_ok() {
        FieldType::Number
    } else if Date::parse(value).is_ok() {
        FieldType::Date
    } else if DateTime::parse(value).is_some() {
        FieldType::DateTime
    } else if Format::Url.accepts(value) {
        FieldType::Url
    } else if matches!(value, "true" | "false") {
        FieldType::Boolean
    } else {
        FieldType::Text
    }
}

pub(super) fn of_component(
    written: &str,
    value: Option<&Sample>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let codebook = place.codebook;
    let found = place.finding(&RULE, format!("`{written}` is not a component of an event"));
    if let Some(found) = field_elsewhere(&found, written, codebook) {
        return found.label("claims speak of events only");
    }
    let found = found.label("neither a core component nor an extra field");
    let core = Event::FORM.called(written).filter(|name| codebook.component(name).is_some());
    if let Some(called) = core.or_else(|| {
        codebook.field_called(written).filter(|name| codebook.component(name).is_some())
    }) {
        return found.fix(closed_fix(called, false, place.location()));
    }
    if let Some(meant) = codebook.closest_component(written) {
        let names = codebook.component_names();
        return found.fix(closed_word_fix(written, meant, names, place.location()));
    }
    let known: Vec<_> = codebook.component_names().map(|name| format!("`{name}`")).collect();
    found.help(format!("the components are {}", known.join(", "))).help(new_field(written, value))
}

pub(super) fn of_id_scheme(written: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("`{written}` is not an id scheme of the codebook"));
    let found = found.label("unknown id scheme");
    let names = || place.codebook.id_schemes.iter().map(|scheme| scheme.name.as_str());
    if let Some(meant) = spelling::closest(written, names()) {
        return found.fix(closed_word_fix(written, meant, names(), place.location()));
    }
    let known: Vec<_> = names().map(|name| format!("`{name}`")).collect();
    let known = if known.is_empty() {
        String::new()
    } else {
        format!("; the codebook has {}", known.join(", "))
    };
    let name = Identifier::suggest(written)
        .map_or_else(|| "name".to_owned(), |id| id.replace(['-', '.'], "_"));
    found.help(format!(
        "declare it under `ids` in `schema/codebook.yaml`, such as `ids: {{{name}: Whose ids they are}}`{known}"
    ))
}
