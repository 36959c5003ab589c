//! Why a text is not a date.

use thiserror::Error;

/// Why a text is not a [`Date`](super::Date).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing is written.
    #[error("no date is written")]
    Empty,
    /// It is longer than any date.
    #[error("{bytes} bytes long; a date has at most {most}")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The longest that is read.
        most: usize,
    },
    /// An interval without a date in it: `/`, `../..`. It says nothing; the date is left out.
    #[error("an interval without a date says nothing")]
    Undated,
    /// The month is not 01 to 12, nor a season; or it is a season and a day follows.
    #[error("there is no month {month:02}")]
    NoSuchMonth {
        /// Where the month is.
        at: usize,
        /// The month as written.
        month: u8,
        /// What may have been meant: day and month exchanged.
        readings: Vec<Box<str>>,
    },
    /// The month has no such day.
    #[error("there is no day {day:02}: the month has {days} days")]
    NoSuchDay {
        /// Where the day is.
        at: usize,
        /// The day as written.
        day: u8,
        /// How many days the month has, in a leap year where the year's digits leave it open.
        days: u8,
    },
    /// `00` for a month or day that is not known; it is left out, or written `XX`.
    #[error("00 is not a month or day; leave out what is not known")]
    Zero {
        /// Where the zeros are.
        at: usize,
        /// The date without them.
        readings: Vec<Box<str>>,
    },
    /// No date of the calendar has these digits: `15XX-02-3X`, `2019-2X`.
    #[error("no date of the calendar has these digits")]
    NoSuchDate {
        /// Where the digits are.
        at: usize,
    },
    /// The span or range ends before it starts.
    #[error("the end is before the start")]
    EndBeforeStart {
        /// Where the end is.
        at: usize,
    },
    /// A time of day follows; it has a field of its own.
    #[error("a date has no time of day")]
    TimeAttached {
        /// Where it starts: the `T` or the space.
        at: usize,
        /// The date without it.
        readings: Vec<Box<str>>,
    },
    /// EDTF, but a form that eventc refuses.
    #[error("this EDTF form is not taken: {}", form.as_str())]
    Refused {
        /// Where the form shows, or 0.
        at: usize,
        /// The form.
        form: RefusedForm,
    },
    /// Not EDTF at all.
    #[error("not an EDTF date")]
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
