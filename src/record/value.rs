//! The value of a component.

use super::Reader;
use super::code::{current_actor, look_up, report_retired_groups};
use super::defect::RecordDefect;
use super::location::{self, Location, read_location};
use crate::form::shape::{
    self, Boolean, Integer, List, ListText, Number, OneOrMore, Reference, Text, scalar,
};
use crate::form::{Described, Form, FormDefect, InvalidValue, Key, Kind, Shape, Written};
use crate::schema::{Code, Codebook, Component, Field, FieldType, Role};
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value::{Date, Range, Time, is_nines};

/// A value that a component is coded with, or that a claim states for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A code of the component's list.
    Code(Code),
    /// An actor: an id of `actors.yaml` or a composite code, as written.
    Actor(Box<str>),
    /// A location.
    Location(Box<Location>),
    /// An id of `places.yaml`.
    Place(Box<str>),
    /// An id of `sources.yaml`.
    Source(Box<str>),
    /// A date.
    Date(Date),
    /// A local time of day.
    Time(Time),
    /// A count.
    Range(Range),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A text.
    Text(Box<str>),
}

impl Value {
    /// The code, if it is one.
    pub const fn code(&self) -> Option<Code> {
        match self {
            Self::Code(code) => Some(*code),
            _ => None,
        }
    }
}

/// A location as a claim states it: without a certainty.
static LOCATION: Form = Form {
    name: "location",
    keys: &[
        location::PLACE.info(),
        location::LATITUDE.info(),
        location::LONGITUDE.info(),
        location::COUNTRY.info(),
        location::PRECISION.info(),
        location::RADIUS.info(),
    ],
};

/// A count in its long form.
pub static COUNT: Form = Form { name: "count", keys: &[LOW.info(), BEST.info(), HIGH.info()] };

const LOW: Key<Integer> = Key::optional("low", "The lowest figure.");
const BEST: Key<Integer> = Key::optional("best", "The best estimate.");
const HIGH: Key<Integer> = Key::optional("high", "The highest figure.");

/// What a claim may state for a core component, in data what reading one does in code. `None`
/// for `event`, which has no value, and for an extra field, whose type the codebook declares.
pub fn stated_kind(component: Component) -> Option<Kind> {
    Some(match component {
        Component::Date => Kind::Date,
        Component::Time => Kind::Time,
        Component::Actor | Component::Target => OneOrMore::<Reference<shape::Actor>>::kind(),
        Component::Action => ActionCode::kind(),
        Component::Location => Kind::AnyOf(vec![Kind::Place, Kind::Form(&LOCATION)]),
        Component::Event | Component::Field(_) => return None,
    })
}

/// Reads the values of a component: one, or a list where several may stand together.
pub(super) fn read_values(
    component: Component,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spanned<Value>> {
    let several = match component {
        Component::Actor | Component::Target => true,
        Component::Field(position) => reader.context.fields[position as usize].list,
        Component::Event
        | Component::Date
        | Component::Time
        | Component::Action
        | Component::Location => false,
    };
    match node.content() {
        Content::Sequence(items) if several => {
            let mut read = Vec::new();
            for item in items.items() {
                let value = read_value(component, item, reader).into_spanned();
                read.extend(
                    value.map(|value| (meaning(component, &value.value, reader.context), value)),
                );
            }
            reader.distinct(read)
        }
        _ => read_value(component, node, reader).into_spanned().into_iter().collect(),
    }
}

/// What tells a value from the others of a list: what it stands for. A code or actor that its list
/// has replaced is its successor.
pub(super) fn meaning(component: Component, value: &Value, codebook: &Codebook) -> String {
    match (value, component) {
        (Value::Actor(name), _) => current_actor(name, codebook),
        (Value::Code(code), Component::Field(position)) => {
            let list = codebook.field_list(&codebook.fields[position as usize]);
            let current = list.and_then(|list| list.successor(*code)).unwrap_or(*code);
            list.map_or_else(String::new, |list| list.entry(current).code.to_string())
        }
        (Value::Place(name) | Value::Source(name) | Value::Text(name), _) => name.to_string(),
        (Value::Date(date), _) => date.as_str().to_owned(),
        (Value::Range(range), _) => range.to_string(),
        (Value::Integer(number), _) => number.to_string(),
        (Value::Number(number), _) => number.to_string(),
        (Value::Boolean(yes), _) => yes.to_string(),
        // Of these an event has one each.
        (Value::Code(_) | Value::Location(_) | Value::Time(_), _) => String::new(),
    }
}

/// Reads one value of a component.
pub(super) fn read_value(
    component: Component,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Value> {
    let codebook = reader.context;
    match component {
        Component::Event => {
            let component = codebook.component_name(component).to_owned();
            reader.invalid(
                node.span(),
                RecordDefect::MisplacedValue { component, belongs: "affirms" },
            )
        }
        Component::Date => shape::Date::read(node, reader).map(Value::Date),
        Component::Time => shape::Time::read(node, reader).map(Value::Time),
        Component::Actor | Component::Target => read_actor(node, reader),
        Component::Action => read_action(node, reader),
        Component::Location => read_said_location(node, reader),
        Component::Field(position) => read_field(&codebook.fields[position as usize], node, reader),
    }
}

pub(super) fn read_actor(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    report_retired_groups(node, reader);
    Reference::<shape::Actor>::read(node, reader).map(Value::Actor)
}

/// What was done, as a code.
#[derive(Debug)]
struct ActionCode;

impl Described for ActionCode {
    fn kind() -> Kind {
        Kind::Code(Role::Action.name())
    }
}

pub(super) fn read_action(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    let list = reader.context.list(Role::Action);
    read_code::<ActionCode>(list, node, reader)
}

fn read_code<S: Described>(
    list: &crate::schema::CodeList,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Value> {
    match scalar::<S, Codebook>(node, reader) {
        Some(written) => look_up(list, written, node, reader).map(Value::Code),
        None => Written::Invalid,
    }
}

fn read_said_location(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    if matches!(node.content(), Content::Mapping(_)) {
        let Some(opened) = reader.open(node, &LOCATION, &[]) else {
            return Written::Invalid;
        };
        return Written::given(
            Value::Location(Box::new(read_location(&opened, reader))),
            node.span(),
        );
    }
    read_place_name(node, reader)
}

/// A location that is only the id of a place.
pub(super) fn read_place_name(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    Reference::<shape::Place>::read(node, reader).map_spanned(|place| {
        Value::Location(Box::new(Location { place: Some(place), ..Location::default() }))
    })
}

fn read_field(field: &Field, node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    let value = match field.field_type {
        FieldType::Text if field.list => ListText::read(node, reader).map(Value::Text),
        FieldType::Text => Text::read(node, reader).map(Value::Text),
        FieldType::Integer => Integer::read(node, reader).map(Value::Integer),
        FieldType::Number => Number::read(node, reader).map(Value::Number),
        FieldType::Boolean => Boolean::read(node, reader).map(Value::Boolean),
        FieldType::Date => shape::Date::read(node, reader).map(Value::Date),
        FieldType::Actor => read_actor(node, reader),
        FieldType::Place => Reference::<shape::Place>::read(node, reader).map(Value::Place),
        FieldType::Source => Reference::<shape::Source>::read(node, reader).map(Value::Source),
        FieldType::Range => read_range(node, reader).map(Value::Range),
        FieldType::Code => match reader.context.field_list(field) {
            Some(list) => read_code::<FieldCode>(list, node, reader),
            None => Written::Invalid,
        },
    };
    as_declared(field, value, node, reader)
}

/// A code of the list that the field names.
#[derive(Debug)]
struct FieldCode;

impl Described for FieldCode {
    fn kind() -> Kind {
        Kind::Code("this field")
    }
}

/// A value that keeps to the bounds and the pattern of its field.
fn as_declared(
    field: &Field,
    value: Written<Value>,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Value> {
    let span = node.span();
    if let (Some(Value::Text(text)), Some(pattern)) = (value.value(), &field.pattern)
        && !pattern.matches(text)
    {
        let pattern = pattern.as_str().to_owned();
        return reader.invalid(span, FormDefect::InvalidValue(InvalidValue::NoMatch { pattern }));
    }
    within_bounds(field, value, node, reader)
}

fn within_bounds(
    field: &Field,
    value: Written<Value>,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Value> {
    let (span, written) = (node.span(), node.source());
    let numbers = match value.value() {
        Some(Value::Integer(number)) => [Some(*number as f64), None, None],
        Some(Value::Number(number)) => [Some(*number), None, None],
        Some(Value::Range(range)) => {
            [range.low(), range.best(), range.high()].map(|figure| figure.map(|n| n as f64))
        }
        _ => return value,
    };
    let outside = numbers.into_iter().flatten().any(|number| {
        field.min.is_some_and(|min| number < min) || field.max.is_some_and(|max| number > max)
    });
    if outside {
        let bounds = InvalidValue::Bounds { min: field.min, max: field.max };
        let invalid = bounds.unless_placeholder(written);
        return reader.invalid(span, FormDefect::InvalidValue(invalid));
    }
    value
}

/// A count in its short form.
#[derive(Debug)]
struct RangeText;

impl Described for RangeText {
    fn kind() -> Kind {
        Kind::Range
    }
}

fn read_range(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Range> {
    let range = if matches!(node.content(), Content::Mapping(_)) {
        let Some(opened) = reader.open(node, &COUNT, &[]) else {
            return Written::Invalid;
        };
        let mut invalid = false;
        let mut figure = |key| {
            let written = opened.get(key, reader);
            invalid |= written.is_invalid();
            written.into_value()
        };
        let range = Range::new(figure(&LOW), figure(&BEST), figure(&HIGH));
        if invalid || opened.damaged() {
            return Written::Invalid;
        }
        range
    } else {
        let Some(text) = scalar::<RangeText, Codebook>(node, reader) else {
            return Written::Invalid;
        };
        if is_nines(text) {
            let placeholder =
                InvalidValue::Placeholder { written: text.to_owned(), is_figure: true };
            return reader.invalid(node.span(), FormDefect::InvalidValue(placeholder));
        }
        Range::parse(text)
    };
    match range {
        Ok(range) => Written::given(range, node.span()),
        Err(error) => {
            let invalid = InvalidValue::Range(error).unless_placeholder(node.source());
            reader.invalid(node.span(), FormDefect::InvalidValue(invalid))
        }
    }
}

/// A list of names of components.
#[derive(Debug)]
pub(super) struct ComponentName;

impl Described for ComponentName {
    fn kind() -> Kind {
        Kind::Component
    }
}

impl Shape<Codebook> for ComponentName {
    type Value = Component;

    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Component> {
        match scalar::<Self, Codebook>(node, reader) {
            Some(written) => component_named(Spanned::new(written, node.span()), reader),
            None => Written::Invalid,
        }
    }
}

/// The component of a name. A field that the codebook declares and that could not be read is no
/// fault of the record.
pub(super) fn component_named(name: Spanned<&str>, reader: &mut Reader<'_>) -> Written<Component> {
    let codebook = reader.context;
    match reader.look_up(name, |name| codebook.component(name)) {
        Some(component) => Written::given(component, name.span),
        None if codebook.is_unreadable(name.value) => Written::Invalid,
        None => reader
            .invalid(name.span, RecordDefect::UnknownComponent { written: name.value.to_owned() }),
    }
}

/// The names of components in a list.
pub(super) type ComponentNames = List<ComponentName>;
