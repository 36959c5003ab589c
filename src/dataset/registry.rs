//! A registry: the entries that ids stand for.

use std::collections::BTreeMap;

use crate::form::Kind;
use crate::form::shape::{Formed, Mapping};
use crate::form::{FormDefect, InvalidValue, Shape};
use crate::record::Reader;
use crate::schema::Codebook;
use crate::source::{FileId, Location, Spanned};
use crate::syntax::Node;
use crate::value;

/// The entries of a registry file, in its order.
#[derive(Clone, Debug)]
pub struct Registry<T> {
    /// Its file; `None` where the dataset has none.
    pub file: Option<FileId>,
    /// Whether text of the file was lost, so that an entry may be missing through no fault of
    /// whoever refers to it.
    pub damaged: bool,
    pub(super) entries: Vec<RegistryEntry<T>>,
    pub(super) positions: BTreeMap<Box<str>, usize>,
}

/// An entry and its id.
#[derive(Clone, Debug)]
pub struct RegistryEntry<T> {
    /// The id, and where it is written.
    pub id: Spanned<Box<str>>,
    /// What it stands for.
    pub entry: T,
}

impl<T> Default for Registry<T> {
    fn default() -> Self {
        Self { file: None, damaged: false, entries: Vec::new(), positions: BTreeMap::new() }
    }
}

impl<T> Registry<T> {
    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&RegistryEntry<T>> {
        Some(&self.entries[*self.positions.get(id)?])
    }

    /// The entries in the order of the file.
    pub fn entries(&self) -> &[RegistryEntry<T>] {
        &self.entries
    }

    /// The ids in the order of the file.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.id.value)
    }

    /// Where an entry's id is written.
    pub fn location(&self, entry: &RegistryEntry<T>) -> Option<Location> {
        Some(Location::new(self.file?, entry.id.span))
    }
}

impl<T: Formed<Codebook>> Registry<T> {
    /// Reads a registry from the root of its document.
    pub(super) fn read(root: Option<Node<'_>>, file: FileId, reader: &mut Reader<'_>) -> Self {
        let mut registry = Self { file: Some(file), ..Self::default() };
        let Some(root) = root else { return registry };
        registry.damaged = root.damaged();
        for (id, node) in reader
            .entries(root, Kind::MapOf(Box::new(Kind::Identifier), Box::new(Kind::Form(T::FORM))))
        {
            let id = Spanned::new(reader.name(id), id.span);
            if let Err(error) = value::Identifier::parse(&id.value) {
                let invalid = InvalidValue::id(&id.value, error);
                reader.report(id.span, FormDefect::InvalidValue(invalid));
            }
            match Mapping::<T>::read(node, reader).into_value() {
                Some(entry) => registry.push(id.map(Box::from), entry),
                None => registry.damaged = true,
            }
        }
        registry
    }

    fn push(&mut self, id: Spanned<Box<str>>, entry: T) {
        self.positions.insert(id.value.clone(), self.entries.len());
        self.entries.push(RegistryEntry { id, entry });
    }
}
