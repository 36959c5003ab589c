//! Extra fields: what a codebook adds to an event.

use super::Reader;
use super::defect::CodebookFault;
use crate::form::{FormDefect, InvalidValue, Kind, Limit, ListName, Opened, Text, form, words};
use crate::source::{FileId, Location, Span, Spanned};
use crate::value::Pattern;

form! {
    /// A field that the codebook adds beside the core ones.
    #[derive(Clone, Debug)]
    pub struct Field given (name: Spanned<&str>, file: FileId, patterns: usize):
        "extra field" in (), then check
    {
        /// The type of its values.
        essential field_type as "type": FieldType = FieldType,
        /// The code list of a field of type `code`.
        optional code_list as "codes": Option<Spanned<Box<str>>> = ListName,
        /// Whether an event may have several values.
        optional list: bool = bool,
        /// Whether every event must have a value.
        optional required: bool = bool,
        /// The smallest number allowed.
        optional min: Option<f64> = f64,
        /// The largest number allowed.
        optional max: Option<f64> = f64,
        /// A regular expression that a text must match whole.
        optional pattern by text,
        /// The field that counts all of which this one counts a part, so that it cannot be larger.
        optional part_of: Option<Spanned<Box<str>>> = Text,
        /// What is counted or measured.
        optional unit: Option<Box<str>> = Text,
        /// What the field means, for the codebook and the column.
        required doc: Box<str> = Text,
    }
    made from (opened, reader) {
        /// Its key in records and its column in the tables.
        pub name: String = name.value.to_owned(),
        /// The position, in [`super::Codebook::lists`], of the list that a `code` field uses.
        pub codes: Option<usize> = None,
        /// What every text must match.
        pub pattern: Option<Pattern> =
            read_pattern(opened, Option::from(field_type)?, patterns, reader),
        /// Where it is declared.
        pub location: Location = Location::new(file, name.span),
    }
}

words! {
    /// The type of an extra field.
    pub enum FieldType {
        /// Any text.
        Text = "text",
        /// A whole number.
        Integer = "integer",
        /// A decimal number.
        Number = "number",
        /// `true` or `false`.
        Boolean = "boolean",
        /// An EDTF date.
        Date = "date",
        /// A code of a list.
        Code = "code",
        /// An id of `actors.yaml` or a composite code.
        Actor = "actor",
        /// An id of `places.yaml`.
        Place = "place",
        /// An id of `sources.yaml`.
        Source = "source",
        /// A count with a lower, a best and an upper figure, any of which may be missing.
        Range = "range",
    }
}

impl FieldType {
    /// Whether `pattern` means something for it.
    const fn has_pattern(self) -> bool {
        matches!(self, Self::Text)
    }

    /// Whether it is a figure, so that `min`, `max` and `part_of` mean something for it.
    pub const fn has_bounds(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Range)
    }
}

impl Field {
    /// Whether it holds one figure, of which another can be a part.
    pub(super) fn is_figure(&self) -> bool {
        self.field_type.has_bounds() && !self.list
    }
}

const fn text() -> Kind {
    Kind::Text
}

/// A pattern that means nothing is reported here and does not bind the records.
fn read_pattern(
    opened: &Opened<'_>,
    field_type: FieldType,
    patterns: usize,
    reader: &mut Reader<'_>,
) -> Option<Pattern> {
    let key = opened.key_span("pattern")?;
    if !field_type.has_pattern() {
        report_not_for_type("pattern", field_type, key, reader);
        return None;
    }
    let written = opened.get::<Text, ()>("pattern", reader).into_spanned()?;
    if patterns >= Limit::Patterns.most() {
        reader.report(written.span, Limit::Patterns);
        return None;
    }
    let pattern = Pattern::parse(&written.value);
    pattern
        .map_err(|error| {
            reader.report(written.span, InvalidValue::Pattern(error));
        })
        .ok()
}

/// What means nothing for a field is reported here and does not bind the records.
fn check(field: &mut Field, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    check_bounds(field, opened, reader);
    if let Some(key) = opened.key_span("part_of").filter(|_| !field.is_figure()) {
        report_not_for_type("part_of", field.field_type, key, reader);
        field.part_of = None;
    }
    match (field.field_type, opened.key_span("codes")) {
        (FieldType::Code, None) if !opened.damaged() => {
            reader.report(
                field.location.span,
                FormDefect::MissingCompanion { key: "type: code", companion: "codes" },
            );
        }
        (FieldType::Code, _) | (_, None) => {}
        (other, Some(place)) => report_not_for_type("codes", other, place, reader),
    }
}

fn check_bounds(field: &mut Field, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    let written: Vec<_> =
        ["min", "max"].into_iter().filter_map(|key| Some((key, opened.key_span(key)?))).collect();
    if !field.field_type.has_bounds() {
        for (key, place) in written {
            report_not_for_type(key, field.field_type, place, reader);
        }
        (field.min, field.max) = (None, None);
    } else if let (Some((_, place)), Some((min, max))) = (written.first(), field.min.zip(field.max))
        && min > max
    {
        reader.report(*place, CodebookFault::MinimumAboveMaximum);
        (field.min, field.max) = (None, None);
    }
}

fn report_not_for_type(
    key: &'static str,
    field_type: FieldType,
    place: Span,
    reader: &mut Reader<'_>,
) {
    let fault = CodebookFault::NotForType { key, field_type: field_type.as_str() };
    reader.report(place, fault);
}
