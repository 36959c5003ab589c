//! What a record says for a key.

use crate::source::{Span, Spanned};

/// What a record says for a key.
///
/// The difference between [`Written::Absent`] and [`Written::Invalid`] is what keeps one slip from
/// being reported twice: whoever misses a value asks whether it was written at all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Written<T> {
    /// Nothing: the key is not there.
    #[default]
    Absent,
    /// Something that could not be read; its defect is recorded.
    Invalid,
    /// A value, and where it stands.
    Given(Spanned<T>),
}

impl<T> Written<T> {
    /// A value at a place.
    pub const fn given(value: T, span: Span) -> Self {
        Self::Given(Spanned::new(value, span))
    }

    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Given(given) => Some(&given.value),
            Self::Absent | Self::Invalid => None,
        }
    }

    /// The value and its place, if there is one.
    pub const fn spanned(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Given(given) => Some(given),
            Self::Absent | Self::Invalid => None,
        }
    }

    /// The value and its place, if there is one, by value.
    pub fn into_spanned(self) -> Option<Spanned<T>> {
        match self {
            Self::Given(given) => Some(given),
            Self::Absent | Self::Invalid => None,
        }
    }

    /// The value, if there is one, by value.
    pub fn into_value(self) -> Option<T> {
        self.into_spanned().map(|given| given.value)
    }

    /// Whether nothing was written.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether something was written that could not be read.
    pub const fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid)
    }

    /// The same place with a value made of the value and its place.
    pub fn map_spanned<U>(self, change: impl FnOnce(Spanned<T>) -> U) -> Written<U> {
        match self {
            Self::Absent => Written::Absent,
            Self::Invalid => Written::Invalid,
            Self::Given(given) => {
                let span = given.span;
                Written::given(change(given), span)
            }
        }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Written<U> {
        match self {
            Self::Absent => Written::Absent,
            Self::Invalid => Written::Invalid,
            Self::Given(given) => Written::Given(given.map(change)),
        }
    }
}
