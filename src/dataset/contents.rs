//! What a dataset holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::event_summary::{EventSummary, FiledEvent};
use super::membership::Memberships;
use super::mentions::Mentions;
use super::publishers::{Publisher, Publishers};
use super::records::Records;
use super::registry::{Registry, RegistryEntry};
use super::shard::Shard;
use crate::form::FileDefects;
use crate::record::{
    Actor, DatasetFile, Event, FieldValues, LevelOf, Place, RecordDefect, SourceEntry,
};
use crate::schema::{Code, FieldOn};
use crate::source::{FileId, Location, ReadError, Span};
use crate::spelling::Index;

/// A dataset, read.
#[derive(Debug)]
pub struct Dataset {
    /// The name of its folder.
    pub name: String,
    /// What it says of itself.
    pub description: DatasetFile,
    /// `dataset.yaml`; `None` where there is none.
    pub description_file: Option<FileId>,
    /// The bytes of its file `LICENSE`, where it has one.
    pub license: Option<Box<[u8]>>,
    /// `actors.yaml` and what stands in `actors/`.
    pub actors: Registry<Actor>,
    /// `places.yaml` and what stands in `places/`.
    pub places: Registry<Place>,
    /// `sources.yaml` and what stands in `sources/`.
    pub sources: Registry<SourceEntry>,
    /// Who published the sources.
    pub(super) publishers: Publishers,
    /// The organisations that each actor belongs to.
    pub(super) memberships: Memberships,
    /// The shard of which its events are; `None` for all events.
    pub shard: Option<Shard>,
    /// Whether an event may be missing: a file of `events/` could not be read, or not all events are meant.
    pub lacks_events: bool,
    /// Every event, in the order of the files.
    pub events: Vec<EventSummary>,
    /// What the events say.
    pub(super) records: Records,
    /// What the events of a shard mention, once they were checked.
    pub mentions: Mentions,
    /// The pages without an entry that an event names, other than a draft.
    pub(super) named_pages: BTreeSet<Box<str>>,
    /// Every file, with its defects.
    pub files: Vec<FileDefects<RecordDefect>>,
    /// Positions of the events, by id and coder, drafts last.
    pub(super) by_id: Vec<usize>,
    /// The ids of the events, indexed when first searched.
    pub(super) index: OnceLock<Index>,
    /// Positions of the places that are first-order administrative divisions, by their country and name,
    /// gathered when one is first looked up.
    pub(super) divisions: OnceLock<BTreeMap<(Code, String), usize>>,
}

/// The extra fields of an entry of a registry.
#[derive(Clone, Copy, Debug)]
pub struct EntryFields<'p> {
    /// What the registry holds.
    pub on: FieldOn,
    /// Its file.
    pub file: FileId,
    /// The id of the entry.
    pub id: &'p str,
    /// The values.
    pub values: &'p FieldValues,
}

/// The `levels` that a dataset had before a change, from the datasets before and after it: those of the
/// dataset of its name. One that has no such may be one that is gone under another name, so it has the
/// `levels` of all that are gone, the strictest last.
pub fn levels_before(name: &str, were: &[Dataset], are: &[Dataset]) -> Vec<LevelOf> {
    let has = |all: &[Dataset], name: &str| all.iter().any(|dataset| dataset.name == name);
    let is_meant = |was: &&Dataset| match has(were, name) {
        true => was.name == name,
        false => !has(are, &was.name),
    };
    let meant = were.iter().filter(is_meant);
    let mut levels: Vec<_> = meant.flat_map(|was| &was.description.levels).cloned().collect();
    levels.sort_by_key(|of| std::cmp::Reverse(of.level as u8));
    levels
}

impl Dataset {
    /// The folders that all of it is read from: its own, and that of the codebook and its lists.
    pub fn folders(&self) -> [String; 2] {
        [format!("datasets/{}", self.name), "schema".to_owned()]
    }

    /// The event of an id: its adjudicated record, where there is one, and rather a finished one.
    pub fn event(&self, id: &str) -> Option<&EventSummary> {
        self.events_of(id).next()
    }

    /// The records of an id: adjudicated ones before those of coders, finished ones before drafts.
    pub fn events_of<'p>(&'p self, id: &str) -> impl Iterator<Item = &'p EventSummary> {
        let first = self.by_id.partition_point(|position| self.events[*position].id() < id);
        let from = self.by_id[first..].iter().map(|position| &self.events[*position]);
        from.take_while(move |filed| filed.id() == id)
    }

    /// What an event says. `None` where records are not kept, or where it cannot be read back, which
    /// [`Dataset::lost_records`] then tells.
    pub fn record(&self, event: &EventSummary) -> Option<Event> {
        self.records.read(event.record?)
    }

    /// What of an event is compared with others; see [`Event::outline`].
    pub fn outline(&self, event: &EventSummary) -> Option<Event> {
        self.records.read(event.outline)
    }

    /// Every event with what it says, in the order of the files. All are held in memory from then on: who looks
    /// at each once asks for one at a time.
    pub fn filed(&self) -> impl Iterator<Item = FiledEvent<'_>> {
        let filed = self.events.iter().zip(self.all_records());
        filed.filter_map(|(summary, event)| Some(FiledEvent { summary, event: event.as_ref()? }))
    }

    /// An event of this dataset with what it says, as [`Dataset::filed`] gives it.
    pub fn filed_event<'p>(&'p self, summary: &'p EventSummary) -> Option<FiledEvent<'p>> {
        let key = |event: &EventSummary| (event.file, event.span);
        let at = self.events.binary_search_by_key(&key(summary), key).ok()?;
        let event = self.all_records()[at].as_ref()?;
        Some(FiledEvent { summary, event })
    }

    fn all_records(&self) -> &[Option<Event>] {
        self.records.all(|| self.events.iter().map(|event| event.record).collect())
    }

    /// Why records could not be read back, where some could not. What was made of the others lacks them.
    pub fn lost_records(&self) -> Option<ReadError> {
        self.records.failure()
    }

    /// The events of the tables, in their order: by first possible day, then id; events without a first
    /// day last.
    pub fn tabulated(&self) -> Vec<&EventSummary> {
        let mut events: Vec<_> = self.events.iter().filter(|event| event.is_tabulated()).collect();
        // A shard with two records of an id is built; who compares all shards reports them.
        if self.shard.is_some() {
            let is_first = |event: &EventSummary| {
                let first = self.event(event.id()).map(EventSummary::location);
                first == Some(event.location())
            };
            events.retain(|event| is_first(event));
        }
        let key = |event: &EventSummary| (event.first_day.is_none(), event.first_day);
        // Files mostly stand in the order of their days.
        events
            .sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.id().cmp(other.id())));
        events
    }

    /// The event in whose part of a file a place is.
    pub fn event_at(&self, place: Location) -> Option<&EventSummary> {
        let key = (place.file, place.span.start);
        let behind = self.events.partition_point(|event| (event.file, event.part.start) <= key);
        self.events[..behind].last().filter(|event| event.file == place.file)
    }

    /// Where the entries of an id stand, each of another registry.
    pub fn registered(&self, id: &str) -> impl Iterator<Item = Location> {
        let actor = self.actors.get(id).map(RegistryEntry::location);
        let place = self.places.get(id).map(RegistryEntry::location);
        let source = self.sources.get(id).map(RegistryEntry::location);
        actor.into_iter().chain(place).chain(source)
    }

    /// Whether an id stands for an entry of a registry or an event.
    pub fn has_id(&self, id: &str) -> bool {
        self.actors.position(id).is_some()
            || self.places.position(id).is_some()
            || self.sources.position(id).is_some()
            || self.event(id).is_some()
    }

    /// The extra fields of every entry of the registries.
    pub fn entry_fields(&self) -> impl Iterator<Item = EntryFields<'_>> {
        fn each<T>(
            on: FieldOn,
            registry: &Registry<T>,
            of: fn(&T) -> &FieldValues,
        ) -> impl Iterator<Item = EntryFields<'_>> {
            registry.entries().iter().map(move |one| {
                let (id, values) = (&*one.id.value, of(&one.entry));
                EntryFields { on, file: one.file, id, values }
            })
        }
        each(FieldOn::Actor, &self.actors, |actor| &actor.fields)
            .chain(each(FieldOn::Place, &self.places, |place| &place.fields))
            .chain(each(FieldOn::Source, &self.sources, |source| &source.fields))
    }

    /// The publisher that a source counts as: its own, or the one that all sources of the same page
    /// share until `distinct_from` tells them apart. `None` where nothing tells.
    pub fn counted_publisher(&self, source: &RegistryEntry<SourceEntry>) -> Option<&Publisher> {
        self.publishers.counted(source)
    }

    /// The publisher that a source names.
    pub fn publisher(&self, source: &RegistryEntry<SourceEntry>) -> Option<&Publisher> {
        self.publishers.own(source)
    }

    /// The ids of events that may be near a written one, in the order of the files. See
    /// [`Index::near`].
    pub fn near_events(&self, written: &str) -> impl Iterator<Item = &str> {
        let index = self.index.get_or_init(|| Index::new(self.events.iter().map(EventSummary::id)));
        index.near(written).into_iter().map(|at| self.events[at].id())
    }

    /// Where more misspelled names were looked up than the limit allows: a registry, or the first
    /// event.
    pub fn searched_out(&self) -> Vec<Location> {
        let registries = [
            (self.actors.is_searched_out(), self.actors.files.first()),
            (self.places.is_searched_out(), self.places.files.first()),
            (self.sources.is_searched_out(), self.sources.files.first()),
        ];
        let registries = registries.into_iter().filter(|(spent, _)| *spent);
        let starts = registries.filter_map(|(_, file)| Some(Location::new(*file?, Span::at(0))));
        let events = self.index.get().filter(|index| index.is_spent()).and(self.events.first());
        starts.chain(events.map(EventSummary::location)).collect()
    }

    /// Whether a record of it allows a rule, for a while.
    pub fn allows(&self) -> bool {
        self.events.iter().any(|event| !event.allow().is_empty())
    }

    /// How many of its events are drafts.
    pub fn drafts(&self) -> usize {
        self.events.iter().filter(|event| event.is_draft()).count()
    }

    /// How many claims its events have.
    pub fn claims(&self) -> usize {
        self.events.iter().map(|event| event.claims as usize).sum()
    }
}
