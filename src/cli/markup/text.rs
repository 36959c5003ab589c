//! Writes a page as text for a terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Block, Line, Phrase, Tone, Word};

/// Indentation of what belongs to the line above.
const INDENT: usize = 2;

/// Width of the column of labels.
const LABEL: usize = 10;

/// Below this width, keys get no column of their own.
const NARROW: usize = 72;

const DIM: Style = Style::new().dimmed();

/// Writes a page in lines of `width` characters.
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
        let name = wrapped(phrase, usize::MAX).concat();
        let left = self.width.saturating_sub(length(phrase) + 4);
        writeln!(out, "{DIM}──{DIM:#} {name} {DIM}{}{DIM:#}", "─".repeat(left))
    }

    fn entry(&self, out: &mut dyn Write, label: &str, lines: &[Line]) -> io::Result<()> {
        let mut label = wrapped(&label.into(), usize::MAX).concat();
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
                let key = wrapped(key, usize::MAX).concat();
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

/// The length of a text in characters, which most terminals show one cell each.
pub(in crate::cli) fn characters(text: &str) -> usize {
    text.chars().count()
}

/// Writes a phrase in lines of `width` characters that begin at a column. `head` comes before the
/// first.
pub(in crate::cli) fn lines(
    out: &mut dyn Write,
    width: usize,
    head: &str,
    column: usize,
    phrase: &Phrase,
) -> io::Result<()> {
    for (at, line) in wrapped(phrase, width.saturating_sub(column)).iter().enumerate() {
        let head = if at == 0 { head } else { "" };
        writeln!(out, "{}", format!("{}{line}", indented(head, column)).trim_end())?;
    }
    Ok(())
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

/// Breaks a phrase into lines of at most `width` characters; longer words are kept whole. A phrase
/// without words gives one empty line.
pub(in crate::cli) fn wrapped(phrase: &Phrase, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in phrase.words() {
        let length: usize = word.iter().map(|(_, text)| characters(text)).sum();
        if used > 0 && used + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for (tone, text) in word {
            let style = style(tone);
            line.push_str(&format!("{style}{text}{style:#}"));
        }
        used += length;
    }
    lines.push(line);
    lines
}

fn length(phrase: &Phrase) -> usize {
    let of_word = |word: &Word| word.iter().map(|(_, text)| characters(text)).sum::<usize>();
    phrase.words().iter().map(|word| of_word(word) + 1).sum::<usize>().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_broken() {
        let lines = wrapped(&"a bc  d\nincomprehensible e".into(), 4);
        assert_eq!(lines, ["a bc", "d", "incomprehensible", "e"]);
    }
}
