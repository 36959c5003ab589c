//! CSV: RFC 4180 with LF, UTF-8 without byte order mark, a header, and empty for missing. Texts are
//! the same as in Parquet: one with line breaks is quoted and spans several lines. A variant for
//! spreadsheets has a byte order mark and no formulas.

use std::io::{self, Write as _};

use arrow::array::RecordBatch;
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::sink::{Stream, TableFormat, TableSink, TextSink};
use crate::table::TableDescription;
use crate::table::cells::Cells;

/// The format.
pub static FORMAT: TableFormat = TableFormat {
    name: "csv",
    doc: "CSV, `<table>.csv`",
    ending: ".csv",
    takes: |_| true,
    open: |out, table, _| open(out, table),
    text: Some(|_, batch| text(batch, false)),
};

/// The format for spreadsheets. Without a byte order mark they misread letters, and they run a text that
/// looks like a formula.
pub static SPREADSHEET: TableFormat = TableFormat {
    name: "spreadsheet",
    doc: "CSV for spreadsheets, `<table>.spreadsheet.csv`: with a byte order mark, and no text that runs as a formula",
    ending: ".spreadsheet.csv",
    takes: |_| true,
    open: |mut out, table, _| {
        out.write_all("\u{feff}".as_bytes())?;
        open(out, table)
    },
    text: Some(|_, batch| text(batch, true)),
};

/// Begins a file with its header.
fn open<'w>(mut out: Stream<'w>, table: &TableDescription) -> io::Result<Box<dyn TableSink + 'w>> {
    let mut writer = writer();
    writer.write_record(table.columns.iter().map(|column| column.name.as_bytes()))?;
    out.write_all(&written(writer)?)?;
    Ok(Box::new(TextSink::new(out, "", "")))
}

/// The rows of a batch.
fn text(batch: &RecordBatch, is_for_spreadsheets: bool) -> io::Result<Vec<u8>> {
    let (mut writer, mut scratch) = (writer(), String::new());
    let cells = Cells::of(batch);
    for row in 0..batch.num_rows() {
        for column in cells.columns() {
            let text = column.text(row, &mut scratch);
            match is_for_spreadsheets && column.holds_texts() && is_formula(text) {
                true => writer.write_field(format!("'{text}"))?,
                false => writer.write_field(text)?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    written(writer)
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new())
}

fn written(writer: Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(|error| error.into_error())
}

/// Whether a spreadsheet may run a text as a formula: by its first character, in any width, or by one
/// that it may skip (OWASP, "CSV Injection").
fn is_formula(text: &str) -> bool {
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    text.starts_with(|first: char| first.is_control()) || begins(text.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::writer::write_table;
    use crate::table::column::{Column, ColumnType, Table};

    #[test]
    fn a_spreadsheet_runs_no_text_and_reads_every_letter() {
        let columns = vec![
            Column::new("text", ColumnType::Text, "Text.", |row: &(&str, f64)| row.0.into()),
            Column::new("texts", ColumnType::TEXTS, "Texts.", |row: &(&str, f64)| {
                vec![row.0, "b"].into()
            }),
            Column::new("number", ColumnType::Number, "Number.", |row: &(&str, f64)| row.1.into()),
        ];
        let table: Table<'_, (&str, f64)> = Table::new("t", "Rows.", &[], columns);
        let mut written = Vec::new();
        let sink = SPREADSHEET.begin(&mut written, &table.describe(), "").unwrap();
        let formulas = [
            "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r1", "\n1", " =1", "\u{a0}=1", "＝1", "＋1",
            "－1", "＠1",
        ];
        let others = ["a=1", "1-2", "'x", "#c", "–1", "é", "."];
        let rows: Vec<_> = formulas.into_iter().chain(others).map(|text| (text, -2.5)).collect();
        write_table(&table, vec![sink], &rows, 3).unwrap();
        let text = written.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = csv::Reader::from_reader(text);
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let prefixed = formulas.map(|text| format!("'{text}"));
        let expected = prefixed.iter().map(String::as_str).chain(others);
        for (row, text) in rows.iter().zip(expected) {
            assert_eq!(row.iter().collect::<Vec<_>>(), ["", text, "-2.5", &format!("{text}|b")]);
        }
        assert_eq!(rows.len(), formulas.len() + others.len());
    }

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let columns = vec![Column::new("one", ColumnType::Text, "One.", |row: &str| row.into())];
        let table: Table<'_, str> = Table::new("t", "Rows.", &["one"], columns);
        let mut written = Vec::new();
        let sink = FORMAT.begin(&mut written, &table.describe(), "").unwrap();
        let rows = ["plain", "a, b", "say \"x\"", "#c", "", "'x' ü", "a\nb", "a\r", " c "];
        write_table(&table, vec![sink], &rows, 4).unwrap();
        let text = String::from_utf8(written).unwrap();
        let expected = "one,dataset\nplain,\n\"a, b\",\n\"say \"\"x\"\"\",\n#c,\n,\n'x' ü,\n\"a\nb\",\n\"a\r\",\n c ,\n";
        assert_eq!(text, expected);
    }
}
