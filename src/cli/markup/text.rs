//! Writes a page as text for a terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Block, Line, Phrase, Tone};
use crate::diagnostic::{cells, wrapped};

/// Indentation of what belongs to the line above.
const INDENT: usize = 2;

/// Width of the column of labels.
const LABEL: usize = 10;

/// Below this width, keys get no column of their own.
pub(in crate::cli) const NARROW: usize = 72;

const DIM: Style = Style::new().dimmed();

/// Writes a page in lines of `width` cells.
pub(in crate::cli) fn write(out: &mut dyn Write, page: &[Block], width: usize) -> io::Result<()> {
    let writer = Writer { width, keys: if width < NARROW { 0 } else { longest_key(page) } };
    let mut before: Option<&Block> = None;
    for block in page {
        let is_entry = |block: &Block| matches!(block, Block::Entry { .. });
        let stands_off = !is_entry(block) || matches!(before, Some(Block::Paragraph(_)));
        if before.is_some() && stands_off {
            writeln!(out)?;
        }
        match block {
            Block::Title(phrase) | Block::Heading(phrase) => lines(out, width, "", 0, phrase)?,
            Block::Part(phrase) => writer.rule(out, phrase)?,
            Block::Paragraph(phrase) => lines(out, width, "", INDENT, phrase)?,
            Block::Entry { label, lines } => writer.entry(out, label, lines)?,
        }
        before = Some(block);
    }
    Ok(())
}

/// Writes lines of a given width, with the keys in a column of their own.
struct Writer {
    width: usize,
    keys: usize,
}

impl Writer {
    /// Writes the name of a part, followed by a rule.
    fn rule(&self, out: &mut dyn Write, phrase: &Phrase) -> io::Result<()> {
        let name = styled(phrase);
        let left = self.width.saturating_sub(length(phrase) + 4);
        writeln!(out, "{DIM}──{DIM:#} {name} {DIM}{}{DIM:#}", "─".repeat(left))
    }

    fn entry(&self, out: &mut dyn Write, label: &str, lines: &[Line]) -> io::Result<()> {
        let mut label = styled(&label.into());
        for line in lines {
            let head = format!("{:INDENT$}{DIM}{label:LABEL$}{DIM:#}", "");
            self.line(out, &head, INDENT + LABEL, line)?;
            label.clear();
        }
        Ok(())
    }

    /// Writes a line that begins at a column, and the lines below it.
    fn line(&self, out: &mut dyn Write, head: &str, column: usize, line: &Line) -> io::Result<()> {
        match &line.key {
            None => lines(out, self.width, head, column, &line.phrase)?,
            Some(key) if self.keys == 0 => {
                let phrase = key.clone().plain(": ").then(line.phrase.clone());
                lines(out, self.width, head, column, &phrase)?;
            }
            Some(key) => {
                let behind = INDENT + LABEL + self.keys;
                let gap = behind.saturating_sub(column + length(key)).max(INDENT);
                let key = styled(key);
                let head = format!("{}{key}{:gap$}", indented(head, column), "");
                lines(out, self.width, &head, behind, &line.phrase)?;
            }
        }
        for line in &line.below {
            self.line(out, "", column + INDENT, line)?;
        }
        Ok(())
    }
}

/// Writes a phrase in lines of `width` cells that begin at a column. `head` comes before the first.
pub(in crate::cli) fn lines(
    out: &mut dyn Write,
    width: usize,
    head: &str,
    column: usize,
    phrase: &Phrase,
) -> io::Result<()> {
    let lines = wrapped(&indented(head, column), column, &styled(phrase), width);
    lines.iter().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

/// What comes before a column: a head, which must fill it, or spaces.
fn indented(head: &str, column: usize) -> String {
    if head.is_empty() { " ".repeat(column) } else { head.to_owned() }
}

/// The width of the column of keys, including the gap after it.
fn longest_key(page: &[Block]) -> usize {
    fn of_line(line: &Line, indent: usize) -> usize {
        let key = line.key.as_ref().map_or(0, |key| indent + length(key));
        let below = line.below.iter().map(|line| of_line(line, indent + INDENT));
        below.fold(key, usize::max)
    }
    let lines = page.iter().flat_map(|block| match block {
        Block::Entry { lines, .. } => &lines[..],
        _ => &[],
    });
    lines.map(|line| of_line(line, 0)).max().unwrap_or(0).min(WIDEST_KEY) + INDENT
}

/// Longest key that widens the column; a longer one runs into the next.
const WIDEST_KEY: usize = 28;

const fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Strong => Style::new().bold(),
        Tone::Code => AnsiColor::Cyan.on_default(),
        Tone::Reference => DIM,
        Tone::Alert => AnsiColor::Yellow.on_default().bold(),
    }
}

/// The words of a phrase, joined by spaces and styled by their tones.
pub(in crate::cli) fn styled(phrase: &Phrase) -> String {
    let piece = |(tone, text): &(Tone, String)| {
        let style = style(*tone);
        format!("{style}{text}{style:#}")
    };
    let words = phrase.words();
    let words: Vec<String> = words.iter().map(|word| word.iter().map(piece).collect()).collect();
    words.join(" ")
}

fn length(phrase: &Phrase) -> usize {
    cells(&styled(phrase))
}
