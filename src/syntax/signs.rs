//! What one look at the start of each line tells: which closer looks a text needs.
//!
//! Nearly every text needs none of them, and each costs as much as a quarter of the tokenizer.

use memchr::memchr2_iter;

use super::{blanks, conflict, split};

/// What some lines of a text begin with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// The marker of a merge conflict.
    pub(super) conflict: bool,
    /// A blank that is none of ASCII, perhaps after some that are.
    pub(super) blank: bool,
    /// The marker of a document, or a directive.
    pub(super) document: bool,
}

impl Signs {
    pub(super) fn of(text: &str) -> Self {
        let mut signs = Self::default();
        let breaks = memchr2_iter(b'\n', b'\r', text.as_bytes());
        for start in std::iter::once(0).chain(breaks.map(|at| at + 1)) {
            let line = &text[start..];
            match line.as_bytes().first() {
                Some(b'<' | b'|' | b'=' | b'>') => {
                    signs.conflict |= conflict::begins_with_marker(line);
                }
                Some(b'-' | b'.' | b'%') => signs.document |= split::may_separate(line),
                Some(first) if !first.is_ascii_graphic() => {
                    signs.blank |= blanks::begins_with_blank(line);
                }
                _ => {}
            }
        }
        signs
    }
}
