//! The order of events in time, by their dates and relations.

use crate::dataset::Binding;
use crate::schema::{Code, ColumnValue, Role};
use crate::value::Date;

/// Whether a date is certainly before another. One day of difference proves nothing, because time zones
/// differ by up to a day. An open date gets the benefit of the doubt.
pub(super) fn is_before(date: &Date, other: &Date) -> bool {
    let first = other.earliest().map(|first| first.pred_opt().unwrap_or(first));
    date.latest().zip(first).is_some_and(|(last, first)| last < first)
}

/// When an event happened, relative to a related one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// It came first.
    Before,
    /// It came later.
    After,
    /// They share a day.
    Same,
}

/// How a relation orders its events, by the column `order` of its list.
pub(super) fn order(binding: Binding<'_>, relation: Code) -> Option<Order> {
    match binding.codebook.list(Role::Relation).value(relation, "order")? {
        ColumnValue::Text(word) => match &**word {
            "before" => Some(Order::Before),
            "after" => Some(Order::After),
            "same" => Some(Order::Same),
            _ => None,
        },
        _ => None,
    }
}
