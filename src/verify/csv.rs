//! The rows of a CSV file.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use csv::{Reader, StringRecord};

use super::footer::MAX_ELEMENTS;
use super::rows::{MAX_ROW, Row, Rows};
use crate::source::OpenFile;

/// The rows of a CSV file, in order.
pub(super) struct CsvRows {
    header: Vec<String>,
    reader: Reader<Bounded>,
    since_row: Rc<Cell<u64>>,
    record: StringRecord,
}

/// A file of which at most [`MAX_ROW`] bytes are read for a row.
struct Bounded {
    file: BufReader<OpenFile>,
    since_row: Rc<Cell<u64>>,
}

impl CsvRows {
    /// Opens a file and reads its header.
    pub(super) fn open(file: OpenFile) -> Result<Self, String> {
        let since_row = Rc::new(Cell::new(0));
        let bounded = Bounded { file: BufReader::new(file), since_row: Rc::clone(&since_row) };
        let mut reader = Reader::from_reader(bounded);
        // What is held of a cell is larger than the comma that makes one.
        let header = reader.headers().map_err(|error| error.to_string())?;
        if header.len() > MAX_ELEMENTS {
            return Err(format!("it has more than {MAX_ELEMENTS} columns"));
        }
        let header = header.iter().map(str::to_owned).collect();
        Ok(Self { header, reader, since_row, record: StringRecord::new() })
    }
}

impl Rows for CsvRows {
    fn columns(&self) -> &[String] {
        &self.header
    }

    fn next(&mut self, row: &mut Row) -> Result<bool, String> {
        self.since_row.set(0);
        let is_row =
            self.reader.read_record(&mut self.record).map_err(|error| error.to_string())?;
        row.resize_with(self.header.len(), Default::default);
        for (cell, text) in row.iter_mut().zip(&self.record) {
            cell.clear();
            cell.text.push_str(text);
        }
        Ok(is_row)
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.since_row.set(self.since_row.get() + length as u64);
        match self.since_row.get() > MAX_ROW {
            true => Err(io::Error::other("a row is longer than 64 MiB")),
            false => Ok(length),
        }
    }
}
