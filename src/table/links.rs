//! The table `links`: every link from a record of a shard to another event, as it is written.

use super::column::Table;
use super::columns::columns;
use crate::dataset::EventSummary;
use crate::record::{CodingStatus, RelatedEvent};
use crate::schema::relation::{OneWay, Order, verb};
use crate::schema::{Codebook, Role};

/// A link of a record.
#[derive(Clone, Copy, Debug)]
pub struct LinkRow<'p> {
    summary: &'p EventSummary,
    file: &'p str,
    line: u32,
    /// Position among those of the record, from 1.
    ordinal: usize,
    link: &'p RelatedEvent,
}

/// The links of a record, whose file has a path.
pub fn link_rows<'p>(
    summary: &'p EventSummary,
    file: &'p str,
) -> impl Iterator<Item = LinkRow<'p>> {
    let links = summary.links().zip(1..);
    links.map(move |((line, link), ordinal)| LinkRow { summary, file, line, ordinal, link })
}

/// The table `links` of a codebook.
pub fn links<'p>(codebook: &'p Codebook) -> Table<'p, LinkRow<'p>> {
    let list = codebook.list(Role::Relation);
    let one_way = |row: &LinkRow<'_>| OneWay::of(list, row.link.relation);
    let columns = columns! { |row: LinkRow<'p>|
        when true;
        /// File of the record.
        file: Text = row.file;
        /// Line of the link there, from 1.
        line: Int32 = row.line;
        /// Position among the links of the record, from 1.
        ordinal: Int32 = row.ordinal;
        /// Line of the record in `keys`.
        record_line: Int32 = row.summary.line;
        /// Id of the event.
        event_id: Text = row.summary.id.as_ref().map(|id| &*id.value);
        /// Whose record it is, by the name of its file; missing for the one that is tabulated.
        coder: Text = row.summary.coder();
        /// How far the record has come.
        status: Category = row.summary.status.map(CodingStatus::as_str);
        /// Id of the other event.
        related_event_id: Text = &*row.link.event.value;
        /// How the event is related to it.
        relation: Category = &*list.entry(row.link.relation).code;
        /// When the event happened, relative to the other: `before`, `after` or on the `same` day.
        date_order: Category = Order::of(list, row.link.relation).map(Order::as_str);
        /// The relation in words; one-way links with the same words must make no circle. A relation and its inverse have
        /// the same words.
        verb: Category = match one_way(row) {
            Some(one_way) => one_way.verb,
            None => verb(list, row.link.relation),
        };
        /// Whether that holds in one direction alone.
        one_way: Boolean = one_way(row).is_some();
        /// Whether it holds from the other event to this one.
        inverse: Boolean = one_way(row).is_some_and(|one_way| one_way.is_inverse);
    };
    Table::new(
        "links",
        "A link from a record to another event, as it is written.",
        &["file", "line", "ordinal"],
        columns,
    )
}
