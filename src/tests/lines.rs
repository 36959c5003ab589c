//! Whether what is printed for people fits a narrow terminal.

use crate::check::Checked;
use crate::diagnostic::cells;
use crate::diagnostic::render::{Format, Report, Scope, Terminal, Texts};
use crate::schema;
use crate::source::Memory;

/// The first line of the findings that does not fit 60 columns, unless it is a line of a file or of a
/// patch, the marks below it, a place, or one word.
pub(crate) fn first_wide_line(checked: &Checked, world: &Memory) -> Option<String> {
    const WIDTH: usize = 60;
    let report = Report::new(&checked.findings, Scope::default());
    let read = |file| schema::text_of(world, checked.files.path(file));
    let mut texts = Texts::new(&checked.files, read);
    let mut out = Vec::new();
    let terminal = Terminal { coloured: false, width: WIDTH };
    Format::TEXT.write(&mut out, terminal, &report, &mut texts).unwrap();
    let printed = String::from_utf8(out).unwrap();
    printed.lines().find(|line| cells(line) > WIDTH && !may_be_wide(line)).map(str::to_owned)
}

fn may_be_wide(line: &str) -> bool {
    let text = line.trim_start();
    let is_of_file = text.starts_with(|c: char| c.is_ascii_digit()) && line.len() - text.len() < 4;
    let is_place = ["--> ", "::: "].iter().any(|arrow| text.starts_with(arrow));
    let words = text.trim_start_matches("= note: ").trim_start_matches('|').trim_start();
    let is_of_marks = words.chars().all(|c| "^-| ".contains(c));
    is_of_file || is_place || is_of_marks || !words.contains(' ')
}

#[test]
fn a_line_of_words_is_seen() {
    let words = "word ".repeat(13);
    assert!(
        may_be_wide(&format!(" 2 | {words}")) && may_be_wide(&format!("  | {}", "^".repeat(70)))
    );
    for line in [format!("      {words}"), format!("  | ^ {words}"), format!("   = note: {words}")]
    {
        assert!(!may_be_wide(&line), "{line}");
    }
}
