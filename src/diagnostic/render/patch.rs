//! Edits as removed and added lines.

use std::fmt::Write as _;

use crate::diagnostic::Edit;
use crate::source::{FileId, Span};

use super::excerpt::Excerpt;
use super::palette::Palette;
use super::{Text, Texts};

/// Most lines of a patch that are shown. A patch shows what to type, not a new file.
const LINES: usize = 20;

/// Longest line of a patch in characters, as in snippets.
const WIDTH: usize = 130;

/// What a fix does to one file.
#[derive(Debug)]
pub(super) struct Patch {
    pub(super) file: FileId,
    /// Line and column of the first edit.
    pub(super) start: (u32, u32),
    changes: Vec<Change>,
    /// The number of lines that are not in `changes`.
    left_out: usize,
}

#[derive(Debug)]
struct Change {
    added: bool,
    line: usize,
    text: Excerpt,
}

/// The patches of a fix, one per file, in the order in which the fix names the files. A file without
/// text has none.
pub(super) fn patches(edits: &[Edit], texts: &mut Texts<'_>) -> Vec<Patch> {
    let mut files: Vec<FileId> = Vec::new();
    for edit in edits {
        if !files.contains(&edit.location.file) {
            files.push(edit.location.file);
        }
    }
    let of_file = |file| patch(file, edits, &*texts.text(file)?);
    files.into_iter().filter_map(of_file).collect()
}

impl Patch {
    /// Digits of the highest line number.
    pub(super) fn digits(&self) -> usize {
        self.changes.iter().map(|change| change.line.to_string().len()).max().unwrap_or(0)
    }

    /// The lines of the patch, after a gutter for line numbers of `digits` digits.
    pub(super) fn render(&self, digits: usize, palette: &Palette) -> String {
        let Palette { line_number, addition, removal, .. } = palette;
        let mut out = String::new();
        for Change { added, line, text } in &self.changes {
            let (sign, style) = if *added { ('+', addition) } else { ('-', removal) };
            let text = text.as_str();
            writeln!(
                out,
                "{line_number}{line:>digits$}{line_number:#} {style}{sign} {text}{style:#}"
            )
            .expect("a string takes every write");
        }
        if self.left_out > 0 {
            writeln!(out, "{line_number}...{line_number:#} and {} more lines", self.left_out)
                .expect("a string takes every write");
        }
        out
    }
}

/// An edit moved into the text.
struct Placed<'a> {
    span: Span,
    text: &'a str,
}

fn patch(file: FileId, edits: &[Edit], text: &Text) -> Option<Patch> {
    let mut placed: Vec<_> = edits
        .iter()
        .filter(|edit| edit.location.file == file)
        .map(|edit| Placed { span: text.clamp(edit.location.span), text: &edit.text })
        .collect();
    placed.sort_by_key(|edit| edit.span);
    placed.dedup_by(|next, edit| next.span.start < edit.span.end);
    let (start, _) = text.positions(placed.first()?.span);
    let mut changes = Vec::new();
    for hunk in placed.chunk_by(|a, b| last_line(text, a) >= first_line(text, b)) {
        changes.append(&mut changed_lines(text, hunk));
    }
    let left_out = changes.len().saturating_sub(LINES);
    changes.truncate(LINES);
    Some(Patch { file, start: (start.line, start.column), changes, left_out })
}

fn first_line(text: &Text, edit: &Placed<'_>) -> u32 {
    text.positions(edit.span).0.line
}

fn last_line(text: &Text, edit: &Placed<'_>) -> u32 {
    text.positions(edit.span).1.line
}

/// The lines that a run of edits removes and adds, without unchanged ones.
fn changed_lines(text: &Text, hunk: &[Placed<'_>]) -> Vec<Change> {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
        return Vec::new();
    };
    let (first, last) = (first_line(text, first), last_line(text, last));
    let edited = Text::new(edited(text, text.line_span(first).to(text.line_span(last)), hunk));
    let old: Vec<_> = (first..=last).map(|line| text.line(line)).collect();
    // The edited lines end with a line break, behind which there is no line of theirs.
    let end = edited.lines() - u32::from(last < text.lines());
    let new: Vec<_> = (1..=end).map(|line| edited.line(line)).collect();
    let (same, old, new) = without_common(&old, &new);
    // Behind a line break that the edits put at the end of the text there is no line either.
    let at_end = last == text.lines() && new.len() > 1;
    let new = new.strip_suffix(&[""]).filter(|_| at_end).unwrap_or(new);
    let removed = if *old == [""] { &[] } else { old };
    let line = first as usize + same;
    let mut changes = shown(false, line, removed, new);
    changes.append(&mut shown(true, line, new, old));
    changes
}

/// Both without their common first and last lines, and the number of common first lines.
fn without_common<'a, 't>(
    mut old: &'a [&'t str],
    mut new: &'a [&'t str],
) -> (usize, &'a [&'t str], &'a [&'t str]) {
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    (same, &old[..old.len() - tail], &new[..new.len() - tail])
}

/// The text at `lines` after the edits.
fn edited(text: &Text, lines: Span, hunk: &[Placed<'_>]) -> String {
    let mut edited = String::new();
    let mut at = lines.start;
    for edit in hunk {
        edited.push_str(text.slice(Span::new(at, edit.span.start)));
        edited.push_str(edit.text);
        at = edit.span.end;
    }
    edited.push_str(text.slice(Span::new(at, lines.end)));
    edited
}

fn shown(added: bool, first: usize, lines: &[&str], others: &[&str]) -> Vec<Change> {
    let others = others.iter().copied().chain(std::iter::repeat(""));
    let excerpt = |(line, other): (&str, &str)| {
        let same = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        Excerpt::around(line, same, WIDTH)
    };
    let texts = lines.iter().copied().zip(others).map(excerpt);
    (first..).zip(texts).map(|(line, text)| Change { added, line, text }).collect()
}
