//! CSV: RFC 4180 with LF, UTF-8 without byte order mark, a header, and empty for missing.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::table::cell::Cell;
use crate::table::column::Table;
use crate::table::misfit::LIST_SEPARATOR;

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
        write_field(&mut self.field, cell);
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

/// A cell as CSV writes it, before quoting: values as they are, save that a line break becomes
/// one space. Numbers are the shortest decimals that read back as the same number, with a point
/// or an exponent always, so that a reader which guesses types from the first rows guesses right.
pub fn write_field(field: &mut String, cell: &Cell<'_>) {
    let written = match cell {
        Cell::Missing => Ok(()),
        Cell::Text(text) => field.write_str(&one_line(text)),
        Cell::Integer(value) => write!(field, "{value}"),
        Cell::Number(value) => write!(field, "{value:?}"),
        Cell::Boolean(value) => write!(field, "{value}"),
        Cell::Day(day) => write!(field, "{}", day.format("%Y-%m-%d")),
        Cell::TextList(texts) => {
            for (at, text) in texts.iter().enumerate() {
                if at > 0 {
                    field.push(LIST_SEPARATOR);
                }
                field.push_str(&one_line(text));
            }
            Ok(())
        }
    };
    written.expect("writing to a String never fails");
}

/// `text` with each line break (`\n`, `\r\n` or a lone `\r`) as one space: Spark, among others,
/// ends the record at a line break even inside quotes.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        Cow::Owned(text.replace("\r\n", " ").replace(['\n', '\r'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::column::{Column, ColumnType};
    use chrono::NaiveDate;

    fn field(cell: impl Into<Cell<'static>>) -> String {
        let mut field = String::new();
        write_field(&mut field, &cell.into());
        field
    }

    #[test]
    fn values_are_written_as_they_are() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let cases = [
            (field(Cell::Missing), ""),
            (field("=SUM(A1)"), "=SUM(A1)"),
            (field(" two\r\nlines\n\nmore\r"), " two lines  more "),
            (field(i64::MIN), "-9223372036854775808"),
            (field(33.0), "33.0"),
            (field(0.1 + 0.2), "0.30000000000000004"),
            (field(-0.0), "-0.0"),
            (field(1e300), "1e300"),
            (field(5e-324), "5e-324"),
            (field(true), "true"),
            (field(day(2019, 12, 7)), "2019-12-07"),
            (field(day(33, 4, 3)), "0033-04-03"),
            (field(vec!["a", "b\nc"]), "a|b c"),
            (field(Vec::<&str>::new()), ""),
        ];
        for (written, expected) in cases {
            assert_eq!(written, expected);
        }
    }

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
        for row in ["plain", "a, b", "say \"x\"", "#c", "", "'x' ü"] {
            for column in &table.columns {
                sink.cell(&column.cell(row).unwrap()).unwrap();
            }
            sink.end_row().unwrap();
        }
        let text = String::from_utf8(sink.finish().unwrap()).unwrap();
        let expected = "one,two\nplain,\n\"a, b\",\n\"say \"\"x\"\"\",\n#c,\n,\n'x' ü,\n";
        assert_eq!(text, expected);
    }
}
