//! A table with a column of every type.

use crate::emit::writer::write_table;
use crate::emit::{csv, parquet};
use crate::table::cell::Cell;
use crate::table::column::{Column, ColumnType, Table};
use chrono::NaiveDate;

/// A row; every value but the id can be missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Toy {
    /// Key.
    pub(crate) id: String,
    /// First sort key.
    pub(crate) day: Option<NaiveDate>,
    /// Free text.
    pub(crate) title: Option<String>,
    /// Of a closed list.
    pub(crate) level: Option<&'static str>,
    /// Whole numbers, each written in one column.
    pub(crate) integers: [Option<i64>; 4],
    /// A number.
    pub(crate) latitude: Option<f64>,
    /// A flag.
    pub(crate) contested: Option<bool>,
    /// A list of texts.
    pub(crate) tags: Option<Vec<String>>,
    /// Lists of the other types, each made of these numbers.
    pub(crate) parts: Vec<i32>,
}

/// The definition.
pub(crate) fn table() -> Table<'static, Toy> {
    use ColumnType::*;
    let mut columns = vec![
        Column::new("id", Text, "Key of the row.", |row: &Toy| (&row.id).into()),
        Column::new("day", Day, "When.", |row: &Toy| row.day.into()),
        Column::new("title", Text, "Said \"so\", ü.", |row: &Toy| row.title.as_deref().into()),
        Column::new("country", Code, "Where.", |row: &Toy| row.level.map(|_| "IRQ").into()),
        Column::new("level", Category, "How sure.", |row: &Toy| row.level.into())
            .on_scale(vec!["ungewiß", "likely", "certain"]),
        Column::new("latitude", Number, "Degrees north.", |row: &Toy| row.latitude.into()),
        Column::new("contested", Boolean, "Whether denied.", |row: &Toy| row.contested.into()),
        Column::new("tags", ColumnType::TEXTS, "Tags.", |row: &Toy| match &row.tags {
            Some(tags) => tags.as_slice().into(),
            None => Cell::Missing,
        }),
    ];
    let day = |number: &i32| NaiveDate::from_epoch_days(*number);
    columns.extend([
        Column::new("weapons", ColumnType::CODES, "With what.", |row: &Toy| {
            row.parts.iter().map(|_| "drone").collect::<Vec<_>>().into()
        }),
        Column::new("counts", List(&Int64), "Counts.", |row: &Toy| row.parts.clone().into()),
        Column::new("shares", List(&Number), "Shares.", |row: &Toy| {
            row.parts.iter().map(|number| f64::from(*number) / 8.0).collect::<Vec<_>>().into()
        }),
        Column::new("flags", List(&Boolean), "Flags.", |row: &Toy| {
            row.parts.iter().map(|number| *number > 0).collect::<Vec<_>>().into()
        }),
        Column::new("days", List(&Day), "Days, some missing.", move |row: &Toy| {
            let days = row.parts.iter().map(|number| day(number).filter(|_| *number > 0));
            days.collect::<Vec<_>>().into()
        }),
    ]);
    for (at, kind) in [Int8, Int16, Int32, Int64].into_iter().enumerate() {
        let name = format!("int_{}", 8 << at);
        columns.push(Column::new(name, kind, "A whole number.", move |row: &Toy| {
            row.integers[at].into()
        }));
    }
    Table::new("toys", "A toy.", &["id"], columns).of_dataset("toy").sorted_by(&["day", "id"])
}

/// Two days, unicode, quotes, commas, line breaks, extremes, and a row with nothing but its key.
pub(crate) fn rows() -> Vec<Toy> {
    let full = Toy {
        id: "a-1".to_owned(),
        day: NaiveDate::from_ymd_opt(2019, 12, 7),
        title: Some("\"Sniper\", Baghdad\nsaid: ساحة التحرير".to_owned()),
        level: Some("likely"),
        integers: [Some(-128), Some(2019), Some(i64::from(i32::MAX)), Some(i64::MIN)],
        latitude: Some(33.3152),
        contested: Some(false),
        tags: Some(vec!["x".to_owned(), "é, y".to_owned()]),
        parts: vec![18237, -4],
    };
    let other = Toy {
        id: "a-2".to_owned(),
        title: Some("=1+1".to_owned()),
        level: Some("certain"),
        integers: [Some(127), None, Some(0), Some(i64::MAX)],
        latitude: Some(-1.0),
        contested: Some(true),
        tags: Some(Vec::new()),
        parts: vec![1],
        ..full.clone()
    };
    vec![full, other, Toy { id: "0".to_owned(), ..Toy::default() }]
}

/// Both files, CSV first, with `size` rows in a chunk.
pub(crate) fn both(rows: &[Toy], size: usize) -> (Vec<u8>, Vec<u8>) {
    let (mut as_csv, mut as_parquet) = (Vec::new(), Vec::new());
    let table = table();
    let description = table.describe();
    let of_dataset = r#"{"dataset":"toy"}"#;
    let sinks = vec![
        csv::FORMAT.begin(&mut as_csv, &description, of_dataset).unwrap(),
        parquet::FORMAT.begin(&mut as_parquet, &description, of_dataset).unwrap(),
    ];
    assert_eq!(write_table(&table, sinks, rows, size).unwrap(), ("toys", rows.len() as u64));
    (as_csv, as_parquet)
}
