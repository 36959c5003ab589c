//! Reading a file of events.

use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::bound::Binding;
use super::event_summary::{EventSummary, FiledEvent, Filing, Rare};
use super::listed_sources::settle;
use super::lost::Lost;
use super::pages::Pages;
use super::read_event::{PartVisit, ReadEvent, ReadEvents, ReadPart};
use super::read_file::{NamedFile, ReadFile, content, read_file};
use super::registry::digest;
use super::shard::{Shard, written_id};
use crate::form::{Defect, FileDefect, FileDefects};
use crate::record::{Event, Reader, RecordDefect, read_event};
use crate::source::{FileId, Files, LineCount, Listed, Span, Spanned, World};
use crate::syntax::{Content, Node, Part, Split};
use crate::value::Format;

/// Visits events of a file that stand one after another, each with its record.
pub type Visit<'v, R> = &'v (dyn Fn(Binding<'_>, &[FiledEvent<'_>]) -> R + Sync);

/// Reads files of events, and visits each event once it is read.
pub(super) struct EventReader<'w, R> {
    pub world: &'w dyn World,
    /// The codebook, and the dataset without events.
    pub binding: Binding<'w>,
    pub visit: Visit<'w, R>,
}

/// A defect, and the file that it is in.
type FoundDefect = (FileId, Spanned<Defect<RecordDefect>>);

/// What was read of a part of a file: its events, its defects, and whether a document of it has content.
type OfPart<R> = (Vec<ReadPart<R>>, Vec<Spanned<Defect<RecordDefect>>>, bool);

impl<R: Send + Sync> EventReader<'_, R> {
    /// Reads the files that no earlier run knew. The result is in the order of the files.
    pub(super) fn read_unknown(&self, files: Vec<Result<ReadPart<R>, NamedFile>>) -> ReadEvents<R> {
        let read = |named| read_file(named, |named| self.read(named.file, &named.listed));
        files.into_par_iter().map(|file| file.map_err(read)).collect()
    }

    /// Reads the events of a file, or those of the shard. Of the others, the addresses are read by which they name
    /// sources.
    fn read(&self, file: FileId, listed: &Listed) -> ReadFile<Vec<ReadPart<R>>> {
        let source = match content(self.world, listed) {
            Ok(source) => source,
            Err(defect) => return (None, FileDefects::of_file(file, defect)),
        };
        let shard = self.binding.dataset.shard;
        let mut split = Split::of_source(&source);
        // An address, which an escape may hide, may be the first of its page.
        let may_name_pages = |document: &str| document.contains("://") || document.contains('\\');
        let is_elsewhere = |document: &str| {
            let is_of_other =
                |shard: Shard| written_id(document).is_some_and(|id| !shard.holds(id));
            shard.is_some_and(is_of_other) && !may_name_pages(document)
        };
        let leaves_out = shard.is_some() && split.leave_out(is_elsewhere);
        let text = &source.text;
        let whole = WholeFile { reader: self, file, path: &listed.path, text, split };
        let read: Vec<_> = whole.split.parts().par_iter().map(|part| whole.read(part)).collect();
        let is_empty = !leaves_out && read.iter().all(|(.., has_content)| !has_content);
        let mut defects = FileDefects { file, defects: Vec::new() };
        let mut parts = Vec::with_capacity(read.len());
        for (of_part, found, _) in read {
            defects.defects.extend(found);
            parts.extend(of_part);
        }
        if is_empty && defects.defects.is_empty() {
            let empty = FileDefect::Empty { what: "event" };
            defects.defects.push(Spanned::new(empty.into(), Span::at(0)));
        }
        ((!is_empty).then_some(parts), defects)
    }

    /// Visits the events that waited until `pages` have their names. A file that an earlier run knew is read all the same
    /// if a source is called otherwise today. Returns what turns out to be wrong with them, and whether such a file could
    /// not be read.
    pub(super) fn visit_waiting(
        &self,
        mut parts: Vec<ReadPart<R>>,
        pages: &Pages,
        files: &Files,
    ) -> (Vec<ReadPart<R>>, Vec<FoundDefect>, bool) {
        let mut found = Vec::new();
        let mut renamed = self.read_renamed(&parts, pages, files);
        let is_lost = renamed.values().any(|(read, _)| read.is_none());
        if !renamed.is_empty() {
            let read_again = |(at, part): (usize, ReadPart<R>)| match renamed.remove(&at) {
                None => vec![part],
                Some((read, FileDefects { file, defects })) => {
                    found.extend(defects.into_iter().map(|defect| (file, defect)));
                    read.unwrap_or_default()
                }
            };
            parts = parts.into_iter().enumerate().flat_map(read_again).collect();
        }
        let waiting = parts.par_iter_mut().filter(|part| matches!(part.visit, PartVisit::Waits));
        found.par_extend(waiting.flat_map_iter(|part| self.visit_named(part, pages)));
        (parts, found, is_lost)
    }

    /// Reads the files that an earlier run knew and whose sources are called otherwise today, by the positions of their
    /// parts.
    fn read_renamed(
        &self,
        parts: &[ReadPart<R>],
        pages: &Pages,
        files: &Files,
    ) -> BTreeMap<usize, ReadFile<Vec<ReadPart<R>>>> {
        let is_renamed = |part: &ReadPart<R>| {
            let mut summaries = part.events.iter().filter_map(|event| event.summary.as_ref());
            let is_known = matches!(part.visit, PartVisit::Known);
            is_known && summaries.any(|summary| !pages.call(summary.pages()))
        };
        let renamed = parts.par_iter().enumerate().filter(|(_, part)| is_renamed(part));
        let read = renamed.map(|(at, ReadPart { file, .. })| {
            let listed = Listed { path: files.path(*file).into(), obstacle: None };
            (at, self.read(*file, &listed))
        });
        read.collect()
    }

    /// Names the sources of events that waited, and visits them. Returns what turns out to be wrong with them.
    fn visit_named(&self, part: &mut ReadPart<R>, pages: &Pages) -> Vec<FoundDefect> {
        let records = &self.binding.dataset.records;
        let mut defects = Vec::new();
        let mut read = Vec::with_capacity(part.events.len());
        for event in &mut part.events {
            let Some(summary) = &mut event.summary else { continue };
            let Some(mut record) = summary.record.and_then(|record| records.read(record)) else {
                continue;
            };
            pages.rename_in(&mut record);
            defects.extend(settle(&mut record).into_iter().map(|found| (part.file, found)));
            *summary = summary.of_record(&record, pages.named_by(&event.addresses), records);
            read.push((&*summary, record));
        }
        let filed = read.iter().map(|(summary, event)| FiledEvent { summary, event });
        let found = (self.visit)(self.binding, &filed.collect::<Vec<_>>());
        part.visit = PartVisit::Found(found);
        defects
    }
}

/// A file of events while it is read.
struct WholeFile<'f, R> {
    reader: &'f EventReader<'f, R>,
    file: FileId,
    path: &'f str,
    text: &'f str,
    split: Split<'f>,
}

impl<R> WholeFile<'_, R> {
    fn read(&self, part: &Part) -> OfPart<R> {
        let stream = self.split.read(part);
        let mut reader = Reader::of_part(self.reader.binding.codebook, part.lines, part.bytes);
        let documents = stream.documents.iter();
        let roots = documents.filter_map(|document| Some((document.span(), document.root()?)));
        let roots: Vec<_> = roots.filter(|(_, root)| has_content(root)).collect();
        let has_content = !roots.is_empty();
        let read = roots.into_iter();
        let read = read.filter_map(|(at, root)| Some((at, read_event(root, &mut reader)?)));
        let read: Vec<_> = read.collect();
        let FileDefects { mut defects, .. } = reader.finish(self.file, &stream);
        let elsewhere: Vec<_> = read
            .iter()
            .filter(|(at, event)| !self.is_meant(event, *at))
            .map(|(at, _)| *at)
            .collect();
        let parts = self.file_events(read, part.lines, &mut defects);
        // Their own shards tell their defects.
        defects.retain(|defect| {
            let before = elsewhere.partition_point(|document| document.start <= defect.span.start);
            before == 0 || elsewhere[before - 1].end < defect.span.end
        });
        (parts, defects, has_content)
    }

    /// Files the events of a part, and visits them, but for those that name a source by its address: what other files
    /// say decides how that is called.
    fn file_events(
        &self,
        read: Vec<(Span, Event)>,
        mut lines: LineCount,
        defects: &mut Vec<Spanned<Defect<RecordDefect>>>,
    ) -> Vec<ReadPart<R>> {
        let lost = Lost::of(defects);
        let (binding, file) = (self.reader.binding, self.file);
        let records = &binding.dataset.records;
        let mut events = Vec::with_capacity(read.len());
        for (document, mut event) in read {
            event.intact = !lost.touches(event.span);
            let addresses = addresses(&mut event);
            let is_meant = self.is_meant(&event, document);
            if is_meant && addresses.is_empty() {
                defects.extend(settle(&mut event));
            }
            let filing = is_meant.then(|| self.filing(&event, document, &mut lines));
            let summary = filing.map(|filing| EventSummary::new(filing, &event, records));
            if is_meant || !addresses.is_empty() {
                events.push((ReadEvent { file, summary, addresses }, event));
            }
        }
        let waits = |(event, _): &(ReadEvent, Event)| !event.addresses.is_empty();
        let runs = events.chunk_by_mut(|one, next| waits(one) == waits(next));
        let visit = |run: &mut [(ReadEvent, Event)]| {
            if run.first().is_some_and(waits) {
                for (read, event) in &mut *run {
                    let summary = read.summary.iter_mut();
                    summary.for_each(|it| _ = it.record.get_or_insert_with(|| records.put(event)));
                }
                return (run.len(), PartVisit::Waits);
            }
            let filed = run.iter().filter_map(|(read, event)| {
                Some(FiledEvent { summary: read.summary.as_ref()?, event })
            });
            let found = (self.reader.visit)(binding, &filed.collect::<Vec<_>>());
            (run.len(), PartVisit::Found(found))
        };
        let runs: Vec<_> = runs.map(visit).collect();
        let mut events = events.into_iter().map(|(read, _)| read);
        let part = |(length, visit)| {
            let events = events.by_ref().take(length).collect();
            ReadPart { file, events, visit }
        };
        runs.into_iter().map(part).collect()
    }

    /// Whether the event of a document is of the shard.
    fn is_meant(&self, event: &Event, document: Span) -> bool {
        let id = || event.id.value().map_or("", |id| id.as_str());
        let written =
            |shard: Shard| shard.holds(written_id(self.split.text_of(document)).unwrap_or_else(id));
        self.reader.binding.dataset.shard.is_none_or(written)
    }

    fn filing(&self, event: &Event, document: Span, lines: &mut LineCount) -> (Filing, Rare) {
        let (last, is_alone) = self.split.last().unwrap_or((document, true));
        let end = if document == last { u32::MAX } else { document.end };
        let stem = self.path.rsplit('/').next().unwrap_or(self.path);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let id = event.id.value().map_or("", |id| id.as_str());
        let coder = stem.strip_prefix(id).and_then(|rest| rest.strip_prefix('.'));
        let coder = coder.filter(|coder| !id.is_empty() && !coder.is_empty());
        let mut line = |span: Span| lines.line(self.text, span.start);
        let links = event.related.iter().map(|related| related.event.span);
        let ids = event.ids.iter().map(|id| id.span);
        let filing = Filing {
            file: self.file,
            line: line(event.id.spanned().map_or(event.span, |id| id.span)),
            part: Span::new(document.start, end),
            body: body(event, self.text),
            is_alone,
        };
        let rare = Rare {
            // Some file systems take letters with accents apart.
            coder: coder.map(|coder| coder.nfc().collect::<String>().into()),
            stem: (is_alone && stem != id).then(|| stem.into()),
            lines: links.chain(ids).map(line).collect(),
            ..Rare::default()
        };
        (filing, rare)
    }
}

/// The addresses by which an event names sources.
fn addresses(event: &mut Event) -> Vec<Spanned<Box<str>>> {
    let mut addresses = Vec::new();
    event.rename_sources(|name, span| {
        if Format::Url.accepts(name) {
            addresses.push(Spanned::new(name.into(), span));
        }
        None
    });
    addresses
}

/// Whether a document has content. One that is only a `---` is no event.
fn has_content(root: &Node<'_>) -> bool {
    match root.content() {
        Content::Scalar(scalar) => root.damaged() || !scalar.text.trim().is_empty(),
        Content::Mapping(_) | Content::Sequence(_) => true,
    }
}

/// A digest of the text of an event without its id.
fn body(event: &Event, text: &str) -> u64 {
    let id = event.id.spanned().map_or(Span::at(event.span.start), |id| id.span);
    let part = |start: u32, end: u32| text.get(Span::new(start, end).range()).unwrap_or_default();
    digest(&[part(event.span.start, id.start), part(id.end, event.span.end)])
}
