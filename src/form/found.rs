//! What stands where a value is expected.

use crate::syntax::{Content, Node, Scalar, Style};

/// What stood where something else was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or an empty text.
    Nothing,
    /// Nothing but a comment, which was probably meant as text.
    Comment,
    /// A text, number or other scalar, on one line.
    Scalar,
    /// A text that ends with a `]` and has no `[`.
    ListEnd,
    /// An item without the space after its `-`, which makes a text or key of it.
    GluedItem,
    /// A text over several lines.
    Block,
    /// A list.
    List,
    /// A list without items.
    EmptyList,
    /// A mapping.
    Mapping,
}

impl Found {
    /// What stands at a node.
    pub(super) fn at(node: Node<'_>) -> Self {
        match node.content() {
            Content::Scalar(scalar) if scalar.is_absent() && node.truncation().is_some() => {
                Self::Comment
            }
            Content::Scalar(scalar) if scalar.text.trim().is_empty() => Self::Nothing,
            Content::Scalar(_) if is_glued_item(node) => Self::GluedItem,
            Content::Scalar(_) if node.source().contains('\n') => Self::Block,
            Content::Scalar(Scalar { text, style: Style::Plain })
                if text.ends_with(']') && !text.contains('[') =>
            {
                Self::ListEnd
            }
            Content::Scalar(_) => Self::Scalar,
            Content::Mapping(mapping)
                if mapping.entries().next().is_some_and(|entry| is_glued_item(entry.key)) =>
            {
                Self::GluedItem
            }
            Content::Mapping(_) => Self::Mapping,
            Content::Sequence(items) if items.is_empty() => Self::EmptyList,
            Content::Sequence(_) => Self::List,
        }
    }
}

/// Whether a text without quotes begins like an item that lacks the space after its `-`.
fn is_glued_item(node: Node<'_>) -> bool {
    let mut characters = node.source().chars();
    characters.next() == Some('-')
        && characters.next().is_some_and(|c| c.is_alphabetic() || "[{\"'".contains(c))
}

/// The decoded text of a scalar node; empty for other nodes.
pub(super) fn scalar_text(node: Node<'_>) -> &str {
    match node.content() {
        Content::Scalar(scalar) => scalar.text,
        Content::Mapping(_) | Content::Sequence(_) => "",
    }
}
