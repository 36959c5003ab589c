//! A registry: the entries that ids stand for.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::form::{FileDefects, InvalidValue, Kind, Shape};
use crate::record::{Actor, Reader, RecordDefect};
use crate::schema::Codebook;
use crate::source::{FileId, Location, SourceText, Span, Spanned};
use crate::spelling::{Index, fold};
use crate::syntax::{self, Node};
use crate::value::{self, name_key};

/// The entries of one file or of a folder of files, in the order of the paths and then of the file.
#[derive(Debug)]
pub struct Registry<T> {
    /// Its files.
    pub files: Vec<FileId>,
    /// The paths of its files that were read.
    paths: Vec<Box<str>>,
    /// The path of its file where it has none yet.
    first_path: Box<str>,
    /// Whether text of a file was lost, so that an entry that seems missing may exist after all.
    pub damaged: bool,
    /// The entries whose id an entry of an earlier file has.
    pub repeated: Vec<RegistryEntry<T>>,
    entries: Vec<RegistryEntry<T>>,
    /// What a record names without an entry, by name: a page by its address.
    implied: Vec<RegistryEntry<T>>,
    /// Where the entry of each id stands; what is implied stands behind all entries.
    positions: HashMap<Box<str>, usize, RandomState>,
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
    /// The file that it stands in.
    pub file: FileId,
    /// The id, and where it is written.
    pub id: Spanned<Box<str>>,
    /// What it stands for.
    pub entry: T,
    /// A digest of its text without its id.
    pub body: u64,
    /// Its position in the registry, once it stands there.
    pub(super) position: usize,
}

impl<T> RegistryEntry<T> {
    /// Where its id is written.
    pub fn location(&self) -> Location {
        self.at(self.id.span)
    }

    /// The place of a part of it.
    pub const fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }
}

impl<T> Registry<T> {
    /// A registry without entries: `damaged` if there are some that could not be read.
    pub(super) fn empty(first_path: &str, damaged: bool) -> Self {
        Self {
            files: Vec::new(),
            paths: Vec::new(),
            first_path: first_path.into(),
            damaged,
            repeated: Vec::new(),
            entries: Vec::new(),
            implied: Vec::new(),
            positions: HashMap::default(),
            index: OnceLock::new(),
            named: OnceLock::new(),
            folded: OnceLock::new(),
        }
    }

    /// The same registry without its entries.
    pub(super) fn without_entries(&self) -> Self {
        Self::empty(&self.first_path, self.damaged)
    }

    /// Adds an entry, unless an earlier one has its id.
    pub(super) fn push(&mut self, entry: RegistryEntry<T>) {
        if self.positions.contains_key(&entry.id.value) {
            return self.repeated.push(entry);
        }
        let position = self.entries.len();
        self.positions.insert(entry.id.value.clone(), position);
        self.entries.push(RegistryEntry { position, ..entry });
    }

    /// The entry of an id, or what is implied by that name.
    pub fn get(&self, id: &str) -> Option<&RegistryEntry<T>> {
        let position = *self.positions.get(id)?;
        self.entries.get(position).or_else(|| self.implied.get(position - self.entries.len()))
    }

    /// What records name without an entry, by name.
    pub fn implied(&self) -> impl Iterator<Item = &RegistryEntry<T>> {
        self.implied.iter()
    }

    /// Adds what records name without an entry, once all entries are known. All that is implied stands in the order
    /// of the names.
    pub(super) fn imply(
        &mut self,
        named: impl IntoIterator<Item = (FileId, Spanned<Box<str>>, T)>,
    ) {
        let entry = |(file, id, entry)| RegistryEntry { file, id, entry, body: 0, position: 0 };
        self.implied.extend(named.into_iter().map(entry));
        self.implied.sort_by(|one, other| one.id.value.cmp(&other.id.value));
        let entries = self.entries.len();
        for (position, implied) in (entries..).zip(&mut self.implied) {
            implied.position = position;
            let known = self.positions.entry(implied.id.value.clone()).or_insert(position);
            // An entry goes before a page.
            *known = if *known < entries { *known } else { position };
        }
    }

    /// The entries, to be changed.
    pub(super) fn entries_mut(&mut self) -> &mut [RegistryEntry<T>] {
        &mut self.entries
    }

    /// The path of the file that a new entry goes to: the last one, or the last that is named for the
    /// year of its date, such as `sources/2019.yaml`.
    pub fn path_for(&self, date: Option<&str>) -> &str {
        let year = date.and_then(|date| date.get(..4));
        let stem = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.split('.').next().unwrap_or(name).to_owned()
        };
        let of_year = self.paths.iter().rfind(|path| year.is_some_and(|year| stem(path) == year));
        of_year.or(self.paths.last()).unwrap_or(&self.first_path)
    }

    /// The entries in their order.
    pub fn entries(&self) -> &[RegistryEntry<T>] {
        &self.entries
    }

    /// The ids in the order of the entries.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.id.value)
    }

    /// The position of the entry of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied().filter(|position| *position < self.entries.len())
    }

    /// The ids that may be near a written one, in the order of the entries. See [`Index::near`].
    pub fn near(&self, written: &str) -> impl Iterator<Item = &str> {
        let index = self.index.get_or_init(|| Index::new(self.ids()));
        index.near(written).into_iter().map(|at| &*self.entries[at].id.value)
    }

    /// Whether more misspelled ids were looked up in it than the limit allows.
    pub fn is_searched_out(&self) -> bool {
        self.index.get().is_some_and(Index::is_spent)
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
    /// Reads a file of a registry, and what is wrong with it.
    pub(super) fn of_file(
        source: &SourceText,
        (file, path): (FileId, &str),
        codebook: &Codebook,
    ) -> (Option<Self>, FileDefects<RecordDefect>) {
        let stream = syntax::parse_source(source);
        let mut reader = Reader::new(codebook);
        let root = reader.only_root(&stream);
        let is_lost = root.is_none() && !stream.defects.is_empty();
        let mut registry = Self::read(root, (file, path), &mut reader);
        registry.damaged |= is_lost;
        (Some(registry), reader.finish(file, &stream))
    }

    fn read(root: Option<Node<'_>>, (file, path): (FileId, &str), reader: &mut Reader<'_>) -> Self {
        let mut registry = Self::empty(path, root.is_some_and(|root| root.damaged()));
        registry.files.push(file);
        registry.paths.push(path.into());
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
                    registry.push(RegistryEntry {
                        file,
                        id: id.map(Box::from),
                        entry,
                        body,
                        position: usize::MAX,
                    });
                }
                None => registry.damaged = true,
            }
        }
        registry
    }

    /// Gives back the room that was made for more entries. A doubled vector may be half empty, and this one stays.
    pub(super) fn shrink_to_fit(&mut self) {
        self.entries.shrink_to_fit();
    }

    /// Adds what was read from another file.
    pub(super) fn add(&mut self, file: Self) {
        if self.paths.is_empty() && self.entries.is_empty() {
            let (first_path, damaged) =
                (std::mem::take(&mut self.first_path), self.damaged | file.damaged);
            *self = Self { first_path, damaged, repeated: Vec::new(), ..file };
            return;
        }
        self.files.extend(file.files);
        self.paths.extend(file.paths);
        self.damaged |= file.damaged;
        file.entries.into_iter().for_each(|entry| self.push(entry));
    }
}

impl<T: Serialize + DeserializeOwned> Registry<T> {
    /// What a later run may know of its files: all that stands in them, unless there is more than its entries.
    pub(super) fn known(&self) -> Vec<(FileId, Vec<u8>)> {
        // An id that is an address is wrong, and would be taken for a page where another entry is called by it.
        let is_address = |entry: &RegistryEntry<T>| entry.id.value.contains("://");
        if self.damaged || !self.repeated.is_empty() || self.entries.iter().any(is_address) {
            return Vec::new();
        }
        let of_files = self.entries.chunk_by(|one, next| one.file == next.file);
        let known = |entries: &[RegistryEntry<T>]| {
            let all = entries.iter().map(|of| (&of.id, &of.entry, of.body));
            Some((entries[0].file, postcard::to_stdvec(&all.collect::<Vec<_>>()).ok()?))
        };
        of_files.filter_map(known).collect()
    }

    /// A file of it that an earlier run knew.
    pub(super) fn of_known(bytes: &[u8], (file, path): (FileId, &str)) -> Option<Self> {
        let entries: Vec<(Spanned<Box<str>>, T, u64)> = postcard::from_bytes(bytes).ok()?;
        let mut registry = Self::empty(path, false);
        registry.files.push(file);
        registry.paths.push(path.into());
        registry.entries.reserve_exact(entries.len());
        for (id, entry, body) in entries {
            registry.push(RegistryEntry { file, id, entry, body, position: usize::MAX });
        }
        Some(registry)
    }
}

/// A digest of texts, for comparisons within runs of one program.
pub(super) fn digest(parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}
