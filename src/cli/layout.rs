//! Laying text out in lines and columns.

use std::io::{self, IsTerminal, Write};

use crate::diagnostic::Printable;

/// Spaces between columns.
const GAP: usize = 2;

/// What is worth most in a line: codes, names.
const STRONG: anstyle::Style = anstyle::Style::new().bold();

/// How many characters fit in a line of standard output; everything does where no one looks at it
/// in a terminal, so that a search in a pipe misses nothing.
pub(super) fn output_width() -> usize {
    let stdout = io::stdout();
    let size = stdout.is_terminal().then(|| terminal_size::terminal_size_of(&stdout)).flatten();
    size.map_or(usize::MAX, |(width, _)| usize::from(width.0))
}

/// A text in lines of no more than `width` characters, words longer than that aside.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Writes rows in columns, the first row being the heads. Each column is as wide as its widest
/// cell; the last takes what is left of `width`, and is cut there.
pub(super) fn write_table(
    out: &mut dyn Write,
    rows: &[Vec<String>],
    width: usize,
) -> io::Result<()> {
    let rows: Vec<Vec<Printable>> =
        rows.iter().map(|row| row.iter().map(Printable::from).collect()).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<_> = (0..columns)
        .map(|column| rows.iter().map(|row| length(row[column].as_str())).max().unwrap_or(0))
        .collect();
    for (position, row) in rows.iter().enumerate() {
        let mut used = 0;
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let last = column + 1 == columns;
            let cell = if last {
                cut(cell.as_str(), width.saturating_sub(used))
            } else {
                cell.to_string()
            };
            let style = if position == 0 || column == 0 { STRONG } else { anstyle::Style::new() };
            let padding = if last { 0 } else { widths[column] + GAP - length(&cell) };
            line.push_str(&format!("{style}{cell}{style:#}{}", " ".repeat(padding)));
            used += widths[column] + GAP;
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes what is known of one thing: its name and title, and then fields, each wrapped to `width`.
pub(super) fn write_entry(
    out: &mut dyn Write,
    title: (&str, &str),
    fields: &[(String, String)],
    width: usize,
) -> io::Result<()> {
    let (name, label) = (Printable::new(title.0), Printable::new(title.1));
    writeln!(out, "{STRONG}{name}{STRONG:#}  {label}")?;
    let names = fields.iter().map(|(name, _)| length(name)).max().unwrap_or(0);
    for (name, text) in fields {
        let text = Printable::new(text);
        let lines = wrapped(text.as_str(), width.min(LONGEST_LINE).saturating_sub(names + 2 * GAP));
        let mut name = Printable::new(name).to_string();
        for line in lines {
            writeln!(out, "  {name:names$}  {line}")?;
            name.clear();
        }
    }
    Ok(())
}

/// Prose in longer lines is hard to read.
pub(super) const LONGEST_LINE: usize = 100;

/// A text that was cut to fit.
fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The length of a text in characters, which most terminals show one cell each.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize) -> String {
        let rows = [["code", "definition"], ["GOV", "The government of a state"], ["é", ""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let mut out = anstream::StripStream::new(Vec::new());
        write_table(&mut out, &rows, width).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn columns_stand_below_each_other_and_only_the_last_is_cut() {
        let whole = "code  definition\nGOV   The government of a state\né\n";
        assert_eq!(table(usize::MAX), whole);
        assert_eq!(table(20), "code  definition\nGOV   The governmen…\né\n");
    }

    #[test]
    fn words_are_never_broken() {
        assert_eq!(
            wrapped("a bc  d\nincomprehensible e", 4),
            ["a bc", "d", "incomprehensible", "e"]
        );
        assert!(wrapped(" ", 4).is_empty());
    }
}
