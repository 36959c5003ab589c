//! A project before and after a change.

use std::collections::BTreeMap;

use super::{
    Binding, BoundEvent, Dataset, EventSummary, FiledEvent, Project, Registry, RegistryEntry,
};
use crate::record::Referent;
use crate::source::{FileId, Files, Location, Span};

/// A project before and after a change.
#[derive(Debug)]
pub struct Change<'p> {
    /// The project as it was.
    pub before: Project<'p>,
    /// The project as it is.
    pub after: Project<'p>,
    /// The datasets that were there and still are.
    pub datasets: Vec<RevisedDataset<'p>>,
}

/// A dataset that was there before a change of the project and still is.
#[derive(Debug)]
pub struct RevisedDataset<'p> {
    /// The dataset as it was, with the codebook of then.
    pub before: Binding<'p>,
    /// The dataset as it is.
    pub after: Binding<'p>,
    /// The ids that it no longer has.
    pub gone: Vec<GoneId<'p>>,
    /// The new id of each old one, for what was renamed.
    successors: BTreeMap<(Referent, &'p str), &'p str>,
}

/// An id that a dataset no longer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoneId<'p> {
    /// What it stood for.
    pub referent: Referent,
    /// The id.
    pub id: &'p str,
    /// Its new id, if it was renamed.
    pub successor: Option<&'p str>,
    /// Whether it stands in a record that is a draft again.
    pub is_draft: bool,
    /// Where the successor is written, or else the place nearest to where the id stood.
    pub place: Option<Location>,
}

/// An event that was there before a change of the project and still is, on a visit.
#[derive(Clone, Copy, Debug)]
pub struct RevisedEvent<'p> {
    /// The event as it was, bound to what its names referred to then.
    pub before: BoundEvent<'p>,
    /// The event as it is.
    pub after: BoundEvent<'p>,
    /// The dataset.
    pub dataset: &'p RevisedDataset<'p>,
}

impl<'p> Change<'p> {
    /// Sets a project beside what it was.
    pub fn new(before: Project<'p>, after: Project<'p>) -> Self {
        let pair = |dataset: &'p Dataset| {
            let is = Binding { codebook: after.codebook, dataset };
            let was = before.dataset(&dataset.name)?;
            Some(RevisedDataset::new((was, before), (is, after)))
        };
        Self { before, after, datasets: after.datasets.iter().filter_map(pair).collect() }
    }
}

impl<'p> RevisedDataset<'p> {
    fn new(
        (before, project_before): (Binding<'p>, Project<'p>),
        (after, project_after): (Binding<'p>, Project<'p>),
    ) -> Self {
        let (was, is) = (before.dataset, after.dataset);
        let files = (project_before.files, project_after.files);
        let mut gone = of_registry(Referent::Actor, (&was.actors, &is.actors), files, |actor| {
            actor.names().collect()
        });
        gone.extend(of_registry(Referent::Place, (&was.places, &is.places), files, |place| {
            place.names().collect()
        }));
        gone.extend(of_registry(Referent::Source, (&was.sources, &is.sources), files, |_| {
            Vec::new()
        }));
        let described = is.description_file.map(start);
        gone.iter_mut().for_each(|gone| gone.place = gone.place.or(described));
        gone.extend(of_events((was, project_before), (is, project_after)));
        let successor = |gone: &GoneId<'p>| Some(((gone.referent, gone.id), gone.successor?));
        let successors = gone.iter().filter_map(successor).collect();
        Self { before, after, gone, successors }
    }

    /// What an id from before the change is called now.
    pub fn current<'i>(&self, referent: Referent, id: &'i str) -> &'i str
    where
        'p: 'i,
    {
        self.successors.get(&(referent, id)).copied().unwrap_or(id)
    }

    /// The events that stood in it before, in its order. An event is known by its id and, where
    /// several people coded it, its coder.
    pub fn events(&self) -> Vec<RevisedEvent<'_>> {
        let was = self.before.dataset.filed().filter(|filed| !filed.id().is_empty());
        let known = |filed: FiledEvent<'p>| {
            ((self.current(Referent::Event, filed.summary.id()), filed.summary.coder()), filed)
        };
        let earlier: BTreeMap<_, _> = was.map(known).collect();
        let pair = |filed: FiledEvent<'p>| {
            let was = earlier.get(&(filed.id(), filed.coder()))?;
            Some(RevisedEvent {
                before: BoundEvent { binding: self.before, filed: *was },
                after: BoundEvent { binding: self.after, filed },
                dataset: self,
            })
        };
        self.after.dataset.filed().filter_map(pair).collect()
    }
}

/// The ids that a registry no longer has; none if text of it was lost. Each has its place in the file
/// in which it stood, if that is still there.
fn of_registry<'p, T>(
    referent: Referent,
    (was, is): (&'p Registry<T>, &'p Registry<T>),
    (before, after): (&Files, &Files),
    names: impl Fn(&'p T) -> Vec<&'p str>,
) -> Vec<GoneId<'p>> {
    if was.damaged || is.damaged {
        return Vec::new();
    }
    let (mut bodies, mut by_name) = (BTreeMap::new(), BTreeMap::new());
    for entry in is.entries().iter().rev() {
        if was.get(&entry.id.value).is_none() {
            bodies.insert(entry.body, entry);
        }
        by_name.extend(names(&entry.entry).into_iter().map(|name| (name, entry)));
    }
    let files: BTreeMap<_, _> = is.files.iter().map(|file| (after.path(*file), *file)).collect();
    let mut nearest = is.files.first().copied().map(start);
    let mut last = None;
    let mut gone = Vec::new();
    for entry in was.entries() {
        if last.replace(entry.file) != Some(entry.file) {
            nearest = files.get(before.path(entry.file)).copied().map(start).or(nearest);
        }
        let id = &*entry.id.value;
        if let Some(left) = is.get(id) {
            nearest = Some(left.location());
            continue;
        }
        let successor = bodies.remove(&entry.body).or_else(|| by_name.get(id).copied());
        let place = successor.map(RegistryEntry::location).or(nearest);
        let successor = successor.map(|entry| &*entry.id.value);
        gone.push(GoneId { referent, id, successor, is_draft: false, place });
    }
    gone
}

/// The published events that a dataset no longer has, or only as drafts. An event may still be in a file that has an
/// event without an id, or none that can be read.
fn of_events<'p>(
    (was, before): (&'p Dataset, Project<'p>),
    (is, after): (&'p Dataset, Project<'p>),
) -> Vec<GoneId<'p>> {
    let published = |filed: &&EventSummary| filed.is_tabulated() && !filed.id().is_empty();
    let mut by_path: BTreeMap<&str, Vec<&'p EventSummary>> = BTreeMap::new();
    for file in &is.files {
        by_path.entry(after.files.path(file.file)).or_default();
    }
    let mut bodies = BTreeMap::new();
    for filed in is.events.iter().rev() {
        by_path.entry(after.files.path(filed.file)).or_default().push(filed);
        if published(&filed) && was.event(filed.id()).is_none() {
            bodies.insert(filed.body, filed);
        }
    }
    let mut gone = Vec::new();
    for filed in was.events.iter().filter(published) {
        let id = filed.id();
        if let Some(left) = is.event(id) {
            if left.is_draft() {
                let (successor, place) = (None, Some(left.location()));
                gone.push(GoneId {
                    referent: Referent::Event,
                    id,
                    successor,
                    is_draft: true,
                    place,
                });
            }
            continue;
        }
        let beside = by_path.get(before.files.path(filed.file));
        let successor = bodies.remove(&filed.body);
        let is_lost = beside.is_some_and(|events| {
            events.is_empty() || events.iter().any(|filed| filed.id().is_empty())
        });
        if is_lost && successor.is_none() {
            continue;
        }
        let nearest = beside.and_then(|events| Some(events.last()?.location()));
        let at_all = || is.description_file.map(start);
        let place = successor.map(EventSummary::location).or(nearest).or_else(at_all);
        let successor = successor.map(EventSummary::id);
        gone.push(GoneId { referent: Referent::Event, id, successor, is_draft: false, place });
    }
    gone
}

/// Where a file begins.
fn start(file: FileId) -> Location {
    Location::new(file, Span::at(0))
}
