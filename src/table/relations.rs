//! The table `relations`: links between events.

use std::collections::BTreeSet;

use super::column::Table;
use super::columns::columns;
use crate::dataset::{Binding, EventSummary};
use crate::record::RelatedEvent;
use crate::schema::{Code, CodeList, ColumnValue, Role};

/// A link between two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RelationRow<'p> {
    event: &'p str,
    related: &'p str,
    relation: &'p str,
}

/// The links of the tabulated events, sorted. Each link that has a counterpart is written from both
/// sides, whichever record holds it: a symmetric relation as itself, another as its inverse. A link to an
/// event that is not tabulated is left out; a shard has all, for it does not know those of the others.
pub fn relation_rows<'p>(
    binding: Binding<'p>,
    events: &[&'p EventSummary],
) -> Vec<RelationRow<'p>> {
    let list = binding.codebook.list(Role::Relation);
    let tabulated: BTreeSet<_> = events.iter().map(|filed| filed.id()).collect();
    let is_whole = binding.dataset.shard.is_none();
    let is_tabulated = |link: &&RelatedEvent| !is_whole || tabulated.contains(&*link.event.value);
    let mut rows = BTreeSet::new();
    for filed in events {
        for link in filed.related().iter().filter(is_tabulated) {
            let (event, related): (&str, &str) = (filed.id(), &link.event.value);
            rows.insert(RelationRow { event, related, relation: &list.entry(link.relation).code });
            if let Some(back) = seen_from_the_other_side(list, link.relation) {
                rows.insert(RelationRow { event: related, related: event, relation: back });
            }
        }
    }
    rows.into_iter().collect()
}

fn seen_from_the_other_side(list: &CodeList, relation: Code) -> Option<&str> {
    match (list.value(relation, "symmetric"), list.value(relation, "inverse")) {
        (Some(ColumnValue::Boolean(true)), _) => Some(&list.entry(relation).code),
        (_, Some(ColumnValue::Text(inverse))) => Some(inverse),
        _ => None,
    }
}

/// The table `relations`.
pub fn relations<'p>() -> Table<'p, RelationRow<'p>> {
    let columns = columns! { |row: RelationRow<'p>|
        when true;
        /// Id of an event.
        event_id: Text = row.event;
        /// Id of the event it is related to.
        related_event_id: Text = row.related;
        /// How the first is related to the second.
        relation: Category = row.relation;
    };
    Table::new(
        "relations",
        "A link between two events.",
        &["event_id", "related_event_id", "relation"],
        columns,
    )
    .references(&[("event_id", "events"), ("related_event_id", "events")])
    .sorted_by(&["event_id", "related_event_id"])
}
