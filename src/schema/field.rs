//! Extra fields: what a codebook adds to an event.

use crate::form::Kind;
use crate::form::shape::Choice;
use crate::source::{Location, Spanned};
use crate::value::Pattern;

/// A field that the codebook adds beside the core ones.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key in records and its column in the tables.
    pub name: String,
    /// The type of its values.
    pub field_type: FieldType,
    /// The position, in [`super::Codebook::lists`], of the list that a `code` field uses.
    pub codes: Option<usize>,
    /// Whether an event may have several values.
    pub list: bool,
    /// Whether every event must have a value.
    pub required: bool,
    /// The smallest number allowed.
    pub min: Option<f64>,
    /// The largest number allowed.
    pub max: Option<f64>,
    /// What every text must match.
    pub pattern: Option<Pattern>,
    /// The field that counts all of which this one counts a part.
    pub part_of: Option<Spanned<Box<str>>>,
    /// What is counted or measured: `people`.
    pub unit: Option<Box<str>>,
    /// What it means.
    pub doc: Box<str>,
    /// Where it is declared.
    pub location: Location,
}

/// The type of an extra field or of a code list's own column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An EDTF date.
    Date,
    /// A code of a list.
    Code,
    /// An id of `actors.yaml` or a composite code.
    Actor,
    /// An id of `places.yaml`.
    Place,
    /// An id of `sources.yaml`.
    Source,
    /// A count with a lower, a best and an upper figure, any of which may be missing.
    Range,
}

impl Choice for FieldType {
    const WORDS: &'static [&'static str] = &[
        "text", "integer", "number", "boolean", "date", "code", "actor", "place", "source", "range",
    ];

    const MEANINGS: &'static [Self] = &[
        Self::Text,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Date,
        Self::Code,
        Self::Actor,
        Self::Place,
        Self::Source,
        Self::Range,
    ];
}

impl FieldType {
    /// The type's name in a codebook.
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// What a value of it must be; `None` for a code, which its list tells.
    pub const fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Text => Kind::Text,
            Self::Integer => Kind::Integer,
            Self::Number => Kind::Number,
            Self::Boolean => Kind::Boolean,
            Self::Date => Kind::Date,
            Self::Actor => Kind::Actor,
            Self::Place => Kind::Place,
            Self::Source => Kind::Source,
            Self::Range => Kind::Range,
            Self::Code => return None,
        })
    }

    /// Whether `pattern` means something for it.
    pub const fn has_pattern(self) -> bool {
        matches!(self, Self::Text)
    }

    /// Whether it is a figure, so that `min`, `max` and `part_of` mean something for it.
    pub const fn has_bounds(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Range)
    }
}
