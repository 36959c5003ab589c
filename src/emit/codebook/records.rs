//! What a record may hold.

use super::super::markdown::{cell, code, paragraph, write_table};
use crate::form::{Form, Key, Kind};
use crate::record::{
    Actor, DatasetFile, Event, Figures, Place, SourceEntry, field_kind, stated_kind,
};
use crate::schema::{Codebook, Component, Field, FieldOn, IdScheme, Role};

/// Writes every form of a record, each before the forms of its keys.
pub(super) fn write(page: &mut String, codebook: &Codebook) {
    page.push_str("\n## Records\n");
    page.push_str(&paragraph(
        "What the files of a dataset hold. A key that is not required and has no default is left \
         out where nothing is known.",
    ));
    let mut told = Vec::new();
    write_form(page, Event::FORM, EVENTS, codebook, &mut told);
    for (form, file) in [
        (Actor::FORM, "An entry of `actors.yaml`, behind its id."),
        (Place::FORM, "An entry of `places.yaml`, behind its id."),
        (SourceEntry::FORM, "An entry of `sources.yaml`, behind its id."),
        (DatasetFile::FORM, "What `dataset.yaml` says of the dataset."),
    ] {
        write_form(page, form, file, codebook, &mut told);
    }
}

const EVENTS: &str =
    "A document of a file in `events/`. The extra fields of the codebook stand beside these keys.";

/// Writes a form, and the forms it leads to that were not written yet.
fn write_form(
    page: &mut String,
    form: &'static Form,
    about: &str,
    codebook: &Codebook,
    told: &mut Vec<&'static str>,
) {
    if told.contains(&form.name) {
        return;
    }
    told.push(form.name);
    page.push_str(&format!("\n### {}\n{}\n", form.name, paragraph(about)));
    let row = |key: &Key| {
        let kind = (key.kind)();
        let (required, default) = (yes(key.required), default(key, &kind));
        vec![code(key.name), words(&kind, codebook), required, default, cell(key.doc)]
    };
    write_table(
        page,
        &["key", "type", "required", "default", "meaning"],
        form.keys.iter().map(row),
    );
    if let Some(on) = FieldOn::of_form(form) {
        write_fields(page, on, codebook);
    }
    if form == Event::FORM {
        write_id_schemes(page, codebook);
    }
    for key in form.keys {
        for inner in forms(&(key.kind)(), codebook) {
            write_form(page, inner, "", codebook, told);
        }
    }
}

fn write_fields(page: &mut String, on: FieldOn, codebook: &Codebook) {
    let what = on.as_str();
    page.push_str(&match (on, codebook.fields(on).is_empty()) {
        (FieldOn::Event, _) => {
            "\n### Extra fields\n\nKeys of an event that this codebook adds.\n\n".to_owned()
        }
        (_, true) => return,
        _ => format!("\nKeys of {} {what} that this codebook adds:\n\n", article(what)),
    });
    let row = |field: &Field| {
        let kind = match (field_kind(field), codebook.field_list(field)) {
            (Some(kind), _) => words(&kind, codebook),
            (None, Some(list)) => format!("a code of {}", code(&list.name)),
            (None, None) => "a code".to_owned(),
        };
        let kind = if field.list { format!("{kind} or a list of these") } else { kind };
        let limits = limits(field);
        vec![code(&field.name), kind, yes(field.required), limits, cell(&field.doc)]
    };
    let header = ["key", "type", "required", "unit and limits", "meaning"];
    write_table(page, &header, codebook.fields(on).iter().map(row));
}

fn write_id_schemes(page: &mut String, codebook: &Codebook) {
    if codebook.id_schemes.is_empty() {
        return;
    }
    page.push_str("\n### Id schemes\n\nWhat may stand under the `ids` of an event.\n\n");
    let row = |scheme: &IdScheme| {
        let pattern = scheme.pattern.as_ref().map(|pattern| code(pattern.as_str()));
        vec![code(&scheme.name), pattern.unwrap_or_default(), cell(&scheme.doc)]
    };
    let header = ["scheme", "pattern", "meaning"];
    write_table(page, &header, codebook.id_schemes.iter().map(row));
}

fn limits(field: &Field) -> String {
    let unit = field.unit.as_deref().map(cell);
    let min = field.min.map(|min| format!("{min} or more"));
    let max = field.max.map(|max| format!("{max} or less"));
    let pattern =
        field.pattern.as_ref().map(|pattern| format!("matches {}", code(pattern.as_str())));
    let part_of = field.part_of.as_ref().map(|whole| format!("part of {}", code(&whole.value)));
    let limits = unit.into_iter().chain(min).chain(max).chain(pattern).chain(part_of);
    let limits: Vec<_> = limits.collect();
    limits.join(", ")
}

fn yes(required: bool) -> String {
    if required { "yes".to_owned() } else { String::new() }
}

/// The default of a key.
fn default(key: &Key, kind: &Kind) -> String {
    if matches!(kind, Kind::Boolean) && !key.required { code("false") } else { String::new() }
}

/// The forms that a value may have, in the order of the alternatives.
fn forms(kind: &Kind, codebook: &Codebook) -> Vec<&'static Form> {
    match kind {
        Kind::Form(form) => vec![form],
        Kind::MapOf(_, inner) | Kind::ListOf(inner) => forms(inner, codebook),
        Kind::AnyOf(kinds) => kinds.iter().flat_map(|kind| forms(kind, codebook)).collect(),
        Kind::Components => Component::CORE
            .into_iter()
            .filter_map(|component| stated_kind(component, codebook))
            .flat_map(|kind| forms(&kind, codebook))
            .collect(),
        Kind::Range => vec![Figures::FORM],
        _ => Vec::new(),
    }
}

/// The article of a word.
fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// What a value must be, with its code list by name and its form as a link.
fn words(kind: &Kind, codebook: &Codebook) -> String {
    match kind {
        Kind::Code(role) => {
            let role = Role::ALL.into_iter().find(|known| known.as_str() == *role);
            let list = role.map(|role| code(&codebook.list(role).name));
            list.map_or_else(|| kind.to_string(), |list| format!("a code of {list}"))
        }
        Kind::Form(form) => {
            let article = article(form.name);
            format!("{article} [{}](#{})", form.name, form.name.replace(' ', "-"))
        }
        Kind::ListOf(item) => format!("a list, each {}", words(item, codebook)),
        Kind::MapOf(key, value) => {
            format!("a mapping from {} to {}", words(key, codebook), words(value, codebook))
        }
        Kind::AnyOf(kinds) => {
            let one = kinds.iter().filter(|kind| !matches!(kind, Kind::ListOf(_)));
            let mut kinds: Vec<_> = match kinds.as_slice() {
                // A list of the same, which is said in short.
                [.., Kind::ListOf(_)] if kinds.len() > 1 => {
                    let of_these = "a list of these".to_owned();
                    one.map(|kind| words(kind, codebook)).chain([of_these]).collect()
                }
                _ => kinds.iter().map(|kind| words(kind, codebook)).collect(),
            };
            let last = kinds.pop().unwrap_or_default();
            if kinds.is_empty() { last } else { format!("{} or {last}", kinds.join(", ")) }
        }
        other => cell(&other.to_string()),
    }
}
