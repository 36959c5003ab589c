//! Files with something changed in them.

use crate::emit::json_schema::FileKind;
use crate::record::{Claim, Event};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::yaml::{Node, parse};

/// A change at some place of a document.
#[derive(Clone, Debug)]
enum Change {
    Replace(Node),
    Remove(Index),
    Rename(Index, String),
    Add(String, Node),
    PutInList,
    PutInMapping(String),
    /// What stands elsewhere in a file.
    Transplant(usize, Index),
}

/// A kind of file, and the text of one with some changes.
pub(super) fn changed(
    files: &'static [(FileKind, &'static str)],
) -> impl Strategy<Value = (FileKind, String)> {
    let change = (any::<Index>(), change(files.len()));
    (0..files.len(), prop::collection::vec(change, 0..3)).prop_map(|(at, changes)| {
        let roots: Vec<_> = files.iter().map(|(_, text)| root(text)).collect();
        let mut root = roots[at].clone();
        for (place, change) in changes {
            // The root itself stays a mapping.
            let nodes = count(&root);
            if nodes > 1 {
                let place = 1 + place.index(nodes - 1);
                apply(nth(&mut root, place).unwrap(), change, &roots);
            }
        }
        (files[at].0, root.text())
    })
}

fn root(text: &str) -> Node {
    parse(text).unwrap().remove(0)
}

fn change(files: usize) -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => value().prop_map(Change::Replace),
        2 => any::<Index>().prop_map(Change::Remove),
        2 => (any::<Index>(), key()).prop_map(|(at, key)| Change::Rename(at, key)),
        2 => (key(), value()).prop_map(|(key, value)| Change::Add(key, value)),
        1 => Just(Change::PutInList),
        1 => key().prop_map(Change::PutInMapping),
        3 => (0..files, any::<Index>()).prop_map(|(file, at)| Change::Transplant(file, at)),
    ]
}

fn key() -> impl Strategy<Value = String> {
    let core = Event::FORM.keys.iter().chain(Claim::FORM.keys).map(|key| key.name);
    let others = "certianty low high code place name valid an_integer some_codes a_field a_pattern event 010 \
        Foo ISRMIL";
    let others = others.split_whitespace().chain(["", "Foo Bar"]);
    select(core.chain(others).map(str::to_owned).collect::<Vec<_>>())
}

/// Scalars that are values of some type, nearly so, or what YAML readers differ on.
const WORDS: &str = "~ null true True false yes NO 0 -1 3 010 +5 1_000 1,000 2019 -0333 20191 1.0 \
    1.5 -0.0 5. 1e3 0x1F 0o17 .inf 2019-08-20 2019-8-20 2019-08-20~ 2019-08/.. \
    [2019-08-19..2019-08-21] 201X 2019-02-30 17:45 17:45~ 17:30/18:00 5:45 25:00 0..5 5..0 1.. ..30 \
    .. 3-5 90.5 -180 33,5 33°12'N UNK ISR ISRMIL ISRM ASSAULT ASSUALT confirmed Confirmed near GOV A \
    same-series plover pmf al-Anbār بلد event date actor an_integer organisation draft error \
    unknown-code finer-than-evidence 190 10 text code 99999999999 9223372036854775808";

fn value() -> impl Strategy<Value = Node> {
    let texts = WORDS.split(' ').chain(["", " x ", "some words", "Foo Bar", "20 August 2019"]);
    let scalar = (select(texts.collect::<Vec<_>>()), any::<bool>())
        .prop_map(|(text, plain)| Node::Scalar(text.to_owned(), plain));
    scalar.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Node::List),
            prop::collection::vec((key(), inner), 0..3).prop_map(Node::Mapping),
        ]
    })
}

fn apply(node: &mut Node, change: Change, roots: &[Node]) {
    match change {
        Change::Replace(value) => *node = value,
        Change::PutInList => *node = Node::List(vec![node.clone()]),
        Change::PutInMapping(key) => *node = Node::Mapping(vec![(key, node.clone())]),
        Change::Transplant(file, at) => {
            let mut donor = roots[file].clone();
            let at = at.index(count(&donor));
            *node = nth(&mut donor, at).unwrap().clone();
        }
        Change::Remove(at) => match node {
            Node::List(items) if !items.is_empty() => {
                items.remove(at.index(items.len()));
            }
            Node::Mapping(entries) if !entries.is_empty() => {
                entries.remove(at.index(entries.len()));
            }
            _ => {}
        },
        Change::Rename(at, key) => {
            if let Node::Mapping(entries) = node
                && !entries.is_empty()
            {
                let at = at.index(entries.len());
                entries[at].0 = key;
            }
        }
        Change::Add(key, value) => match node {
            Node::Mapping(entries) => entries.push((key, value)),
            Node::List(items) => items.push(value),
            Node::Scalar(..) => *node = value,
        },
    }
}

fn children(node: &Node) -> Vec<&Node> {
    match node {
        Node::Scalar(..) => Vec::new(),
        Node::List(items) => items.iter().collect(),
        Node::Mapping(entries) => entries.iter().map(|(_, value)| value).collect(),
    }
}

fn count(node: &Node) -> usize {
    1 + children(node).into_iter().map(count).sum::<usize>()
}

/// The node of a number, counted from the root, which is 0.
fn nth(node: &mut Node, mut number: usize) -> Option<&mut Node> {
    if number == 0 {
        return Some(node);
    }
    number -= 1;
    let children: Vec<&mut Node> = match node {
        Node::Scalar(..) => Vec::new(),
        Node::List(items) => items.iter_mut().collect(),
        Node::Mapping(entries) => entries.iter_mut().map(|(_, value)| value).collect(),
    };
    for child in children {
        let size = count(child);
        if number < size {
            return nth(child, number);
        }
        number -= size;
    }
    None
}
