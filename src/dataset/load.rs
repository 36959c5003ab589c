//! Reading the files of the datasets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::bound::Binding;
use super::contents::Dataset;
use super::event_file::{EventReader, Visit};
use super::event_summary::EventSummary;
use super::folder::Folder;
use super::known::Known;
use super::membership::Memberships;
use super::mentions::Mentions;
use super::pages::Pages;
use super::publishers::Publishers;
use super::reach::beyond_limits;
use super::read_event::{PartVisit, ReadPart};
use super::read_file::NamedFile;
use super::records::Records;
use super::registry::Registry;
use super::shard::Shard;
use super::stray;
use crate::form::{Defect, FileDefects};
use crate::record::{DatasetFile, RecordDefect};
use crate::schema::Codebook;
use crate::source::{FileId, Files, Lent, Listed, ReadError, Spanned, World, is_yaml};

/// Which datasets are meant.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The names of datasets; none means all.
    pub datasets: Vec<String>,
    /// The shard whose events are meant; `None` for all events.
    pub shard: Option<Shard>,
}

impl Selection {
    /// All events of some datasets; of every dataset, where none is named.
    pub const fn of_datasets(datasets: Vec<String>) -> Self {
        Self { datasets, shard: None }
    }

    /// All events of a dataset.
    pub fn of_dataset(name: &str) -> Self {
        Self::of_datasets(vec![name.to_owned()])
    }

    /// Whether a dataset is meant.
    pub fn holds(&self, dataset: &str) -> bool {
        self.datasets.is_empty() || self.datasets.iter().any(|name| name == dataset)
    }
}

/// The datasets of a project, and the files beside them.
#[derive(Debug)]
pub struct LoadedDatasets<R = ()> {
    /// Every selected dataset.
    pub datasets: Vec<Dataset>,
    /// What visits of events found, file by file.
    pub reports: Vec<(FileId, R)>,
    /// The files of events and registries that an earlier run knew, and that were not read.
    pub known: Vec<FileId>,
    /// The files that look like records and belong to no dataset, each with its defect.
    pub strays: Vec<FileDefects<RecordDefect>>,
}

/// How files of events are read.
pub struct Reading<'r, R> {
    /// What an earlier run knew.
    pub known: Option<Known<'r>>,
    /// Visits events as they are read.
    pub visit: Visit<'r, R>,
    /// Whether somebody asks for the records once they were visited.
    pub keeps_records: bool,
}

/// Reads every selected dataset of a project: each folder of `datasets/`.
///
/// # Errors
/// When `datasets/` itself cannot be looked up.
pub fn load(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
) -> Result<LoadedDatasets, ReadError> {
    load_listed(world, codebook, selection, files, (|_| true, &Reading::unvisited()))
}

/// Reads every selected dataset as [`load`] does, and visits its events on the way.
///
/// # Errors
/// As [`load`].
pub fn load_visiting<R: Send + Sync>(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
    reading: &Reading<'_, R>,
) -> Result<LoadedDatasets<R>, ReadError> {
    load_listed(world, codebook, selection, files, (|_| true, reading))
}

impl Reading<'_, ()> {
    /// Reads every file, and visits nothing.
    fn unvisited() -> Self {
        Self { known: None, visit: &|_, _| (), keeps_records: true }
    }
}

/// Reads the registries of every dataset of a project, and no event.
///
/// # Errors
/// As [`load`].
pub fn load_registries(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
) -> Result<Vec<Dataset>, ReadError> {
    load_files(world, codebook, selection, files, |path| !is_of_event(path))
}

/// Reads those files of the selected datasets that are meant.
///
/// # Errors
/// As [`load`].
pub fn load_files(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
    is_meant: impl Fn(&str) -> bool,
) -> Result<Vec<Dataset>, ReadError> {
    Ok(load_listed(world, codebook, selection, files, (is_meant, &Reading::unvisited()))?.datasets)
}

/// Whether a path is in a folder for files of events.
pub fn is_of_event(path: &str) -> bool {
    let in_dataset = path.strip_prefix("datasets/").and_then(|rest| rest.split_once('/'));
    in_dataset.is_some_and(|(_, path)| path.starts_with("events/"))
}

fn load_listed<R: Send + Sync>(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
    (is_meant, reading): (impl Fn(&str) -> bool, &Reading<'_, R>),
) -> Result<LoadedDatasets<R>, ReadError> {
    let mut folders: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
    let mut beside = Vec::new();
    for listed in world.list("datasets")?.into_iter().filter(|listed| is_meant(&listed.path)) {
        let rest = listed.path.strip_prefix("datasets/").unwrap_or_default();
        match rest.split_once('/') {
            Some((name, _)) if !selection.holds(name) => {}
            Some((name, _)) => match folders.get_mut(name) {
                Some(folder) => folder.push(listed),
                None => _ = folders.insert(name.to_owned(), vec![listed]),
            },
            None => beside.push(listed),
        }
    }
    let has_yaml = |listed: &[Listed]| {
        listed.iter().any(|listed| is_yaml(&listed.path) || stray::looks_like_yaml(&listed.path))
    };
    let (folders, others): (Vec<_>, Vec<_>) =
        folders.into_iter().partition(|(_, listed)| has_yaml(listed));
    let mut strays = Vec::new();
    if selection.datasets.is_empty() {
        beside.extend(others.into_iter().flat_map(|(_, listed)| listed));
        strays.extend(stray::defects(beside, files));
        strays.extend(stray::outside(world, files)?);
    }
    let room = Records::room();
    let lent = reading.known.map(|known| (known, room.lend(Arc::clone(known.bytes))));
    let (mut datasets, mut reports, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for (name, listed) in folders {
        let records = Records::within(&room, reading.keeps_records);
        let folder = Folder::new(world, codebook, (format!("datasets/{name}"), listed), files);
        let (dataset, parts) =
            load_dataset(folder, (name, selection.shard), records, (reading, lent));
        datasets.push(dataset);
        for (file, visit) in parts {
            match visit {
                PartVisit::Found(report) => reports.push((file, report)),
                PartVisit::Known => known.push(file),
                PartVisit::Waits => {}
            }
        }
    }
    Ok(LoadedDatasets { datasets, reports, known, strays })
}

/// Reads a dataset: first its registries, then its events, which are visited with all that their names may stand for.
fn load_dataset<R: Send + Sync>(
    mut folder: Folder<'_>,
    (name, shard): (String, Option<Shard>),
    records: Records,
    (reading, lent): (&Reading<'_, R>, Option<(Known<'_>, Lent)>),
) -> (Dataset, Vec<(FileId, PartVisit<R>)>) {
    let (world, codebook) = (folder.world, folder.codebook);
    let mut dataset = Dataset::empty(name, shard, records);
    (dataset.description_file, dataset.description) = folder.description();
    dataset.license = folder.license();
    let registries = folder.registries();
    let events = folder.events();
    // A registry of many sources is one file, which one core reads while others look up what is known.
    let (registries, events) = rayon::join(
        || registries.read(world, codebook, reading.known),
        || without_known(events, lent),
    );
    let (actors, places, sources, known) = folder.keep(registries);
    (dataset.actors, dataset.places, dataset.sources) = (actors, places, sources);
    let mut pages = Pages::of_registry(&mut dataset.sources);
    dataset.memberships = Memberships::of(&dataset.actors);
    dataset.publishers = Publishers::of(&dataset.actors, &dataset.sources);
    let reader = EventReader { world, binding: dataset.bound(codebook), visit: reading.visit };
    let (parts, is_lost) = folder.keep_events(reader.read_unknown(events));
    dataset.lacks_events |= is_lost;
    // Few events name a page, and to look at each takes long.
    let naming = parts.par_iter().flat_map_iter(|part| &part.events);
    let naming: Vec<_> = naming.filter(|event| !event.addresses.is_empty()).collect();
    if pages.add_events(&naming, &mut dataset.sources) {
        dataset.publishers.imply(&dataset.sources);
    }
    dataset.named_pages = pages.named(&naming).into_iter().map(Box::from).collect();
    let reader = EventReader { world, binding: dataset.bound(codebook), visit: reading.visit };
    let (parts, mut found, is_lost) = reader.visit_waiting(parts, &pages, folder.files);
    dataset.lacks_events |= is_lost;
    let mut visits: Vec<_> = known.into_iter().map(|file| (file, PartVisit::Known)).collect();
    visits.extend(dataset.add_events(parts));
    dataset.files = folder.finish();
    let limits = beyond_limits(&dataset).into_iter();
    found.extend(limits.map(|(file, limit)| (file, limit.map(Defect::Limit))));
    add_defects(&mut dataset.files, found);
    (dataset, visits)
}

impl Dataset {
    /// One of which nothing was read yet.
    fn empty(name: String, shard: Option<Shard>, records: Records) -> Self {
        let (actors, sources) = (Registry::empty("", false), Registry::empty("", false));
        Self {
            name,
            description: DatasetFile::default(),
            description_file: None,
            license: None,
            publishers: Publishers::default(),
            memberships: Memberships::of(&actors),
            actors,
            places: Registry::empty("", false),
            sources,
            by_id: Vec::new(),
            shard,
            lacks_events: shard.is_some(),
            index: OnceLock::new(),
            divisions: OnceLock::new(),
            events: Vec::new(),
            records,
            mentions: Mentions::default(),
            named_pages: BTreeSet::new(),
            files: Vec::new(),
        }
    }

    const fn bound<'p>(&'p self, codebook: &'p Codebook) -> Binding<'p> {
        Binding { codebook, dataset: self }
    }

    /// Adds the events that were read. Returns what visits found in them, part by part.
    fn add_events<R>(&mut self, parts: Vec<ReadPart<R>>) -> Vec<(FileId, PartVisit<R>)> {
        let mut visits = Vec::with_capacity(parts.len());
        // A doubled vector would be the largest thing in memory.
        self.events.reserve_exact(parts.iter().map(|part| part.events.len()).sum());
        for ReadPart { file, events, visit } in parts {
            visits.push((file, visit));
            self.events.extend(events.into_iter().filter_map(|event| event.summary));
        }
        self.by_id = by_id(&self.events);
        visits
    }
}

/// The events of the files that an earlier run knew, and the files that are to be read.
fn without_known<R: Send>(
    mut files: Vec<NamedFile>,
    lent: Option<(Known<'_>, Lent)>,
) -> Vec<Result<ReadPart<R>, NamedFile>> {
    if let Some((known, _)) = lent {
        known.find(&mut files);
    }
    let known =
        |named: NamedFile| lent.and_then(|(known, lent)| known.events(&named, lent)).ok_or(named);
    files.into_par_iter().map(known).collect()
}

/// Adds defects to those of their files.
fn add_defects(
    files: &mut [FileDefects<RecordDefect>],
    found: Vec<(FileId, Spanned<Defect<RecordDefect>>)>,
) {
    let mut by_file: BTreeMap<FileId, Vec<_>> = BTreeMap::new();
    for (file, defect) in found {
        by_file.entry(file).or_default().push(defect);
    }
    for of_file in files {
        of_file.defects.extend(by_file.remove(&of_file.file).into_iter().flatten());
    }
}

/// The positions of events in the order of their ids, an adjudicated record before those of coders, a
/// finished one before a draft.
pub(super) fn by_id(events: &[EventSummary]) -> Vec<usize> {
    let mut positions: Vec<_> = (0..events.len()).collect();
    positions.par_sort_by_key(|position| {
        let event = &events[*position];
        (event.id(), event.coder(), event.is_draft())
    });
    positions
}
