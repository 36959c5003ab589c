//! A registry: the entries that ids stand for.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use crate::form::{InvalidValue, Kind, Shape};
use crate::record::{Actor, Reader};
use crate::schema::Codebook;
use crate::source::{FileId, Location, Spanned};
use crate::spelling::{Index, fold};
use crate::syntax::Node;
use crate::value::{self, name_key};

/// The entries of a registry file, in its order.
#[derive(Debug)]
pub struct Registry<T> {
    /// Its file; `None` where the dataset has none.
    pub file: Option<FileId>,
    /// Whether text of the file was lost, so that an entry that seems missing may exist after all.
    pub damaged: bool,
    entries: Vec<RegistryEntry<T>>,
    positions: BTreeMap<Box<str>, usize>,
    /// The ids, indexed when first searched.
    index: OnceLock<Index>,
    /// The first entry of each name, as names are compared; built when first needed.
    named: OnceLock<BTreeMap<String, usize>>,
    /// The first entry of each id, as ids are compared; built when first needed.
    folded: OnceLock<BTreeMap<String, usize>>,
}

/// An entry and its id.
#[derive(Clone, Debug)]
pub struct RegistryEntry<T> {
    /// The id, and where it is written.
    pub id: Spanned<Box<str>>,
    /// What it stands for.
    pub entry: T,
    /// A digest of its text without its id.
    pub body: u64,
}

impl<T> Registry<T> {
    /// A registry without entries: `damaged` if there are some that could not be read.
    pub(super) fn empty(file: Option<FileId>, damaged: bool) -> Self {
        Self {
            file,
            damaged,
            entries: Vec::new(),
            positions: BTreeMap::new(),
            index: OnceLock::new(),
            named: OnceLock::new(),
            folded: OnceLock::new(),
        }
    }

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

    /// The position of the entry of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The ids that may be near a written one, in the order of the file. See [`Index::near`].
    pub fn near(&self, written: &str) -> impl Iterator<Item = &str> {
        let index = self.index.get_or_init(|| Index::new(self.ids()));
        index.near(written).into_iter().map(|at| &*self.entries[at].id.value)
    }

    /// Whether more misspelled ids were looked up in it than the limit allows.
    pub fn is_searched_out(&self) -> bool {
        self.index.get().is_some_and(Index::is_spent)
    }

    /// Where an entry's id is written.
    pub fn location(&self, entry: &RegistryEntry<T>) -> Option<Location> {
        Some(Location::new(self.file?, entry.id.span))
    }
}

impl Registry<Actor> {
    /// The first actor with a name, or with an id that differs only in case and separators.
    pub fn named(&self, written: &str) -> Option<&RegistryEntry<Actor>> {
        let named =
            self.named.get_or_init(|| {
                first_of(self.entries.iter().enumerate().flat_map(|(at, actor)| {
                    actor.entry.names().map(move |name| (name_key(name), at))
                }))
            });
        let ids = self.ids().enumerate().map(|(at, id)| (fold(id), at));
        let folded = self.folded.get_or_init(|| first_of(ids));
        let by_name = named.get(&name_key(written));
        let by_id = folded.get(&fold(written));
        by_name.into_iter().chain(by_id).min().map(|at| &self.entries[*at])
    }
}

fn first_of(names: impl Iterator<Item = (String, usize)>) -> BTreeMap<String, usize> {
    let mut first = BTreeMap::new();
    for (name, at) in names {
        first.entry(name).or_insert(at);
    }
    first
}

impl<T: Shape<Codebook, Value = T>> Registry<T> {
    /// Reads a registry from the root of its document.
    pub(super) fn read(root: Option<Node<'_>>, file: FileId, reader: &mut Reader<'_>) -> Self {
        let mut registry = Self::empty(Some(file), root.is_some_and(|root| root.damaged()));
        let Some(root) = root else { return registry };
        let entries = Kind::MapOf(Box::new(Kind::Identifier), Box::new(T::kind()));
        for (id, node) in reader.entries(root, entries) {
            let id = Spanned::new(reader.name(id), id.span);
            if let Err(error) = value::Identifier::parse(&id.value) {
                let invalid = InvalidValue::id(&id.value, error);
                reader.report(id.span, invalid);
            }
            match T::read(node, reader).into_value() {
                Some(entry) => {
                    let body = digest(&[node.source()]);
                    registry.push(RegistryEntry { id: id.map(Box::from), entry, body });
                }
                None => registry.damaged = true,
            }
        }
        registry
    }

    fn push(&mut self, entry: RegistryEntry<T>) {
        self.positions.insert(entry.id.value.clone(), self.entries.len());
        self.entries.push(entry);
    }
}

/// A digest of texts, for comparisons within one run.
pub(super) fn digest(parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}
