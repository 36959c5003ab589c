//! Publishers: who published each source, and whose word that is.

use std::collections::{BTreeMap, HashMap};

use super::registry::{Registry, RegistryEntry};
use super::same_page;
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
#[derive(Debug)]
pub(super) struct Publishers {
    all: Vec<Publisher>,
    /// The publishers of each source, by its position.
    of_sources: Vec<OfSource>,
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
    pub(super) fn of(actors: &Registry<Actor>, sources: &Registry<SourceEntry>) -> Self {
        let named = actors_by_name(actors);
        let shared = same_page::publishers(sources);
        let (mut all, mut known) = (Vec::new(), HashMap::new());
        let mut position = |name: &str| {
            let next = u32::try_from(all.len()).unwrap_or(u32::MAX);
            if let Some(at) = known.get(name) {
                return *at;
            }
            let key = name_key(name);
            let actor = named.get(&key).copied();
            all.push(Publisher { name: name.into(), key: key.into(), actor });
            known.insert(Box::<str>::from(name), next);
            next
        };
        let of_source = |source: &RegistryEntry<SourceEntry>| {
            let own = source.entry.publisher.as_deref().map(&mut position);
            let shared = shared.get(&source.id.value);
            OfSource { own, counted: shared.map(|name| position(name)).or(own) }
        };
        let of_sources = sources.entries().iter().chain(sources.implied()).map(of_source).collect();
        Self { all, of_sources }
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
