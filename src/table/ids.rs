//! The table `ids`: the ids that other datasets give to the events of a shard.

use super::column::Table;
use super::columns::columns;
use crate::dataset::EventSummary;
use crate::record::SchemeId;
use crate::schema::Codebook;

/// An id of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdRow<'p> {
    event_id: &'p str,
    file: &'p str,
    line: u32,
    ordinal: usize,
    id: &'p SchemeId,
}

/// The ids of a record, whose file has a path.
pub fn id_rows<'p>(summary: &'p EventSummary, file: &'p str) -> impl Iterator<Item = IdRow<'p>> {
    let event_id = summary.id();
    summary.other_ids().zip(1..).map(move |((line, id), ordinal)| IdRow {
        event_id,
        file,
        line,
        ordinal,
        id: &id.value,
    })
}

/// The table `ids` of a codebook.
pub fn ids(codebook: &Codebook) -> Table<'_, IdRow<'_>> {
    let columns = columns! { |row: IdRow<'_>|
        when true;
        /// File of the record.
        file: Text = row.file;
        /// Line of the id there, from 1.
        line: Int32 = row.line;
        /// Position among the ids of the record, from 1.
        ordinal: Int32 = row.ordinal;
        /// Id of the event.
        event_id: Text = row.event_id;
        /// Scheme of the id.
        scheme: Category = &*codebook.id_schemes[row.id.scheme].name;
        /// The id.
        id: Text = &*row.id.id;
    };
    Table::new(
        "ids",
        "An id that another dataset gives to an event, of a record that is compared.",
        &["file", "line", "ordinal"],
        columns,
    )
}
