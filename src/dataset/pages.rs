//! Sources that records name by the address of their page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dataset, FiledEvent, Registry, RegistryEntry};
use crate::form::{Defect, FormDefect};
use crate::record::{Claim, Event, RecordDefect, SourceEntry, Stance};
use crate::schema::Component;
use crate::source::{FileId, Span, Spanned};
use crate::value::{Format, url_key};

/// The sources of a dataset by their pages.
pub(super) struct Pages {
    /// The name of the source of each page, by the key of its address.
    names: BTreeMap<String, Box<str>>,
    /// The pages that have no entry, each where it is first named.
    without_entry: Vec<(FileId, Spanned<Box<str>>)>,
}

impl Pages {
    /// Gives each source that is named by its address the id of the entry that has it. A page without
    /// an entry is called by its address as first written, and implied in the registry.
    ///
    /// Returns the entries of `sources` that name a source for the second time, by file.
    pub(super) fn resolve(
        events: &mut [FiledEvent],
        sources: &mut Registry<SourceEntry>,
    ) -> Vec<(FileId, Spanned<Defect<RecordDefect>>)> {
        let mut pages = Self::of(sources);
        let mut repeated = Vec::new();
        for filed in events {
            let file = filed.file;
            filed.event.rename_sources(|name, span| pages.name(name, (file, span)));
            let of_event = keep_once(&mut filed.event).into_iter();
            repeated.extend(of_event.map(|defect| (file, defect)));
            leave_to_own_claims(&mut filed.event);
        }
        for source in sources.entries_mut() {
            let SourceEntry { cites, distinct_from, .. } = &mut source.entry;
            for other in cites.iter_mut().chain(distinct_from) {
                if let Some(name) = pages.name(&other.value, (source.file, other.span)) {
                    other.value = name;
                }
            }
        }
        sources.imply(pages.without_entry.into_iter().map(|(file, page)| {
            let entry = SourceEntry::of_page(&page.value);
            (file, page, entry)
        }));
        repeated
    }

    /// The pages of a registry. Of several entries with one page the first counts.
    fn of(sources: &Registry<SourceEntry>) -> Self {
        let mut names = BTreeMap::new();
        let addresses = |address: fn(&SourceEntry) -> Option<&str>| {
            sources.entries().iter().filter_map(move |source| {
                Some((url_key(address(&source.entry)?), source.id.value.clone()))
            })
        };
        let copies = addresses(|source| source.archived.as_deref());
        for (page, id) in addresses(|source| source.url.as_deref()).chain(copies) {
            names.entry(page).or_insert(id);
        }
        Self { names, without_entry: Vec::new() }
    }

    /// The name of the source with an address; `None` for an id.
    fn name(&mut self, written: &str, (file, span): (FileId, Span)) -> Option<Box<str>> {
        if !Format::Url.accepts(written) {
            return None;
        }
        let name = self.names.entry(url_key(written)).or_insert_with(|| {
            self.without_entry.push((file, Spanned::new(written.into(), span)));
            written.into()
        });
        Some(name.clone())
    }
}

impl Dataset {
    /// The sources of the tables: every entry, and the pages without one that more than a draft names.
    pub fn tabulated_sources(&self) -> Vec<&RegistryEntry<SourceEntry>> {
        let finished = self.events.iter().filter(|filed| !filed.is_draft());
        let of_events = finished.flat_map(|filed| filed.event.references());
        let of_fields = self.entry_fields().flat_map(|fields| fields.values.references());
        let named = of_events.chain(of_fields).map(|reference| reference.name);
        let of_entries = self.sources.entries().iter().flat_map(|source| {
            source.entry.cites.iter().chain(&source.entry.distinct_from).map(|name| &*name.value)
        });
        let named: BTreeSet<_> = named.chain(of_entries).collect();
        let pages = self.sources.implied().filter(|page| named.contains(&*page.id.value));
        self.sources.entries().iter().chain(pages).collect()
    }
}

/// Keeps each source that an event lists once, though it is named by its id and by its address.
fn keep_once(event: &mut Event) -> Vec<Spanned<Defect<RecordDefect>>> {
    let mut seen = BTreeMap::new();
    let mut repeated = Vec::new();
    event.claims.retain(|claim| {
        if !claim.listed {
            return true;
        }
        let first = *seen.entry(claim.source.value.clone()).or_insert(claim.span);
        let is_first = first == claim.span;
        if !is_first {
            let written = Some(claim.source.value.to_string());
            let defect = FormDefect::DuplicateValue { written, first };
            repeated.push(Spanned::new(defect.into(), claim.span));
        }
        is_first
    });
    repeated
}

/// Takes from each listed source what it speaks of itself in a claim: what the coder wrote tells
/// more than the list. One that denies the event affirms nothing of it.
fn leave_to_own_claims(event: &mut Event) {
    if !event.claims.iter().any(|claim| claim.listed) {
        return;
    }
    let (mut said, mut denying) = (BTreeSet::new(), BTreeSet::new());
    let is_own = |claim: &&Claim| {
        !claim.listed && claim.by.is_none() && claim.via.is_none() && claim.about.is_none()
    };
    for claim in event.claims.iter().filter(is_own) {
        for statement in &claim.statements {
            said.insert((claim.source.value.clone(), statement.component));
            if (statement.stance, statement.component) == (Stance::Denies, Component::Event) {
                denying.insert(claim.source.value.clone());
            }
        }
    }
    for claim in event.claims.iter_mut().filter(|claim| claim.listed) {
        let denies = denying.contains(&claim.source.value);
        let source = &claim.source.value;
        claim
            .statements
            .retain(|said_of| !denies && !said.contains(&(source.clone(), said_of.component)));
    }
    event.claims.retain(|claim| !claim.listed || !claim.statements.is_empty());
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
        let claims = dataset.events.iter().flat_map(|filed| &filed.event.claims);
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
