//! Lays text out in columns, and cleans it.

use std::io::{self, Write};

use super::markup::text::lines;
use crate::diagnostic::{Printable, cells};

/// Spaces between columns.
const GAP: usize = 2;

/// Style of codes, names and heads of columns.
const STRONG: anstyle::Style = anstyle::Style::new().bold();

/// Writes rows in columns; the first row holds the heads. Each column is as wide as its widest
/// cell; what does not fit `width` is cut.
pub(super) fn table(out: &mut dyn Write, width: usize, rows: &[Vec<String>]) -> io::Result<()> {
    let rows: Vec<Vec<Printable>> =
        rows.iter().map(|row| row.iter().map(Printable::from).collect()).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<_> = (0..columns)
        .map(|column| rows.iter().map(|row| cells(row[column].as_str())).max().unwrap_or(0))
        .collect();
    for (position, row) in rows.iter().enumerate() {
        let mut used = 0;
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let last = column + 1 == columns;
            let left = width.saturating_sub(used);
            if left == 0 {
                break;
            }
            let cell = cut(cell.as_str(), left);
            let style = if position == 0 || column == 0 { STRONG } else { anstyle::Style::new() };
            let padding = if last { 0 } else { widths[column] + GAP - cells(&cell) };
            line.push_str(&format!("{style}{cell}{style:#}{}", " ".repeat(padding)));
            used += widths[column] + GAP;
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes an entry: its name and title on one line, then its fields, each wrapped.
pub(super) fn entry(
    out: &mut dyn Write,
    width: usize,
    title: (&str, &str),
    fields: &[(String, String)],
) -> io::Result<()> {
    let (name, label) = (Printable::new(title.0), Printable::new(title.1));
    writeln!(out, "{STRONG}{name}{STRONG:#}  {label}")?;
    let names = fields.iter().map(|(name, _)| cells(name)).max().unwrap_or(0);
    fields.iter().try_for_each(|(name, text)| {
        let head = format!("  {:names$}  ", Printable::new(name));
        lines(out, width.min(LONGEST_LINE), &head, names + 2 * GAP, &text.as_str().into())
    })
}

/// Longest line of prose, in cells: longer ones are hard to read.
pub(super) const LONGEST_LINE: usize = 100;

/// Cuts a text to fit a width.
fn cut(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += cells(c.encode_utf8(&mut [0; 4]));
        used < width
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_width(width: usize) -> String {
        let rows = [["code", "definition"], ["GOV", "The government of a state"], ["é", ""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let mut out = anstream::StripStream::new(Vec::new());
        table(&mut out, width, &rows).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn columns_stand_below_each_other_and_are_cut_at_the_width() {
        let whole = "code  definition\nGOV   The government of a state\né\n";
        assert_eq!(of_width(usize::MAX), whole);
        assert_eq!(of_width(20), "code  definition\nGOV   The governmen…\né\n");
        assert_eq!(of_width(3), "co…\nGOV\né\n");
    }
}
