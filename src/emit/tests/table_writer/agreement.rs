//! CSV and Parquet hold the same values, whatever the rows.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Float64Type};
use arrow::util::display::array_value_to_string;
use chrono::NaiveDate;
use proptest::prelude::*;

use super::read;
use super::toy::{Toy, both};

fn any_toy() -> impl Strategy<Value = Toy> {
    let text = "(?s)[^|]{1,12}|[\r\n\",a]{1,6}";
    let day = (-700_000_i32..2_900_000).prop_map(|days| NaiveDate::from_epoch_days(days).unwrap());
    let level = prop::sample::select(vec!["certain", "likely", "a, \"b\""]);
    let number = any::<f64>().prop_filter("finite", |number| number.is_finite());
    let integers =
        (any::<Option<i8>>(), any::<Option<i16>>(), any::<Option<i32>>(), any::<Option<i64>>());
    (
        "[a-z]{1,4}",
        prop::option::of(day),
        prop::option::of(text),
        prop::option::of(level),
        integers.prop_map(|(a, b, c, d)| [a.map(i64::from), b.map(i64::from), c.map(i64::from), d]),
        prop::option::of(number),
        any::<Option<bool>>(),
        (
            prop::option::of(prop::collection::vec(text, 0..3)),
            prop::collection::vec(-700_000_i32..2_900_000, 0..3),
        ),
    )
        .prop_map(|(id, day, title, level, integers, latitude, contested, (tags, parts))| {
            Toy { id, day, title, level, integers, latitude, contested, tags, parts }
        })
}

/// A Parquet value in words of its own, to hold the CSV field against.
fn from_parquet(batch: &RecordBatch, column: usize, row: usize) -> String {
    let array = batch.column(column);
    if array.is_null(row) {
        return String::new();
    }
    match array.data_type() {
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let items: Vec<_> =
                (0..items.len()).map(|at| array_value_to_string(&items, at).unwrap()).collect();
            items.join("|")
        }
        _ => array_value_to_string(array, row).unwrap(),
    }
}

proptest! {
    #[test]
    fn csv_and_parquet_hold_the_same_values(mut toys in prop::collection::vec(any_toy(), 0..12)) {
        toys.sort_by(|one, other| {
            let key = |toy: &Toy| (toy.day.is_none(), toy.day, toy.id.clone());
            key(one).cmp(&key(other))
        });
        let (csv, parquet) = both(&toys, 5);
        let (_, batches) = read(&parquet);
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(records.len(), toys.len());
        let in_parquet = batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        for (record, (batch, row)) in records.iter().zip(in_parquet) {
            for (at, field) in record.iter().enumerate() {
                let array = batch.column(at);
                if *array.data_type() == DataType::Float64 && array.is_valid(row) {
                    let number = array.as_primitive::<Float64Type>().value(row);
                    prop_assert_eq!(field.parse::<f64>().unwrap().to_bits(), number.to_bits());
                } else {
                    prop_assert_eq!(field, from_parquet(batch, at, row));
                }
            }
        }
    }
}
