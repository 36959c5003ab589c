//! Writes a page as Markdown.

use std::io::{self, Write};

use super::{Block, Line, Phrase, Tone};
use crate::emit::markdown::escaped;

/// Writes a page.
pub(in crate::cli) fn write(out: &mut dyn Write, page: &[Block]) -> io::Result<()> {
    let mut before: Option<&Block> = None;
    for block in page {
        let is_entry = |block: &Block| matches!(block, Block::Entry { .. });
        if before.is_some_and(|before| !is_entry(before) || !is_entry(block)) {
            writeln!(out)?;
        }
        match block {
            Block::Title(phrase) => writeln!(out, "# {}", heading(phrase))?,
            Block::Part(phrase) => writeln!(out, "## {}", heading(phrase))?,
            Block::Heading(phrase) => writeln!(out, "### {}", heading(phrase))?,
            Block::Paragraph(phrase) => writeln!(out, "{}", marked(phrase))?,
            Block::Entry { label, lines } => write_entry(out, label, lines)?,
        }
        before = Some(block);
    }
    Ok(())
}

fn write_entry(out: &mut dyn Write, label: &str, lines: &[Line]) -> io::Result<()> {
    let label = heading(&label.into());
    match lines {
        [line] if label.is_empty() => write_line(out, "", line),
        [Line { key: None, phrase, below }] => {
            writeln!(out, "- {label}: {}", marked(phrase))?;
            below.iter().try_for_each(|line| write_line(out, "  ", line))
        }
        lines => {
            writeln!(out, "- {label}:")?;
            lines.iter().try_for_each(|line| write_line(out, "  ", line))
        }
    }
}

fn write_line(out: &mut dyn Write, indent: &str, line: &Line) -> io::Result<()> {
    let key = line.key.as_ref().map(|key| format!("{}: ", marked(key))).unwrap_or_default();
    writeln!(out, "{indent}- {key}{}", marked(&line.phrase))?;
    let deeper = format!("{indent}  ");
    line.below.iter().try_for_each(|line| write_line(out, &deeper, line))
}

/// A phrase on one line, marked by its tones.
fn marked(phrase: &Phrase) -> String {
    runs(phrase).iter().map(|(tone, text)| mark(*tone, text)).collect()
}

/// A phrase in a heading, which is strong already.
fn heading(phrase: &Phrase) -> String {
    let plain = |tone| if tone == Tone::Strong { Tone::Plain } else { tone };
    runs(phrase).iter().map(|(tone, text)| mark(plain(*tone), text)).collect()
}

fn mark(tone: Tone, text: &str) -> String {
    match tone {
        Tone::Plain | Tone::Reference => escaped(text),
        Tone::Strong | Tone::Alert => format!("**{}**", escaped(text)),
        // Nothing needs escaping in a code span except the backtick that ends it.
        Tone::Code if !text.contains('`') => format!("`{text}`"),
        Tone::Code => escaped(text),
    }
}

/// The words of a phrase, joined by spaces and split where the tone changes.
fn runs(phrase: &Phrase) -> Vec<(Tone, String)> {
    let mut runs: Vec<(Tone, String)> = Vec::new();
    let mut push = |tone: Tone, text: &str| match runs.last_mut() {
        Some((last, run)) if *last == tone => run.push_str(text),
        _ => runs.push((tone, text.to_owned())),
    };
    let mut before = None;
    for word in phrase.words() {
        let first = word.first().map_or(Tone::Plain, |(tone, _)| *tone);
        if let Some(before) = before {
            push(if before == first { first } else { Tone::Plain }, " ");
        }
        before = word.last().map(|(tone, _)| *tone);
        word.iter().for_each(|(tone, text)| push(*tone, text));
    }
    runs
}
