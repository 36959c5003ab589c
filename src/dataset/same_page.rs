//! Sources that are one page under several ids.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Registry, RegistryEntry};
use crate::record::SourceEntry;
use crate::value::{name_key, url_host, url_key, url_site};

/// For each source that shares its page with another, the publisher that all of them count as. One
/// article under two ids is one report, whatever publisher each entry names; an entry that is told
/// apart by `distinct_from` counts as its own publisher.
///
/// A page of which only the host tells counts as the publisher that the other sources of its site name, if
/// that is one, and else as its site.
pub(super) fn publishers<'s>(sources: &'s Registry<SourceEntry>) -> BTreeMap<Box<str>, Box<str>> {
    let mut pages: BTreeMap<String, Vec<&RegistryEntry<SourceEntry>>> = BTreeMap::new();
    let page = |source: &'s RegistryEntry<SourceEntry>| {
        Some((url_key(source.entry.url.as_deref()?), source))
    };
    let of_sources: Vec<_> = sources.entries().par_iter().filter_map(page).collect();
    for (page, source) in of_sources {
        pages.entry(page).or_default().push(source);
    }
    let mut counted = BTreeMap::new();
    for page in pages.into_values().filter(|page| page.len() > 1) {
        let together = not_told_apart(page);
        let publishers = together.iter().filter_map(|source| source.entry.publisher.as_ref());
        let Some(publisher) = publishers.min_by_key(|name| (name_key(name), *name)) else {
            continue;
        };
        counted.extend(together.iter().map(|source| (source.id.value.clone(), publisher.clone())));
    }
    for (id, publisher) in of_sites(sources) {
        counted.entry(id).or_insert(publisher);
    }
    counted
}

/// The publisher of each page of which only the host tells: the one that the other sources of its site
/// name, if that is one, else the site.
fn of_sites(sources: &Registry<SourceEntry>) -> impl Iterator<Item = (Box<str>, Box<str>)> + '_ {
    let is_named = |source: &&RegistryEntry<SourceEntry>| {
        let publisher = source.entry.publisher.as_deref();
        // A host has no capitals and no blanks, so most addresses need not be read.
        let is_no_host = |name: &str| name.contains(|c: char| c.is_ascii_uppercase() || c == ' ');
        let host = || source.entry.url.as_deref().and_then(url_host);
        publisher.is_some_and(is_no_host) || host().as_deref() != publisher
    };
    let (named, nameless): (Vec<_>, Vec<_>) =
        sources.entries().iter().chain(sources.implied()).partition(is_named);
    let site = |source: &RegistryEntry<SourceEntry>| url_site(source.entry.url.as_deref()?);
    let mut known: BTreeMap<String, BTreeMap<String, &str>> = BTreeMap::new();
    for source in named.into_iter().filter(|_| !nameless.is_empty()) {
        if let Some((site, publisher)) = site(source).zip(source.entry.publisher.as_deref()) {
            known.entry(site).or_default().entry(name_key(publisher)).or_insert(publisher);
        }
    }
    nameless.into_iter().filter_map(move |page| {
        let site = site(page)?;
        let publishers = known.get(&site).filter(|names| names.len() == 1);
        let only = publishers.and_then(|names| names.values().next().copied());
        Some((page.id.value.clone(), only.unwrap_or(&site).into()))
    })
}

/// Those of one page that do not say that they differ from another of it.
fn not_told_apart(page: Vec<&RegistryEntry<SourceEntry>>) -> Vec<&RegistryEntry<SourceEntry>> {
    let ids: BTreeSet<&str> = page.iter().map(|source| &*source.id.value).collect();
    let stands_alone = |source: &RegistryEntry<SourceEntry>| {
        let mut others = source.entry.distinct_from.iter().map(|other| &*other.value);
        others.any(|other| other != &*source.id.value && ids.contains(other))
    };
    page.into_iter().filter(|source| !stands_alone(source)).collect()
}

#[cfg(test)]
mod tests {
    use crate::dataset::{Selection, load};
    use crate::schema::Codebook;
    use crate::source::{Files, Memory};

    #[test]
    fn sources_of_one_page_count_as_one_publisher_until_told_apart() {
        let mut world = Memory::new();
        world.write("datasets/d/events/e.yaml", "id: e\n");
        world.write(
            "datasets/d/sources.yaml",
            "a: {publisher: Post, url: \"https://www.page.example/1?utm_source=x\"}\n\
             b: {publisher: Herald, url: \"http://page.example/1/\"}\n\
             c: {publisher: Gazette, url: \"https://page.example/1\", distinct_from: [a]}\n\
             d: {publisher: Courier, url: \"https://page.example/2\"}\n\
             e: {publisher: Bulletin, url: \"https://page.example/2#x\"}\n\
             f: {publisher: Journal, url: \"https://page.example/3\"}\n\
             g: {publisher: \"THE  journal\", url: \"https://page.example/3\"}\n\
             h: {publisher: Herald}\n",
        );
        let loaded =
            load(&world, &codebook(), &Selection::default(), &mut Files::default()).unwrap();
        let dataset = &loaded.datasets[0];
        let counted: Vec<_> = dataset
            .sources
            .entries()
            .iter()
            .filter_map(|source| Some(&*dataset.counted_publisher(source)?.name))
            .collect();
        assert_eq!(
            counted,
            ["Herald", "Herald", "Gazette", "Courier", "Bulletin", "Journal", "Journal", "Herald"]
        );
    }

    #[test]
    fn two_entries_of_one_article_are_one_voice() {
        let mut world = Memory::new();
        world.write("datasets/d/events/e.yaml", "id: e\n");
        world.write(
            "datasets/d/sources.yaml",
            "a: {publisher: Post, url: \"https://page.example/1\"}\n\
             b: {publisher: Herald, url: \"http://page.example/1/?fbclid=x\"}\n",
        );
        let loaded =
            load(&world, &codebook(), &Selection::default(), &mut Files::default()).unwrap();
        let dataset = &loaded.datasets[0];
        for source in dataset.sources.entries() {
            assert_eq!(&*dataset.counted_publisher(source).unwrap().name, "Herald");
        }
    }

    fn codebook() -> Codebook {
        crate::schema::load(&Memory::new(), &mut Files::default()).unwrap().codebook
    }
}
