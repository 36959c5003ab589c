//! Merge conflicts that were left in a file.

use std::ops::Range;

use crate::source::Span;

use super::defect::{Defects, SyntaxDefect};
use super::line::Line;

/// The stretches of `text` to leave out so that of every merge conflict only the first side
/// stays: marker lines, and the sides after the first. Each conflict is reported at its first
/// marker.
///
/// Git writes a marker as seven equal characters at the start of a line. A marker without its
/// partners is reported and left out alone.
pub(super) fn find(text: &str, defects: &mut Defects) -> Vec<Range<usize>> {
    let mut lost = Vec::new();
    let mut open: Vec<Marker<'_>> = Vec::new();
    for line in Line::from(text, 0) {
        let Some(marker) = marker(line) else { continue };
        if open.last().is_some_and(|last| last.kind >= marker.kind) {
            close(&open, defects, &mut lost);
            open.clear();
        }
        open.push(marker);
    }
    close(&open, defects, &mut lost);
    lost
}

/// In the order in which they stand: the start, the base (diff3 style), the middle, the end.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Whether a text begins with a marker.
pub(super) fn begins_with_marker(text: &str) -> bool {
    MARKERS.iter().any(|marker| text.starts_with(marker))
}

struct Marker<'t> {
    /// Its place in `MARKERS`.
    kind: usize,
    label: &'t str,
    line: Line<'t>,
}

fn marker(line: Line<'_>) -> Option<Marker<'_>> {
    let kind = MARKERS.iter().position(|marker| line.text.starts_with(marker))?;
    let rest = &line.text[7..];
    let alone = rest.is_empty() || rest.starts_with(' ');
    alone.then(|| Marker { kind, label: rest.trim(), line })
}

fn close(markers: &[Marker<'_>], defects: &mut Defects, lost: &mut Vec<Range<usize>>) {
    let Some(first) = markers.first() else { return };
    let has = |kind| markers.iter().find(|marker| marker.kind == kind);
    let label = first.label.to_owned();
    let defect = SyntaxDefect::MergeConflict { label, markers: markers.len() };
    defects.add(defect, Span::of(first.line.start..first.line.end()));
    let (Some(_), Some(_), Some(end)) = (has(0), has(2), has(3)) else {
        lost.extend(markers.iter().map(|marker| marker.line.start..marker.line.end()));
        return;
    };
    lost.push(first.line.start..first.line.end());
    lost.push(markers[1].line.start..end.line.end());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(text: &str) -> (Vec<&str>, usize) {
        let mut defects = Defects::default();
        let lost = find(text, &mut defects);
        (lost.into_iter().map(|range| &text[range]).collect(), defects.into_sorted().len())
    }

    #[test]
    fn the_first_side_stays() {
        let text = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\nc: 1\n";
        assert_eq!(lost(text), (vec!["<<<<<<< HEAD", "=======\nb: 2\n>>>>>>> x"], 1));
        let diff3 = "<<<<<<<\nb\n||||||| base\nc\n=======\nd\n>>>>>>>\n<<<<<<<\n=======\n>>>>>>>";
        let parts =
            vec!["<<<<<<<", "||||||| base\nc\n=======\nd\n>>>>>>>", "<<<<<<<", "=======\n>>>>>>>"];
        assert_eq!(lost(diff3), (parts, 2));
    }

    #[test]
    fn a_marker_without_partners_takes_nothing_with_it() {
        assert_eq!(lost("a\n=======\nb\n"), (vec!["======="], 1));
        assert_eq!(lost("<<<<<<< x\na\n=======\nb\n"), (vec!["<<<<<<< x", "======="], 1));
        assert_eq!(lost("a: <<<<<<<\n========\n  =======\n"), (vec![], 0));
    }
}
