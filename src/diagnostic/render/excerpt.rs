//! A line of a source file, as it is shown.

use crate::diagnostic::printable::Cleaner;

/// A line of a file or patch, cleaned character by character.
///
/// Every character becomes exactly one character, so that underlines match their text. A tab becomes `→`,
/// another C0 control its control picture (`␛`), and any other character that
/// [`crate::diagnostic::Printable`] would escape becomes `�`. A line may begin with `::`, because it is
/// shown only after a gutter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt(String);

impl Excerpt {
    /// Cleans `line`, which has no line break.
    pub(super) fn new(line: &str) -> Self {
        let mut cleaner = Cleaner::default();
        let shown = line.chars().map(|c| {
            if cleaner.would_be_obeyed(c) {
                cleaner.replaced();
                stand_in(c)
            } else {
                cleaner.kept(c);
                c
            }
        });
        Self(shown.collect())
    }

    /// The first `width` characters of `line`.
    pub(super) fn start(line: &str, width: usize) -> Self {
        let end = line.char_indices().nth(width).map_or(line.len(), |(end, _)| end);
        Self::new(&line[..end])
    }

    /// The part of the line around `column` (from 1) that fits `width` characters, with `...` for parts
    /// left out.
    pub(super) fn around(line: &str, column: usize, width: usize) -> Self {
        let length = line.chars().count();
        if length <= width {
            return Self::new(line);
        }
        let start = column.saturating_sub(width / 3).min(length - width);
        let part: String = line.chars().skip(start).take(width).collect();
        let before = if start > 0 { "..." } else { "" };
        let after = if start + width < length { "..." } else { "" };
        Self(format!("{before}{}{after}", Self::new(&part).0))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn stand_in(c: char) -> char {
    match c {
        '\t' => '→',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'),
        '\x7f' => '␡',
        _ => '�',
    }
}
