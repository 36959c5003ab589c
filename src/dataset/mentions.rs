//! What the records of a shard mention that only those of all shards together judge.

use crate::record::{Redaction, Referent};
use crate::source::{FileId, LineCount, Location};
use crate::value::{look_alike_key, name_key};

/// What the records of a shard mention: what must be known of all shards to tell which entries of the registries
/// nothing refers to, and which claimants are spelled in two ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// The entries of the registries whose ids fall in the shard, and those that its records use.
    pub entries: Vec<EntryMention>,
    /// Who says something and is no actor; and the names of actors and publishers that fall in the shard.
    pub names: Vec<NameMention>,
}

/// An entry of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryMention {
    /// What it is, and its id; `None` stands for a name that may be a slip for any entry.
    pub entry: Option<(Referent, Box<str>)>,
    /// Whether something refers to it, as far as is seen.
    pub is_used: bool,
    /// Where it stands, if it falls in the shard.
    pub place: Option<MentionPlace>,
}

/// A name that claimants are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMention {
    /// The name, as written.
    pub name: Box<str>,
    /// The name as names are compared.
    pub key: String,
    /// What the name looks like: names with equal keys look alike.
    pub look: String,
    /// Its position, among the claimants or among the names of actors and publishers.
    pub position: usize,
    /// The id of the event, and where a claimant of it is first written in the shard; `None` for the name of an actor or
    /// publisher.
    pub claimant: Option<(Box<str>, MentionPlace)>,
}

/// A place, and its line once that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MentionPlace {
    /// The place.
    pub location: Location,
    /// The line, from 1.
    pub line: u32,
}

impl From<Location> for MentionPlace {
    fn from(location: Location) -> Self {
        Self { location, line: 0 }
    }
}

impl NameMention {
    /// A name.
    pub fn new(name: &str, position: usize, claimant: Option<(Box<str>, Location)>) -> Self {
        let claimant = claimant.map(|(event, location)| (event, location.into()));
        let (key, look) = (name_key(name), look_alike_key(name));
        Self { name: name.into(), key, look, position, claimant }
    }
}

impl Mentions {
    /// Finds the lines of all places, each file read once.
    pub fn find_lines(&mut self, text_of: &dyn Fn(FileId) -> Option<String>) {
        let of_entries = self.entries.iter_mut().filter_map(|entry| entry.place.as_mut());
        let claimants = self.names.iter_mut().filter_map(|name| name.claimant.as_mut());
        let mut places: Vec<_> = of_entries.chain(claimants.map(|(_, place)| place)).collect();
        places.sort_by_key(|place| place.location);
        let is_of_one_file = |one: &&mut MentionPlace, next: &&mut MentionPlace| {
            one.location.file == next.location.file
        };
        for of_file in places.chunk_by_mut(is_of_one_file) {
            let text = of_file.first().and_then(|place| text_of(place.location.file));
            let (text, mut lines) = (text.unwrap_or_default(), LineCount::default());
            for place in of_file {
                place.line = lines.line(&text, place.location.span.start);
            }
        }
    }

    /// It without what is restricted.
    pub(super) fn published(&self, restricted: &Redaction) -> Self {
        let is_open = |entry: &&EntryMention| match &entry.entry {
            Some((Referent::Actor, id)) => !restricted.actors.contains_key(id),
            Some((Referent::Place, id)) => !restricted.places.contains_key(id),
            Some((_, id)) => !restricted.sources.contains_key(id),
            None => true,
        };
        let is_open_name = |name: &&NameMention| !restricted.claimants.contains_key(&name.key);
        Self {
            entries: self.entries.iter().filter(is_open).cloned().collect(),
            names: self.names.iter().filter(is_open_name).cloned().collect(),
        }
    }
}
