//! A document: an arena of nodes, a span on each.

use crate::source::Span;

/// One YAML document of a file.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    pub(super) root: Option<u32>,
    pub(super) nodes: Vec<NodeData>,
    /// The children of all collections, each collection's own side by side; those of a mapping
    /// alternate between keys and values.
    pub(super) children: Vec<u32>,
    /// The decoded text of the scalars whose text is not written literally in the file.
    pub(super) decoded: String,
}

/// A node of a document: a handle, cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document<'d>,
    index: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub enum Content<'d> {
    /// A piece of text; also stands where a value is empty, and where an alias was.
    Scalar(Scalar<'d>),
    /// Keys with values.
    Mapping(Mapping<'d>),
    /// Items in order.
    Sequence(Sequence<'d>),
}

/// A piece of text. An empty plain scalar means that nothing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar<'d> {
    /// The text, decoded: without quotes, escapes resolved, lines folded.
    pub text: &'d str,
    /// How it is written.
    pub style: Style,
}

/// The five ways to write a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'...'`
    SingleQuoted,
    /// `"..."`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// Keys with values, in the order of the file. No key stands twice: later ones were dropped.
#[derive(Clone, Copy, Debug)]
pub struct Mapping<'d>(Collection<'d>);

/// Items in order.
#[derive(Clone, Copy, Debug)]
pub struct Sequence<'d>(Collection<'d>);

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    /// The key, always a scalar.
    pub key: Node<'d>,
    /// The value; an empty plain scalar if none is written.
    pub value: Node<'d>,
}

#[derive(Clone, Copy, Debug)]
struct Collection<'d> {
    document: &'d Document<'d>,
    flow: bool,
    children: &'d [u32],
}

/// A node as it is stored: 20 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeData {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) flags: Flags,
    /// A scalar's text, in the file or in `decoded`; a collection's range of `children`.
    pub(super) first: u32,
    pub(super) last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar(Style),
    Mapping,
    Sequence,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags(u8);

impl Flags {
    /// A collection in brackets, or what stands in one.
    pub(super) const FLOW: Self = Self(1);
    pub(super) const DAMAGED: Self = Self(2);
    /// The text is in `decoded`.
    pub(super) const DECODED: Self = Self(4);
    /// A key whose entry is not read.
    pub(super) const DROPPED: Self = Self(8);

    pub(super) const fn has(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }

    pub(super) const fn set(&mut self, flag: Self) {
        self.0 |= flag.0;
    }
}

impl<'t> Document<'t> {
    /// A document of which nothing was read.
    pub(super) fn unread(text: &'t str, span: Span) -> Self {
        let (nodes, children, decoded) = (Vec::new(), Vec::new(), String::new());
        Self { text, span, root: None, nodes, children, decoded }
    }

    /// The node that is the whole document; `None` if nothing is written in it, or if it could
    /// not be read.
    pub fn root(&self) -> Option<Node<'_>> {
        Some(Node { document: self, index: self.root? })
    }

    /// From the document's `---`, or the end of the document before it, to its own end.
    pub fn span(&self) -> Span {
        self.span
    }

    pub(super) fn data(&self, index: u32) -> &NodeData {
        &self.nodes[index as usize]
    }

    /// The text of a node that is a scalar.
    pub(super) fn scalar_text(&self, data: &NodeData) -> &str {
        let text = if data.flags.has(Flags::DECODED) { &self.decoded } else { self.text };
        &text[data.first as usize..data.last as usize]
    }

    /// Whether two nodes say the same, however they are written.
    pub(super) fn is_equal(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.data(one), self.data(other));
        match (one.kind, other.kind) {
            _ if one.flags.has(Flags::DAMAGED) || other.flags.has(Flags::DAMAGED) => false,
            (Kind::Scalar(_), Kind::Scalar(_)) => self.scalar_text(one) == self.scalar_text(other),
            (Kind::Mapping, Kind::Mapping) | (Kind::Sequence, Kind::Sequence) => {
                let (these, those) = (self.children_of(one), self.children_of(other));
                let mut pairs = these.iter().zip(those);
                these.len() == those.len() && pairs.all(|(one, other)| self.is_equal(*one, *other))
            }
            _ => false,
        }
    }

    pub(super) fn children_of(&self, data: &NodeData) -> &[u32] {
        match data.kind {
            Kind::Scalar(_) => &[],
            Kind::Mapping | Kind::Sequence => {
                &self.children[data.first as usize..data.last as usize]
            }
        }
    }
}

impl<'d> Node<'d> {
    /// Where it is written, quotes, brackets and the `|` or `>` of a block included; a point
    /// after the key's `:` or the item's `-` if nothing is.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// Whether text of it was lost or is unsafe. Make no finding that rests on what is missing
    /// from a damaged collection, nor on the text of a damaged scalar.
    pub fn damaged(self) -> bool {
        self.data().flags.has(Flags::DAMAGED)
    }

    /// What it is.
    pub fn content(self) -> Content<'d> {
        let data = self.data();
        let collection = || Collection {
            document: self.document,
            flow: data.flags.has(Flags::FLOW),
            children: self.document.children_of(data),
        };
        match data.kind {
            Kind::Scalar(style) => {
                Content::Scalar(Scalar { text: self.document.scalar_text(data), style })
            }
            Kind::Mapping => Content::Mapping(Mapping(collection())),
            Kind::Sequence => Content::Sequence(Sequence(collection())),
        }
    }

    /// Whether it stands inside `[]` or `{}`, or is written in them.
    pub(super) fn in_brackets(self) -> bool {
        self.data().flags.has(Flags::FLOW)
    }

    /// The text as written.
    pub fn source(self) -> &'d str {
        &self.document.text[self.span().range()]
    }

    /// The text of the whole file, which its span is a stretch of.
    pub fn text(self) -> &'d str {
        self.document.text
    }

    fn data(self) -> &'d NodeData {
        self.document.data(self.index)
    }
}

impl Scalar<'_> {
    /// Whether nothing is written.
    pub fn is_absent(self) -> bool {
        self.text.is_empty() && self.style == Style::Plain
    }
}

impl<'d> Mapping<'d> {
    /// The entries, in order.
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry<'d>> {
        let Collection { document, children, .. } = self.0;
        children.as_chunks::<2>().0.iter().map(move |&[key, value]| Entry {
            key: Node { document, index: key },
            value: Node { document, index: value },
        })
    }

    /// The value of the key `key`.
    pub fn get(self, key: &str) -> Option<Node<'d>> {
        let found = self.entries().find(|entry| match entry.key.content() {
            Content::Scalar(scalar) => scalar.text == key,
            Content::Mapping(_) | Content::Sequence(_) => false,
        })?;
        Some(found.value)
    }

    /// Whether it is written in `{}`, or as a single `key: value` inside `[]`.
    pub fn flow(self) -> bool {
        self.0.flow
    }

    /// How many entries there are.
    pub fn len(self) -> usize {
        self.0.children.len() / 2
    }
}

impl<'d> Sequence<'d> {
    /// The items, in order.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'d>> {
        let Collection { document, children, .. } = self.0;
        children.iter().map(move |index| Node { document, index: *index })
    }

    /// Whether it is written in `[]`.
    pub fn flow(self) -> bool {
        self.0.flow
    }

    /// Whether there is no item.
    pub fn is_empty(self) -> bool {
        self.0.children.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_stored_in_twenty_bytes() {
        assert_eq!(size_of::<NodeData>(), 20);
    }
}
