//! The table `keys`: every record of a shard, by which rules compare events.

use rayon::prelude::*;

use super::column::Table;
use super::columns::columns;
use crate::dataset::{Binding, EventSummary, split_coder};
use crate::record::CodingStatus;
use crate::schema::Role;
use crate::source::Files;

/// A record.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow<'p> {
    summary: &'p EventSummary,
    /// The path of its file.
    file: &'p str,
    country: Option<&'p str>,
}

/// The records of a dataset, in the order of the files.
pub fn key_rows<'p>(binding: Binding<'p>, files: &'p Files) -> Vec<KeyRow<'p>> {
    let countries = binding.codebook.list(Role::Country);
    let row = |event: &'p EventSummary| {
        let place = binding.dataset.outline(event)?;
        let country = binding.place_of(&place).country;
        let country = country.map(|country| &*countries.entry(country).code);
        Some(KeyRow { summary: event, file: files.path(event.file), country })
    };
    binding.dataset.events.par_iter().filter_map(row).collect()
}

impl<'p> KeyRow<'p> {
    fn id(&self) -> Option<&'p str> {
        self.summary.id.as_ref().map(|id| &*id.value)
    }

    /// The event and another coder that the id names, where it looks like that of a coder's file.
    fn split(&self) -> Option<(&'p str, &'p str)> {
        let own = self.summary.coded_by.as_ref().map(|by| &*by.value);
        split_coder(self.id()?).filter(|(_, coder)| Some(*coder) != own)
    }
}

/// The table `keys`.
pub fn keys<'p>() -> Table<'p, KeyRow<'p>> {
    let columns = columns! { |row: KeyRow<'p>|
        when true;
        /// File of the record.
        file: Text = row.file;
        /// Line of its id there, from 1; of the record, where it has none.
        line: Int32 = row.summary.line;
        /// Id of the event.
        event_id: Text = row.id();
        /// Whose record it is, by the name of its file; missing for the one that is tabulated.
        coder: Text = row.summary.coder.as_deref();
        /// Who coded it, as the record says.
        coded_by: Text = row.summary.coded_by.as_ref().map(|by| &*by.value);
        /// How far it has come, as the record says; may be `draft`.
        status: Category = row.summary.status.map(CodingStatus::as_str);
        /// Earliest day that its date allows.
        date_start: Day = row.summary.first_day;
        /// Latest day that its date allows.
        date_end: Day = row.summary.last_day;
        /// Country of its location.
        country: Code = row.country;
        /// What stands in the id before its last dot, if what is behind may be the name of another coder.
        id_before_coder: Text = row.split().map(|(event, _)| event);
        /// What may be the name of a coder in the id.
        coder_in_id: Text = row.split().map(|(_, coder)| coder);
    };
    Table::new(
        "keys",
        "A record, including drafts and records of single coders.",
        &["file", "line"],
        columns,
    )
}
