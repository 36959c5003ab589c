//! Reading `codebook.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use super::circle::closes_circle;
use super::defect::{CodebookFault, SchemaDefect};
use super::field::{Field, FieldType};
use super::read_columns::{is_column_name, report_long};
use super::read_policy::PolicyShape;
use super::role::Role;
use crate::form::shape::{Boolean, CodeList as CodeListName, Number, Reference, Text, Word};
use crate::form::{
    Described, Form, FormDefect, InvalidValue, Key, Kind, Limit, Opened, Reader, Written,
};
use crate::source::{FileId, Location, Span, Spanned};
use crate::syntax::{Content, Node};
use crate::value::Pattern;

/// The codebook itself.
pub static CODEBOOK: Form = Form {
    name: "codebook",
    keys: &[NAME.info(), VERSION.info(), DOC.info(), LISTS.info(), FIELDS.info(), POLICY.info()],
};

const NAME: Key<Text> = Key::required("codebook", "The codebook's name.");
const VERSION: Key<Text> = Key::required("version", "Its version.");
const DOC: Key<Text> = Key::optional("doc", "What it is for.");
const LISTS: Key<Lists> = Key::optional(
    "lists",
    "Which code list codes what; a role that is left out uses the shipped list.",
);
const FIELDS: Key<Fields> = Key::optional("fields", "Extra fields of an event, in column order.");
const POLICY: Key<PolicyShape> = Key::optional("policy", "What a level of certainty must rest on.");

/// Which code list codes what.
static LISTS_FORM: Form = Form {
    name: "choice of code lists",
    keys: &[
        role_key(Role::Action).info(),
        role_key(Role::Certainty).info(),
        role_key(Role::LocationPrecision).info(),
        role_key(Role::SourceReliability).info(),
        role_key(Role::Relation).info(),
        role_key(Role::Country).info(),
        role_key(Role::Sector).info(),
    ],
};

const fn role_key(role: Role) -> Key<Reference<CodeListName>> {
    Key::optional(role.name(), "The name of a code list.")
}

/// An extra field of an event.
static FIELD: Form = Form {
    name: "extra field",
    keys: &[
        FIELD_TYPE.info(),
        FIELD_CODES.info(),
        FIELD_LIST.info(),
        FIELD_REQUIRED.info(),
        FIELD_MIN.info(),
        FIELD_MAX.info(),
        FIELD_PATTERN.info(),
        FIELD_PART_OF.info(),
        FIELD_UNIT.info(),
        FIELD_DOC.info(),
    ],
};

const FIELD_TYPE: Key<Word<FieldType>> = Key::required("type", "The type of its values.");
const FIELD_CODES: Key<Reference<CodeListName>> =
    Key::optional("codes", "The code list of a field of type `code`.");
const FIELD_LIST: Key<Boolean> = Key::optional("list", "Whether an event may have several values.");
const FIELD_REQUIRED: Key<Boolean> =
    Key::optional("required", "Whether every event must have a value.");
const FIELD_MIN: Key<Number> = Key::optional("min", "The smallest number allowed.");
const FIELD_MAX: Key<Number> = Key::optional("max", "The largest number allowed.");
const FIELD_PATTERN: Key<Text> =
    Key::optional("pattern", "A regular expression that a text must match whole.");
const FIELD_PART_OF: Key<Text> = Key::optional(
    "part_of",
    "The field that counts all of which this one counts a part, so that it cannot be larger.",
);
const FIELD_UNIT: Key<Text> = Key::optional("unit", "What is counted or measured.");
const FIELD_DOC: Key<Text> =
    Key::required("doc", "What the field means, for the codebook and the column.");

macro_rules! described {
    ($($name:ident => $kind:expr;)+) => {$(
        #[derive(Debug)]
        struct $name;

        impl Described for $name {
            fn kind() -> Kind {
                $kind
            }
        }
    )+};
}

described! {
    Lists => Kind::Form(&LISTS_FORM);
    Fields => Kind::MapOf(Box::new(Kind::Text), Box::new(Kind::Form(&FIELD)));
}

/// A codebook's document, opened.
pub(super) struct CodebookHead<'d> {
    opened: Opened<'d>,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is for.
    pub doc: Option<String>,
    /// The list named for each role, in the order of [`Role::ALL`]; invalid where a name may have
    /// been lost.
    pub lists: [Written<Box<str>>; Role::ALL.len()],
}

impl<'d> CodebookHead<'d> {
    /// Whether text was lost, so that a field may not be declared through no fault of its user.
    pub(super) fn lacks_fields(&self) -> bool {
        let fields = self.opened.node_of(&FIELDS);
        let is_lost =
            |fields: Node<'_>| fields.damaged() || !matches!(fields.content(), Content::Mapping(_));
        self.opened.damaged() || fields.is_some_and(is_lost)
    }

    /// What it says a level of certainty must rest on.
    pub(super) fn policy(&self) -> Option<Node<'d>> {
        self.opened.node_of(&POLICY)
    }
}

/// Opens a codebook's document.
pub(super) fn read_head<'d>(
    root: Node<'d>,
    reader: &mut Reader<'_, ()>,
) -> Option<CodebookHead<'d>> {
    let opened = reader.open(root, &CODEBOOK, &[])?;
    let text = |key, reader: &mut _| opened.get(key, reader).into_value().map(String::from);
    let name = text(&NAME, reader).unwrap_or_default();
    let version = text(&VERSION, reader).unwrap_or_default();
    let doc = text(&DOC, reader);
    let node = opened.node_of(&LISTS);
    let chosen = node.and_then(|node| reader.open(node, &LISTS_FORM, &[]));
    let lost = opened.damaged() || node.is_some_and(|node| node.damaged() || chosen.is_none());
    let lists = Role::ALL.map(|role| {
        let list = chosen.as_ref().map(|chosen| chosen.get(&role_key(role), reader));
        match list.unwrap_or_default() {
            Written::Absent if lost => Written::Invalid,
            list => list,
        }
    });
    Some(CodebookHead { opened, name, version, doc, lists })
}

/// A field whose code list is still a name.
pub(super) type NamedField = (Field, Option<Spanned<Box<str>>>);

/// The extra fields of a codebook, and the names of those that cannot be read.
pub(super) type ReadFields = (Vec<NamedField>, Vec<String>);

/// Reads the extra fields.
pub(super) fn read_fields(
    head: &CodebookHead<'_>,
    file: FileId,
    reader: &mut Reader<'_, ()>,
) -> ReadFields {
    let (mut fields, mut unreadable) = ReadFields::default();
    let Some(node) = head.opened.node_of(&FIELDS) else {
        return (fields, unreadable);
    };
    for (name, value) in reader.entries(node, Fields::kind()) {
        if fields.len() + unreadable.len() >= Limit::Fields.most() {
            reader.report(name.span, Limit::Fields);
            break;
        }
        report_long(name, reader);
        let is_name = is_column_name(name.value);
        if !is_name {
            reader.report(name.span, SchemaDefect::Fault(CodebookFault::ColumnName));
        }
        let field = read_field(name, value, file, &fields, reader);
        match field.filter(|_| is_name) {
            Some(field) => fields.push(field),
            None => unreadable.push(name.value.to_owned()),
        }
    }
    check_wholes(&mut fields, &unreadable, reader);
    (fields, unreadable)
}

/// Whether a field holds one figure, of which another can be a part.
fn is_figure(field: &Field) -> bool {
    field.field_type.has_bounds() && !field.list
}

/// A `part_of` that means nothing is reported here and does not bind the records.
fn check_wholes(fields: &mut [NamedField], unreadable: &[String], reader: &mut Reader<'_, ()>) {
    let positions: BTreeMap<_, _> =
        fields.iter().enumerate().map(|(at, (field, _))| (field.name.clone(), at)).collect();
    let whole_of = |field: &Field| positions.get(&*field.part_of.as_ref()?.value).copied();
    let wholes: Vec<_> = fields.iter().map(|(field, _)| whole_of(field)).collect();
    let steps: Vec<_> =
        wholes.iter().enumerate().filter_map(|(part, whole)| Some((part, (*whole)?))).collect();
    let closes = closes_circle(fields.len(), &steps).into_iter();
    let circular: BTreeSet<_> = steps
        .iter()
        .zip(closes)
        .filter(|(_, closes)| *closes)
        .map(|((part, _), _)| *part)
        .collect();
    for at in 0..fields.len() {
        let Some(part_of) = fields[at].0.part_of.clone() else { continue };
        let fault = match wholes[at] {
            None if unreadable.iter().any(|name| **name == *part_of.value) => None,
            None => Some(CodebookFault::UnknownWhole { written: part_of.value.into() }),
            Some(_) if circular.contains(&at) => Some(CodebookFault::CircularPart),
            Some(whole) if is_figure(&fields[whole].0) => continue,
            Some(_) => Some(CodebookFault::UncountedWhole),
        };
        fields[at].0.part_of = None;
        if let Some(fault) = fault {
            reader.report(part_of.span, SchemaDefect::Fault(fault));
        }
    }
}

fn read_field(
    name: Spanned<&str>,
    node: Node<'_>,
    file: FileId,
    before: &[NamedField],
    reader: &mut Reader<'_, ()>,
) -> Option<NamedField> {
    let opened = reader.open(node, &FIELD, &[])?;
    let field_type = opened.get(&FIELD_TYPE, reader).into_value()?;
    let mut field = Field {
        name: name.value.to_owned(),
        field_type,
        codes: None,
        list: opened.get(&FIELD_LIST, reader).into_value().unwrap_or(false),
        required: opened.get(&FIELD_REQUIRED, reader).into_value().unwrap_or(false),
        min: opened.get(&FIELD_MIN, reader).into_value(),
        max: opened.get(&FIELD_MAX, reader).into_value(),
        pattern: read_pattern(&opened, field_type, before, reader),
        part_of: opened.get(&FIELD_PART_OF, reader).into_spanned(),
        unit: opened.get(&FIELD_UNIT, reader).into_value(),
        doc: opened.get(&FIELD_DOC, reader).into_value().unwrap_or_default(),
        location: Location::new(file, name.span),
    };
    check_bounds(&opened, &mut field, reader);
    if let Some(key) = opened.key_span(&FIELD_PART_OF).filter(|_| !is_figure(&field)) {
        report_not_for_type(FIELD_PART_OF.name, field_type, key, reader);
        field.part_of = None;
    }
    let codes = read_field_codes(&opened, field_type, name, reader);
    Some((field, codes))
}

/// A pattern that means nothing is reported here and does not bind the records.
fn read_pattern(
    opened: &Opened<'_>,
    field_type: FieldType,
    before: &[NamedField],
    reader: &mut Reader<'_, ()>,
) -> Option<Pattern> {
    let key = opened.key_span(&FIELD_PATTERN)?;
    if !field_type.has_pattern() {
        report_not_for_type(FIELD_PATTERN.name, field_type, key, reader);
        return None;
    }
    let written = opened.get(&FIELD_PATTERN, reader).into_spanned()?;
    let patterns = before.iter().filter(|(field, _)| field.pattern.is_some()).count();
    if patterns >= Limit::Patterns.most() {
        reader.report(written.span, Limit::Patterns);
        return None;
    }
    let pattern = Pattern::parse(&written.value);
    pattern
        .map_err(|error| {
            reader.report(written.span, FormDefect::InvalidValue(InvalidValue::Pattern(error)));
        })
        .ok()
}

fn report_not_for_type(
    key: &'static str,
    field_type: FieldType,
    place: Span,
    reader: &mut Reader<'_, ()>,
) {
    let fault = CodebookFault::NotForType { key, field_type: field_type.name() };
    reader.report(place, SchemaDefect::Fault(fault));
}

/// Bounds that mean nothing are reported here and do not bind the records.
fn check_bounds(opened: &Opened<'_>, field: &mut Field, reader: &mut Reader<'_, ()>) {
    let keys = [(FIELD_MIN.name, &FIELD_MIN), (FIELD_MAX.name, &FIELD_MAX)];
    let written = keys.iter().filter_map(|(name, key)| Some((*name, opened.key_span(key)?)));
    let Some((_, place)) = written.clone().next() else { return };
    if !field.field_type.has_bounds() {
        written.for_each(|(key, place)| report_not_for_type(key, field.field_type, place, reader));
        (field.min, field.max) = (None, None);
    } else if field.min.zip(field.max).is_some_and(|(min, max)| min > max) {
        reader.report(place, SchemaDefect::Fault(CodebookFault::MinimumAboveMaximum));
        (field.min, field.max) = (None, None);
    }
}

fn read_field_codes(
    opened: &Opened<'_>,
    field_type: FieldType,
    name: Spanned<&str>,
    reader: &mut Reader<'_, ()>,
) -> Option<Spanned<Box<str>>> {
    let codes = opened.get(&FIELD_CODES, reader);
    match (field_type, opened.key_span(&FIELD_CODES)) {
        (FieldType::Code, None) if !opened.damaged() => {
            reader.report(
                name.span,
                FormDefect::MissingCompanion { key: "type: code", companion: "codes" },
            );
        }
        (FieldType::Code, _) | (_, None) => {}
        (other, Some(place)) => report_not_for_type(FIELD_CODES.name, other, place, reader),
    }
    codes.into_spanned()
}
