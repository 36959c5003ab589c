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
    // The bits of the keys seen: most keys have one of their own.
    let mut seen = 0_u64;
    pairs.len() <= FEW
        && pairs.iter().enumerate().all(|(position, [key, _])| {
            let key = document.data(*key);
            // Such a key may be a collection, which has no text.
            if key.flags.has(Flags::DROPPED) {
                return false;
            }
            let text = document.scalar_text(key);
            let bit = 1 << bit_of(text.as_bytes());
            let is_new = seen & bit == 0;
            seen |= bit;
            let is_same =
                |[before, _]: &[u32; 2]| document.scalar_text(document.data(*before)) == text;
            text.is_ascii() && text != "<<" && (is_new || !pairs[..position].iter().any(is_same))
        })
}

/// The bit of a key, below 64: equal texts share it, and few others.
fn bit_of(text: &[u8]) -> usize {
    let [first, last] =
        [text.first(), text.last()].map(|byte| byte.copied().map_or(0, usize::from));
    (text.len() + 7 * first + last) % 64
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::parse;

    proptest! {
        #[test]
        fn keys_that_are_surely_read_are_not_left_out(
            keys in prop::collection::vec("[a-z]{1,3}|[ab]{1,9}|<<|é", 0..40)
        ) {
            let text = format!("[{}]\n", keys.join(", "));
            let stream = parse(&text);
            let document = &stream.documents[0];
            let root = document.data(document.root.unwrap());
            let pairs: Vec<_> = document.children_of(root).iter().map(|key| [*key; 2]).collect();
            let is_read = left_out(document, &pairs).iter().all(Option::is_none);
            let is_plain = keys.len() <= FEW && text.is_ascii();
            prop_assert_eq!(are_read(document, &pairs), is_read && is_plain, "{}", text);
        }
    }
}
