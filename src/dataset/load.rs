//! Reading the files of the datasets.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::contents::Dataset;
use super::event_file::{ReadEvent, read_event_file};
use super::event_summary::EventSummary;
use super::known::KnownFile;
use super::membership::Memberships;
use super::mentions::Mentions;
use super::pages::Pages;
use super::publishers::Publishers;
use super::reach::beyond_limits;
use super::read_file::{NamedFile, ReadFile, content, name_files, read_files};
use super::records::Records;
use super::registry::Registry;
use super::shard::Shard;
use super::stray;
use crate::form::{Defect, FileDefects, Shape};
use crate::record::{DatasetFile, Reader, RecordDefect};
use crate::schema::Codebook;
use crate::source::{FileId, Files, Listed, ReadError, Spanned, World, is_yaml};
use crate::syntax;

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
pub struct LoadedDatasets {
    /// Every selected dataset.
    pub datasets: Vec<Dataset>,
    /// The files that look like records and belong to no dataset, each with its defect.
    pub strays: Vec<FileDefects<RecordDefect>>,
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
    load_knowing(world, codebook, selection, files, &|_| None)
}

/// Reads every selected dataset as [`load`] does, except the files of events that an earlier run knew.
///
/// # Errors
/// As [`load`].
pub fn load_knowing(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
    known: KnownFile<'_>,
) -> Result<LoadedDatasets, ReadError> {
    load_listed(world, codebook, selection, files, (|_| true, known))
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
    Ok(load_listed(world, codebook, selection, files, (is_meant, &|_| None))?.datasets)
}

/// Whether a path is in a folder for files of events.
pub fn is_of_event(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next() == Some("datasets") && parts.nth(1) == Some("events") && parts.next().is_some()
}

fn load_listed(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
    (is_meant, known): (impl Fn(&str) -> bool, KnownFile<'_>),
) -> Result<LoadedDatasets, ReadError> {
    let mut folders: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
    let mut beside = Vec::new();
    for listed in world.list("datasets")?.into_iter().filter(|listed| is_meant(&listed.path)) {
        let rest = listed.path.strip_prefix("datasets/").unwrap_or_default();
        match rest.split_once('/').map(|(name, _)| name.to_owned()) {
            Some(name) if selection.holds(&name) => folders.entry(name).or_default().push(listed),
            Some(_) => {}
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
    let load = |(name, listed)| {
        let kept = (selection.shard, Records::within(&room));
        load_dataset(world, codebook, (name, listed), kept, files, known)
    };
    Ok(LoadedDatasets { datasets: folders.into_iter().map(load).collect(), strays })
}

fn load_dataset(
    world: &dyn World,
    codebook: &Codebook,
    (name, listed): (String, Vec<Listed>),
    (shard, records): (Option<Shard>, Records),
    files: &mut Files,
    known: KnownFile<'_>,
) -> Dataset {
    let folder = format!("datasets/{name}");
    let mut loader =
        FolderLoader { world, codebook, folder, files, others: listed, defects: Vec::new() };
    let (description_file, description) = loader.description();
    let license = loader.license();
    let actors = loader.registry("actors");
    let (places, sources) = (loader.registry("places"), loader.registry("sources"));
    let events = loader.take(&format!("{}/events/", loader.folder));
    let events = name_files(events, loader.files);
    // A registry of many sources is one file, which one core reads while others read the events.
    let ((actors, places, sources), events) = rayon::join(
        || {
            (
                actors.read(world, codebook),
                places.read(world, codebook),
                sources.read(world, codebook),
            )
        },
        || {
            read_files(events, |file, listed| match known(&listed.path) {
                None => read_event_file(world, codebook, (file, listed), (shard, &records)),
                Some(known) => {
                    (Some(known.restore(file, &records)), FileDefects { file, defects: Vec::new() })
                }
            })
        },
    );
    let actors = loader.keep(actors);
    let (places, mut sources) = (loader.keep(places), loader.keep(sources));
    let (mut events, lacks_events) = loader.events(events);
    let (repeated, named_pages) = Pages::resolve(&mut events, &records, &mut sources);
    let events: Vec<_> = events.into_iter().filter_map(|read| read.summary).collect();
    let FolderLoader { mut defects, others, .. } = loader;
    defects.extend(stray::defects(others, files));
    let mut dataset = Dataset {
        name,
        description,
        description_file,
        license,
        publishers: Publishers::of(&actors, &sources),
        memberships: Memberships::of(&actors),
        actors,
        places,
        sources,
        by_id: by_id(&events),
        shard,
        lacks_events: lacks_events || shard.is_some(),
        index: OnceLock::new(),
        divisions: OnceLock::new(),
        events,
        records,
        mentions: Mentions::default(),
        named_pages,
        files: defects,
    };
    let limits = beyond_limits(&dataset).into_iter();
    add_defects(
        &mut dataset.files,
        repeated.into_iter().chain(limits.map(|(file, limit)| (file, limit.map(Defect::Limit)))),
    );
    dataset
}

/// Adds defects to those of their files.
fn add_defects(
    files: &mut [FileDefects<RecordDefect>],
    found: impl Iterator<Item = (FileId, Spanned<Defect<RecordDefect>>)>,
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
    positions.sort_by_key(|position| {
        let event = &events[*position];
        (event.id(), event.coder.as_deref(), event.is_draft())
    });
    positions
}

/// Reads what stands in a dataset's folder.
struct FolderLoader<'w> {
    world: &'w dyn World,
    codebook: &'w Codebook,
    folder: String,
    files: &'w mut Files,
    /// What stands in the folder, without what was read.
    others: Vec<Listed>,
    defects: Vec<FileDefects<RecordDefect>>,
}

impl FolderLoader<'_> {
    fn description(&mut self) -> (Option<FileId>, DatasetFile) {
        let path = format!("{}/dataset.yaml", self.folder);
        let Some(listed) = self.take_one(&path) else {
            return (None, DatasetFile::default());
        };
        let file = self.files.add(path);
        let (description, defects) = match content(self.world, &listed) {
            Ok(source) => {
                let stream = syntax::parse_source(&source);
                let mut reader = Reader::new(self.codebook);
                let root = reader.required_root(&stream, "dataset");
                let read = root.and_then(|root| DatasetFile::read(root, &mut reader).into_value());
                (read, reader.finish(file, &stream))
            }
            Err(defect) => (None, FileDefects::of_file(file, defect)),
        };
        self.defects.push(defects);
        (Some(file), description.unwrap_or_default())
    }

    /// The bytes of the license, which a build copies as they are.
    fn license(&mut self) -> Option<Box<[u8]>> {
        let path = format!("{}/LICENSE", self.folder);
        let listed = self.take_one(&path)?;
        let readable = listed.obstacle.is_none();
        let bytes = readable.then(|| self.world.read(&path).ok().flatten()).flatten();
        bytes.map(Into::into)
    }

    /// The files of a registry: a file, those of a folder, or both.
    fn registry<T>(&mut self, stem: &str) -> RegistryFiles<T> {
        let (path, folder) =
            (format!("{}/{stem}", self.folder), format!("{}/{stem}/", self.folder));
        let file = format!("{path}.yaml");
        let mut listed: Vec<_> = self.take_one(&file).into_iter().collect();
        listed.extend(self.take(&folder));
        // In another spelling it is told of, and what it would hold is not missed as well.
        let respelled = |listed: &Listed| {
            let other = listed.path.to_lowercase();
            other == path || other.starts_with(&folder) || other.starts_with(&format!("{path}.y"))
        };
        let is_lost = listed.is_empty() && self.others.iter().any(respelled);
        let named = name_files(listed, self.files);
        RegistryFiles { registry: Registry::empty(&file, is_lost), named }
    }

    /// Keeps the defects of a registry that was read.
    fn keep<T>(&mut self, read: ReadRegistry<T>) -> Registry<T> {
        let (registry, defects) = read;
        self.defects.extend(defects);
        registry
    }

    /// The events that were read, and whether one may be missing because a file could not be read.
    fn events(&mut self, read: Vec<ReadFile<Vec<ReadEvent>>>) -> (Vec<ReadEvent>, bool) {
        let records = read.iter().flat_map(|(events, _)| events).map(Vec::len).sum();
        let (mut all, mut lacks_events) = (Vec::with_capacity(records), false);
        for (events, defects) in read {
            lacks_events |= events.is_none();
            all.extend(events.into_iter().flatten());
            self.defects.push(defects);
        }
        (all, lacks_events)
    }

    /// Takes what stands at a path out of the folder.
    fn take_one(&mut self, path: &str) -> Option<Listed> {
        let at = self.others.iter().position(|listed| listed.path == path)?;
        Some(self.others.remove(at))
    }

    /// Takes what stands under a path out of the folder.
    fn take(&mut self, folder: &str) -> Vec<Listed> {
        self.others.extract_if(.., |listed| listed.path.starts_with(folder)).collect()
    }
}

/// The files of a registry before they are read.
struct RegistryFiles<T> {
    registry: Registry<T>,
    named: Vec<NamedFile>,
}

/// A registry that was read, with the defects of its files.
type ReadRegistry<T> = (Registry<T>, Vec<FileDefects<RecordDefect>>);

impl<T> RegistryFiles<T>
where
    T: Shape<Codebook, Value = T> + Send,
{
    fn read(self, world: &dyn World, codebook: &Codebook) -> ReadRegistry<T> {
        let Self { mut registry, named } = self;
        let read = read_files(named, |file, listed| match content(world, listed) {
            Ok(source) => Registry::of_file(&source, (file, &listed.path), codebook),
            Err(defect) => (None, FileDefects::of_file(file, defect)),
        });
        let mut all = Vec::new();
        for (file, defects) in read {
            registry.damaged |= file.is_none();
            file.into_iter().for_each(|file| registry.add(file));
            all.push(defects);
        }
        (registry, all)
    }
}
