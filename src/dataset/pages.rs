//! Sources that records name by the address of their page.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::event_summary::NamedPage;
use super::read_event::ReadEvent;
use super::{Dataset, EventSummary, Registry, RegistryEntry};
use crate::record::{Event, SourceEntry};
use crate::source::{FileId, Span, Spanned};
use crate::value::{Format, url_key};

/// The sources of a dataset by their pages.
pub(super) struct Pages {
    /// The name of the source of each page, by the key of its address.
    names: BTreeMap<String, Box<str>>,
    /// The pages that have no entry and are not implied yet, each where it is first named.
    without_entry: Vec<(FileId, Spanned<Box<str>>)>,
}

impl Pages {
    /// The pages that a registry knows. Each source that an entry names by its address gets the id of the entry that
    /// has it. A page without an entry is called by its address as first written, and implied in the registry.
    pub(super) fn of_registry(sources: &mut Registry<SourceEntry>) -> Self {
        let mut pages = Self::of(sources);
        for source in sources.entries_mut() {
            let SourceEntry { cites, distinct_from, .. } = &mut source.entry;
            for other in cites.iter_mut().chain(distinct_from) {
                if Format::Url.accepts(&other.value) {
                    pages.add(&other.value, (source.file, other.span));
                }
                if let Some(name) = pages.name(&other.value) {
                    other.value = name.into();
                }
            }
        }
        pages.imply(sources);
        pages
    }

    /// Adds the pages that events name, and implies those in the registry that have no entry. Returns whether there
    /// are such.
    pub(super) fn add_events(
        &mut self,
        events: &[&ReadEvent],
        sources: &mut Registry<SourceEntry>,
    ) -> bool {
        for ReadEvent { file, addresses, .. } in events {
            for address in addresses {
                self.add(&address.value, (*file, address.span));
            }
        }
        let has_new = !self.without_entry.is_empty();
        self.imply(sources);
        has_new
    }

    fn imply(&mut self, sources: &mut Registry<SourceEntry>) {
        sources.imply(self.without_entry.drain(..).map(|(file, page)| {
            let entry = SourceEntry::of_page(&page.value);
            (file, page, entry)
        }));
    }

    /// Renames the sources that an event names by their addresses.
    pub(super) fn rename_in(&self, event: &mut Event) {
        event.rename_sources(|name, _| self.name(name).map(Box::from));
    }

    /// How the sources are called that are named by some addresses.
    pub(super) fn named_by(&self, addresses: &[Spanned<Box<str>>]) -> Box<[NamedPage]> {
        let named = addresses.iter().filter_map(|address| {
            Some(NamedPage { address: address.clone(), name: self.name(&address.value)?.into() })
        });
        named.collect()
    }

    /// Whether sources are still called as an earlier run called them.
    pub(super) fn call(&self, pages: &[NamedPage]) -> bool {
        pages.iter().all(|page| self.name(&page.address.value) == Some(&*page.name))
    }

    /// The names of the pages that events other than drafts name.
    pub(super) fn named(&self, events: &[&ReadEvent]) -> BTreeSet<&str> {
        let is_finished = |event: &EventSummary| !event.is_draft();
        let finished =
            events.par_iter().filter(|event| event.summary.as_ref().is_some_and(is_finished));
        let named = finished.flat_map_iter(|event| &event.addresses);
        named.filter_map(|address| self.name(&address.value)).collect()
    }

    /// The pages of a registry. Of several entries with one page the first counts.
    fn of(sources: &Registry<SourceEntry>) -> Self {
        let mut names = BTreeMap::new();
        let addresses = |address: fn(&SourceEntry) -> Option<&str>| {
            sources.entries().par_iter().filter_map(move |source| {
                Some((url_key(address(&source.entry)?), source.id.value.clone()))
            })
        };
        let copies = addresses(|source| source.archived.as_deref());
        let pages: Vec<_> = addresses(|source| source.url.as_deref()).chain(copies).collect();
        for (page, id) in pages {
            names.entry(page).or_insert(id);
        }
        Self { names, without_entry: Vec::new() }
    }

    /// Adds the page of an address, where it is new.
    fn add(&mut self, address: &str, (file, span): (FileId, Span)) {
        self.names.entry(url_key(address)).or_insert_with(|| {
            self.without_entry.push((file, Spanned::new(address.into(), span)));
            address.into()
        });
    }

    /// The name of the source with an address; `None` for an id.
    fn name(&self, written: &str) -> Option<&str> {
        if !Format::Url.accepts(written) {
            return None;
        }
        self.names.get(&url_key(written)).map(|name| &**name)
    }
}

impl Dataset {
    /// The sources of the tables: every entry, and the pages without one that more than a draft names.
    pub fn tabulated_sources(&self) -> Vec<&RegistryEntry<SourceEntry>> {
        let of_fields = self.entry_fields().flat_map(|fields| fields.values.references());
        let named = of_fields.map(|reference| reference.name);
        let named = named.chain(self.named_pages.iter().map(|page| &**page));
        let of_entries = self.sources.entries().iter().flat_map(|source| {
            source.entry.cites.iter().chain(&source.entry.distinct_from).map(|name| &*name.value)
        });
        let named: BTreeSet<_> = named.chain(of_entries).collect();
        let pages = self.sources.implied().filter(|page| named.contains(&*page.id.value));
        self.sources.entries().iter().chain(pages).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::dataset::{Selection, load};
    use crate::schema::Codebook;
    use crate::source::{Files, Memory};

    #[test]
    fn a_page_has_one_name_and_an_entry_wherever_it_is_named() {
        let mut world = Memory::new();
        world.write(
            "datasets/d/sources.yaml",
            "a: {publisher: A, url: \"https://a.example/1\", cites: [\"https://d.example/1\"]}\n",
        );
        world.write(
            "datasets/d/events/1.yaml",
            "id: '1'\nsources: [\"https://B.example/1?utm_source=x\", \"http://www.a.example/1/\"]\n",
        );
        world.write(
            "datasets/d/events/2.yaml",
            "id: '2'\nclaims: {\"https://b.example/1\": [{via: \"https://c.example/1\", note: N}]}\n",
        );
        let codebook: Codebook =
            crate::schema::load(&Memory::new(), &mut Files::default()).unwrap().codebook;
        let loaded = load(&world, &codebook, &Selection::default(), &mut Files::default()).unwrap();
        let dataset = &loaded.datasets[0];
        let claims = dataset.filed().flat_map(|filed| &filed.event.claims);
        let named: Vec<_> = claims
            .flat_map(|claim| std::iter::once(&claim.source).chain(&claim.via))
            .map(|name| &*name.value)
            .collect();
        let b = "https://B.example/1?utm_source=x";
        assert_eq!(named, [b, "a", b, "https://c.example/1"]);
        let implied = dataset.sources.implied();
        let implied: Vec<_> = implied
            .map(|page| (&*page.id.value, page.entry.publisher.as_deref().unwrap()))
            .collect();
        assert_eq!(
            implied,
            [
                (b, "b.example"),
                ("https://c.example/1", "c.example"),
                ("https://d.example/1", "d.example")
            ]
        );
        assert_eq!(dataset.sources.entries().len(), 1);
    }
}
