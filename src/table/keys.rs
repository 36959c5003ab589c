//! The table `keys`: every record of a shard, by which rules compare events.

use super::column::Table;
use super::columns::columns;
use crate::dataset::{EventSummary, split_coder};
use crate::likeness::Traits;
use crate::record::CodingStatus;
use crate::schema::{Code, Codebook, Role};
use crate::value::name_key;

/// A record.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow<'p> {
    /// What is known of it.
    pub summary: &'p EventSummary,
    /// The path of its file.
    pub file: &'p str,
    /// Its country.
    pub country: Option<Code>,
    /// What is compared with others; `None` for a record that is not.
    pub traits: Option<&'p Traits<'p>>,
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

    fn time(&self) -> Option<(u32, u32)> {
        self.traits?.time
    }

    fn point(&self) -> Option<(f64, f64)> {
        self.traits?.site.point
    }
}

/// The table `keys` of a codebook.
pub fn keys<'p>(codebook: &'p Codebook) -> Table<'p, KeyRow<'p>> {
    let countries = codebook.list(Role::Country);
    let columns = columns! { |row: KeyRow<'p>|
        when true;
        /// File of the record.
        file: Text = row.file;
        /// Line of its id there, from 1; of the record, where it has none.
        line: Int32 = row.summary.line;
        /// Id of the event.
        event_id: Text = row.id();
        /// Whose record it is, by the name of its file; missing for the one that is tabulated.
        coder: Text = row.summary.coder();
        /// Who coded it, as the record says.
        coded_by: Text = row.summary.coded_by.as_ref().map(|by| &*by.value);
        /// How far it has come, as the record says; may be `draft`.
        status: Category = row.summary.status.map(CodingStatus::as_str);
        /// Earliest day that its date allows.
        date_start: Day = row.summary.first_day;
        /// Latest day that its date allows.
        date_end: Day = row.summary.last_day;
        /// Country of its location.
        country: Code = row.country.map(|country| &*countries.entry(country).code);
        /// What stands in the id before its last dot, if what is behind may be the name of another coder.
        id_before_coder: Text = row.split().map(|(event, _)| event);
        /// What may be the name of a coder in the id.
        coder_in_id: Text = row.split().map(|(_, coder)| coder);
        /// Whether it is compared with others, to find an event that is coded twice: it was read completely, and no other
        /// record of the event comes before it.
        is_compared: Boolean = row.traits.is_some();
        /// Whether it has two sides, of which none did it to the other, as far as is compared.
        is_undirected: Boolean = row.traits.map(|traits| traits.is_undirected);
        /// First second of the day at which it may have been, where its time excludes others.
        time_start: Int32 = row.time().map(|(start, _)| start);
        /// Last second of the day at which it may have been, where its time excludes others.
        time_end: Int32 = row.time().map(|(_, end)| end);
        /// Whether it has a location, as far as is compared.
        has_location: Boolean = row.traits.map(|traits| traits.site.is_coded);
        /// Whether its location is a place of the registry.
        has_place: Boolean = row.traits.map(|traits| traits.site.place.is_some());
        /// Latitude in decimal degrees, WGS 84.
        latitude: Number = row.point().map(|(latitude, _)| latitude);
        /// Longitude in decimal degrees, WGS 84.
        longitude: Number = row.point().map(|(_, longitude)| longitude);
        /// First-order administrative division, as names are compared.
        admin1_key: Text = row.traits.and_then(|traits| traits.site.admin1).map(name_key);
    };
    Table::new(
        "keys",
        "A record, including drafts and records of single coders.",
        &["file", "line"],
        columns,
    )
}
