//! What stands in the folder of a dataset.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::known::Known;
use super::read_event::{ReadEvents, ReadPart};
use super::read_file::{NamedFile, ReadFile, content, name_files, read_files};
use super::registry::Registry;
use super::stray;
use crate::form::{FileDefects, Shape};
use crate::record::{Actor, DatasetFile, Place, Reader, RecordDefect, SourceEntry};
use crate::schema::Codebook;
use crate::source::{FileId, Files, Listed, World};
use crate::syntax;

/// Reads what stands in a dataset's folder.
pub(super) struct Folder<'w> {
    pub world: &'w dyn World,
    pub codebook: &'w Codebook,
    folder: String,
    pub files: &'w mut Files,
    /// What stands in the folder, without what was read, sorted bytewise as [`World::list`] gives it.
    others: Vec<Listed>,
    defects: Vec<FileDefects<RecordDefect>>,
}

impl<'w> Folder<'w> {
    /// The folder of a dataset, and what is listed in it.
    pub(super) fn new(
        world: &'w dyn World,
        codebook: &'w Codebook,
        (folder, others): (String, Vec<Listed>),
        files: &'w mut Files,
    ) -> Self {
        Self { world, codebook, folder, files, others, defects: Vec::new() }
    }

    /// What `dataset.yaml` says.
    pub(super) fn description(&mut self) -> (Option<FileId>, DatasetFile) {
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
    pub(super) fn license(&mut self) -> Option<Box<[u8]>> {
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

    /// The registries, before they are read.
    pub(super) fn registries(&mut self) -> Registries {
        let (actors, places) = (self.registry("actors"), self.registry("places"));
        Registries { actors, places, sources: self.registry("sources") }
    }

    /// The registries that were read, whose defects are kept, and the files of them that were known.
    pub(super) fn keep(
        &mut self,
        read: ReadRegistries,
    ) -> (Registry<Actor>, Registry<Place>, Registry<SourceEntry>, Vec<FileId>) {
        let ((actors, of_actors, mut known), places, sources) = read;
        let ((places, of_places, more), (sources, of_sources, others)) = (places, sources);
        self.defects.extend(of_actors.into_iter().chain(of_places).chain(of_sources));
        known.extend(more.into_iter().chain(others));
        (actors, places, sources, known)
    }

    /// The files of events, before they are read.
    pub(super) fn events(&mut self) -> Vec<NamedFile> {
        let events = self.take(&format!("{}/events/", self.folder));
        name_files(events, self.files)
    }

    /// What was read of the files of events, whose defects are kept, and whether an event may be missing because a file
    /// could not be read.
    pub(super) fn keep_events<R>(&mut self, read: ReadEvents<R>) -> (Vec<ReadPart<R>>, bool) {
        let parts = |file: &Result<_, ReadFile<Vec<_>>>| match file {
            Ok(_) => 1,
            Err((parts, _)) => parts.as_ref().map_or(0, Vec::len),
        };
        let (mut all, mut is_lost) = (Vec::with_capacity(read.iter().map(parts).sum()), false);
        for file in read {
            let defects = match file {
                Ok(known) => {
                    let file = known.file;
                    all.push(known);
                    FileDefects { file, defects: Vec::new() }
                }
                Err((parts, defects)) => {
                    is_lost |= parts.is_none();
                    all.extend(parts.into_iter().flatten());
                    defects
                }
            };
            self.defects.push(defects);
        }
        (all, is_lost)
    }

    /// The defects of all its files, those too that nothing was read from.
    pub(super) fn finish(self) -> Vec<FileDefects<RecordDefect>> {
        let Self { mut defects, others, files, .. } = self;
        defects.extend(stray::defects(others, files));
        defects
    }

    /// Takes what stands at a path out of the folder.
    fn take_one(&mut self, path: &str) -> Option<Listed> {
        let at = self.others.binary_search_by(|listed| (*listed.path).cmp(path)).ok()?;
        Some(self.others.remove(at))
    }

    /// Takes what stands under a path out of the folder.
    fn take(&mut self, folder: &str) -> Vec<Listed> {
        let from = self.others.partition_point(|listed| &*listed.path < folder);
        let under = self.others[from..].partition_point(|listed| listed.path.starts_with(folder));
        self.others.drain(from..from + under).collect()
    }
}

/// The files of a registry before they are read.
struct RegistryFiles<T> {
    registry: Registry<T>,
    named: Vec<NamedFile>,
}

/// The files of all registries before they are read.
pub(super) struct Registries {
    actors: RegistryFiles<Actor>,
    places: RegistryFiles<Place>,
    sources: RegistryFiles<SourceEntry>,
}

/// A registry that was read, with the defects of its files, and those files that were known.
type ReadRegistry<T> = (Registry<T>, Vec<FileDefects<RecordDefect>>, Vec<FileId>);

/// The actors, places and sources that were read.
type ReadRegistries = (ReadRegistry<Actor>, ReadRegistry<Place>, ReadRegistry<SourceEntry>);

impl Registries {
    /// Reads them, on several cores.
    pub(super) fn read(
        self,
        world: &dyn World,
        codebook: &Codebook,
        known: Option<Known<'_>>,
    ) -> ReadRegistries {
        let Self { actors, places, sources } = self;
        let (sources, (actors, places)) = rayon::join(
            || sources.read(world, codebook, known),
            || (actors.read(world, codebook, known), places.read(world, codebook, known)),
        );
        (actors, places, sources)
    }
}

impl<T> RegistryFiles<T>
where
    T: Shape<Codebook, Value = T> + Serialize + DeserializeOwned + Send,
{
    fn read(
        self,
        world: &dyn World,
        codebook: &Codebook,
        known: Option<Known<'_>>,
    ) -> ReadRegistry<T> {
        let Self { mut registry, mut named } = self;
        if let Some(known) = known {
            known.find(&mut named);
        }
        let of_known = |named: &NamedFile| {
            let bytes = known?.bytes.get(named.known.clone()?)?;
            Registry::of_known(bytes, (named.file, &named.listed.path))
        };
        let read = read_files(named, |named| {
            let NamedFile { file, listed, .. } = named;
            let file = *file;
            if let Some(known) = of_known(named) {
                return (Some((known, true)), FileDefects { file, defects: Vec::new() });
            }
            match content(world, listed) {
                Ok(source) => {
                    let (read, defects) =
                        Registry::of_file(&source, (file, &listed.path), codebook);
                    (read.map(|read| (read, false)), defects)
                }
                Err(defect) => (None, FileDefects::of_file(file, defect)),
            }
        });
        let (mut all, mut of_known) = (Vec::new(), Vec::new());
        for (file, defects) in read {
            registry.damaged |= file.is_none();
            if let Some((of_file, is_known)) = file {
                of_known.extend(is_known.then_some(defects.file));
                registry.add(of_file);
            }
            all.push(defects);
        }
        registry.shrink_to_fit();
        (registry, all, of_known)
    }
}
