//! CSV: RFC 4180 with LF, UTF-8 without byte order mark, a header, and empty for missing. Texts are
//! the same as in Parquet: one with line breaks is quoted and spans several lines.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::sink::{SinkError, Stream, TableFormat, TableSink};
use crate::table::TableDescription;
use crate::table::cell::Cell;

/// The format.
pub static FORMAT: TableFormat = TableFormat { extension: "csv", open };

struct CsvSink<'w> {
    writer: Writer<Stream<'w>>,
    field: String,
}

/// Begins a file with its header.
fn open<'w>(
    out: Stream<'w>,
    table: &TableDescription,
    _: &str,
) -> io::Result<Box<dyn TableSink + 'w>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .quote_style(QuoteStyle::Necessary)
        .from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.name.as_bytes()))?;
    Ok(Box::new(CsvSink { writer, field: String::new() }))
}

impl TableSink for CsvSink<'_> {
    fn cell(&mut self, _: usize, cell: &Cell<'_>) -> Result<(), SinkError> {
        self.field.clear();
        write!(self.field, "{cell}").expect("writing to a String never fails");
        self.writer.write_field(&self.field).map_err(|error| SinkError::Stream(error.into()))
    }

    fn end_row(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.writer.into_inner().map_err(|error| error.into_error())?.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::column::{Column, ColumnType, Table};

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let columns = vec![Column::new("one", ColumnType::Text, "One.", |row: &str| row.into())];
        let table: Table<'_, str> = Table::new("t", "Rows.", &["one"], columns);
        let mut written = Vec::new();
        let mut sink = open(Box::new(&mut written), &table.describe(), "").unwrap();
        for row in ["plain", "a, b", "say \"x\"", "#c", "", "'x' ü", "a\nb", "a\r", " c "] {
            for column in &table.columns {
                sink.cell(0, &column.cell(row).unwrap()).unwrap();
            }
            sink.end_row().unwrap();
        }
        sink.finish().unwrap();
        let text = String::from_utf8(written).unwrap();
        let expected = "one,dataset\nplain,\n\"a, b\",\n\"say \"\"x\"\"\",\n#c,\n,\n'x' ü,\n\"a\nb\",\n\"a\r\",\n c ,\n";
        assert_eq!(text, expected);
    }
}
