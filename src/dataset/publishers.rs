//! Publishers: who published each source, and whose word that is.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::registry::{Registry, RegistryEntry};
use super::same_page::{self, Sites, has_only_host};
use crate::record::{Actor, SourceEntry};
use crate::value::name_key;

/// A publisher, as sources name it.
#[derive(Debug)]
pub struct Publisher {
    /// Its name, as written.
    pub name: Box<str>,
    /// The key of its name: two spellings of one publisher have one.
    pub key: Box<str>,
    /// The position of the actor whose name it has.
    pub(super) actor: Option<usize>,
}

/// The publishers of the sources of a registry. Every claim asks for them, so each name is compared
/// once, and a source knows its publishers by their positions.
#[derive(Debug, Default)]
pub(super) struct Publishers {
    all: Vec<Publisher>,
    /// The position of each, by its name as written.
    positions: HashMap<Box<str>, u32>,
    /// The position of the first actor with each name, by its key.
    actors: BTreeMap<String, usize>,
    /// The publishers of each source, by its position.
    of_sources: Vec<OfSource>,
    sites: OnceLock<Sites>,
}

/// The positions of a source's publishers.
#[derive(Clone, Copy, Debug)]
struct OfSource {
    /// The one that it names.
    own: Option<u32>,
    /// The one that it counts as.
    counted: Option<u32>,
}

impl Publishers {
    /// Those of the entries of a registry, and of the pages that it implies.
    pub(super) fn of(actors: &Registry<Actor>, sources: &Registry<SourceEntry>) -> Self {
        let mut publishers = Self { actors: actors_by_name(actors), ..Self::default() };
        let shared = same_page::publishers(sources);
        for source in sources.entries() {
            publishers.add(source, shared.get(&source.id.value).map(|name| &**name), sources);
        }
        publishers.imply(sources);
        publishers
    }

    /// Takes in the pages that a registry implies now. The publishers of its entries stay as they were.
    pub(super) fn imply(&mut self, sources: &Registry<SourceEntry>) {
        self.of_sources.truncate(sources.entries().len());
        sources.implied().for_each(|page| self.add(page, None, sources));
    }

    /// Adds those of the next source. A page of which only the host tells counts as the publisher that the other sources
    /// of its site name, if that is one, and else as its site.
    fn add(
        &mut self,
        source: &RegistryEntry<SourceEntry>,
        shared: Option<&str>,
        sources: &Registry<SourceEntry>,
    ) {
        let own = source.entry.publisher.as_deref().map(|name| self.position(name));
        let of_site = || {
            let is_nameless = shared.is_none() && has_only_host(source);
            is_nameless.then(|| self.sites.get_or_init(|| Sites::of(sources)).publisher(source))?
        };
        let counted = match shared {
            Some(name) => Some(self.position(name)),
            None => of_site().map(|name| self.position(&name)).or(own),
        };
        self.of_sources.push(OfSource { own, counted });
    }

    fn position(&mut self, name: &str) -> u32 {
        if let Some(at) = self.positions.get(name) {
            return *at;
        }
        let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let key = name_key(name);
        let actor = self.actors.get(&key).copied();
        self.all.push(Publisher { name: name.into(), key: key.into(), actor });
        self.positions.insert(name.into(), at);
        at
    }

    /// The publisher that a source names.
    pub(super) fn own(&self, source: &RegistryEntry<SourceEntry>) -> Option<&Publisher> {
        self.at(self.of_sources.get(source.position)?.own)
    }

    /// The publisher that a source counts as.
    pub(super) fn counted(&self, source: &RegistryEntry<SourceEntry>) -> Option<&Publisher> {
        self.at(self.of_sources.get(source.position)?.counted)
    }

    fn at(&self, position: Option<u32>) -> Option<&Publisher> {
        self.all.get(position? as usize)
    }
}

/// The position of the first actor with each name, by its key.
fn actors_by_name(actors: &Registry<Actor>) -> BTreeMap<String, usize> {
    let mut named = BTreeMap::new();
    for (position, actor) in actors.entries().iter().enumerate() {
        for name in actor.entry.aliases.iter().chain([&actor.entry.name]) {
            named.entry(name_key(name)).or_insert(position);
        }
    }
    named
}
