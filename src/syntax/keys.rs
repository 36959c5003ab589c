//! Which keys of a mapping stand twice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::document::{Document, Flags, Kind, NodeData, Style};

/// Why the entry of a key is not read.
pub(super) enum LeftOut {
    /// Its key is no scalar, which was reported.
    Dropped,
    /// Its key is `<<`.
    Merge,
    /// The entry at this position has the same key.
    Twice(usize),
}

/// Of the entries of a mapping, which are not read and why.
pub(super) fn left_out(document: &Document<'_>, pairs: &[[u32; 2]]) -> Vec<Option<LeftOut>> {
    let mut seen = BTreeMap::new();
    let mut of_key = |(position, key): (usize, &NodeData)| {
        if key.flags.has(Flags::DROPPED) {
            return Some(LeftOut::Dropped);
        }
        let text = document.scalar_text(key);
        if text == "<<" && key.kind == Kind::Scalar(Style::Plain) {
            return Some(LeftOut::Merge);
        }
        let first = *seen.entry(composed(text)).or_insert(position);
        (first != position).then_some(LeftOut::Twice(first))
    };
    pairs.iter().map(|[key, _]| document.data(*key)).enumerate().map(&mut of_key).collect()
}

/// A key as it is compared: `é` is one letter, whether it is written as one character or as `e` and
/// an accent.
fn composed(key: &str) -> Cow<'_, str> {
    if key.is_ascii() { Cow::Borrowed(key) } else { Cow::Owned(key.nfc().collect()) }
}
