//! One value on its way into a table.

use std::borrow::Cow;

use chrono::NaiveDate;

/// One value on its way into a table. It borrows from its row and lives for one append.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'r> {
    /// No value.
    Missing,
    /// Text, as written. Never empty in our data: what is not there is [`Cell::Missing`].
    Text(Cow<'r, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A flag.
    Boolean(bool),
    /// A calendar day, in the proleptic Gregorian calendar.
    Day(NaiveDate),
    /// Texts in order, mostly ids.
    TextList(Vec<Cow<'r, str>>),
}

impl Cell<'_> {
    /// The same value, borrowing nothing.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Missing => Cell::Missing,
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Integer(value) => Cell::Integer(value),
            Self::Number(value) => Cell::Number(value),
            Self::Boolean(value) => Cell::Boolean(value),
            Self::Day(day) => Cell::Day(day),
            Self::TextList(texts) => Cell::TextList(
                texts.into_iter().map(|text| Cow::Owned(text.into_owned())).collect(),
            ),
        }
    }

    /// What kind of value it is, in a word for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Text(_) => "text",
            Self::Integer(_) => "an integer",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "a flag",
            Self::Day(_) => "a day",
            Self::TextList(_) => "a list",
        }
    }
}

impl<'r, T: Into<Cell<'r>>> From<Option<T>> for Cell<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

impl<'r> From<Cow<'r, str>> for Cell<'r> {
    fn from(text: Cow<'r, str>) -> Self {
        Self::Text(text)
    }
}

impl<'r> From<&'r str> for Cell<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'r> From<&'r String> for Cell<'r> {
    fn from(text: &'r String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'r, T: Into<Cow<'r, str>>> From<Vec<T>> for Cell<'r> {
    fn from(texts: Vec<T>) -> Self {
        Self::TextList(texts.into_iter().map(Into::into).collect())
    }
}

impl<'r, T: AsRef<str>> From<&'r [T]> for Cell<'r> {
    fn from(texts: &'r [T]) -> Self {
        Self::TextList(texts.iter().map(|text| Cow::Borrowed(text.as_ref())).collect())
    }
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<i32> for Cell<'_> {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<i16> for Cell<'_> {
    fn from(value: i16) -> Self {
        Self::Integer(value.into())
    }
}

impl From<i8> for Cell<'_> {
    fn from(value: i8) -> Self {
        Self::Integer(value.into())
    }
}

impl From<u32> for Cell<'_> {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

/// A count or position. No collection is longer than `i64::MAX`, so none is changed.
impl From<usize> for Cell<'_> {
    fn from(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}
