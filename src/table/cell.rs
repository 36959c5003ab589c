//! One value on its way into a table.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;

use crate::value::LIST_SEPARATOR;

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
    /// Values of one kind, in order.
    List(Vec<Self>),
}

impl Cell<'_> {
    /// What kind of value it is, in a word for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Text(_) => "text",
            Self::Integer(_) => "an integer",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "a flag",
            Self::Day(_) => "a day",
            Self::List(_) => "a list",
        }
    }
}

impl fmt::Display for Cell<'_> {
    /// Writes the cell as CSV has it, before quoting. A decimal number is the shortest text that
    /// reads back as the same number, always with a point or an exponent, so that readers which
    /// guess types from the first rows guess right.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value:?}"),
            Self::Boolean(value) => f.write_str(if *value { "true" } else { "false" }),
            Self::Day(day) => write!(f, "{day}"),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        write!(f, "{LIST_SEPARATOR}")?;
                    }
                    write!(f, "{item}")?;
                }
                Ok(())
            }
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

impl<'r, T: Into<Cell<'r>>> From<Vec<T>> for Cell<'r> {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'r, T: AsRef<str>> From<&'r [T]> for Cell<'r> {
    fn from(texts: &'r [T]) -> Self {
        Self::List(texts.iter().map(|text| Self::from(text.as_ref())).collect())
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

/// A count or position. It fits: no collection is longer than `i64::MAX`.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: impl Into<Cell<'static>>) -> String {
        cell.into().to_string()
    }

    #[test]
    fn values_are_shown_as_they_are() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let cases = [
            (shown(Cell::Missing), ""),
            (shown("=SUM(A1)"), "=SUM(A1)"),
            (shown(" two\r\nlines\n\nmore\r"), " two\r\nlines\n\nmore\r"),
            (shown(i64::MIN), "-9223372036854775808"),
            (shown(33.0), "33.0"),
            (shown(0.1 + 0.2), "0.30000000000000004"),
            (shown(-0.0), "-0.0"),
            (shown(1e300), "1e300"),
            (shown(5e-324), "5e-324"),
            (shown(true), "true"),
            (shown(day(2019, 12, 7)), "2019-12-07"),
            (shown(day(33, 4, 3)), "0033-04-03"),
            (shown(vec!["a", "b\nc"]), "a|b\nc"),
            (shown(vec![1.5, -2.0]), "1.5|-2.0"),
            (shown(vec![Some(day(2013, 1, 1)), None]), "2013-01-01|"),
            (shown(Vec::<&str>::new()), ""),
        ];
        for (written, expected) in cases {
            assert_eq!(written, expected);
        }
    }
}
