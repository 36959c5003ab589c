//! Releases that someone made to harm whoever verifies them.

use std::fs;
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::file::properties::WriterProperties;
use arrow::array::{
    Array, ArrayRef, ListArray, RecordBatch, StringArray, StringDictionaryBuilder, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Int32Type};

use super::super::csv::CsvRows;
use super::super::parquet::ParquetRows;
use super::super::rows::{Row, Rows};
use super::Sample;

/// Reads a Parquet file to its end, or to what is wrong with it.
fn read(path: &std::path::Path) -> Result<u64, String> {
    let mut rows = ParquetRows::open(fs::File::open(path).unwrap())?;
    let (mut row, mut number) = (Row::new(), 0);
    while rows.next(&mut row)? {
        number += 1;
    }
    Ok(number)
}

fn write(path: &std::path::Path, column: ArrayRef) {
    write_columns(path, 1, &column);
}

fn write_columns(path: &std::path::Path, count: usize, column: &ArrayRef) {
    let columns = (0..count).map(|at| (format!("a{at}"), Arc::clone(column)));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).unwrap()))
        .build();
    let file = fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn a_few_kilobytes_never_become_gigabytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.parquet");

    // Pages that decompress to much more.
    write(&path, Arc::new(StringArray::from(vec!["x".repeat(300 << 20)])));
    assert!(fs::metadata(&path).unwrap().len() < 100_000);
    assert_eq!(read(&path).unwrap_err(), "its pages are larger than 256 MiB together");

    // One long text that a million rows point to costs what one does.
    let mut texts = StringDictionaryBuilder::<Int32Type>::new();
    let long = "x".repeat(100_000);
    (0..5_000).for_each(|_| texts.append_value(&long));
    write(&path, Arc::new(texts.finish()));
    assert_eq!(read(&path), Ok(5_000), "half a gigabyte, a row at a time");

    // A row of millions of items.
    let items = StringArray::new_null(4_500_000);
    let item = Arc::new(Field::new("element", DataType::Utf8, true));
    let row = OffsetBuffer::from_lengths([items.len()]);
    write(&path, Arc::new(ListArray::new(item, row, Arc::new(items), None)));
    assert!(fs::metadata(&path).unwrap().len() < 100_000);
    assert!(read(&path).unwrap_err().contains("more than 4000000 values"));

    // A row of a thousand items that are one long text.
    let items = StringArray::from(vec![long.as_str(); 1_000]);
    let item = Arc::new(Field::new("element", DataType::Utf8, true));
    let row = OffsetBuffer::from_lengths([items.len()]);
    write(&path, Arc::new(ListArray::new(item, row, Arc::new(items), None)));
    assert_eq!(read(&path).unwrap_err(), "a row is longer than 64 MiB");

    // Columns that are each within the limit.
    let items = StringArray::new_null(1_500_000);
    let item = Arc::new(Field::new("element", DataType::Utf8, true));
    let row = OffsetBuffer::from_lengths([items.len()]);
    let column: ArrayRef = Arc::new(ListArray::new(item, row, Arc::new(items), None));
    write_columns(&path, 2, &column);
    assert_eq!(read(&path), Ok(1));
    write_columns(&path, 3, &column);
    assert_eq!(read(&path).unwrap_err(), "1024 rows have more than 4000000 values");
}

#[test]
fn a_structure_is_no_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("group.parquet");
    let text: ArrayRef = Arc::new(StringArray::from(vec!["one"]));
    let field = Arc::new(Field::new("x", DataType::Utf8, true));
    write(&path, Arc::new(StructArray::from(vec![(field, text)])));
    assert_eq!(read(&path).unwrap_err(), "it has a column of a type that eventc never writes");
}

#[test]
fn a_header_of_commas_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("header.csv");
    for (columns, is_read) in [(10_000, true), (10_001, false)] {
        fs::write(&path, ",".repeat(columns - 1) + "\n").unwrap();
        let opened = CsvRows::open(fs::File::open(&path).unwrap());
        assert_eq!(opened.is_ok(), is_read, "{columns}");
    }
}

#[test]
fn more_files_than_can_be_open_are_refused() {
    let sample = Sample::new();
    for number in 0..500 {
        fs::write(sample.path.join(format!("{number}.txt")), "").unwrap();
    }
    sample.seal();
    let told = "SHA256SUMS: lists more than 500 files, so nothing was verified";
    assert!(sample.found().iter().any(|line| line == told), "{:#?}", sample.found());
}

/// Tests hold a thousand keys at most.
#[test]
fn keys_are_held_up_to_a_limit() {
    let sample = Sample::new();
    let path = sample.path.join("events.csv");
    let text = fs::read_to_string(&path).unwrap();
    let last = text.lines().last().unwrap().strip_prefix("two,").unwrap();
    let more: String = (0..1_000).map(|number| format!("e{number},{last}\n")).collect();
    fs::remove_file(sample.path.join("events.parquet")).unwrap();
    fs::write(&path, text.clone() + &more).unwrap();
    sample.seal();
    let told = sample.verify().report.unchecked;
    for what in [
        "what refers to `events`: tables that others refer to have more than 1000 rows",
        "the key of `events.csv` beyond its first 1000 rows",
        "whether tables agree: they have more events and claims than can be held",
    ] {
        assert!(told.iter().any(|line| line == what), "{what}\nnot in {told:#?}");
    }

    // As many as fit, and the tables that follow share what is left.
    let fewer: String = (0..997).map(|number| format!("e{number},{last}\n")).collect();
    fs::write(&path, text + &fewer).unwrap();
    sample.seal();
    let told = sample.verify().report.unchecked;
    let of = |line: &&String| line.starts_with("what refers to ");
    let of: Vec<_> = told.iter().filter(of).collect();
    assert!(!of.is_empty() && of.iter().all(|line| !line.contains("`events`")), "{told:#?}");
}

#[test]
fn only_references_to_the_key_of_a_table_are_followed() {
    let sample = Sample::new();
    let path = sample.path.join("datapackage.json");
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let resources = json["resources"].as_array_mut().unwrap();
    let claims = resources.iter_mut().find(|one| one["name"] == "participants").unwrap();
    claims["schema"]["foreignKeys"][0]["reference"]["fields"] = serde_json::json!(["title"]);
    fs::write(&path, json.to_string()).unwrap();
    sample.seal();
    let told = sample.verify().report.unchecked;
    assert!(told.iter().any(|line| line.contains("not the key of `")), "{told:#?}");
}

#[test]
fn a_footer_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("footer.parquet");
    let (huge, most) = ([0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F]);
    // A version, then a list of as many elements of a schema as a number can say.
    let list = [&[0x15, 0x02, 0x19, 0xFC][..], &huge].concat();
    // An element that says it has as many children.
    let children = [&[0x15, 0x02, 0x19, 0x1C, 0x48, 0x01, b'a', 0x15], &most[..], &[0, 0]].concat();
    // Elements that each have the next one as their child.
    let deep =
        [&[0x15, 0x02, 0x19, 0xFC, 0xA0, 0x0F][..], &[0x55, 0x02, 0].repeat(2000), &[0]].concat();
    // Structures in structures.
    let nested = [0x1C].repeat(100_000);
    for footer in [list, children, deep, nested, Vec::new()] {
        let length = u32::try_from(footer.len()).unwrap().to_le_bytes();
        fs::write(&path, [b"PAR1", &footer[..], &length, b"PAR1"].concat()).unwrap();
        assert_eq!(
            read(&path).unwrap_err(),
            "its footer is damaged",
            "{:?}",
            &footer[..footer.len().min(9)]
        );
    }
    for (bytes, words) in [
        (&b""[..], "it is too short"),
        (b"PAR1", "it is too short"),
        (b"PAR1\xFF\0\0\0PAR1", "it is too short"),
        (b"PAR1\0\0\0\xFFPAR1", "its footer is larger than 16 MiB"),
        (b"PAR1\0\0\0\0PARE", "it does not end as Parquet does"),
    ] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(read(&path).unwrap_err(), words);
    }
}

/// Whatever byte is another: no crash, no endless loop, and either an error or as many rows as before.
#[test]
fn a_damaged_file_is_a_finding_at_worst() {
    let sample = Sample::new();
    let path = sample.path.join("events.parquet");
    let bytes = fs::read(&path).unwrap();
    let rows = read(&path).unwrap();
    assert!(rows > 0);
    // The metadata for readers of other tools is the longest part, and means nothing here.
    let steps = (0..bytes.len()).step_by(bytes.len() / 150 + 1);
    let footer = bytes.len() - 3000.min(bytes.len())..bytes.len();
    let mut refused = 0;
    for at in steps.chain(footer.step_by(23)) {
        for change in [0x01_u8, 0xFF] {
            let mut damaged = bytes.clone();
            damaged[at] ^= change;
            fs::write(&path, &damaged).unwrap();
            refused += usize::from(read(&path).is_err());
        }
    }
    assert!(refused > 50, "{refused}");
    for length in (0..bytes.len()).step_by(bytes.len() / 30) {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(read(&path).is_err(), "cut at {length}");
    }
    sample.seal();
    let found = sample.found();
    assert!(found[0].starts_with("events.parquet: cannot be read: "), "{found:?}");
}

#[test]
fn checksums_lead_to_no_other_folder() {
    let sample = Sample::new();
    let secret = sample.path.parent().unwrap().join("secret");
    fs::write(&secret, "secret").unwrap();
    let lines = format!(
        "{0}  ../secret\n{0}  {1}\n{0}  .\n{0}  SHA256SUMS\n{0}  a\\b\nnothing\n{0}  twice\n{0}  twice\n",
        "0".repeat(64),
        secret.display()
    );
    fs::write(sample.path.join("SHA256SUMS"), lines).unwrap();
    let found = sample.found();
    let named = found.iter().filter(|line| line.ends_with("no file of this folder")).count();
    assert_eq!(named, 5, "{found:#?}");
    assert!(found.iter().any(|line| line.starts_with("SHA256SUMS: and ")), "{found:#?}");
    for bytes in [&b"\xFF\xFE"[..], &[b'x'; 2 << 20]] {
        fs::write(sample.path.join("SHA256SUMS"), bytes).unwrap();
        assert!(sample.found()[0].starts_with("SHA256SUMS: is "), "{:?}", sample.found()[0]);
    }
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_told_and_never_opened() {
    let sample = Sample::new();
    let events = sample.path.join("events.csv");
    let elsewhere = sample.path.parent().unwrap().join("events.csv");
    fs::rename(&events, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &events).unwrap();
    std::os::unix::fs::symlink("/dev/zero", sample.path.join("zero.csv")).unwrap();
    let found = sample.found();
    let told = "events.csv: is no file, but a link, a folder or a device";
    assert!(found.iter().any(|line| line == told), "{found:#?}");
    assert!(found.iter().any(|line| line == "zero.csv: is not listed in SHA256SUMS"));
    fs::remove_file(sample.path.join("SHA256SUMS")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", sample.path.join("SHA256SUMS")).unwrap();
    assert!(sample.found()[0].starts_with("SHA256SUMS: cannot be read: it is a symbolic link"));
}

#[test]
fn a_row_without_end_is_not_held() {
    let sample = Sample::new();
    let path = sample.path.join("relations.csv");
    let mut text = fs::read(&path).unwrap();
    text.extend_from_slice(b"\"");
    text.resize(70 << 20, b'x');
    fs::write(&path, text).unwrap();
    sample.seal();
    let found = sample.found();
    assert!(found.iter().any(|line| line.contains("a row is longer than 64 MiB")), "{found:#?}");
    fs::write(&path, b"event_id,\xFF\n").unwrap();
    sample.seal();
    let found = sample.found();
    assert!(
        found.iter().any(|line| line.starts_with("relations.csv: cannot be read: ")),
        "{found:#?}"
    );
}
