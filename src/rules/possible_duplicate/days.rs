//! On which days two events may be one.

use chrono::{Days, NaiveDate};

use crate::dataset::EventSummary;

/// Longest date, in days, that is compared day by day. People confuse days within a week; a longer
/// period has room for many events.
const LONGEST: i64 = 7;

/// The possible days of an event. One whose date is longer than a week has only its first day, and is compared only
/// with equal dates; one without a date has none.
pub(super) fn days(event: &EventSummary) -> Vec<Option<NaiveDate>> {
    match (event.qualifier, bounds(event)) {
        (None, _) => Vec::new(),
        (_, Some((first, last))) => {
            first.iter_days().take_while(|day| *day <= last).map(Some).collect()
        }
        (_, None) => vec![event.first_day],
    }
}

/// Whether two events may be of one day.
pub(super) fn on_one_day(one: &EventSummary, other: &EventSummary) -> bool {
    match (bounds(one), bounds(other)) {
        (Some((first, last)), Some((other_first, other_last))) => {
            first <= other_last && other_first <= last
        }
        (None, None) => (one.first_day, one.last_day) == (other.first_day, other.last_day),
        _ => false,
    }
}

/// The first and last possible day of an event; `None` if they are more than a week apart. An uncertain
/// or approximate date may be a day off.
fn bounds(event: &EventSummary) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = event.first_day.zip(event.last_day)?;
    if (last - first).num_days() >= LONGEST {
        return None;
    }
    let qualifier = event.qualifier?;
    let off = Days::new(u64::from(qualifier.is_uncertain() || qualifier.is_approximate()));
    first.checked_sub_days(off).zip(last.checked_add_days(off))
}
