//! What a record says for a key.

use serde::{Deserialize, Serialize};

use crate::source::{Span, Spanned};

/// What a record says for a key.
///
/// The difference between [`Written::Absent`] and [`Written::Invalid`] is what keeps one slip from
/// being reported twice: whoever misses a value asks whether it was written at all.
#[derive(Clone, Copy, Debug, Deserialize, Default, PartialEq, Serialize)]
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
    pub fn value(&self) -> Option<&T> {
        self.spanned().map(|given| &given.value)
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

    /// What `then` makes of the value and its place, if there is one.
    pub fn and_then<U>(self, then: impl FnOnce(Spanned<T>) -> Written<U>) -> Written<U> {
        match self {
            Self::Absent => Written::Absent,
            Self::Invalid => Written::Invalid,
            Self::Given(given) => then(given),
        }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Written<U> {
        self.and_then(|given| Written::Given(given.map(change)))
    }
}

/// What a field of a record keeps of what was written for its key.
macro_rules! kept {
    ($($(#[$doc:meta])* [$($of:ident)?] $written:ty => $kept:ty: $keep:expr;)+) => {$(
        impl$(<$of>)? From<Written<$written>> for $kept {
            $(#[$doc])*
            fn from(written: Written<$written>) -> Self {
                $keep(written)
            }
        }
    )+};
}

kept! {
    [T] T => Option<T>: Written::into_value;
    [T] T => Option<Spanned<T>>: Written::into_spanned;
    /// No items, where there is no list.
    [T] Vec<Spanned<T>> => Vec<Spanned<T>>: |written: Written<Self>| {
        written.into_value().unwrap_or_default()
    };
    /// No items, where there is no list.
    [T] Vec<Spanned<T>> => Vec<T>: |written| {
        Vec::from(written).into_iter().map(|item: Spanned<T>| item.value).collect()
    };
    /// An empty text, where there is none.
    [] Box<str> => Box<str>: |written: Written<Self>| written.into_value().unwrap_or_default();
    /// `false`, where nothing else is written.
    [] bool => bool: |written: Written<Self>| written.into_value().unwrap_or_default();
}

impl<T> From<Option<Spanned<T>>> for Written<T> {
    /// Something that was written and of which nothing may be left.
    fn from(read: Option<Spanned<T>>) -> Self {
        read.map_or(Self::Invalid, Self::Given)
    }
}
