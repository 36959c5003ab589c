//! The extra fields of an event.

use super::Reader;
use super::coded::Coded;
use super::defect::RecordDefect;
use super::value::read_values;
use crate::form::Opened;
use crate::schema::{Codebook, Component};

/// The keys that the codebook adds to an event: its fields, and those that are declared and could not
/// be read.
pub(super) fn field_names(codebook: &Codebook) -> Vec<&str> {
    let readable = codebook.fields.iter().map(|field| &field.name);
    readable.chain(&codebook.unreadable_fields).map(String::as_str).collect()
}

/// Reads the extra fields.
pub(super) fn read_fields(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Vec<Coded> {
    let mut coded = Vec::new();
    let mut missing: Vec<_> = reader.context.fields.iter().map(|field| field.required).collect();
    let readable = missing.len();
    for (position, node) in opened.extra().filter(|(position, _)| *position < readable) {
        missing[position] = false;
        let component = Component::Field(u16::try_from(position).unwrap_or(u16::MAX));
        let values = read_values(component, node, reader);
        coded.extend(values.into_iter().map(|value| Coded::plain(component, value)));
    }
    for (field, _) in reader.context.fields.iter().zip(missing).filter(|(_, missing)| *missing) {
        if !opened.damaged() {
            let defect = RecordDefect::MissingField {
                field: field.name.clone(),
                doc: field.doc.to_string(),
                declared: field.location,
            };
            reader.report(opened.key_span("id").unwrap_or(opened.span()), defect);
        }
    }
    coded
}
