//! What a column may hold.

use std::borrow::Cow;

/// The type of a column. The list is closed: each of these types reads back the same in every
/// reader tried, and one column of another type can make a whole file unreadable somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Free text, and ids, of which most rows have their own.
    Text,
    /// A code of a list, which many rows share. It reads as text; unlike a category it joins the table
    /// `codes` in every reader.
    Code,
    /// Text from a small closed list. Never marked as ordered, because Parquet keeps the order of
    /// first appearance; an ordered scale has a column of ranks beside its labels.
    Category,
    /// A whole number of 8 bits, mostly a rank.
    Int8,
    /// A whole number of 16 bits, mostly a year.
    Int16,
    /// A whole number of 32 bits, mostly a count.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A finite number in double precision.
    Number,
    /// A flag.
    Boolean,
    /// A day of the years 1 to 9999.
    Day,
    /// A list of values of one type. Never missing, only empty: CSV cannot tell the two apart.
    List(&'static Self),
}

impl ColumnType {
    /// A list of texts, mostly ids.
    pub const TEXTS: Self = Self::List(&Self::Text);
    /// A list of codes.
    pub const CODES: Self = Self::List(&Self::Code);

    /// Whether it is a list.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::List(_))
    }

    /// Its name, for people.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Category => "category",
            Self::Int8 | Self::Int16 | Self::Int32 | Self::Int64 => "whole number",
            Self::Number => "number",
            Self::Boolean => "true or false",
            Self::Day => "day",
            Self::List(item) => return Cow::Owned(format!("list, each {}", item.name())),
        })
    }
}
