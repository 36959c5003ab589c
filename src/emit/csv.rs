//! CSV: RFC 4180 with LF, UTF-8 without byte order mark, a header, and empty for missing. A text is
//! what Parquet holds of it: one with line breaks stands in quotes and goes over several lines.

use std::fmt::Write as _;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::table::cell::Cell;
use crate::table::column::Table;

/// Writes one table as CSV, cell by cell.
#[derive(Debug)]
pub struct CsvSink<W: Write> {
    writer: Writer<W>,
    field: String,
}

impl<W: Write> CsvSink<W> {
    /// A file of `table` with its header.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new<R: ?Sized>(out: W, table: &Table<'_, R>) -> Result<Self, csv::Error> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::Any(b'\n'))
            .quote_style(QuoteStyle::Necessary)
            .from_writer(out);
        writer.write_record(table.columns.iter().map(|column| column.name.as_bytes()))?;
        Ok(Self { writer, field: String::new() })
    }

    /// Writes the next cell of the row.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn cell(&mut self, cell: &Cell<'_>) -> Result<(), csv::Error> {
        self.field.clear();
        write!(self.field, "{cell}").expect("writing to a String never fails");
        self.writer.write_field(&self.field)
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When the stream cannot be written, or the row has not as many cells as the header.
    pub fn end_row(&mut self) -> Result<(), csv::Error> {
        self.writer.write_record(None::<&[u8]>)
    }

    /// Ends the file and flushes it.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub fn finish(self) -> io::Result<W> {
        let mut out = self.writer.into_inner().map_err(|error| error.into_error())?;
        out.flush()?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::column::{Column, ColumnType};

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let table: Table<'_, str> = Table {
            name: "t",
            doc: "Rows.",
            columns: vec![
                Column::new("one", ColumnType::Text, "One.", |row: &str| row.into()),
                Column::new("two", ColumnType::Text, "Two.", |_: &str| Cell::Missing),
            ],
            key: &[],
            sorted_by: &[],
        };
        let mut sink = CsvSink::new(Vec::new(), &table).unwrap();
        for row in ["plain", "a, b", "say \"x\"", "#c", "", "'x' ü", "a\nb", "a\r", " c "] {
            for column in &table.columns {
                sink.cell(&column.cell(row).unwrap()).unwrap();
            }
            sink.end_row().unwrap();
        }
        let text = String::from_utf8(sink.finish().unwrap()).unwrap();
        let expected = "one,two\nplain,\n\"a, b\",\n\"say \"\"x\"\"\",\n#c,\n,\n'x' ü,\n\"a\nb\",\n\"a\r\",\n c ,\n";
        assert_eq!(text, expected);
    }
}
