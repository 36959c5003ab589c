//! Which keys of a mapping stand twice.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::document::Document;

/// Mappings with more keys than this are searched by hash.
const FEW_KEYS: usize = 16;

/// The positions of the keys of one mapping so far.
#[derive(Debug, Default)]
pub(super) struct Keys {
    few: Vec<usize>,
    many: HashMap<String, usize>,
}

impl Keys {
    /// The position of the earlier key with the same text as the one at `position`; if there is
    /// none, this one is remembered.
    pub(super) fn first_of(
        &mut self,
        document: &Document<'_>,
        pairs: &[[u32; 2]],
        position: usize,
    ) -> Option<usize> {
        let text_at = |at: usize| composed(document.scalar_text(document.data(pairs[at][0])));
        let text = text_at(position);
        if pairs.len() > FEW_KEYS {
            let first = self.many.get(&*text).copied();
            if first.is_none() {
                self.many.insert(text.into_owned(), position);
            }
            return first;
        }
        let first = self.few.iter().copied().find(|other| text_at(*other) == text);
        if first.is_none() {
            self.few.push(position);
        }
        first
    }
}

/// A key as it is compared: `é` is one letter, whether it is written as one character or as `e` and
/// an accent.
fn composed(key: &str) -> Cow<'_, str> {
    if key.is_ascii() { Cow::Borrowed(key) } else { Cow::Owned(key.nfc().collect()) }
}
