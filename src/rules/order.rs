//! The order of dates.

use crate::value::Date;

/// Whether a date is certainly before another. One day of difference proves nothing, because time zones
/// differ by up to a day. An open date gets the benefit of the doubt.
pub(super) fn is_before(date: &Date, other: &Date) -> bool {
    let first = other.earliest().map(|first| first.pred_opt().unwrap_or(first));
    date.latest().zip(first).is_some_and(|(last, first)| last < first)
}
