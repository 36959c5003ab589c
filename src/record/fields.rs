//! The values of extra fields, whatever has them.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::defect::RecordDefect;
use super::value::{Value, read_field};
use crate::form::Opened;
use crate::schema::{Field, FieldOn};
use crate::source::{Span, Spanned};

/// The values of the extra fields of an actor, a place, a source or a participant.
#[derive(Clone, Debug, Deserialize, Default, PartialEq, Serialize)]
pub struct FieldValues {
    /// Those of each field, in the order of the codebook; none where no field has any.
    of_fields: Vec<Vec<Spanned<Value>>>,
}

impl FromIterator<Vec<Spanned<Value>>> for FieldValues {
    fn from_iter<I: IntoIterator<Item = Vec<Spanned<Value>>>>(of_fields: I) -> Self {
        Self { of_fields: of_fields.into_iter().collect() }
    }
}

impl FieldValues {
    /// The values of the field at a position in the codebook.
    pub fn values(&self, position: usize) -> Vec<&Value> {
        let of_field = self.of_fields.get(position).into_iter().flatten();
        of_field.map(|value| &value.value).collect()
    }

    /// The values of some fields, which are all that something has.
    pub fn of<'f>(
        &'f self,
        fields: &'f [Field],
    ) -> impl Iterator<Item = (&'f Field, &'f Spanned<Value>)> {
        let of_fields = fields.iter().zip(&self.of_fields);
        of_fields.flat_map(|(field, values)| values.iter().map(move |value| (field, value)))
    }

    /// The values of each field, in the order of the codebook.
    pub(super) fn into_values(self) -> impl Iterator<Item = Vec<Spanned<Value>>> {
        self.of_fields.into_iter()
    }

    /// All values, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Spanned<Value>> {
        self.of_fields.iter_mut().flatten()
    }

    /// All values.
    pub fn iter(&self) -> impl Iterator<Item = &Spanned<Value>> {
        self.of_fields.iter().flatten()
    }
}

/// Reads the extra fields of a mapping.
pub(super) fn read_fields(
    opened: &Opened<'_>,
    on: FieldOn,
    reader: &mut Reader<'_>,
) -> FieldValues {
    let fields = reader.context.fields(on);
    let mut values = FieldValues::default();
    let mut missing = vec![true; fields.len()];
    for (position, node) in opened.extra().filter(|(position, _)| *position < fields.len()) {
        missing[position] = false;
        values.of_fields.resize_with(fields.len(), Vec::new);
        values.of_fields[position] = read_field(&fields[position], node, reader);
    }
    if !opened.damaged() {
        let missing = fields.iter().zip(missing).filter(|(_, missing)| *missing);
        let first = opened.form().keys.first().and_then(|key| opened.key_span(key.name));
        let place = first.unwrap_or(opened.span());
        report_missing(missing.map(|(field, _)| field), None, place, reader);
    }
    values
}

/// Reports the fields among some that must have a value. `short` is what is written in place of a mapping.
pub(super) fn report_missing<'c>(
    missing: impl Iterator<Item = &'c Field>,
    short: Option<&str>,
    place: Span,
    reader: &mut Reader<'_>,
) {
    for field in missing.filter(|field| field.required) {
        let defect = RecordDefect::MissingField {
            on: field.on,
            short: short.map(str::to_owned),
            field: field.name.clone(),
            doc: field.doc.to_string(),
            declared: field.location,
        };
        reader.report(place, defect);
    }
}
