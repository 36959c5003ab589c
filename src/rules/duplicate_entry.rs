//! Two registry entries that seem to be the same thing.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::dataset::{Binding, Dataset, Registry, RegistryEntry};
use crate::diagnostic::Diagnostic;
use crate::record::{Actor, Place, SourceEntry};
use crate::source::Spanned;
use crate::value::{look_alike_key, name_key, url_key};

rule!("duplicate-entry", Warning, Registries(check));

/// What two entries have in common, with the key for the comparison.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Shared {
    Wikidata(String),
    Address(String),
    Report([String; 3]),
    Name(String),
    LooksOfName(String),
}

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    let actors = |actor: &RegistryEntry<Actor>| of_actor(&actor.entry);
    report("actor", &dataset.actors, actors, |actor| &actor.distinct_from, found);
    let places = |place: &RegistryEntry<Place>| of_place(binding, &place.entry);
    report("place", &dataset.places, places, |place| &place.distinct_from, found);
    let sources = |source: &RegistryEntry<SourceEntry>| of_source(dataset, source);
    report("source", &dataset.sources, sources, |source| &source.distinct_from, found);
    report_publishers(&dataset.sources, found);
}

fn of_actor(actor: &Actor) -> Vec<Shared> {
    let item = actor.wikidata.as_deref().map(str::to_owned);
    item.map(Shared::Wikidata).into_iter().chain(of_names(actor.names(), "")).collect()
}

/// Names of places are compared within a province, because many places share a name.
fn of_place(binding: Binding<'_>, place: &Place) -> Vec<Shared> {
    let (country, admin1) = binding.area_of(place);
    let area = format!("{country:?}/{}", admin1.map(name_key).unwrap_or_default());
    of_names(place.names(), &area)
}

fn of_source(dataset: &Dataset, source: &RegistryEntry<SourceEntry>) -> Vec<Shared> {
    let SourceEntry { url, title, date, .. } = &source.entry;
    let address = url.as_deref().map(url_key).map(Shared::Address);
    let dated = title.as_deref().zip(date.as_ref());
    let report = dated.zip(dataset.publisher(source)).map(|((title, date), publisher)| {
        let publisher = publisher.key.to_string();
        Shared::Report([publisher, name_key(title), date.value.as_str().to_owned()])
    });
    address.into_iter().chain(report).collect()
}

fn of_names<'n>(names: impl Iterator<Item = &'n str>, area: &str) -> Vec<Shared> {
    let names: Vec<_> = names.filter(|name| !name.trim().is_empty()).collect();
    let all = |key: fn(&str) -> String| -> BTreeSet<String> {
        names.iter().map(|name| format!("{}|{area}", key(name))).collect()
    };
    let looks = all(look_alike_key).into_iter().map(Shared::LooksOfName);
    all(name_key).into_iter().map(Shared::Name).chain(looks).collect()
}

/// Most entries with the same key that one entry is compared with. If more entries share a name, they
/// are reported once the first ones are distinct.
const COMPARED: usize = 16;

/// Reports each entry that has something in common with an earlier one, once for each pair.
fn report<T: Sync>(
    what: &str,
    registry: &Registry<T>,
    shared: impl Fn(&RegistryEntry<T>) -> Vec<Shared> + Sync,
    distinct_from: impl Fn(&T) -> &[Spanned<Box<str>>],
    found: &mut Vec<Diagnostic>,
) {
    let names = |one: &RegistryEntry<T>, other: &RegistryEntry<T>| {
        distinct_from(&one.entry).iter().any(|name| name.value == other.id.value)
    };
    let mut known: HashMap<Shared, Vec<&RegistryEntry<T>>> = HashMap::new();
    let entries = candidates(registry, &shared);
    let keys: Vec<_> = entries.par_iter().map(|entry| shared(entry)).collect();
    for (entry, keys) in entries.into_iter().zip(keys) {
        let mut reported = BTreeSet::new();
        for key in keys {
            let alike =
                |words: &Shared, earlier: &RegistryEntry<T>| finding(what, [earlier, entry], words);
            match known.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(vec![entry]);
                }
                Entry::Occupied(mut place) => {
                    let earlier = place
                        .get()
                        .iter()
                        .find(|earlier| !names(entry, earlier) && !names(earlier, entry));
                    if let Some(earlier) = earlier
                        && reported.insert(&*earlier.id.value)
                    {
                        found.push(alike(place.key(), earlier));
                    }
                    if place.get().len() < COMPARED {
                        place.get_mut().push(entry);
                    }
                }
            }
        }
    }
}

/// The entries that may have something in common with another, in their order: a digest of some key occurs twice. Few
/// have, and a digest takes less room than the key. Different keys may share a digest, so the keys are compared too.
fn candidates<'p, T: Sync>(
    registry: &'p Registry<T>,
    shared: &(impl Fn(&RegistryEntry<T>) -> Vec<Shared> + Sync),
) -> Vec<&'p RegistryEntry<T>> {
    let (entries, hasher) = (registry.entries(), FixedState::default());
    let digest = |key| hasher.hash_one::<Shared>(key);
    let digests = entries.par_iter().enumerate().flat_map_iter(|(at, entry)| {
        shared(entry).into_iter().map(digest).map(move |digest| (digest, at))
    });
    let mut digests: Vec<_> = digests.collect();
    digests.par_sort_unstable();
    let alike = digests.chunk_by(|(one, _), (next, _)| one == next).filter(|alike| alike.len() > 1);
    let found: BTreeSet<_> = alike.flatten().map(|(_, at)| *at).collect();
    found.into_iter().map(|at| &entries[at]).collect()
}

fn finding<T>(what: &str, [earlier, entry]: [&RegistryEntry<T>; 2], shared: &Shared) -> Diagnostic {
    let (first, second) = (&earlier.id.value, &entry.id.value);
    let message = match shared {
        Shared::Wikidata(item) => {
            format!("the {what}s `{first}` and `{second}` are both the Wikidata item `{item}`")
        }
        Shared::Address(_) => format!(
            "the {what}s `{first}` and `{second}` have the same address, and count as one origin"
        ),
        Shared::Report(_) => {
            format!("the {what}s `{first}` and `{second}` have the same publisher, title and date")
        }
        Shared::Name(_) => format!("the {what}s `{first}` and `{second}` have the same name"),
        Shared::LooksOfName(_) => format!(
            "the names of the {what}s `{first}` and `{second}` differ only in look-alike letters"
        ),
    };
    let found = Diagnostic::new(RULE.name, entry.location(), message);
    let found = found.label("again here").also(earlier.location(), "first here");
    found.help(format!(
        "keep one of the two; if they are two things, write `distinct_from: [{first}]` here"
    ))
}

/// Reports each publisher whose name differs from another only in look-alike letters, once per name.
fn report_publishers(sources: &Registry<SourceEntry>, found: &mut Vec<Diagnostic>) {
    let mut by_looks: HashMap<String, (String, &str, &RegistryEntry<SourceEntry>)> = HashMap::new();
    let (mut told, mut seen) = (HashSet::new(), HashSet::new());
    for source in sources.entries() {
        let Some(publisher) = source.entry.publisher.as_deref() else { continue };
        // Many sources have one publisher.
        if !seen.insert(publisher) {
            continue;
        }
        let (key, looks) = (name_key(publisher), look_alike_key(publisher));
        let of_looks = by_looks.entry(looks);
        let (first_key, first, source_of_first) =
            of_looks.or_insert_with(|| (key.clone(), publisher, source));
        if *first_key == key || !told.insert(key) {
            continue;
        }
        let message =
            format!("the publishers `{first}` and `{publisher}` differ only in look-alike letters");
        let found_one = Diagnostic::new(RULE.name, source.location(), message)
            .label("counted as another publisher")
            .also(source_of_first.location(), "first here");
        found.push(found_one.help("spell each publisher in one way"));
    }
}
