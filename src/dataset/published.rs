//! A dataset as it is published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::load::by_id;
use super::membership::Memberships;
use super::publishers::Publishers;
use super::records::Records;
use super::registry::{Registry, RegistryEntry};
use super::{Binding, Dataset, EventSummary};
use crate::record::{Redaction, Reference, Referent, SourceEntry, SourceStandIn, page_key};
use crate::schema::Codebook;
use crate::source::{ReadError, Spanned};
use crate::value::name_key;

/// A dataset and its codebook as they are published: the only thing that tables are made of. What is
/// restricted is not in it, unless it was asked for, so no table, page or metadata can tell of it.
///
/// A restricted entry keeps its place under a stand-in, one for each entry, so claims weigh as they do
/// in the records and keys still lead somewhere.
#[derive(Debug)]
pub struct Published<'p> {
    whole: Binding<'p>,
    /// The codebook and the dataset without what is restricted; `None` where nothing is left out.
    redacted: Option<(Codebook, Dataset)>,
    /// What is restricted.
    pub restricted: Restricted,
}

/// How much of a dataset is restricted.
#[derive(Clone, Copy, Debug, Deserialize, Default, PartialEq, Eq, Serialize)]
pub struct Restricted {
    /// Fields of the codebook.
    pub fields: usize,
    /// Entries of the registries.
    pub entries: usize,
    /// Locations of events that are restricted themselves.
    pub locations: usize,
    /// Whether it is published all the same.
    pub included: bool,
}

impl<'p> Published<'p> {
    /// Without what is restricted.
    pub fn without_restricted(whole: Binding<'p>) -> Self {
        let restricted = Restricted::of(whole);
        let redacted = restricted.is_any().then(|| redacted(whole));
        Self { whole, redacted, restricted }
    }

    /// With what is restricted.
    pub fn with_restricted(whole: Binding<'p>) -> Self {
        let restricted = Restricted { included: true, ..Restricted::of(whole) };
        Self { whole, redacted: None, restricted }
    }

    /// Why records could not be read back, where some could not: what is made of it lacks them.
    pub fn lost_records(&self) -> Option<ReadError> {
        self.whole.dataset.lost_records().or_else(|| self.redacted.as_ref()?.1.lost_records())
    }

    /// The dataset, and the codebook that it is coded with.
    pub fn binding(&self) -> Binding<'_> {
        match &self.redacted {
            Some((codebook, dataset)) => Binding { codebook, dataset },
            None => self.whole,
        }
    }
}

impl Restricted {
    fn of(whole: Binding<'_>) -> Self {
        let Dataset { actors, places, sources, events, .. } = whole.dataset;
        let entries = actors.entries().iter().map(|actor| actor.entry.restricted);
        let entries = entries.chain(places.entries().iter().map(|place| place.entry.restricted));
        let entries = entries.chain(sources.entries().iter().map(|one| one.entry.restricted));
        Self {
            fields: whole.codebook.all_fields().filter(|field| field.restricted).count(),
            entries: entries.filter(|restricted| *restricted).count(),
            locations: events.iter().map(|event| event.restricted_locations as usize).sum(),
            included: false,
        }
    }

    /// Whether anything is.
    pub fn is_any(&self) -> bool {
        self.fields + self.entries + self.locations > 0
    }
}

fn redacted(whole: Binding<'_>) -> (Codebook, Dataset) {
    let Binding { codebook, dataset } = whole;
    let publishers = publishers(dataset);
    let names = redaction(whole, &publishers);
    let actors = published(&dataset.actors, &names.actors, |actor, stand_in| {
        names.actor(&actor.entry, stand_in)
    });
    let places = published(&dataset.places, &names.places, |place, stand_in| {
        names.place(&place.entry, stand_in)
    });
    let sources = published(&dataset.sources, &names.sources, |source, stand_in| {
        // Whose word it is decides what its claims weigh.
        let of = || {
            let actor = whole.speaks_for(source)?;
            Some(Spanned::new(Box::from(actor), source.id.span))
        };
        let publisher = || {
            let publisher = dataset.counted_publisher(source)?;
            publishers.get(&*publisher.key).cloned()
        };
        names.source(
            &source.entry,
            stand_in.map(|_| SourceStandIn { publisher: publisher(), of: of() }),
        )
    });
    let records = Records::within(&Records::room(), true);
    let redacted_event = |event: &EventSummary| {
        let record = names.event(&dataset.record(event)?);
        let is_page = |name: &Reference<'_>| {
            let is_named = name.referent == Referent::Source && !event.is_draft();
            is_named && sources.get(name.name).is_some() && sources.position(name.name).is_none()
        };
        let pages = record.references().filter(is_page).map(|name| name.name.into()).collect();
        Some((event.of_record(&record, Box::default(), &records), pages))
    };
    let (events, pages): (Vec<_>, Vec<Vec<Box<str>>>) =
        dataset.events.par_iter().filter_map(redacted_event).unzip();
    let by_id = by_id(&events);
    let redacted = Dataset {
        name: dataset.name.clone(),
        description: dataset.description.clone(),
        description_file: dataset.description_file,
        license: dataset.license.clone(),
        publishers: Publishers::of(&actors, &sources),
        memberships: Memberships::of(&actors),
        actors,
        places,
        sources,
        shard: dataset.shard,
        lacks_events: dataset.lacks_events,
        events,
        records,
        mentions: dataset.mentions.published(&names),
        named_pages: pages.into_iter().flatten().collect(),
        files: Vec::new(),
        by_id,
        index: OnceLock::new(),
        divisions: OnceLock::new(),
    };
    (codebook.without_restricted(), redacted)
}

/// What is restricted.
fn redaction(whole: Binding<'_>, publishers: &BTreeMap<String, Box<str>>) -> Redaction {
    let Binding { codebook, dataset } = whole;
    let mut names = Redaction::of_fields(codebook);
    names.actors = stand_ins("actor", &dataset.actors, |actor| actor.restricted);
    names.places = stand_ins("place", &dataset.places, |place| place.restricted);
    names.sources = stand_ins("source", &dataset.sources, |source| source.restricted);
    let actors = dataset.actors.entries().iter().filter(|actor| !actor.entry.restricted);
    names.open_actors = actors.map(|actor| actor.id.value.clone()).collect();
    names.pages = pages(dataset, &names);
    let parts = dataset.sources.implied().filter_map(|page| {
        Some((page.id.value.clone(), names.pages.get(&page_key(&page.id.value))?.clone()))
    });
    let parts: Vec<_> = parts.collect();
    names.sources.extend(parts);
    names.claimants = claimants(dataset, &names, publishers);
    let area = |place: &RegistryEntry<_>| {
        let (country, admin1) = whole.area_of(&place.entry);
        (place.id.value.clone(), (country, admin1.map(Box::from)))
    };
    names.areas = dataset.places.entries().iter().map(area).collect();
    let restricting = dataset.events.par_iter().filter(|event| {
        dataset.record(event).is_some_and(|record| names.restricts_location(&record))
    });
    let located = restricting.map(|event| event.id().into()).collect();
    names.located = located;
    names
}

/// The stand-ins of restricted sources, by the keys of their pages and of the copies of these.
fn pages(dataset: &Dataset, names: &Redaction) -> BTreeMap<String, Box<str>> {
    let mut pages = BTreeMap::new();
    for source in dataset.sources.entries() {
        let Some(stand_in) = names.sources.get(&source.id.value) else { continue };
        let SourceEntry { url, archived, .. } = &source.entry;
        for address in url.iter().chain(archived) {
            pages.entry(page_key(address)).or_insert_with(|| stand_in.clone());
        }
    }
    pages
}

/// What stands for each restricted entry of a registry: `restricted-actor-1` and so on, in the order of
/// the entries. It says nothing of the id, as a digest would to whoever guesses it.
fn stand_ins<T>(
    what: &str,
    registry: &Registry<T>,
    is_restricted: impl Fn(&T) -> bool,
) -> BTreeMap<Box<str>, Box<str>> {
    let restricted = registry.entries().iter().filter(|one| is_restricted(&one.entry));
    let free = (1..).map(|number| format!("restricted-{what}-{number}"));
    let free = free.filter(|name| registry.get(name).is_none()).map(Box::from);
    restricted.map(|one| one.id.value.clone()).zip(free).collect()
}

/// The stand-ins of the publishers of restricted sources, by the keys of their names. Two sources of one
/// publisher have one.
fn publishers(dataset: &Dataset) -> BTreeMap<String, Box<str>> {
    let sources = dataset.sources.entries();
    let restricted = sources.iter().filter(|source| source.entry.restricted);
    let mut publishers: BTreeMap<String, Box<str>> = BTreeMap::new();
    for publisher in restricted.filter_map(|source| dataset.counted_publisher(source)) {
        let next = format!("restricted-publisher-{}", publishers.len() + 1);
        publishers.entry(publisher.key.to_string()).or_insert_with(|| next.into());
    }
    publishers
}

/// The stand-ins of claimants in free text: the ids of restricted sources, the ids and names of
/// restricted places and actors, and the names of publishers that no other source tells.
fn claimants(
    dataset: &Dataset,
    names: &Redaction,
    publishers: &BTreeMap<String, Box<str>>,
) -> BTreeMap<String, Box<str>> {
    let sources = dataset.sources.entries().iter();
    let key = |source: &SourceEntry| source.publisher.as_deref().map(name_key);
    let (restricted, open): (Vec<_>, Vec<_>) = sources.partition(|one| one.entry.restricted);
    let open: BTreeSet<_> = open.iter().filter_map(|source| key(&source.entry)).collect();
    let mut claimants: BTreeMap<String, Box<str>> = BTreeMap::new();
    for source in restricted {
        let Some(own) = key(&source.entry).filter(|own| !open.contains(own)) else { continue };
        let counted = dataset.counted_publisher(source);
        claimants.extend(counted.and_then(|one| Some((own, publishers.get(&*one.key)?.clone()))));
    }
    let ids = [&names.sources, &names.places, &names.actors].into_iter().flatten();
    claimants.extend(ids.map(|(id, stand_in)| (name_key(id), stand_in.clone())));
    for place in dataset.places.entries() {
        let Some(stand_in) = names.places.get(&place.id.value) else { continue };
        claimants.extend(place.entry.names().map(|name| (name_key(name), stand_in.clone())));
    }
    for actor in dataset.actors.entries() {
        let Some(stand_in) = names.actors.get(&actor.id.value) else { continue };
        claimants.extend(actor.entry.names().map(|name| (name_key(name), stand_in.clone())));
    }
    claimants
}

/// A registry in which stand-ins come last, so that no place among sorted ids tells of theirs.
fn published<T>(
    registry: &Registry<T>,
    names: &BTreeMap<Box<str>, Box<str>>,
    entry: impl Fn(&RegistryEntry<T>, Option<&str>) -> T,
) -> Registry<T> {
    let mut published = registry.without_entries();
    let is_open = |one: &&RegistryEntry<T>| !names.contains_key(&one.id.value);
    let (open, restricted): (Vec<_>, Vec<_>) = registry.entries().iter().partition(is_open);
    for one in open.into_iter().chain(restricted) {
        let stand_in = names.get(&one.id.value);
        published.push(RegistryEntry {
            file: one.file,
            id: Spanned::new(stand_in.unwrap_or(&one.id.value).clone(), one.id.span),
            entry: entry(one, stand_in.map(|name| &**name)),
            body: one.body,
            position: one.position,
        });
    }
    let pages = registry.implied().filter(is_open);
    published.imply(pages.map(|page| (page.file, page.id.clone(), entry(page, None))));
    published
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Selection, load};
    use crate::source::{Files, Memory};

    #[test]
    fn what_a_record_does_not_say_of_itself_is_published_with_it() {
        let mut world = Memory::new();
        let sources = "a: {publisher: A, restricted: true}\nb: {publisher: B, url: \"https://b.example/1\"}\n";
        world.write("datasets/d/sources.yaml", sources);
        let record = "id: '1'\nrelated:\n- {event: '2', as: same-series}\nids:\n  acled: SYR123\nclaims:\n  a: [{note: N}]\n  \"https://b.example/1\": [{note: N}]\n";
        world.write("datasets/d/events/other.yaml", record);
        world.write("datasets/d/events/1.bo.yaml", record);
        world.write("schema/codebook.yaml", "codebook: c\nversion: '1'\nids: {acled: A}\n");
        let codebook: Codebook =
            crate::schema::load(&world, &mut Files::default()).unwrap().codebook;
        let loaded = load(&world, &codebook, &Selection::default(), &mut Files::default()).unwrap();
        let whole = Binding { codebook: &codebook, dataset: &loaded.datasets[0] };
        let told = |binding: Binding<'_>| {
            let told = |event: &EventSummary| {
                let (links, ids) = (event.links(), event.other_ids());
                let links = links.map(|(line, link)| (line, link.event.value.clone()));
                let ids = ids.map(|(line, id)| (line, id.value.id.clone()));
                let names = (event.coder().map(str::to_owned), event.stem().map(str::to_owned));
                (names, links.collect::<Vec<_>>(), ids.collect::<Vec<_>>())
            };
            binding.dataset.events.iter().map(told).collect::<Vec<_>>()
        };
        let published = Published::without_restricted(whole);
        assert!(published.redacted.is_some());
        assert_eq!(told(published.binding()), told(whole));
        let (names, links, ids) = &told(whole)[1];
        assert_eq!(*names, (None, Some("other".to_owned())));
        assert_eq!((&links[..], &ids[..]), (&[(3, "2".into())][..], &[(5, "SYR123".into())][..]));
    }
}
