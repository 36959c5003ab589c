//! Extra fields: what a codebook adds to events, participants and registries.

use super::Reader;
use super::defect::CodebookFault;
use super::read_list::codes_kind;
use crate::form::{
    Form, FormDefect, InvalidValue, Kind, Limit, List, ListName, ListText, Opened, Shape, Text,
    Written, form, words,
};
use crate::source::{FileId, Location, Spanned};
use crate::syntax::Content;
use crate::value::{Figure, Pattern};

form! {
    /// A field that the codebook adds beside the core ones.
    #[derive(Clone, Debug)]
    pub struct Field given (name: Spanned<&str>, file: FileId, patterns: usize):
        "extra field" in (), then check
    {
        /// The type of its values.
        essential field_type as "type": FieldType = FieldType,
        /// What has it: `event`, unless another is named. Claims speak of the fields of events only.
        optional on = FieldOn,
        /// The codes of a field of type `code`: the name of a list, or the codes themselves.
        optional codes by choice_kind,
        /// Whether it may have several values.
        optional list: bool = bool,
        /// Whether each must have a value.
        optional required: bool = bool,
        /// Whether a build leaves it out, unless told otherwise.
        optional restricted: bool = bool,
        /// The smallest number allowed.
        optional min: Option<Figure> = Figure,
        /// The largest number allowed.
        optional max: Option<Figure> = Figure,
        /// A regular expression that a text must match whole.
        optional pattern by text,
        /// The field on the same that counts all of which this one counts a part, so that it cannot be
        /// larger.
        optional part_of: Option<Spanned<Box<str>>> = Text,
        /// What is counted or measured.
        optional unit: Option<Box<str>> = Text,
        /// What else people call it. A record that uses such a name is told the field's own.
        optional aliases: Vec<Box<str>> = List<ListText>,
        /// What the field means, for the codebook and the column; its name in words where nothing is
        /// written.
        optional doc: Box<str> = Text,
    }
    made from (opened, reader) {
        /// Its key in records and its column in the tables.
        pub name: String = name.value.to_owned(),
        /// What has it.
        pub on: FieldOn = declared_on(on)?,
        /// The name of the list that a `code` field uses, unless its codes stand in the codebook.
        pub code_list: Option<Spanned<Box<str>>> = named_list(opened, reader),
        /// The position, in [`super::Codebook::lists`], of the list that a `code` field uses.
        pub codes: Option<usize> = None,
        /// What every text must match.
        pub pattern: Option<Pattern> =
            read_pattern(opened, patterns, reader).filter(|_| field_type.value() == Some(&FieldType::Text)),
        /// Where it is declared.
        pub location: Location = Location::new(file, name.span),
    }
}

words! {
    /// What has an extra field.
    pub enum FieldOn {
        /// An event. The field is a component of it.
        Event = "event",
        /// An actor or target of an event.
        Participant = "participant",
        /// An entry of `actors.yaml`.
        Actor = "actor",
        /// An entry of `places.yaml`.
        Place = "place",
        /// An entry of `sources.yaml`.
        Source = "source",
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
        /// A day and a time of day in ISO 8601, with or without a zone.
        DateTime = "datetime",
        /// The address of a page on the web.
        Url = "url",
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

impl FieldOn {
    /// What a mapping of a form has extra fields as. The forms have its words as their names.
    pub fn of_form(form: &Form) -> Option<Self> {
        Self::ALL.into_iter().find(|on| on.as_str() == form.name)
    }
}

impl FieldType {
    /// Whether it is a figure, so that `min`, `max` and `part_of` mean something for it.
    pub const fn has_bounds(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Range)
    }
}

impl Field {
    /// A field of which only the type is written.
    pub(super) fn short(name: Spanned<&str>, field_type: FieldType, file: FileId) -> Self {
        Self {
            field_type,
            on: FieldOn::Event,
            list: false,
            required: false,
            restricted: false,
            min: None,
            max: None,
            part_of: None,
            unit: None,
            aliases: Vec::new(),
            doc: in_words(name.value),
            name: name.value.to_owned(),
            code_list: None,
            codes: None,
            pattern: None,
            location: Location::new(file, name.span),
        }
    }

    /// Whether it holds one figure, of which another can be a part.
    pub(super) fn is_figure(&self) -> bool {
        self.field_type.has_bounds() && !self.list
    }
}

/// What a declaration says that has the field; `None` where that cannot be read.
fn declared_on(on: Written<FieldOn>) -> Option<FieldOn> {
    if on.is_absent() { Some(FieldOn::Event) } else { on.into_value() }
}

pub(super) const fn text() -> Kind {
    Kind::Text
}

/// The name of a field in words: `School name.`
fn in_words(name: &str) -> Box<str> {
    let words = name.replace('_', " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str()).into()
}

/// A list by its name, or the codes themselves.
pub(super) fn choice_kind() -> Kind {
    <ListName as Shape<()>>::kind().or(codes_kind())
}

/// The list that a field names. Codes that stand there themselves are read with the other lists.
fn named_list(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Box<str>>> {
    let codes = opened.node_of("codes")?;
    match codes.content() {
        Content::Scalar(_) => ListName::read(codes, reader).into_spanned(),
        Content::Mapping(_) | Content::Sequence(_) => None,
    }
}

/// A pattern that means nothing does not bind the records.
pub(super) fn read_pattern(
    opened: &Opened<'_>,
    patterns: usize,
    reader: &mut Reader<'_>,
) -> Option<Pattern> {
    let written = opened.get::<Text, ()>("pattern", reader).into_spanned()?;
    if patterns >= Limit::Patterns.most() {
        reader.report(written.span, Limit::Patterns);
        return None;
    }
    let pattern = Pattern::parse(&written.value);
    pattern.map_err(|error| reader.report(written.span, InvalidValue::Pattern(error))).ok()
}

/// Reports keys that mean nothing for the type of a field. They do not bind the records.
fn check(field: &mut Field, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    if field.doc.trim().is_empty() {
        field.doc = in_words(&field.name);
    }
    let is_figure = field.field_type.has_bounds();
    for (key, means_something) in [
        ("codes", field.field_type == FieldType::Code),
        ("min", is_figure),
        ("max", is_figure),
        ("pattern", field.field_type == FieldType::Text),
        ("part_of", field.is_figure()),
    ] {
        if let Some(place) = opened.key_span(key).filter(|_| !means_something) {
            let field_type = field.field_type.as_str();
            reader.report(place, CodebookFault::NotForType { key, field_type });
        }
    }
    field.part_of = field.part_of.take().filter(|_| field.is_figure());
    let is_empty = field.min.zip(field.max).is_some_and(|(min, max)| min > max);
    if let Some(place) = opened.key_span("min").filter(|_| is_empty && is_figure) {
        reader.report(place, CodebookFault::MinimumAboveMaximum);
    }
    if is_empty || !is_figure {
        (field.min, field.max) = (None, None);
    }
    let lacks_codes = field.field_type == FieldType::Code && opened.key_span("codes").is_none();
    if lacks_codes && !opened.damaged() {
        let (key, companion) = ("type: code", "codes");
        reader.report(field.location.span, FormDefect::MissingCompanion { key, companion });
    }
}
