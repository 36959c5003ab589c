//! Kinds and precisions of dates.

/// What a date says of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// One date of any precision: it happened some time in it.
    Instant,
    /// `a/b`: it lasted from a to b.
    Span,
    /// `[a,b]` or `[a..b]`: on one of these.
    OneOf,
}

impl DateKind {
    /// The word of the column `date_kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Instant => "instant",
            Self::Span => "span",
            Self::OneOf => "one_of",
        }
    }
}

/// The smallest calendar unit that surely holds a date. A finer precision compares as less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    /// `2019-08-20`
    Day,
    /// `2019-08`, `2019-08-XX`, `2019-08-2X`
    Month,
    /// `2019-21` to `2019-24`: spring, summer, autumn, winter.
    Season,
    /// `2019`, `2019-XX`, `2019-1X`, `2019-XX-20`
    Year,
    /// `201X`, and `201X-08-20`
    Decade,
    /// `20XX`
    Century,
    /// `2XXX`
    Millennium,
}

impl DatePrecision {
    /// Every precision, from the finest.
    pub const ALL: [Self; 7] = [
        Self::Day,
        Self::Month,
        Self::Season,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
    ];

    /// The words of the column `date_precision`, from the coarsest.
    pub fn scale() -> Vec<&'static str> {
        Self::ALL.into_iter().rev().map(Self::as_str).collect()
    }

    /// The word of the column `date_precision`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Millennium => "millennium",
        }
    }
}
