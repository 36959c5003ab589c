//! Values that stand twice in one list.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Context, FormDefect, Reader};
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Node};

/// What tells an item of a list from the others, and where that is written.
pub type Identity<'i> = Spanned<Cow<'i, str>>;

impl<C: Context> Reader<'_, C> {
    /// Where each item of a list is written that is kept: the first of several equal ones. Reports a
    /// repeated value once, however often it is repeated.
    pub fn distinct<'i>(&mut self, items: impl Iterator<Item = Identity<'i>>) -> Vec<Option<Span>> {
        let items: Vec<_> = items.collect();
        let mut places: Vec<_> = items.iter().map(|item| Some(item.span)).collect();
        let mut order: Vec<_> = (0..items.len()).collect();
        // The sort is stable: of equal items the first stands first.
        order.sort_by_key(|at| &*items[*at].value);
        let is_equal = |one: &usize, other: &usize| items[*one].value == items[*other].value;
        let equal = order.chunk_by(is_equal);
        let mut repeated: Vec<_> = equal.filter(|equal| equal.len() > 1).collect();
        repeated.sort_unstable_by_key(|equal| equal[1]);
        for equal in repeated {
            equal[1..].iter().for_each(|at| places[*at] = None);
            let (first, second) = (&items[equal[0]], &items[equal[1]]);
            let written = Some(&second.value).filter(|text| !text.contains(MARK));
            let written = written.map(|text| text.to_string());
            self.report(second.span, FormDefect::DuplicateValue { written, first: first.span });
        }
        places
    }
}

/// Separates the parts of an identity that has several.
pub const MARK: char = '\u{1f}';

/// The identity of an item by its text. Quotes, and the order of keys and of list items, do not
/// count.
pub fn identity(node: Node<'_>) -> Identity<'_> {
    let identity = match node.content() {
        Content::Scalar(scalar) => Cow::Borrowed(scalar.text.trim()),
        Content::Sequence(_) | Content::Mapping(_) => {
            Cow::Owned(format!("{MARK}{:016x}", digest(node)))
        }
    };
    Spanned::new(identity, node.span())
}

/// A digest of what a node says. It stands for the whole, which a claim would take as long to write as
/// to read: that two of one list have the same by chance is not to be expected in 2^64 of them.
fn digest(node: Node<'_>) -> u64 {
    match node.content() {
        Content::Scalar(scalar) => hashed(scalar.text.trim()),
        Content::Sequence(sequence) => of_parts(sequence.items().map(digest)),
        Content::Mapping(mapping) => of_parts(
            mapping.entries().map(|entry| hashed((digest(entry.key), digest(entry.value)))),
        ),
    }
}

/// The digest of a collection, whatever the order of its parts; equal ones count once.
fn of_parts(parts: impl Iterator<Item = u64>) -> u64 {
    let mut parts: Vec<_> = parts.collect();
    parts.sort_unstable();
    parts.dedup();
    hashed(parts)
}

fn hashed(part: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    part.hash(&mut hasher);
    hasher.finish()
}
