//! Sources that are one page under several ids.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Registry, RegistryEntry};
use crate::record::SourceEntry;
use crate::value::{name_key, url_host, url_key, url_site};

/// For each source that shares its page with another, the publisher that all of them count as. One
/// article under two ids is one report, whatever publisher each entry names; an entry that is told
/// apart by `distinct_from` counts as its own publisher.
pub(super) fn publishers(sources: &Registry<SourceEntry>) -> BTreeMap<Box<str>, Box<str>> {
    let mut pages: BTreeMap<String, Vec<&RegistryEntry<SourceEntry>>> = BTreeMap::new();
    let page = |source| Some((url_key(of_url(source)?), source));
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
    counted
}

fn of_url(source: &RegistryEntry<SourceEntry>) -> Option<&str> {
    source.entry.url.as_deref()
}

/// Whether of the publisher of a page only the host tells. A page without an entry is always one.
pub(super) fn has_only_host(source: &RegistryEntry<SourceEntry>) -> bool {
    let publisher = source.entry.publisher.as_deref();
    // A host has no capitals and no blanks, so most addresses need not be read.
    let is_no_host = |name: &str| name.contains(|c: char| c.is_ascii_uppercase() || c == ' ');
    let host = || of_url(source).and_then(url_host);
    !publisher.is_some_and(is_no_host) && host().as_deref() == publisher
}

/// The publisher that the sources of each site name, if that is one.
#[derive(Debug)]
pub(super) struct Sites(BTreeMap<String, Option<Box<str>>>);

impl Sites {
    /// Those of the entries.
    pub(super) fn of<'s>(sources: &'s Registry<SourceEntry>) -> Self {
        let named = sources.entries().par_iter().filter(|source| !has_only_host(source));
        let site = |source: &'s RegistryEntry<SourceEntry>| {
            let SourceEntry { publisher, url, .. } = &source.entry;
            let publisher = publisher.as_deref()?;
            Some((url_site(url.as_deref()?)?, name_key(publisher), publisher))
        };
        let all: Vec<_> = named.filter_map(site).collect();
        let mut known: BTreeMap<String, BTreeMap<String, &str>> = BTreeMap::new();
        for (site, key, publisher) in all {
            known.entry(site).or_default().entry(key).or_insert(publisher);
        }
        let only = |names: BTreeMap<String, &str>| {
            let mut names = names.into_values();
            names.next().filter(|_| names.next().is_none()).map(Box::from)
        };
        Self(known.into_iter().map(|(site, names)| (site, only(names))).collect())
    }

    /// The publisher that a page counts as of which only the host tells: that of its site, or else the site itself.
    pub(super) fn publisher(&self, page: &RegistryEntry<SourceEntry>) -> Option<Box<str>> {
        let site = url_site(of_url(page)?)?;
        Some(self.0.get(&site).cloned().flatten().unwrap_or_else(|| site.into()))
    }
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
