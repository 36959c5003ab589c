//! Which keys of a mapping stand twice.

use std::borrow::Cow;
use std::collections::HashMap;

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

/// Entries of a mapping whose keys are compared one with the other. A record has a few dozen, and a
/// map of them would cost more to make than it saves.
const FEW: usize = 32;

/// Whether every entry of a mapping is surely read: `false` also where that takes a closer look.
pub(super) fn are_read(document: &Document<'_>, pairs: &[[u32; 2]]) -> bool {
    let mut seen = [""; FEW];
    pairs.len() <= FEW
        && pairs.iter().enumerate().all(|(position, [key, _])| {
            let key = document.data(*key);
            // Such a key may be a collection, which has no text.
            if key.flags.has(Flags::DROPPED) {
                return false;
            }
            let text = document.scalar_text(key);
            seen[position] = text;
            text.is_ascii() && text != "<<" && !seen[..position].contains(&text)
        })
}

/// For each entry of a mapping, why it is left out; `None` if it is read.
pub(super) fn left_out(document: &Document<'_>, pairs: &[[u32; 2]]) -> Vec<Option<LeftOut>> {
    let mut seen = HashMap::with_capacity(pairs.len());
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

/// The key in Unicode normalization form C: `é` is the same as one character and as `e` with an accent.
fn composed(key: &str) -> Cow<'_, str> {
    if key.is_ascii() { Cow::Borrowed(key) } else { Cow::Owned(key.nfc().collect()) }
}
