//! One definition of columns, two formats: what the files hold.

mod agreement;
mod failure;
mod layout;
mod toy;
mod values;

use std::fs::File;
use std::io::Write;

use arrow::array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::ParquetMetaData;

pub(super) fn open(parquet: &[u8]) -> ParquetRecordBatchReaderBuilder<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(parquet).unwrap();
    ParquetRecordBatchReaderBuilder::try_new(file).unwrap()
}

pub(super) fn read(parquet: &[u8]) -> (ParquetMetaData, Vec<RecordBatch>) {
    let builder = open(parquet);
    let metadata = builder.metadata().as_ref().clone();
    (metadata, builder.build().unwrap().map(Result::unwrap).collect())
}
