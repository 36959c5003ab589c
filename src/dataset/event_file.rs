//! Reading a file of events.

use unicode_normalization::UnicodeNormalization;

use super::event_summary::{EventSummary, Filing};
use super::listed_sources::settle;
use super::lost::Lost;
use super::read_file::{ReadFile, content};
use super::records::Records;
use super::registry::digest;
use crate::form::{FileDefect, FileDefects};
use crate::record::{Event, Reader, read_event};
use crate::schema::Codebook;
use crate::source::{FileId, Listed, Span, Spanned, World};
use crate::syntax::{self, Content, Node};
use crate::value::Format;

/// An event that was read and put aside.
#[derive(Debug)]
pub(super) struct ReadEvent {
    /// What is known of it without its record.
    pub summary: EventSummary,
    /// The addresses by which it names sources, in the order of the record. Until they are resolved, so are not the
    /// claims of the sources that it lists.
    pub addresses: Vec<Spanned<Box<str>>>,
}

/// Reads the events of a file, and puts their records aside.
pub(super) fn read_event_file(
    world: &dyn World,
    codebook: &Codebook,
    (file, listed): (FileId, &Listed),
    records: &Records,
) -> ReadFile<Vec<ReadEvent>> {
    let source = match content(world, listed) {
        Ok(source) => source,
        Err(defect) => return (None, FileDefects::of_file(file, defect)),
    };
    let stream = syntax::parse_source(&source);
    let mut reader = Reader::new(codebook);
    let roots: Vec<_> = stream
        .documents
        .iter()
        .filter_map(|document| Some((document.span(), document.root()?)))
        .filter(|(_, root)| has_content(root))
        .collect();
    if roots.is_empty() && stream.defects.is_empty() {
        reader.report(Span::at(0), FileDefect::Empty { what: "event" });
    }
    let lost = roots.is_empty();
    let last = stream.documents.last().map(|document| document.span());
    let part = |document: Span| match last == Some(document) {
        true => Span::new(document.start, u32::MAX),
        false => document,
    };
    let events: Vec<_> = roots
        .into_iter()
        .filter_map(|(document, root)| Some((part(document), read_event(root, &mut reader)?)))
        .collect();
    let mut defects = reader.finish(file, &stream);
    let alone = stream.documents.len() == 1;
    let lost_places = Lost::of(&defects);
    let mut repeated = Vec::new();
    let mut put_aside = |(part, mut event): (Span, Event)| {
        event.intact = !lost_places.touches(event.span);
        let body = body(&event, &source.text);
        let filing = filing(&event, (file, &listed.path, part), alone, body);
        let addresses = addresses(&mut event);
        if addresses.is_empty() {
            repeated.extend(settle(&mut event));
        }
        let record = records.put(&event);
        ReadEvent { summary: EventSummary::new(filing, &event, record), addresses }
    };
    let read = (!lost).then(|| events.into_iter().map(&mut put_aside).collect());
    defects.defects.extend(repeated);
    (read, defects)
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

fn filing(
    event: &Event,
    (file, path, part): (FileId, &str, Span),
    alone: bool,
    body: u64,
) -> Filing {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let id = event.id.value().map_or("", |id| id.as_str());
    let coder = stem.strip_prefix(id).and_then(|rest| rest.strip_prefix('.'));
    let coder = coder.filter(|coder| !id.is_empty() && !coder.is_empty());
    // Some file systems take letters with accents apart.
    let coder = coder.map(|coder| coder.nfc().collect::<String>().into());
    Filing { file, coder, part, body, stem: alone.then(|| stem.into()) }
}

/// A digest of the text of an event without its id.
fn body(event: &Event, text: &str) -> u64 {
    let id = event.id.spanned().map_or(Span::at(event.span.start), |id| id.span);
    let part = |start: u32, end: u32| text.get(Span::new(start, end).range()).unwrap_or_default();
    digest(&[part(event.span.start, id.start), part(id.end, event.span.end)])
}
