//! The value of a component.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::Reader;
use super::code::{ActionCode, ActorReference, current_actor, read_code};
use super::count::Count;
use super::defect::RecordDefect;
use super::location::Location;
use crate::form::{
    Either, Identity, InvalidValue, Kind, ListText, PlaceName, Shape, SourceName, Text, Url,
    Written,
};
use crate::schema::{Code, CodeList, Codebook, Component, Field, FieldType, Role};
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value::{Date, DateTime, Figure, Range, Time};

/// A value that a component is coded with, or that a claim states for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
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
    /// A day and a time of day.
    DateTime(DateTime),
    /// The address of a page.
    Url(Box<str>),
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

    /// The value as a record writes it; `None` for a code, which its list tells, and for a location.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Code(_) | Self::Location(_) => return None,
            Self::Actor(name)
            | Self::Place(name)
            | Self::Source(name)
            | Self::Url(name)
            | Self::Text(name) => Cow::Borrowed(name),
            Self::DateTime(moment) => Cow::Borrowed(moment.as_str()),
            Self::Date(date) => Cow::Borrowed(date.as_str()),
            Self::Time(time) => Cow::Borrowed(time.as_str()),
            Self::Range(range) => Cow::Owned(range.to_string()),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Boolean(true) => Cow::Borrowed("true"),
            Self::Boolean(false) => Cow::Borrowed("false"),
        })
    }

    /// The figures that it holds: one, which is the best, or the lower, best and upper one of a count.
    pub fn figures(&self) -> [Option<Figure>; 3] {
        match self {
            Self::Integer(number) => [None, Some(Figure::Whole(*number)), None],
            Self::Number(number) => [None, Some(Figure::Decimal(*number)), None],
            Self::Range(range) => {
                [range.low(), range.best(), range.high()].map(|figure| figure.map(Figure::Whole))
            }
            Self::Code(_)
            | Self::Actor(_)
            | Self::Location(_)
            | Self::Place(_)
            | Self::Source(_)
            | Self::Date(_)
            | Self::DateTime(_)
            | Self::Url(_)
            | Self::Time(_)
            | Self::Boolean(_)
            | Self::Text(_) => [None; 3],
        }
    }
}

/// What a value must be, and what reads it.
type ReadAs = (Kind, fn(Node<'_>, &mut Reader<'_>) -> Written<Value>);

/// A shape and the value that is made of what it reads.
macro_rules! read_as {
    ($shape:ty, $value:expr) => {
        (<$shape as Shape<Codebook>>::kind(), |node, reader| {
            <$shape>::read(node, reader).map($value)
        })
    };
}

/// What one value of a component must be. `None` for `event`, which has no value, and for a field
/// of codes, whose list tells.
fn read_as(component: Component, codebook: &Codebook) -> Option<ReadAs> {
    Some(match component {
        Component::Event => return None,
        Component::Date => read_as!(Date, Value::Date),
        Component::Time => read_as!(Time, Value::Time),
        Component::Actor | Component::Target => read_as!(ActorReference, Value::Actor),
        Component::Action => read_as!(ActionCode, Value::Code),
        Component::Location => {
            read_as!(Either<PlaceName, Location>, |location| Value::Location(Box::new(location)))
        }
        Component::Field(position) => return read_field_as(codebook.field(position)),
    })
}

/// What one value of an extra field must be; `None` for a code, which its list tells.
fn read_field_as(field: &Field) -> Option<ReadAs> {
    Some(match field.field_type {
        FieldType::Text if field.list => read_as!(ListText, Value::Text),
        FieldType::Text => read_as!(Text, Value::Text),
        FieldType::Integer => read_as!(i64, Value::Integer),
        FieldType::Number => read_as!(f64, Value::Number),
        FieldType::Boolean => read_as!(bool, Value::Boolean),
        FieldType::Date => read_as!(Date, Value::Date),
        FieldType::DateTime => read_as!(DateTime, Value::DateTime),
        FieldType::Url => read_as!(Url, Value::Url),
        FieldType::Code => return None,
        FieldType::Actor => read_as!(ActorReference, Value::Actor),
        FieldType::Place => read_as!(PlaceName, Value::Place),
        FieldType::Source => read_as!(SourceName, Value::Source),
        FieldType::Range => read_as!(Count, Value::Range),
    })
}

/// What one value of an extra field must be; `None` for a code, which its list tells.
pub fn field_kind(field: &Field) -> Option<Kind> {
    read_field_as(field).map(|(kind, _)| kind)
}

/// What a claim may state for a component: one value, or a list where several may stand together.
/// `None` for `event`, which has no value, and for a field of codes, whose list tells.
pub fn stated_kind(component: Component, codebook: &Codebook) -> Option<Kind> {
    let (one, _) = read_as(component, codebook)?;
    Some(match has_several(component, codebook) {
        true => one.clone().or(Kind::ListOf(Box::new(one))),
        false => one,
    })
}

/// Whether several values of a component may stand together.
fn has_several(component: Component, codebook: &Codebook) -> bool {
    match component {
        Component::Actor | Component::Action | Component::Target => true,
        Component::Field(position) => codebook.field(position).list,
        Component::Event | Component::Date | Component::Time | Component::Location => false,
    }
}

/// Reads the values of a component: one, or a list where several may stand together.
pub(super) fn read_values(
    component: Component,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spanned<Value>> {
    let codebook = reader.context;
    if let Component::Field(position) = component {
        return read_field(codebook.field(position), node, reader);
    }
    let several = has_several(component, codebook);
    let list = (component == Component::Action).then(|| codebook.list(Role::Action));
    read_all(node, several, list, reader, |node, reader| read_value(component, node, reader))
}

/// Reads the values of an extra field: one, or a list where it may have several.
pub(super) fn read_field(
    field: &Field,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spanned<Value>> {
    let list = reader.context.field_list(field);
    read_all(node, field.list, list, reader, |node, reader| read_field_value(field, node, reader))
}

/// Reads one value, or a list where there may be several. Codes are of a list.
fn read_all(
    node: Node<'_>,
    several: bool,
    list: Option<&CodeList>,
    reader: &mut Reader<'_>,
    read: impl Fn(Node<'_>, &mut Reader<'_>) -> Written<Value>,
) -> Vec<Spanned<Value>> {
    match node.content() {
        Content::Sequence(items) if several && !items.is_empty() => {
            let mut values = Vec::new();
            for item in items.items() {
                values.extend(read(item, reader).into_spanned());
            }
            let codebook = reader.context;
            let identities = values.iter().map(|value| meaning(value, list, codebook));
            let places = reader.distinct(identities);
            values
                .into_iter()
                .zip(places)
                .filter_map(|(value, place)| place.and(Some(value)))
                .collect()
        }
        _ => read(node, reader).into_spanned().into_iter().collect(),
    }
}

/// The identity of a value in its list. A retired code or actor counts as its successor.
fn meaning<'v>(
    value: &'v Spanned<Value>,
    list: Option<&'v CodeList>,
    codebook: &Codebook,
) -> Identity<'v> {
    let identity = match (&value.value, list) {
        (Value::Actor(name), _) => current_actor(name, codebook),
        (Value::Code(code), Some(list)) => Cow::Borrowed(&*list.entry(list.in_use(*code)).code),
        (value, _) => value.text().unwrap_or_default(),
    };
    Spanned::new(identity, value.span)
}

/// Reads one value of an extra field.
fn read_field_value(field: &Field, node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    let value = match read_field_as(field) {
        Some((_, read)) => read(node, reader),
        None => read_field_code(field, node, reader),
    };
    value.and_then(|value| as_declared(field, value, node, reader))
}

/// Reads one value of a core component.
fn read_value(component: Component, node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    let codebook = reader.context;
    match read_as(component, codebook) {
        Some((_, read)) => read(node, reader),
        None => {
            let component = codebook.component_name(component).to_owned();
            reader.invalid(
                node.span(),
                RecordDefect::MisplacedValue { component, belongs: "affirms" },
            )
        }
    }
}

/// Reads a code of the list that a field names.
fn read_field_code(field: &Field, node: Node<'_>, reader: &mut Reader<'_>) -> Written<Value> {
    match reader.context.field_list(field) {
        Some(list) => read_code(list, Kind::Code("this field"), node, reader).map(Value::Code),
        None => Written::Invalid,
    }
}

/// A value that keeps to the bounds and the pattern of its field.
fn as_declared(
    field: &Field,
    value: Spanned<Value>,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Written<Value> {
    if let (Value::Text(text), Some(pattern)) = (&value.value, &field.pattern)
        && !pattern.matches(text)
    {
        let pattern = pattern.as_str().to_owned();
        return reader.invalid(node.span(), InvalidValue::NoMatch { pattern });
    }
    let is_outside = |figure: Figure| {
        field.min.is_some_and(|min| figure < min) || field.max.is_some_and(|max| figure > max)
    };
    if value.value.figures().into_iter().flatten().any(is_outside) {
        let bounds = InvalidValue::Bounds { min: field.min, max: field.max };
        return reader.invalid(node.span(), bounds.unless_placeholder(node.source()));
    }
    Written::Given(value)
}
