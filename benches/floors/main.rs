//! What no program that does this work can be faster than, on this machine.
//!
//! ```text
//! cargo bench --bench floors -- reading PROJECT            reads every YAML file and tokenizes it
//! cargo bench --bench floors -- building PROJECT RELEASE   that, and writes a release's tables again
//! ```
//!
//! Both use all cores and print their seconds. The tokenizer is the one that eventc uses; nothing is
//! made of what it says. The tables of the release are read before the clock starts, and written as a
//! build writes them: Parquet with the same compression, dictionaries and row groups, and CSV. One task
//! writes one file.
#![expect(clippy::print_stdout, reason = "printing seconds is what this program does")]

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use arrow::array::RecordBatch;
use csv::StringRecord;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use rayon::prelude::*;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["reading", project] => println!("{:.4}", reading(Path::new(project))?),
        ["building", project, release] => {
            let tables = tables(Path::new(release))?;
            let seconds = reading(Path::new(project))? + writing(&tables)?;
            println!("{seconds:.4}");
        }
        // `cargo test` runs it without any.
        [] => println!("see the head of the program for what it takes"),
        other => return Err(format!("what is {other:?}?").into()),
    }
    Ok(())
}

/// Bytes that one task tokenizes of a large file.
const SHARE: usize = 1 << 20;

/// Reads and tokenizes every YAML file under a folder.
fn reading(project: &Path) -> Result<f64, Failure> {
    let start = Instant::now();
    let events: usize = files(&project.join("datasets"))?
        .par_iter()
        .map(|path| -> Result<usize, Failure> {
            let text = String::from_utf8(fs::read(path)?)?;
            Ok(shares(&text).into_par_iter().map(tokenize).sum())
        })
        .sum::<Result<_, _>>()?;
    black_box(events);
    Ok(start.elapsed().as_secs_f64())
}

/// The YAML files under a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            match entry.path() {
                path if entry.file_type()?.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|ending| ending == "yaml") => found.push(path),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// A stream of documents in parts of about [`SHARE`] bytes, so that all cores share a large file.
fn shares(text: &str) -> Vec<&str> {
    const MARK: &str = "\n---\n";
    let (mut shares, mut rest) = (Vec::new(), text);
    while rest.len() > SHARE
        && let Some(at) =
            rest.as_bytes()[SHARE..].windows(MARK.len()).position(|it| it == MARK.as_bytes())
    {
        let (share, after) = rest.split_at(SHARE + at + 1);
        shares.push(share);
        rest = after;
    }
    shares.push(rest);
    shares
}

fn tokenize(text: &str) -> usize {
    oneyaml_syntax::events(text).map(|event| black_box(event).span().end.min(1)).sum()
}

/// A file of a release, in memory.
enum Table {
    Parquet(String, Vec<RecordBatch>, Box<WriterProperties>),
    Csv(String, Vec<StringRecord>),
}

/// The files of a release, the largest first.
fn tables(release: &Path) -> Result<Vec<Table>, Failure> {
    let mut tables = Vec::new();
    for entry in fs::read_dir(release)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let size = fs::metadata(&path)?.len();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("parquet") => tables.push((size, parquet(name, &path)?)),
            Some("csv") => {
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path)?;
                tables.push((size, Table::Csv(name, reader.records().collect::<Result<_, _>>()?)));
            }
            _ => {}
        }
    }
    tables.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    Ok(tables.into_iter().map(|(_, table)| table).collect())
}

fn parquet(name: String, path: &Path) -> Result<Table, Failure> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(9)?))
        .set_max_row_group_row_count(Some(100_000))
        .set_statistics_enabled(EnabledStatistics::Page);
    if let Some(group) = reader.metadata().row_groups().first() {
        for column in group.columns() {
            let dictionary = column.dictionary_page_offset().is_some();
            properties =
                properties.set_column_dictionary_enabled(column.column_path().clone(), dictionary);
        }
    }
    let batches = reader.with_batch_size(4096).build()?.collect::<Result<_, _>>()?;
    Ok(Table::Parquet(name, batches, Box::new(properties.build())))
}

/// Writes the files to a folder that is thrown away.
fn writing(tables: &[Table]) -> Result<f64, Failure> {
    let folder = tempfile::tempdir()?;
    let start = Instant::now();
    tables.par_iter().try_for_each(|table| write(table, folder.path()))?;
    Ok(start.elapsed().as_secs_f64())
}

fn write(table: &Table, folder: &Path) -> Result<(), Failure> {
    match table {
        Table::Parquet(name, batches, properties) => {
            let Some(first) = batches.first() else { return Ok(()) };
            let file = File::create(folder.join(name))?;
            let mut writer = ArrowWriter::try_new(
                file,
                first.schema(),
                Some(WriterProperties::clone(properties)),
            )?;
            batches.iter().try_for_each(|batch| writer.write(batch))?;
            writer.close()?;
        }
        Table::Csv(name, records) => {
            let mut writer =
                csv::WriterBuilder::new().flexible(true).from_path(folder.join(name))?;
            records.iter().try_for_each(|record| writer.write_record(record))?;
            writer.flush()?;
        }
    }
    Ok(())
}
