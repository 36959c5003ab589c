//! What a mapping and its values must be, as data.

use std::fmt;

use crate::value::Format;

/// A kind of mapping that a curator writes: its keys, in the order they are best written. Two forms
/// of one name are the same form.
#[derive(Debug)]
pub struct Form {
    /// What the mapping describes, as it reads after "in an" or "this": `event`, `claim`.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key of a form.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// Whether the form is incomplete without it.
    pub required: bool,
    /// What it means, as a sentence.
    pub doc: &'static str,
    /// The keys that must stand beside it.
    pub beside: &'static [&'static str],
    /// What it was called in earlier versions of the format.
    pub former: &'static [&'static str],
    /// What else people call it. An unknown key of such a name is told this one.
    pub called: &'static [&'static str],
    /// What its value must be.
    pub kind: fn() -> Kind,
}

impl Key {
    /// A key that may be left out.
    pub const fn optional(name: &'static str, doc: &'static str, kind: fn() -> Kind) -> Self {
        Self { name, required: false, doc, beside: &[], former: &[], called: &[], kind }
    }

    /// Keys that may be left out, and that mean the same for each of some things.
    pub const fn each<const N: usize>(
        names: [&'static str; N],
        doc: &'static str,
        kind: fn() -> Kind,
    ) -> [Self; N] {
        let mut keys = [Self::optional("", doc, kind); N];
        let mut at = 0;
        while at < N {
            keys[at].name = names[at];
            at += 1;
        }
        keys
    }
}

impl Form {
    /// The position of a key.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.keys.iter().position(|key| key.name == name)
    }

    /// The key that people also call `written`.
    pub fn called(&self, written: &str) -> Option<&'static str> {
        let written = common_name(written);
        let is_called = |key: &&Key| key.called.contains(&written.as_str());
        self.keys.iter().find(is_called).map(|key| key.name)
    }

    /// The key of another form that may hold one called `written`, if only one does, and what it is
    /// called there.
    pub(super) fn around(&self, written: &str) -> Option<(&'static str, &'static str)> {
        let within = |key: &Key| {
            let form = (key.kind)().form()?;
            let named = form.position(written).map(|at| form.keys[at].name);
            Some((key.name, named.or_else(|| form.called(written))?))
        };
        let mut around = self.keys.iter().filter_map(within);
        around.next().filter(|_| around.next().is_none())
    }

    /// The name of today and the former name of the key that was once called `written`.
    pub(super) fn formerly(&self, written: &str) -> Option<(&'static str, &'static str)> {
        let of_key = |key: &'static Key| key.former.iter().map(|former| (key.name, *former));
        self.keys.iter().flat_map(of_key).find(|(_, former)| *former == written)
    }
}

/// A name as names of keys are compared: in small letters, and with `_` between its words.
pub fn common_name(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What a value must be. It says in data what a [`super::Shape`] does in code, so that messages,
/// the JSON Schema and the generated codebook can tell it.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// An id: lower-case letters, digits, `.`, `_` and `-`.
    Identifier,
    /// A whole number.
    Integer,
    /// A whole number, no smaller than the first and no larger than the second.
    IntegerBetween(i64, i64),
    /// A decimal number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An EDTF date.
    Date,
    /// A local time of day.
    Time,
    /// A count as a range: `3`, `0..5`, `1..`, `..30` or a mapping.
    Range,
    /// A latitude in decimal degrees.
    Latitude,
    /// A longitude in decimal degrees.
    Longitude,
    /// A text in a form that others have defined.
    Format(Format),
    /// One word of a closed choice.
    Word(&'static [&'static str]),
    /// A code of the list that the codebook chooses for a role.
    Code(&'static str),
    /// An id of `actors.yaml` or a composite actor code.
    Actor,
    /// An id of `places.yaml`.
    Place,
    /// An id of `sources.yaml`, or the address of a page.
    Source,
    /// The id of another event.
    Event,
    /// The name of a code list.
    CodeList,
    /// The name of a rule that may be allowed.
    Rule,
    /// The name of a component: of the event itself, or of an extra field.
    Component,
    /// The name of an id scheme of the codebook.
    IdScheme,
    /// An id that another dataset gives.
    OutsideId,
    /// A value for each of some components.
    Components,
    /// A mapping with the keys of a form.
    Form(&'static Form),
    /// A mapping from the first to the second.
    MapOf(Box<Kind>, Box<Kind>),
    /// A list.
    ListOf(Box<Kind>),
    /// Any one of several.
    AnyOf(Vec<Kind>),
}

impl Kind {
    /// Either of two, as one choice.
    pub fn or(self, other: Self) -> Self {
        let ways = |kind| match kind {
            Self::AnyOf(kinds) => kinds,
            one => vec![one],
        };
        Self::AnyOf([ways(self), ways(other)].concat())
    }

    /// Whether a value of this kind is a text to every reader of YAML, and not a number, a date or
    /// a truth value.
    pub const fn is_text(&self) -> bool {
        match self {
            // A reader of YAML 1.1 that takes it for a moment means the same by it.
            Self::Format(format) => !matches!(format, Format::Day | Format::DateTime),
            Self::Text
            | Self::Identifier
            | Self::Word(_)
            | Self::Code(_)
            | Self::Actor
            | Self::Place
            | Self::Source
            | Self::Event
            | Self::Component
            | Self::IdScheme
            | Self::CodeList
            | Self::Rule => true,
            Self::Integer
            | Self::IntegerBetween(..)
            | Self::Number
            | Self::Boolean
            | Self::Date
            | Self::Time
            | Self::Range
            | Self::Latitude
            | Self::Longitude
            | Self::OutsideId
            | Self::Components
            | Self::Form(_)
            | Self::MapOf(..)
            | Self::ListOf(_)
            | Self::AnyOf(_) => false,
        }
    }

    /// Whether free text is one of the things that it may be.
    pub fn takes_text(&self) -> bool {
        match self {
            Self::Text | Self::OutsideId => true,
            Self::AnyOf(kinds) => kinds.iter().any(Self::takes_text),
            _ => false,
        }
    }

    /// Whether it is always a list or a mapping.
    pub fn is_collection(&self) -> bool {
        match self {
            Self::ListOf(_) | Self::MapOf(..) | Self::Form(_) | Self::Components => true,
            Self::AnyOf(kinds) => kinds.iter().all(Self::is_collection),
            _ => false,
        }
    }

    /// The form of the mapping that it may be.
    pub fn form(&self) -> Option<&'static Form> {
        match self {
            Self::Form(form) => Some(form),
            Self::AnyOf(kinds) => kinds.iter().find_map(Self::form),
            _ => None,
        }
    }

    /// Whether a list is the only thing that it may be.
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::ListOf(_))
    }
}

impl fmt::Display for Kind {
    /// The kind as it reads after "expected": with its article.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("a text"),
            Self::Identifier => f.write_str("an id"),
            Self::Integer => f.write_str("a whole number"),
            Self::IntegerBetween(min, max) => write!(f, "a whole number from {min} to {max}"),
            Self::Number => f.write_str("a number"),
            Self::Boolean => f.write_str("`true` or `false`"),
            Self::Date => f.write_str("an EDTF date"),
            Self::Time => f.write_str("a time of day"),
            Self::Range => f.write_str("a count such as `3`, `0..5`, `1..` or `..30`"),
            Self::Latitude => f.write_str("a latitude"),
            Self::Longitude => f.write_str("a longitude"),
            Self::Format(format) => write!(f, "{} such as {}", format.what(), format.example()),
            Self::Word(words) => write!(f, "one of `{}`", words.join("`, `")),
            Self::Code(role) => write!(f, "a code for {}", role.replace('_', " ")),
            Self::Actor => f.write_str("an actor"),
            Self::Place => f.write_str("a place"),
            Self::Source => f.write_str("a source"),
            Self::Event => f.write_str("an event"),
            Self::CodeList => f.write_str("the name of a code list"),
            Self::Rule => f.write_str("the name of a rule"),
            Self::Component => f.write_str("the name of a component"),
            Self::IdScheme => f.write_str("an id scheme"),
            Self::OutsideId => f.write_str("an id as its dataset writes it"),
            Self::Components => f.write_str("a mapping from components to values"),
            Self::Form(form) => write!(f, "a mapping (one {})", form.name),
            Self::MapOf(key, value) => {
                f.write_str("a mapping from ")?;
                match &**key {
                    Self::Text => f.write_str("a name")?,
                    key => write!(f, "{key}")?,
                }
                match &**value {
                    Self::Form(form) => write!(f, " to one {}", form.name),
                    value => write!(f, " to {value}"),
                }
            }
            Self::ListOf(item) => match &**item {
                Self::Form(form) => write!(f, "a list of {}s", form.name),
                item => write!(f, "a list, each item {item}"),
            },
            Self::AnyOf(kinds) => {
                for (position, kind) in kinds.iter().enumerate() {
                    if position > 0 {
                        f.write_str(" or ")?;
                    }
                    write!(f, "{kind}")?;
                }
                Ok(())
            }
        }
    }
}
