//! Reading a file of events.

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::event_summary::{EventSummary, Filing};
use super::listed_sources::settle;
use super::lost::Lost;
use super::read_file::{ReadFile, content};
use super::records::Records;
use super::registry::digest;
use super::shard::{Shard, written_id};
use crate::form::{Defect, FileDefect, FileDefects};
use crate::record::{Event, Reader, RecordDefect, read_event};
use crate::schema::Codebook;
use crate::source::{FileId, LineCount, Listed, Span, Spanned, World};
use crate::syntax::{Content, Node, Part, Split};
use crate::value::Format;

/// An event that was read and put aside.
#[derive(Debug)]
pub(super) struct ReadEvent {
    /// Where it stands.
    pub file: FileId,
    /// What is known of it without its record; `None` for one that is not meant.
    pub summary: Option<EventSummary>,
    /// The addresses by which it names sources, in the order of the record. Until they are resolved, so are not the
    /// claims of the sources that it lists.
    pub addresses: Vec<Spanned<Box<str>>>,
}

/// Reads the events of a file, or those of a `shard`, and puts their records aside. Of the others, the addresses are
/// read by which they name sources.
pub(super) fn read_event_file(
    world: &dyn World,
    codebook: &Codebook,
    (file, listed): (FileId, &Listed),
    (shard, records): (Option<Shard>, &Records),
) -> ReadFile<Vec<ReadEvent>> {
    let source = match content(world, listed) {
        Ok(source) => source,
        Err(defect) => return (None, FileDefects::of_file(file, defect)),
    };
    let mut split = Split::of_source(&source);
    // An address, which an escape may hide, may be the first of its page.
    let may_name_pages = |document: &str| document.contains("://") || document.contains('\\');
    let is_elsewhere = |document: &str| {
        let is_of_other = |shard: Shard| written_id(document).is_some_and(|id| !shard.holds(id));
        shard.is_some_and(is_of_other) && !may_name_pages(document)
    };
    let leaves_out = shard.is_some() && split.leave_out(is_elsewhere);
    let text = &source.text;
    let whole = WholeFile { codebook, file, path: &listed.path, text, split, shard, records };
    let read: Vec<_> = whole.split.parts().par_iter().map(|part| whole.read(part)).collect();
    let is_empty = !leaves_out && read.iter().all(|part| !part.has_content);
    let mut defects = FileDefects { file, defects: Vec::new() };
    // Collected anew: a vector that is mapped in place keeps the room of the records.
    let mut events = Vec::with_capacity(read.iter().map(|part| part.events.len()).sum());
    for part in read {
        defects.defects.extend(part.defects);
        events.extend(part.events);
    }
    if is_empty && defects.defects.is_empty() {
        let empty = FileDefect::Empty { what: "event" };
        defects.defects.push(Spanned::new(empty.into(), Span::at(0)));
    }
    ((!is_empty).then_some(events), defects)
}

/// A file of events while it is read.
struct WholeFile<'f> {
    codebook: &'f Codebook,
    file: FileId,
    path: &'f str,
    text: &'f str,
    split: Split<'f>,
    shard: Option<Shard>,
    records: &'f Records,
}

/// What was read from a part of a file.
struct ReadPart {
    events: Vec<ReadEvent>,
    defects: Vec<Spanned<Defect<RecordDefect>>>,
    /// Whether a document of it has content.
    has_content: bool,
}

impl WholeFile<'_> {
    fn read(&self, part: &Part) -> ReadPart {
        let stream = self.split.read(part);
        let mut reader = Reader::of_part(self.codebook, part.lines, part.bytes);
        let documents = stream.documents.iter();
        let roots = documents.filter_map(|document| Some((document.span(), document.root()?)));
        let roots: Vec<_> = roots.filter(|(_, root)| has_content(root)).collect();
        let has_content = !roots.is_empty();
        let read = roots.into_iter();
        let read = read.filter_map(|(at, root)| Some((at, read_event(root, &mut reader)?)));
        let read: Vec<_> = read.collect();
        let FileDefects { mut defects, .. } = reader.finish(self.file, &stream);
        let lost = Lost::of(&defects);
        let (mut events, mut elsewhere) = (Vec::with_capacity(read.len()), Vec::new());
        let mut lines = part.lines;
        for (document, mut event) in read {
            event.intact = !lost.touches(event.span);
            let (file, addresses) = (self.file, addresses(&mut event));
            if !self.is_meant(&event, document) {
                elsewhere.push(document);
                if !addresses.is_empty() {
                    events.push(ReadEvent { file, summary: None, addresses });
                }
                continue;
            }
            let filing = self.filing(&event, document, &mut lines);
            if addresses.is_empty() {
                defects.extend(settle(&mut event));
            }
            let summary = Some(EventSummary::new(filing, &event, self.records));
            events.push(ReadEvent { file, summary, addresses });
        }
        // Their own shards tell their defects.
        defects.retain(|defect| {
            let before = elsewhere.partition_point(|document| document.start <= defect.span.start);
            before == 0 || elsewhere[before - 1].end < defect.span.end
        });
        ReadPart { events, defects, has_content }
    }

    /// Whether the event of a document is of the shard.
    fn is_meant(&self, event: &Event, document: Span) -> bool {
        let id = || event.id.value().map_or("", |id| id.as_str());
        let written =
            |shard: Shard| shard.holds(written_id(self.split.text_of(document)).unwrap_or_else(id));
        self.shard.is_none_or(written)
    }

    fn filing(&self, event: &Event, document: Span, lines: &mut LineCount) -> Filing {
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
        Filing {
            file: self.file,
            line: line(event.id.spanned().map_or(event.span, |id| id.span)),
            lines: links.chain(ids).map(line).collect(),
            // Some file systems take letters with accents apart.
            coder: coder.map(|coder| coder.nfc().collect::<String>().into()),
            part: Span::new(document.start, end),
            body: body(event, self.text),
            stem: is_alone.then(|| stem.into()),
        }
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
