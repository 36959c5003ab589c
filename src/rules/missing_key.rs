//! A required key that is missing.

use super::suggest::with_article;
use super::{DefectPlace, invalid_date};
use crate::diagnostic::Diagnostic;
use crate::form::Form;
use crate::record::Event;
use crate::schema::Component;
use crate::source::Location;

rule!("missing-key", Error, Defect);

pub(super) fn of_key(form: &Form, key: &str, place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("{} has no `{key}`", with_article(form.name));
    let doc = form.keys.iter().find(|known| known.name == key).map_or("", |known| known.doc);
    let label = format!("this {} lacks `{key}`", form.name);
    let found = place.finding(&RULE, message).label(label).help(format!("add `{key}:`. {doc}"));
    let is_date = *form == *Event::FORM && key == Component::Date.core_name().unwrap_or_default();
    if is_date { found.help(invalid_date::UNKNOWN_HELP) } else { found }
}

/// `short` is what is written in place of a mapping that could have the field.
pub(super) fn of_field(
    (on, short): (&str, Option<&str>),
    (field, doc): (&str, &str),
    declared: Location,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let what = with_article(on);
    let message = format!("{what} has no `{field}`, which the codebook requires");
    let found = place.finding(&RULE, message).label(format!("this {on} lacks `{field}`"));
    found.also(declared, "required here").help(match short {
        Some(code) => format!("write `{{code: {code}, {field}: ...}}`. {doc}"),
        None => format!("add `{field}:`. {doc}"),
    })
}

pub(super) fn of_file(what: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("this file has no {what}")).label("nothing to read");
    found.help(format!("write the {what}, or remove the file"))
}

pub(super) fn of_companion(key: &str, companion: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("`{key}` needs `{companion}`"));
    found.label(format!("no `{companion}` beside it")).help(format!("add `{companion}:`"))
}
