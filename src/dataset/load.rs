//! Reading the files of the datasets.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::reach::beyond_limits;
use super::{Dataset, FiledEvent, Registry, same_page};
use crate::form::shape::{Formed, Mapping};
use crate::form::{Defect, FileDefect, FileDefects, Folder, Limit, Shape};
use crate::record::{DatasetFile, Event, Reader, RecordDefect, read_event};
use crate::schema::Codebook;
use crate::source::{FileId, Files, LineIndex, ReadError, SourceText, Span, World, is_yaml};
use crate::syntax::{self, Stream, SyntaxDefect};

/// Which datasets are meant.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The names of datasets; none means all.
    pub datasets: Vec<String>,
}

impl Selection {
    /// Whether a dataset is meant.
    pub fn holds(&self, dataset: &str) -> bool {
        self.datasets.is_empty() || self.datasets.iter().any(|name| name == dataset)
    }
}

/// Reads every selected dataset of a project: each folder of `datasets/`.
///
/// # Errors
/// When a folder or file is there and cannot be read.
pub fn load(
    world: &dyn World,
    codebook: &Codebook,
    selection: &Selection,
    files: &mut Files,
) -> Result<Vec<Dataset>, ReadError> {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in world.list("datasets")? {
        if let Some((name, _)) =
            path.strip_prefix("datasets/").and_then(|rest| rest.split_once('/'))
            && selection.holds(name)
            && is_yaml(&path)
        {
            folders.entry(name.to_owned()).or_default().push(path);
        }
    }
    folders
        .into_iter()
        .map(|(name, paths)| load_dataset(world, codebook, name, &paths, files))
        .collect()
}

fn load_dataset(
    world: &dyn World,
    codebook: &Codebook,
    name: String,
    paths: &[String],
    files: &mut Files,
) -> Result<Dataset, ReadError> {
    let folder = format!("datasets/{name}");
    let mut loader = FolderLoader { world, codebook, folder, files, defects: Vec::new() };
    let description = loader.file("dataset", |file, stream, reader| {
        let root = reader.required_root(stream, "dataset");
        (file, root.and_then(|root| Mapping::<DatasetFile>::read(root, reader).into_value()))
    })?;
    let actors = loader.registry("actors")?;
    let places = loader.registry("places")?;
    let sources = loader.registry("sources")?;
    let events_folder = format!("{}/events/", loader.folder);
    let event_paths: Vec<_> =
        paths.iter().filter(|path| path.starts_with(&events_folder)).collect();
    let (events, event_defects) = read_events(world, codebook, &event_paths, loader.files)?;
    let unread = loader.unread(paths, &events_folder);
    let mut defects = loader.defects;
    defects.extend(event_defects);
    defects.extend(unread);
    let description_file = description.as_ref().map(|(file, _)| *file);
    let description = description.and_then(|(_, read)| read).unwrap_or_default();
    let mut dataset = Dataset {
        name,
        description,
        description_file,
        actors,
        places,
        shared_pages: same_page::publishers(&sources),
        sources,
        by_id: by_id(&events),
        index: OnceLock::new(),
        events,
        files: defects,
    };
    for (file, limit) in beyond_limits(&dataset) {
        let of_file = dataset.files.iter_mut().find(|defects| defects.file == file);
        of_file.into_iter().for_each(|found| found.defects.push(limit.map(Defect::Limit)));
    }
    Ok(dataset)
}

/// The positions of events in the order of their ids, an adjudicated record before those of coders.
fn by_id(events: &[FiledEvent]) -> Vec<usize> {
    let mut positions: Vec<_> = (0..events.len()).collect();
    positions.sort_by_key(|position| (events[*position].id(), events[*position].coder.as_deref()));
    positions
}

/// The single files of a dataset's folder.
const SINGLE_FILES: [&str; 4] = ["dataset", "actors", "places", "sources"];

/// Reads the single files of a dataset's folder.
struct FolderLoader<'w> {
    world: &'w dyn World,
    codebook: &'w Codebook,
    folder: String,
    files: &'w mut Files,
    defects: Vec<FileDefects<RecordDefect>>,
}

impl FolderLoader<'_> {
    fn registry<T: Formed<Codebook>>(&mut self, stem: &str) -> Result<Registry<T>, ReadError> {
        let registry = self.file(stem, |file, stream, reader| {
            let root = reader.only_root(stream);
            Registry::read(root, file, reader)
        })?;
        Ok(registry.unwrap_or_default())
    }

    /// The files that no name leads to.
    fn unread(&mut self, paths: &[String], events_folder: &str) -> Vec<FileDefects<RecordDefect>> {
        let known = SINGLE_FILES.map(|stem| format!("{}/{stem}.yaml", self.folder));
        let strays =
            paths.iter().filter(|path| !path.starts_with(events_folder) && !known.contains(path));
        let defect = FileDefect::Unread { within: Folder::Dataset };
        strays
            .map(|path| FileDefects::of_file(self.files.add(path.as_str()), defect.clone()))
            .collect()
    }

    /// Reads a file of the folder by a function, if it is there.
    fn file<T>(
        &mut self,
        stem: &str,
        read: impl FnOnce(FileId, &Stream<'_>, &mut Reader<'_>) -> T,
    ) -> Result<Option<T>, ReadError> {
        let path = format!("{}/{stem}.yaml", self.folder);
        let Some(bytes) = self.world.read(&path)? else {
            return Ok(None);
        };
        let file = self.files.add(path);
        let source = SourceText::decode(bytes);
        let stream = syntax::parse_source(&source);
        let mut reader = Reader::new(self.codebook);
        let value = read(file, &stream, &mut reader);
        self.defects.push(reader.finish(file, &stream));
        Ok(Some(value))
    }
}

/// Reads event files on all cores; the result is in the order of the paths.
fn read_events(
    world: &dyn World,
    codebook: &Codebook,
    paths: &[&String],
    files: &mut Files,
) -> Result<(Vec<FiledEvent>, Vec<FileDefects<RecordDefect>>), ReadError> {
    let named: Vec<_> =
        paths.iter().map(|path| (files.add(path.as_str()), path.as_str())).collect();
    let read: Result<Vec<_>, ReadError> = named
        .par_iter()
        .map(|(file, path)| read_event_file(world, codebook, *file, path))
        .collect();
    let (events, defects): (Vec<_>, Vec<_>) = read?.into_iter().unzip();
    Ok((events.into_iter().flatten().collect(), defects))
}

fn read_event_file(
    world: &dyn World,
    codebook: &Codebook,
    file: FileId,
    path: &str,
) -> Result<(Vec<FiledEvent>, FileDefects<RecordDefect>), ReadError> {
    // A file that vanished since the folder was listed has no events.
    let source = SourceText::decode(world.read(path)?.unwrap_or_default());
    let stream = syntax::parse_source(&source);
    let lines = LineIndex::new(&source.text);
    let mut reader = Reader::new(codebook);
    let roots = stream.documents.iter().filter_map(|document| document.root());
    let events: Vec<_> = roots
        .filter_map(|root| read_event(root, &|offset| lines.line(offset), &mut reader))
        .collect();
    if stream.documents.is_empty() && stream.defects.is_empty() {
        reader.report(Span::at(0), FileDefect::Empty { what: "event" });
    }
    let defects = reader.finish(file, &stream);
    let alone = stream.documents.len() == 1;
    let lost = Lost::of(&defects);
    let file_one = |event| file_event(event, file, path, alone, &lost);
    let filed = events.into_iter().map(file_one).collect();
    Ok((filed, defects))
}

fn file_event(mut event: Event, file: FileId, path: &str, alone: bool, lost: &Lost) -> FiledEvent {
    event.intact = !lost.touches(event.span);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let id = event.id.value().map_or("", |id| id.as_str());
    let coder = stem.strip_prefix(id).and_then(|rest| rest.strip_prefix('.'));
    let coder = coder.filter(|_| !id.is_empty()).map(Box::from);
    FiledEvent { file, event, coder, stem: alone.then(|| stem.into()) }
}

/// The stretches of a file of which something was not read, in order.
struct Lost {
    starts: Vec<u32>,
    /// The last end up to each.
    ends: Vec<u32>,
}

impl Lost {
    fn of(file: &FileDefects<RecordDefect>) -> Self {
        let lost = file.defects.iter().filter(|defect| !defect.value.leaves_value());
        let mut spans: Vec<_> = lost
            .map(|defect| match defect.value {
                // What else is wrong from here on is not known.
                Defect::Limit(Limit::Findings)
                | Defect::Syntax(SyntaxDefect::Limit(syntax::Limit::Defects(_))) => {
                    Span::new(defect.span.start, u32::MAX)
                }
                _ => defect.span,
            })
            .collect();
        spans.sort_unstable();
        let mut last = 0;
        let ends = spans.iter().map(|span| {
            last = span.end.max(last);
            last
        });
        Self { ends: ends.collect(), starts: spans.iter().map(|span| span.start).collect() }
    }

    /// Whether one of them touches a stretch, as [`Span::touches`] has it.
    fn touches(&self, span: Span) -> bool {
        let before = self.starts.partition_point(|start| *start <= span.end);
        before > 0 && span.start <= self.ends[before - 1]
    }
}
