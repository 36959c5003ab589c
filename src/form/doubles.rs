//! Values that stand twice in one list.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Context, FormDefect, Reader};
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Entry, Mapping, Node};

/// What tells an item of a list from the others, and where that is written.
pub type Identity<'i> = Spanned<Cow<'i, str>>;

impl<C: Context> Reader<'_, C> {
    /// Where each item of a list is written that is kept: the first of several equal ones. Reports a
    /// repeated value once, however often it is repeated.
    pub fn distinct<'i>(&mut self, items: impl Iterator<Item = Identity<'i>>) -> Vec<Option<Span>> {
        let items: Vec<_> = items.collect();
        let mut places: Vec<_> = items.iter().map(|item| Some(item.span)).collect();
        if all_differ(&items, |one, other| one.value != other.value) {
            return places;
        }
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

    /// As [`distinct`](Self::distinct), of nodes that are told from one another by what they say.
    pub fn distinct_nodes(&mut self, nodes: &[Node<'_>]) -> Vec<Option<Span>> {
        if all_differ(nodes, |one, other| surely_differ(*one, *other)) {
            return nodes.iter().map(|node| Some(node.span())).collect();
        }
        self.distinct(nodes.iter().map(|node| identity(*node)))
    }
}

/// Items of a list that are compared one with the other: to sort them would cost more.
const FEW: usize = 8;

/// Whether no two of a few items are the same; `false` also where there are more.
fn all_differ<T>(items: &[T], differ: impl Fn(&T, &T) -> bool) -> bool {
    let is_new = |(at, item): (usize, &T)| items[..at].iter().all(|before| differ(before, item));
    items.len() <= FEW && items.iter().enumerate().all(is_new)
}

/// Whether two mappings surely have different identities: one has an entry of two texts that the
/// other lacks.
fn surely_differ(one: Node<'_>, other: Node<'_>) -> bool {
    let (Content::Mapping(one), Content::Mapping(other)) = (one.content(), other.content()) else {
        return false;
    };
    let lacks = |one: Mapping<'_>, other: Mapping<'_>| {
        let mut entries = one.entries().filter_map(texts);
        entries.any(|entry| other.entries().filter_map(texts).all(|of_other| of_other != entry))
    };
    one.len().max(other.len()) <= FEW && (lacks(one, other) || lacks(other, one))
}

/// What an entry says, if both sides of it are texts.
fn texts(entry: Entry<'_>) -> Option<[&str; 2]> {
    match (entry.key.content(), entry.value.content()) {
        (Content::Scalar(key), Content::Scalar(value)) => {
            Some([key.text.trim(), value.text.trim()])
        }
        _ => None,
    }
}

/// Separates the parts of an identity that has several.
pub const MARK: char = '\u{1f}';

/// The identity of an item by its text. Quotes, and the order of keys and of list items, do not
/// count.
pub(super) fn identity(node: Node<'_>) -> Identity<'_> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::parse;

    /// Some mapping on one line, of keys and values that are often those of another one.
    fn mapping() -> impl Strategy<Value = String> {
        let value = "[a-b]{0,2}|' a '|\\[a, b\\]|\\[b, a, a\\]|\\{a: b\\}";
        prop::collection::vec(("[a-c]|' a '|[0-9]", value), 0..6).prop_map(|entries| {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {value}"));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        })
    }

    proptest! {
        #[test]
        fn nodes_that_surely_differ_have_other_identities(one in mapping(), other in mapping()) {
            let text = format!("- {one}\n- {other}\n");
            let stream = parse(&text);
            let Content::Sequence(items) = stream.documents[0].root().unwrap().content() else {
                panic!("{text}");
            };
            let items: Vec<_> = items.items().collect();
            if surely_differ(items[0], items[1]) {
                prop_assert_ne!(identity(items[0]).value, identity(items[1]).value, "{}", text);
            }
        }
    }
}
