//! What came before what, as far as dates tell.

use crate::value::Date;

/// Whether a date lies before another for certain. A day's difference tells nothing: the clocks of
/// the world lie a day apart. An open date is given the benefit of the doubt.
pub(super) fn is_before(date: &Date, other: &Date) -> bool {
    let first = other.earliest().map(|first| first.pred_opt().unwrap_or(first));
    date.latest().zip(first).is_some_and(|(last, first)| last < first)
}
