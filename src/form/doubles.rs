//! Values that stand twice in one list.

use std::collections::BTreeMap;

use super::{Context, FormDefect, Reader};
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Node};

/// An item of a list: its identity, and what was read.
pub(super) type Item<T> = (String, Spanned<T>);

impl<C: Context> Reader<'_, C> {
    /// Keeps the first of several equal items. Reports a repeated value once, however often it is
    /// repeated.
    pub fn distinct<T>(&mut self, items: impl IntoIterator<Item = Item<T>>) -> Vec<Spanned<T>> {
        let mut seen: BTreeMap<String, (Span, bool)> = BTreeMap::new();
        let mut kept = Vec::new();
        for (identity, item) in items {
            match seen.get_mut(&identity) {
                None => {
                    seen.insert(identity, (item.span, false));
                    kept.push(item);
                }
                Some((first, reported)) => {
                    if !std::mem::replace(reported, true) {
                        let first = *first;
                        let written = Some(identity).filter(|text| !text.contains(is_mark));
                        self.report(item.span, FormDefect::DuplicateValue { written, first });
                    }
                }
            }
        }
        kept
    }
}

/// Separates the parts of an identity that has several.
pub const MARK: char = '\u{1f}';

fn is_mark(character: char) -> bool {
    character == MARK
}

/// The identity of an item by its text. Quotes, and the order of keys and of list items, do not
/// count.
pub fn identity(node: Node<'_>) -> String {
    let joined = |mut parts: Vec<String>| {
        parts.sort_unstable();
        parts.dedup();
        format!("[{MARK}{}]", parts.join(&MARK.to_string()))
    };
    match node.content() {
        Content::Scalar(scalar) => scalar.text.trim().to_owned(),
        Content::Sequence(sequence) => joined(sequence.items().map(identity).collect()),
        Content::Mapping(mapping) => {
            let entry = |key, value| format!("{}{MARK}{}", identity(key), identity(value));
            joined(mapping.entries().map(|one| entry(one.key, one.value)).collect())
        }
    }
}
