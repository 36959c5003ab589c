//! The format for people: rustc's look.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Fix, wrapped};

use super::palette::Palette;
use super::patch::{Patch, patches};
use super::snippet::{Drawing, draw};
use super::{Format, Printer, Report, Terminal, Texts, habits};

pub(super) const FORMAT: Format = Format {
    name: "text",
    doc: "For people: the lines, what is wrong with them and how to fix them",
    printer: Printer::People(write),
};

/// Most findings that are shown. Nobody reads more at once, and fixing the first often fixes the rest.
/// The format `short` shows all.
const SHOWN: usize = 100;

/// Prints the findings, the worst level first, and those of one habit as one. A blank line follows each, which also separates the last
/// one from the summary on standard error.
fn write(
    out: &mut dyn Write,
    terminal: Terminal,
    report: &Report<'_>,
    texts: &mut Texts<'_>,
) -> io::Result<()> {
    let worst_first = report.worst_first();
    let findings: Vec<_> = worst_first.iter().map(|(_, diagnostic)| *diagnostic).collect();
    let worst_first = habits::joined(&findings);
    for diagnostic in worst_first.iter().take(SHOWN) {
        writeln!(out, "{}", block(diagnostic, texts, terminal))?;
    }
    if let Some(more @ 1..) = worst_first.len().checked_sub(SHOWN) {
        let line = format!("... and {more} more; `--format short` lists them all");
        writeln!(out, "{}", wrapped("", INDENT, &line, terminal.width).join("\n"))?;
    }
    Ok(())
}

/// Indentation of the second line of a text and those below it: the width of `help: `.
const INDENT: usize = 6;

/// A finding as lines, each with its line break.
pub(super) fn block(diagnostic: &Diagnostic, texts: &mut Texts<'_>, terminal: Terminal) -> String {
    let palette = Palette::new(terminal.coloured);
    let patches = diagnostic.fix.iter().map(|fix| patches(&fix.edits, texts));
    let patches: Vec<_> = patches.flatten().collect();
    let digits = patches.iter().map(Patch::digits).max().unwrap_or(1);
    let Drawing { lines, digits } = draw(diagnostic, texts, terminal, digits);
    let mut block = Block { out: String::new(), palette, digits, width: terminal.width };
    block.title(diagnostic);
    block.out.push_str(&lines);
    if let Some(fix) = &diagnostic.fix {
        block.fix(fix, &patches, diagnostic, texts);
    }
    for help in &diagnostic.help {
        block.help(help.as_str());
    }
    block.out.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

struct Block {
    out: String,
    palette: Palette,
    digits: usize,
    width: usize,
}

impl Block {
    fn title(&mut self, Diagnostic { rule, level, message, .. }: &Diagnostic) {
        let (style, name) = (self.palette.level(*level), level.name());
        let emphasis = self.palette.emphasis;
        self.text(&format!("{style}{name}[{rule}]{style:#}{emphasis}: {message}{emphasis:#}"));
    }

    fn fix(&mut self, fix: &Fix, patches: &[Patch], of: &Diagnostic, texts: &Texts<'_>) {
        if !patches.is_empty() {
            self.gutter();
        }
        self.help(fix.title.as_str());
        for (at, patch) in patches.iter().enumerate() {
            if at > 0 {
                self.gutter();
            }
            if patch.file != of.location.file {
                let (style, width, (line, column)) =
                    (self.palette.line_number, self.digits, patch.start);
                let path = texts.shown_path(patch.file);
                self.line(format_args!("{:width$}{style}-->{style:#} {path}:{line}:{column}", ""));
            }
            self.gutter();
            self.out.push_str(&patch.render(self.digits, &self.palette));
        }
        if !patches.is_empty() {
            self.gutter();
        }
    }

    fn help(&mut self, text: &str) {
        let style = self.palette.help;
        self.text(&format!("{style}help{style:#}: {text}"));
    }

    fn gutter(&mut self) {
        let (style, width) = (self.palette.line_number, self.digits + 1);
        self.line(format_args!("{:width$}{style}|{style:#}", ""));
    }

    fn text(&mut self, text: &str) {
        for line in wrapped("", INDENT, text, self.width) {
            self.line(format_args!("{line}"));
        }
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.out, "{line}").expect("a string takes every write");
    }
}
