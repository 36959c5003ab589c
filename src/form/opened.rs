//! A mapping that was opened by its form: the place and value of each key.

use super::flow_comma::Cut;
use super::found::scalar_text;
use super::{Context, Form, Found, Reader, Shape, Written};
use crate::source::Span;
use crate::spelling;
use crate::syntax::{Content, Entry, Insertion, Mapping, Node};

/// A mapping that was opened by its form: the place and value of each key.
#[derive(Clone, Debug)]
pub struct Opened<'d> {
    pub(super) node: Node<'d>,
    pub(super) form: &'static Form,
    /// Whether it has a key that the form does not have.
    pub(super) strange: bool,
    /// The form's keys in its order, then the extra keys in theirs.
    pub(super) values: Vec<Option<Field<'d>>>,
}

/// An entry whose key is not one of the form's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strange<'d> {
    pub(super) entry: Entry<'d>,
    /// The entry right before it, if that has no value.
    pub(super) before: Option<Entry<'d>>,
}

/// A key's place and its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'d> {
    pub(super) key: Span,
    pub(super) value: Node<'d>,
}

impl<'d> Opened<'d> {
    pub(super) fn empty(node: Node<'d>, form: &'static Form, extra: usize) -> Self {
        Self { node, form, strange: false, values: vec![None; form.keys.len() + extra] }
    }

    /// Assigns each entry to its key, and returns those with an unknown key. Entries that a comma
    /// cut off are skipped.
    pub(super) fn fill(
        &mut self,
        mapping: Mapping<'d>,
        extra: &[&str],
        cut: &[Cut<'d>],
    ) -> Vec<Strange<'d>> {
        let mut unknown = Vec::new();
        let mut empty = None;
        for entry in mapping.entries().filter(|entry| !is_lost(cut, entry)) {
            match self.position(scalar_text(entry.key), extra) {
                Some(position) => {
                    self.values[position] =
                        Some(Field { key: entry.key.span(), value: entry.value });
                    empty = Some(entry).filter(|entry| is_nothing(entry.value));
                }
                None => {
                    let before = empty.filter(|_| !is_nothing(entry.value));
                    unknown.push(Strange { entry, before });
                }
            }
        }
        unknown
    }

    pub(super) fn position(&self, name: &str, extra: &[&str]) -> Option<usize> {
        let core = self.form.position(name);
        core.or_else(|| Some(self.form.keys.len() + extra.iter().position(|key| *key == name)?))
    }

    pub(super) fn is_free(&self, position: usize) -> bool {
        self.values[position].is_none()
    }

    /// The key nearest to `written` among those that have no value yet.
    pub(super) fn closest_free<'k>(&self, written: &str, extra: &[&'k str]) -> Option<&'k str> {
        let names = self.form.keys.iter().map(|key| key.name).chain(extra.iter().copied());
        let free = names.zip(&self.values).filter(|(_, value)| value.is_none());
        spelling::closest(written, free.map(|(name, _)| name))
    }

    /// Its form.
    pub fn form(&self) -> &'static Form {
        self.form
    }

    /// The mapping itself.
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// The same mapping, read as if it lacked some keys.
    pub fn without(&self, keys: &[&str]) -> Self {
        let mut left = self.clone();
        for key in keys {
            if let Some(position) = self.form.position(key) {
                left.values[position] = None;
            }
        }
        left
    }

    /// Where the mapping stands.
    pub fn span(&self) -> Span {
        self.node.span()
    }

    /// Whether a key may seem to be missing although it was written: because text was lost, or
    /// because it is one of the unknown keys.
    pub fn incomplete(&self) -> bool {
        self.damaged() || self.strange
    }

    /// Whether text of the mapping was lost.
    pub fn damaged(&self) -> bool {
        self.node.damaged()
    }

    /// The value of a key, as a shape reads it.
    pub fn get<S: Shape<C>, C: Context>(
        &self,
        key: &str,
        reader: &mut Reader<'_, C>,
    ) -> Written<S::Value> {
        self.node_of(key).map_or(Written::Absent, |node| S::read(node, reader))
    }

    /// Where another entry can be inserted after that of a key.
    pub fn place_after(&self, key: &str) -> Option<Insertion> {
        self.node.place_after(self.node_of(key)?)
    }

    /// The node of a key, unread.
    pub fn node_of(&self, key: &str) -> Option<Node<'d>> {
        Some(self.field_of(key)?.value)
    }

    /// Where a key is written, if it is.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        Some(self.field_of(key)?.key)
    }

    fn field_of(&self, key: &str) -> Option<Field<'d>> {
        let position = self.form.position(key);
        debug_assert!(position.is_some(), "`{key}` is no key of {}", self.form.name);
        self.values[position?]
    }

    /// The extra keys that are there: position in the list given to [`Reader::open`], and value.
    pub fn extra(&self) -> impl Iterator<Item = (usize, Node<'d>)> + '_ {
        let fields = self.values[self.form.keys.len()..].iter().enumerate();
        fields.filter_map(|(position, field)| Some((position, field.as_ref()?.value)))
    }
}

/// Whether nothing is written for a key.
fn is_nothing(value: Node<'_>) -> bool {
    let is_blank =
        matches!(value.content(), Content::Scalar(scalar) if scalar.text.trim_start().is_empty());
    is_blank && Found::at(value) == Found::Nothing
}

/// Whether an entry is the rest of a text that a comma cut off.
pub(super) fn is_lost(cut: &[Cut<'_>], entry: &Entry<'_>) -> bool {
    cut.iter().any(|cut| cut.loses(entry.key.span()))
}
