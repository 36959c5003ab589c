//! Every row names its dataset, and is named by its key.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use crate::agreement::compare;
use crate::check::Checked;
use crate::dataset::Published;
use crate::diagnostic::Level;
use crate::emit::sink::{NamedSink, Rows, TableSink};
use crate::emit::tabulate::{tabulate, tabulate_agreement};
use crate::table::TableDescription;
use crate::table::cell::Cell;
use crate::table::cells::Cells;
use crate::tests::project::{checked, repository, repository_without_events};
use crate::tests::records::{cases, pages};

/// Holds the key and the dataset of each row.
struct Keys {
    table: TableDescription,
    dataset: String,
    seen: BTreeSet<Vec<String>>,
}

impl TableSink for Keys {
    fn write(&mut self, rows: &[Rows<'_>]) -> io::Result<()> {
        for Rows { batch, .. } in rows {
            let cells = Cells::of(batch);
            (0..batch.num_rows()).for_each(|row| self.hold(cells.row(row)));
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

impl Keys {
    fn hold<'c>(&mut self, row: impl Iterator<Item = Cell<'c>>) {
        let mut key = Vec::new();
        let table = self.table.name;
        for (cell, column) in row.zip(&self.table.columns) {
            if column.name == "dataset" {
                assert_eq!(cell, self.dataset.as_str().into(), "{table}");
            }
            if self.table.key.contains(&&*column.name) {
                assert_ne!(cell, Cell::Missing, "{table}: {}", column.name);
                key.push(cell.to_string());
            }
        }
        assert_eq!(key.len(), self.table.key.len(), "{table}");
        assert!(self.seen.insert(key.clone()), "{table}: {key:?} is there twice");
    }
}

/// Holds the rows of every table of a project, also of those of agreement; returns how many they are.
fn hold(checked: &Checked) -> u64 {
    let mut count = 0;
    for binding in checked.bindings() {
        for published in [Published::without_restricted, Published::with_restricted] {
            let published = published(binding);
            let binding = published.binding();
            let mut open = |table: &TableDescription| {
                let table = table.clone();
                let dataset = binding.dataset.name.clone();
                let keys = Keys { table, dataset, seen: BTreeSet::new() };
                Ok(vec![NamedSink { file: String::new(), sink: Box::new(keys), text: None }])
            };
            let mut rows = tabulate(&published, &checked.files, None, &mut open).unwrap();
            rows.extend(tabulate_agreement(&compare(binding), &mut open).unwrap());
            count += rows.into_iter().map(|(_, rows)| rows).sum::<u64>();
        }
    }
    count
}

#[test]
fn every_row_of_the_example_is_named_by_its_key() {
    assert!(hold(&checked(&repository())) > 1000);
}

#[test]
fn every_row_of_what_has_no_errors_is_named_by_its_key() {
    let mut held = 0;
    for page in pages("tests/records") {
        for case in cases(&fs::read_to_string(page).unwrap()) {
            if case.files.iter().any(|(_, text)| text.contains("# error: [")) {
                continue;
            }
            let mut world = repository_without_events();
            for (path, text) in case.files {
                world.write(path, text.into_bytes());
            }
            let checked = checked(&world);
            if checked.findings.count(Level::Error) == 0 {
                hold(&checked);
                held += 1;
            }
        }
    }
    assert!(held > 30, "{held}");
}
