//! The table `keys`: every record of a shard, for whoever puts shards together.

use std::collections::HashMap;

use super::cell::Cell;
use super::column::Table;
use super::columns::columns;
use crate::dataset::{Dataset, Key};
use crate::record::CodingStatus;
use crate::source::{FileId, Files};

/// What is kept of a record, with the path of its file.
#[derive(Clone, Debug)]
pub struct KeyRow<'p> {
    key: Key,
    file: &'p str,
}

/// The records of a dataset, in the order of the files.
pub fn key_rows<'p>(dataset: &'p Dataset, files: &'p Files) -> Vec<KeyRow<'p>> {
    let row = |event| {
        let key = dataset.key(event)?;
        Some(KeyRow { file: files.path(key.file), key })
    };
    dataset.events.iter().filter_map(row).collect()
}

/// The table `keys`, whose rows [`KeyReader`] reads again.
pub fn keys<'p>() -> Table<'p, KeyRow<'p>> {
    let columns = columns! { |row: KeyRow<'p>|
        when true;
        /// File of the record.
        file: Text = row.file;
        /// Line there, from 1.
        line: Int32 = row.key.line;
        /// Id of the event.
        event_id: Text = row.key.id.as_deref();
        /// Whose record it is, by the name of its file; missing for the one that is tabulated.
        coder: Text = row.key.coder.as_deref();
        /// Who coded it, as the record says.
        coded_by: Text = row.key.coded_by.as_deref();
        /// How far it has come; no table has a `draft`.
        status: Category = row.key.status.map(CodingStatus::as_str);
        /// Earliest day that its date allows.
        date_start: Day = row.key.first_day;
        /// How many claims it has.
        n_claims: Int32 = row.key.claims;
        /// How many of its locations are restricted.
        n_restricted_locations: Int32 = row.key.restricted_locations;
    };
    Table::new("keys", "A record, also of a draft or a single coder.", &["file", "line"], columns)
}

/// Reads the rows of [`keys`].
#[derive(Debug)]
pub struct KeyReader<'f> {
    files: HashMap<&'f str, FileId>,
}

impl<'f> KeyReader<'f> {
    /// A reader of records in some files.
    pub fn new(files: &'f Files) -> Self {
        Self { files: files.ids().map(|file| (files.path(file), file)).collect() }
    }

    /// The key in a row. `None` where it is none, or its file is none of these.
    pub fn read<'c>(&self, cells: impl Iterator<Item = Cell<'c>>) -> Option<Key> {
        let names: Vec<_> = keys().columns.into_iter().map(|column| column.name).collect();
        let mut by_name: HashMap<_, _> = names.iter().map(|name| &**name).zip(cells).collect();
        let mut cell = |name| by_name.remove(name);
        let file = text(cell("file")?)?;
        Some(Key {
            file: *self.files.get(&*file)?,
            line: number(cell("line")?)?,
            id: text(cell("event_id")?),
            coder: text(cell("coder")?),
            coded_by: text(cell("coded_by")?),
            status: match text(cell("status")?) {
                None => None,
                Some(word) => Some(CodingStatus::ALL.into_iter().find(|it| it.as_str() == &*word)?),
            },
            first_day: match cell("date_start")? {
                Cell::Day(day) => Some(day),
                _ => None,
            },
            claims: number(cell("n_claims")?)?,
            restricted_locations: number(cell("n_restricted_locations")?)?,
        })
    }
}

fn text(cell: Cell<'_>) -> Option<Box<str>> {
    match cell {
        Cell::Text(text) => Some(text.into()),
        _ => None,
    }
}

fn number(cell: Cell<'_>) -> Option<usize> {
    match cell {
        Cell::Integer(number) => usize::try_from(number).ok(),
        _ => None,
    }
}
