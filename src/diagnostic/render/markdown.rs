//! A page for a comment on a pull request or a step summary.
//!
//! All text from strangers is in one fenced block. Nothing in it can end the block, because the fence is
//! longer than any run of backticks inside. GitHub and GitLab interpret no markup, mention or reference
//! in it.

use std::io::{self, Write};

use super::text::block;
use super::{Format, Printer, Report, Terminal, Texts};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    doc: "A page for a comment on a pull request",
    printer: Printer::Output(write),
};

/// Longest page, in bytes. A comment on GitHub holds 65,536 characters and may contain other text.
const COMMENT: usize = 60_000;

fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    out.write_all(page(report, texts, COMMENT).as_bytes())
}

/// The totals, and as many findings as fit `room` bytes, worst level first.
pub fn page(report: &Report<'_>, texts: &mut Texts<'_>, room: usize) -> String {
    let head = format!("### eventc\n\n{}\n", report.summary_line());
    let more = |count: usize| {
        format!("\n... and {count} more; `eventc check --format short` lists them all\n")
    };
    let worst_first = report.worst_first();
    let room = room.saturating_sub(head.len() + "\n\n".len() + more(worst_first.len()).len());
    let mut fence = Fence::default();
    let mut shown = 0;
    for (_, diagnostic) in &worst_first {
        let between = if shown > 0 { "\n" } else { "" };
        let block = format!("{between}{}", block(diagnostic, texts, Terminal::NONE));
        if fence.length_with(&block) > room {
            break;
        }
        fence.push(&block);
        shown += 1;
    }
    let fence = if shown > 0 { format!("\n{}\n", fence.markdown()) } else { String::new() };
    let left_out = worst_first.len() - shown;
    let more = if left_out > 0 { more(left_out) } else { String::new() };
    format!("{head}{fence}{more}")
}

/// A fenced block of text that nothing in it can end.
#[derive(Default)]
pub(super) struct Fence {
    /// Lines, each with its line break.
    text: String,
    /// The longest run of backticks in the text.
    backticks: usize,
}

impl Fence {
    /// Adds lines, each with its line break.
    pub(super) fn push(&mut self, lines: &str) {
        self.text.push_str(lines);
        self.backticks = self.backticks.max(longest_run(lines));
    }

    /// The length of the block in bytes with these lines added.
    fn length_with(&self, lines: &str) -> usize {
        let ticks = ticks(self.backticks.max(longest_run(lines)));
        self.text.len() + lines.len() + 2 * ticks + OPENING.len()
    }

    /// The block, without a final line break.
    pub(super) fn markdown(&self) -> String {
        let ticks = "`".repeat(ticks(self.backticks));
        format!("{ticks}{OPENING}{}{ticks}", self.text)
    }
}

/// What follows the opening fence.
const OPENING: &str = "text\n";

/// The length of a fence around text with this many backticks in a row.
fn ticks(backticks: usize) -> usize {
    3.max(backticks + 1)
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
