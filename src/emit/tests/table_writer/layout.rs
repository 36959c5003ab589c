//! How the files are laid out, and what they say of themselves.

use crate::emit::parquet;
use crate::emit::writer::write_table;
use crate::table::column::{Column, ColumnType, Table};
use ::parquet::arrow::parquet_to_arrow_schema;
use ::parquet::basic::{ColumnOrder, Compression, Encoding, Type};
use ::parquet::file::metadata::SortingColumn;
use arrow::array::AsArray;
use arrow::datatypes::Int32Type;
use serde_json::{Value, json};

use super::toy::{both, rows, table};
use super::{open, read};

#[test]
fn the_toy_is_well_defined() {
    assert_eq!(table().describe().defects(), Vec::<String>::new());
}

#[test]
fn the_layout_is_the_one_every_reader_opens() {
    let (_, parquet) = both(&rows(), 1);
    let (metadata, _) = read(&parquet);
    let file = metadata.file_metadata();
    assert_eq!(file.version(), 1);
    assert_eq!(file.created_by(), Some(concat!("eventc version ", env!("CARGO_PKG_VERSION"))));
    let sorted = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: false };
    assert_eq!(metadata.row_group(0).sorting_columns(), Some(&vec![sorted(2), sorted(0)]));
    for (at, column) in metadata.row_group(0).columns().iter().enumerate() {
        assert!(matches!(column.compression(), Compression::ZSTD(_)));
        assert!(column.statistics().is_some(), "{}", column.column_path());
        assert_eq!(column.bloom_filter_offset(), None);
        let old = [Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY];
        assert!(column.encodings().all(|encoding| old.contains(&encoding)));
        let order = file.column_orders().unwrap()[at];
        assert!(matches!(order, ColumnOrder::TYPE_DEFINED_ORDER(_)));
    }
}

/// Codes repeat, and free text and ids do not; a list has one whatever it holds.
#[test]
fn codes_and_lists_have_a_dictionary_and_texts_none() {
    let (_, parquet) = both(&rows(), 1);
    let (metadata, _) = read(&parquet);
    let columns = metadata.row_group(0).columns();
    for column in columns.iter().filter(|column| column.column_type() == Type::BYTE_ARRAY) {
        let is_kept = ["dataset", "country", "level", "weapons", "tags"]
            .contains(&&*column.column_path().parts()[0]);
        let has_dictionary = column.dictionary_page_offset().is_some();
        assert_eq!(has_dictionary, is_kept, "{}", column.column_path());
    }
}

#[test]
fn metadata_stands_where_each_reader_looks() {
    let (_, parquet) = both(&rows(), 1);
    let builder = open(&parquet);
    let pairs = builder.metadata().file_metadata().key_value_metadata().unwrap();
    let keys: Vec<&str> = pairs.iter().map(|pair| pair.key.as_str()).collect();
    let spark_key = "org.apache.spark.sql.parquet.row.metadata";
    assert_eq!(keys, ["PANDAS_ATTRS", "eventc", spark_key, "pandas", "ARROW:schema"]);
    let columns = builder.metadata().file_metadata().schema_descr();
    let arrow = parquet_to_arrow_schema(columns, Some(&pairs[4..].to_vec())).unwrap();
    let in_schema = arrow.metadata();
    for pair in &pairs[..4] {
        let expected = pair.value.as_ref().filter(|_| pair.key != spark_key);
        assert_eq!(in_schema.get(&pair.key), expected, "{}", pair.key);
    }
    assert_eq!(in_schema["eventc"], r#"{"dataset":"toy"}"#);

    let parsed =
        |at: usize| serde_json::from_str::<Value>(pairs[at].value.as_ref().unwrap()).unwrap();
    let (attrs, spark, pandas) = (parsed(0), parsed(2), parsed(3));
    for (at, column) in table().columns.iter().enumerate() {
        let field = builder.schema().field(at);
        assert_eq!(field.name(), column.name.as_ref());
        assert_eq!(field.metadata()["description"], column.doc);
        assert_eq!(attrs["columns"][field.name()], column.doc.as_ref());
        assert_eq!(pandas["columns"][at]["name"], field.name().as_str());
        assert_eq!(spark["fields"][at]["name"], field.name().as_str());
        assert_eq!(spark["fields"][at]["metadata"]["comment"], column.doc.as_ref());
    }
    assert_eq!(attrs["scales"], json!({"level": ["ungewiß", "likely", "certain"]}));
    let enums =
        builder.schema().fields().iter().map(|field| field.metadata().get("_PL_ENUM_VALUES2"));
    let enums: Vec<_> = enums.flatten().collect();
    assert_eq!(enums, ["8;ungewiß6;likely7;certain"]);
    let types: Vec<_> = (7..12).map(|at| pandas["columns"][at]["numpy_type"].clone()).collect();
    assert_eq!(types, ["boolean", "Int8", "Int16", "Int32", "Int64"]);
}

#[test]
fn row_groups_end_at_their_size_whatever_the_chunks() {
    let many = || {
        let columns = vec![
            Column::new("n", ColumnType::Int32, "Number.", |row: &usize| (*row).into()),
            Column::new("level", ColumnType::Category, "Level.", |row: &usize| {
                [Some("certain"), None, Some("likely")][*row % 3].into()
            }),
        ];
        Table::new("many", "Rows.", &["n"], columns).sorted_by(&["n"])
    };
    let rows: Vec<usize> = (0..100_001).collect();
    let write = |size: usize| {
        let (mut written, table) = (Vec::new(), many());
        let sink = parquet::FORMAT.begin(&mut written, &table.describe(), "{}").unwrap();
        write_table(&table, vec![sink], &rows, size).unwrap();
        written
    };
    for size in [1000, 33_333, 100_001] {
        let (metadata, batches) = read(&write(size));
        let sizes: Vec<i64> = metadata.row_groups().iter().map(|group| group.num_rows()).collect();
        assert_eq!(sizes, [100_000, 1]);
        let numbers = batches.iter().flat_map(|batch| {
            let numbers = batch.column(0).as_primitive::<Int32Type>();
            numbers.values().iter().map(|number| usize::try_from(*number).unwrap())
        });
        assert!(numbers.eq(rows.iter().copied()));
    }
}

/// Chunks are cut by their rows alone, so the number of cores reaches no byte.
#[test]
fn bytes_do_not_depend_on_the_number_of_cores() {
    let write = |cores| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
        let rows = vec![rows().remove(0); 100];
        pool.install(|| both(&rows, 7))
    };
    assert!(write(1) == write(3));
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    assert!(both(&rows(), 1) == both(&rows(), 3));
}

#[test]
fn an_empty_table_is_a_header_and_a_schema() {
    let (csv, parquet) = both(&[], 1);
    assert!(csv.starts_with(b"id,dataset,day,") && csv.ends_with(b",days\n"));
    let (metadata, batches) = read(&parquet);
    assert_eq!((metadata.num_row_groups(), batches.len()), (0, 0));
    assert_eq!(metadata.file_metadata().schema_descr().num_columns(), table().columns.len());
}
