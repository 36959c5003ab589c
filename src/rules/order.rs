//! What came before what, as far as dates and relations tell.

use crate::dataset::Binding;
use crate::schema::{Code, ColumnValue, Role};
use crate::value::Date;

/// Whether a date lies before another for certain. A day's difference tells nothing: the clocks of
/// the world lie a day apart. An open date is given the benefit of the doubt.
pub(super) fn is_before(date: &Date, other: &Date) -> bool {
    let first = other.earliest().map(|first| first.pred_opt().unwrap_or(first));
    date.latest().zip(first).is_some_and(|(last, first)| last < first)
}

/// How an event lies in time to one that it is related to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// It came first.
    Before,
    /// It came later.
    After,
    /// They share a day.
    Same,
}

/// How a relation orders its events, as the column `order` of its list says.
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
