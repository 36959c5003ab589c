//! What is read back, value by value.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
};
use arrow::util::display::array_value_to_string;

use super::read;
use super::toy::{both, rows};

#[test]
fn csv_is_exactly_this() {
    let (csv, _) = both(&rows(), 1);
    let expected = "\
id,dataset,day,title,country,level,latitude,contested,int_8,int_16,int_32,int_64,tags,weapons,counts,shares,flags,days
a-1,toy,2019-12-07,\"\"\"Sniper\"\", Baghdad
said: ساحة التحرير\",IRQ,likely,33.3152,false,-128,2019,2147483647,-9223372036854775808,\
\"x|é, y\",drone|drone,18237|-4,2279.625|-0.5,true|false,2019-12-07|
a-2,toy,2019-12-07,=1+1,IRQ,certain,-1.0,true,127,,0,9223372036854775807,,drone,1,0.125,true,1970-01-02
0,toy,,,,,,,,,,,,,,,,
";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
}

fn toys() -> RecordBatch {
    let (_, parquet) = both(&rows(), 1);
    let (_, mut batches) = read(&parquet);
    assert_eq!(batches.len(), 1);
    batches.remove(0)
}

#[test]
fn parquet_holds_numbers_days_and_flags_in_their_types() {
    let batch = toys();
    let column = |name: &str| batch.column_by_name(name).unwrap();
    let days: Vec<_> = column("day").as_primitive::<Date32Type>().iter().collect();
    assert_eq!(days, [Some(18237), Some(18237), None]);
    let latitudes: Vec<_> = column("latitude").as_primitive::<Float64Type>().iter().collect();
    assert_eq!(latitudes, [Some(33.3152), Some(-1.0), None]);
    let flags: Vec<_> = column("contested").as_boolean().iter().collect();
    assert_eq!(flags, [Some(false), Some(true), None]);
    assert_eq!(column("int_8").as_primitive::<Int8Type>().values()[..2], [-128, 127]);
    assert_eq!(column("int_16").as_primitive::<Int16Type>().value(0), 2019);
    assert_eq!(column("int_32").as_primitive::<Int32Type>().value(0), i32::MAX);
    assert_eq!(column("int_64").as_primitive::<Int64Type>().values()[..2], [i64::MIN, i64::MAX]);
    let missing = batch.columns().iter().filter(|column| column.is_null(2)).count();
    assert_eq!(missing, batch.num_columns() - 8, "all but key, dataset and lists");
}

#[test]
fn parquet_holds_texts_with_their_line_breaks_and_lists_never_missing() {
    let batch = toys();
    let column = |name: &str| batch.column_by_name(name).unwrap();
    let title = column("title").as_string::<i32>();
    assert_eq!(title.value(0), "\"Sniper\", Baghdad\nsaid: ساحة التحرير");
    let level = column("level").as_dictionary::<Int32Type>();
    assert_eq!(array_value_to_string(level, 0).unwrap(), "likely");
    let tags = column("tags").as_list::<i32>();
    assert_eq!(tags.value(0).as_string::<i32>().value(1), "é, y");
    assert_eq!((tags.value_length(1), tags.value_length(2), tags.null_count()), (0, 0, 0));
    let DataType::List(element) = tags.data_type() else { panic!("a list") };
    assert_eq!(element.name(), "element");
}

#[test]
fn parquet_holds_lists_of_numbers_flags_and_days_in_their_types() {
    let batch = toys();
    let first = |name: &str| batch.column_by_name(name).unwrap().as_list::<i32>().value(0);
    assert_eq!(first("counts").as_primitive::<Int64Type>().values()[..], [18237, -4]);
    assert_eq!(first("shares").as_primitive::<Float64Type>().values()[..], [2279.625, -0.5]);
    let flags: Vec<_> = first("flags").as_boolean().iter().collect();
    assert_eq!(flags, [Some(true), Some(false)]);
    let days: Vec<_> = first("days").as_primitive::<Date32Type>().iter().collect();
    assert_eq!(days, [Some(18237), None]);
}
