//! Why a text is not a date.

use std::fmt;

/// Why a text is not a [`Date`](super::Date).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Nothing is written.
    Empty,
    /// It is longer than any date.
    TooLong {
        /// Its length.
        bytes: usize,
        /// The longest that is read.
        most: usize,
    },
    /// An interval without a date in it: `/`, `../..`. It says nothing; the date is left out.
    Undated,
    /// The month is not 01 to 12, nor a season; or it is a season and a day follows.
    NoSuchMonth {
        /// Where the month is.
        at: usize,
        /// The month as written.
        month: u8,
        /// What may have been meant: day and month exchanged.
        readings: Vec<Box<str>>,
    },
    /// The month has no such day.
    NoSuchDay {
        /// Where the day is.
        at: usize,
        /// The day as written.
        day: u8,
        /// How many days the month has, in a leap year where the year's digits leave it open.
        days: u8,
    },
    /// `00` for a month or day that is not known; it is left out, or written `XX`.
    Zero {
        /// Where the zeros are.
        at: usize,
        /// The date without them.
        readings: Vec<Box<str>>,
    },
    /// No date of the calendar has these digits: `15XX-02-3X`, `2019-2X`.
    NoSuchDate {
        /// Where the digits are.
        at: usize,
    },
    /// The span or range ends before it starts.
    EndBeforeStart {
        /// Where the end is.
        at: usize,
    },
    /// A time of day follows; it has a field of its own.
    TimeAttached {
        /// Where it starts: the `T` or the space.
        at: usize,
        /// The date without it.
        readings: Vec<Box<str>>,
    },
    /// EDTF, but a form that eventc refuses.
    Refused {
        /// Where the form shows, or 0.
        at: usize,
        /// The form.
        form: RefusedForm,
    },
    /// Not EDTF at all.
    NotEdtf {
        /// Where it stops being EDTF.
        at: usize,
        /// What may have been meant.
        readings: Vec<Box<str>>,
        /// Whether there is exactly one, which is surely the same date in another spelling.
        sure: bool,
    },
}

/// Forms of EDTF that are refused: a record would say more, or less, than a curator can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedForm {
    /// `{2018,2019}`: several dates at once are several events.
    AllOfSet,
    /// `Y17E7`
    ExponentialYear,
    /// `1950S2`
    SignificantDigits,
    /// `2019-25` to `2019-41`: quarters, halves, seasons of a hemisphere; months say them.
    SubYearGrouping,
    /// `..2019-08-20/2019-09`: a bound on the end of a span.
    BoundedEnd,
    /// `Y12019`: a year of more than four digits.
    LongYear,
    /// `-20XX`: the standard shows no negative year with `X`, and one could be -0000, which is no
    /// year.
    UnspecifiedNegativeYear,
}

impl DateError {
    /// What may have been meant, as dates that parse, the likelier first. More than one means the
    /// text is ambiguous.
    pub fn readings(&self) -> &[Box<str>] {
        match self {
            Self::NoSuchMonth { readings, .. }
            | Self::Zero { readings, .. }
            | Self::TimeAttached { readings, .. }
            | Self::NotEdtf { readings, .. } => readings,
            _ => &[],
        }
    }

    /// Whether its one reading is the only meaning of the text.
    pub fn is_sure(&self) -> bool {
        match self {
            Self::NotEdtf { sure, .. } => *sure,
            // What is left out says that it is not known, and so does leaving it out.
            Self::Zero { readings, .. } => readings.len() == 1,
            _ => false,
        }
    }

    /// The byte offset in the text, where the error has one.
    #[cfg(test)]
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::TooLong { .. } | Self::Undated => None,
            Self::NoSuchMonth { at, .. }
            | Self::NoSuchDay { at, .. }
            | Self::Zero { at, .. }
            | Self::NoSuchDate { at }
            | Self::EndBeforeStart { at }
            | Self::TimeAttached { at, .. }
            | Self::Refused { at, .. }
            | Self::NotEdtf { at, .. } => Some(*at),
        }
    }
}

impl RefusedForm {
    /// The form's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AllOfSet => "all-of set",
            Self::ExponentialYear => "exponential year",
            Self::SignificantDigits => "significant digits",
            Self::SubYearGrouping => "sub-year grouping",
            Self::BoundedEnd => "bounded end of a span",
            Self::LongYear => "year of more than four digits",
            Self::UnspecifiedNegativeYear => "negative year with unspecified digits",
        }
    }
}

impl std::error::Error for DateError {}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "no date is written"),
            Self::TooLong { bytes, most } => {
                write!(f, "{bytes} bytes long; a date has at most {most}")
            }
            Self::Undated => write!(f, "an interval without a date says nothing"),
            Self::NoSuchMonth { month, .. } => write!(f, "there is no month {month:02}"),
            Self::NoSuchDay { day, days, .. } => {
                write!(f, "there is no day {day:02}: the month has {days} days")
            }
            Self::Zero { .. } => write!(f, "00 is not a month or day; leave out what is not known"),
            Self::NoSuchDate { .. } => write!(f, "no date of the calendar has these digits"),
            Self::EndBeforeStart { .. } => write!(f, "the end is before the start"),
            Self::TimeAttached { .. } => write!(f, "a date has no time of day"),
            Self::Refused { form, .. } => {
                write!(f, "this EDTF form is not taken: {}", form.as_str())
            }
            Self::NotEdtf { .. } => write!(f, "not an EDTF date"),
        }
    }
}
