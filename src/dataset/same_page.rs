//! Sources that are one page under several ids.

use std::collections::BTreeMap;

use super::{Registry, RegistryEntry};
use crate::record::SourceEntry;
use crate::value::{name_key, url_key};

/// For each source that shares its page with another, the publisher that all of them count as. One
/// article under two ids is one report, whatever publisher each entry names; an entry that is told
/// apart by `distinct_from` counts as its own publisher.
pub(super) fn publishers(sources: &Registry<SourceEntry>) -> BTreeMap<Box<str>, Box<str>> {
    let mut pages: BTreeMap<String, Vec<&RegistryEntry<SourceEntry>>> = BTreeMap::new();
    for source in sources.entries() {
        if let Some(url) = &source.entry.url {
            pages.entry(url_key(url)).or_default().push(source);
        }
    }
    let mut counted = BTreeMap::new();
    for page in pages.into_values().filter(|page| page.len() > 1) {
        let together = not_told_apart(page);
        let publishers = together.iter().map(|source| &source.entry.publisher);
        let Some(publisher) = publishers.min_by_key(|name| (name_key(name), *name)) else {
            continue;
        };
        counted.extend(together.iter().map(|source| (source.id.value.clone(), publisher.clone())));
    }
    counted
}

/// Those of one page that neither say that they differ from another of it nor are said to.
fn not_told_apart(page: Vec<&RegistryEntry<SourceEntry>>) -> Vec<&RegistryEntry<SourceEntry>> {
    let ids: BTreeMap<&str, usize> =
        page.iter().enumerate().map(|(at, source)| (&*source.id.value, at)).collect();
    let mut apart = vec![false; page.len()];
    for (at, source) in page.iter().enumerate() {
        for other in source.entry.distinct_from.iter().filter_map(|other| ids.get(&*other.value)) {
            apart[at] |= *other != at;
            apart[*other] |= *other != at;
        }
    }
    page.into_iter().zip(apart).filter(|(_, apart)| !apart).map(|(source, _)| source).collect()
}
