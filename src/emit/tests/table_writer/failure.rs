//! What cannot be written is an error that names its place.

use std::io::{self, Write};

use crate::emit::FORMATS;
use crate::emit::error::WriteError;
use crate::emit::writer::write_table;
use crate::emit::{csv, parquet};
use crate::table::column::{Column, ColumnType, Table};
use crate::table::misfit::Misfit;

use super::toy::{Toy, both, rows, table};

#[test]
fn what_does_not_fit_names_its_place() {
    let misfit = |break_row: fn(&mut Toy), size: usize| {
        let mut broken = rows();
        break_row(&mut broken[1]);
        let table = table();
        let sink = csv::FORMAT.begin(io::sink(), &table.describe(), "{}").unwrap();
        match write_table(&table, vec![sink], &broken, size) {
            Err(WriteError::Table(error)) => (error.column.clone(), error.misfit.clone(), error),
            other => panic!("{other:?}"),
        }
    };
    for size in 1..3 {
        let (column, reason, error) = misfit(|row| row.integers[1] = Some(40_000), size);
        assert_eq!(column, "int_16");
        assert_eq!(reason, Misfit::Range { expected: ColumnType::Int16, value: 40_000 });
        let text = "table `toys`, column `int_16`, row 2: 40000 does not fit Int16; \
                this is a defect of eventc, please report it";
        assert_eq!(error.to_string(), text);
        assert_eq!(misfit(|row| row.latitude = Some(f64::NAN), size).0, "latitude");
        assert_eq!(misfit(|row| row.tags = Some(vec!["a|b".to_owned()]), size).0, "tags");
        let (column, reason, error) = misfit(|row| row.id = "a-0".to_owned(), size);
        assert_eq!((column.as_str(), reason, error.row), ("id", Misfit::Unsorted, 2));
    }
}

/// Rows count from the first of the table, in however many waves its chunks are made.
#[test]
fn what_does_not_fit_is_counted_through_the_table() {
    let mut broken = vec![rows().remove(0); 10];
    broken[9].integers[1] = Some(40_000);
    for (cores, size) in [(1, 1), (1, 4), (2, 1), (2, 3), (3, 2)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
        let table = table();
        let sink = csv::FORMAT.begin(io::sink(), &table.describe(), "{}").unwrap();
        match pool.install(|| write_table(&table, vec![sink], &broken, size)) {
            Err(WriteError::Table(error)) => assert_eq!(error.row, 10, "{cores} cores, {size}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_column_of_the_wrong_kind_is_an_error_in_every_format() {
    let expected = Misfit::Kind { expected: ColumnType::Boolean, found: "text" };
    for format in FORMATS {
        let flag = Column::new("flag", ColumnType::Boolean, "Flag.", |row: &str| row.into());
        let table = Table::new("t", "Rows.", &[], vec![flag]);
        if !(format.takes)(&table.describe()) {
            continue;
        }
        let sink = format.begin(io::sink(), &table.describe(), "{}").unwrap();
        let result = write_table(&table, vec![sink], &["x"], 1);
        assert!(matches!(result, Err(WriteError::Table(error)) if error.misfit == expected));
    }
}

#[test]
fn a_full_disk_is_an_error_wherever_it_strikes() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (csv, parquet) = both(&rows(), 1);
    let write = |csv: usize, parquet: usize| {
        let (table, of_dataset) = (table(), r#"{"dataset":"toy"}"#);
        let description = table.describe();
        let sinks = vec![
            csv::FORMAT.begin(Full(csv), &description, of_dataset)?,
            parquet::FORMAT.begin(Full(parquet), &description, of_dataset)?,
        ];
        write_table(&table, sinks, &rows(), 2)
    };
    assert_eq!(write(csv.len(), parquet.len()).unwrap().1, 3);
    for room in (0..csv.len()).step_by(29) {
        let failed = write(room, parquet.len());
        assert!(
            matches!(failed, Err(WriteError::File { file, .. }) if file == "toys.csv"),
            "{room}"
        );
    }
    for room in (0..parquet.len()).step_by(61) {
        let failed = write(csv.len(), room);
        assert!(
            matches!(failed, Err(WriteError::File { file, .. }) if file == "toys.parquet"),
            "{room}"
        );
    }
}
