//! On which days two events may be one.

use std::fmt;

use chrono::{Days, NaiveDate};

use crate::dataset::EventSummary;

/// Longest date, in days, that is compared day by day. People confuse days within a week; a longer
/// period has room for many events.
const LONGEST: i64 = 7;

/// When two events are compared: a day on which both may have happened, or a longer date that both have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum When {
    /// A day.
    Day(NaiveDate),
    /// A date longer than a week, by its first and last day; an open one lacks one of them.
    Period(Option<NaiveDate>, Option<NaiveDate>),
}

impl When {
    /// The possible days of an event, or its long date; nothing for one without a date. An uncertain or
    /// approximate date may be a day off.
    pub fn of(event: &EventSummary) -> Vec<Self> {
        let Some(qualifier) = event.qualifier else { return Vec::new() };
        let off = Days::new(u64::from(qualifier.is_uncertain() || qualifier.is_approximate()));
        let ends = event.first_day.zip(event.last_day);
        let ends = ends.filter(|(first, last)| (*last - *first).num_days() < LONGEST);
        let wider = |(first, last): (NaiveDate, NaiveDate)| {
            first.checked_sub_days(off).zip(last.checked_add_days(off))
        };
        match ends.and_then(wider) {
            Some((first, last)) => {
                first.iter_days().take_while(|day| *day <= last).map(Self::Day).collect()
            }
            None => vec![Self::Period(event.first_day, event.last_day)],
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |day: &Option<NaiveDate>| day.map_or("..".to_owned(), |day| day.to_string());
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Period(first, last) => write!(f, "{}/{}", end(first), end(last)),
        }
    }
}
