//! Blanks other than spaces in the indentation: YAML takes them for text.

use crate::source::Span;

use super::damage::{Loss, LossKind};
use super::defect::{Defects, SyntaxDefect};
use super::line::Line;

/// Whether a text begins with a blank that is none of ASCII, perhaps after some that are.
pub(super) fn begins_with_blank(text: &str) -> bool {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | 0x0B | 0x0C);
    let lead = text.bytes().take_while(|byte| is_blank(byte)).count();
    text[lead..].starts_with(|c: char| !c.is_ascii() && c.is_whitespace())
}

/// Reports every line that is indented with a blank such as U+00A0, and gives what to leave out so
/// that the rest can be read: the line, and those that belong under it.
///
/// Only the line of a key or an item is meant, and one that a text of several lines needs to be
/// indented; within the text such a blank is text.
pub(super) fn find(text: &str, defects: &mut Defects) -> Vec<Loss> {
    let mut lost = Vec::new();
    // The indentation of the block text, and of the lost line, that what follows may belong to.
    let (mut block, mut above): (Option<usize>, Option<usize>) = (None, None);
    for line in Line::from(text, 0).filter(|line| !line.text.trim().is_empty()) {
        let rest = line.text.trim_start();
        let lead = &line.text[..line.text.len() - rest.len()];
        let column = lead.chars().count();
        let last_block = block;
        let in_block = block.is_some_and(|block| column > block);
        block = block.filter(|column| line.indent() > *column);
        if block.is_some() || rest.starts_with('#') {
            continue;
        }
        let from = line.start + lead.len();
        let visible = Line { start: from, text: rest, next: line.next };
        let blank = lead.chars().find(|blank| !blank.is_ascii());
        let is_entry = visible.is_item() || visible.after_key().is_some();
        if let Some(character) = blank.filter(|_| in_block) {
            let span = Span::of(line.start..from);
            defects.add(SyntaxDefect::BlankIndentation { character, columns: column }, span);
            lost.push(Loss { range: line.start..line.end(), kind: LossKind::Value });
            block = last_block;
        } else if let Some(character) = blank.filter(|_| is_entry) {
            let span = Span::of(line.start..from);
            defects.add(SyntaxDefect::BlankIndentation { character, columns: column }, span);
            lost.push(loss(&line, column));
            above = Some(above.map_or(column, |above| above.min(column)));
        } else if above.is_some_and(|above| column > above) {
            lost.push(loss(&line, column));
        } else {
            above = None;
            let value = visible.value();
            let value = &rest[value.start - from..value.end - from];
            block = value.starts_with(['|', '>']).then(|| line.indent());
        }
    }
    lost
}

fn loss(line: &Line<'_>, column: usize) -> Loss {
    Loss { range: line.start..line.end(), kind: LossKind::Lines { column: Some(column) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (usize, Vec<&str>) {
        let mut defects = Defects::default();
        let lost = find(text, &mut defects);
        (defects.into_sorted().len(), lost.into_iter().map(|loss| &text[loss.range]).collect())
    }

    #[test]
    fn a_line_indented_with_other_blanks_is_lost_with_what_is_under_it() {
        let text = "a:\n\u{a0} \u{a0}b:\n     c: 1\n\u{3000}d: 1\ne: 1\n";
        assert_eq!(found(text), (2, vec!["\u{a0} \u{a0}b:", "     c: 1", "\u{3000}d: 1"]));
        let texts = "a: >\n  \u{a0}b: 1\n\n  c\nb: é\n\u{a0} and\n# \u{a0}é: x\n";
        assert_eq!(found(texts), (0, vec![]));
        let block = "a: >\n  b\n\u{a0}\u{a0}c\nd: 1\n";
        assert_eq!(found(block), (1, vec!["\u{a0}\u{a0}c"]));
    }
}
