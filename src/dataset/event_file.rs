//! Reading a file of events.

use unicode_normalization::UnicodeNormalization;

use super::contents::FiledEvent;
use super::lost::Lost;
use super::read_file::{ReadFile, content};
use super::registry::digest;
use crate::form::{FileDefect, FileDefects};
use crate::record::{Event, Reader, read_event};
use crate::schema::Codebook;
use crate::source::{FileId, Listed, Span, World};
use crate::syntax::{self, Content, Node};

/// The events of a file.
pub(super) fn read_event_file(
    world: &dyn World,
    codebook: &Codebook,
    file: FileId,
    listed: &Listed,
) -> ReadFile<Vec<FiledEvent>> {
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
    let defects = reader.finish(file, &stream);
    let alone = stream.documents.len() == 1;
    let lost_places = Lost::of(&defects);
    let file_one = |(part, event): (Span, Event)| {
        let body = body(&event, &source.text);
        file_event(event, (file, &listed.path, part), alone, body, &lost_places)
    };
    let filed = (!lost).then(|| events.into_iter().map(file_one).collect());
    (filed, defects)
}

/// Whether a document has content. One that is only a `---` is no event.
fn has_content(root: &Node<'_>) -> bool {
    match root.content() {
        Content::Scalar(scalar) => root.damaged() || !scalar.text.trim().is_empty(),
        Content::Mapping(_) | Content::Sequence(_) => true,
    }
}

fn file_event(
    mut event: Event,
    (file, path, part): (FileId, &str, Span),
    alone: bool,
    body: u64,
    lost: &Lost,
) -> FiledEvent {
    event.intact = !lost.touches(event.span);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let id = event.id.value().map_or("", |id| id.as_str());
    let coder = stem.strip_prefix(id).and_then(|rest| rest.strip_prefix('.'));
    let coder = coder.filter(|coder| !id.is_empty() && !coder.is_empty());
    // Some file systems take letters with accents apart.
    let coder = coder.map(|coder| coder.nfc().collect::<String>().into());
    FiledEvent { file, event, coder, part, body, stem: alone.then(|| stem.into()) }
}

/// A digest of the text of an event without its id.
fn body(event: &Event, text: &str) -> u64 {
    let id = event.id.spanned().map_or(Span::at(event.span.start), |id| id.span);
    let part = |start: u32, end: u32| text.get(Span::new(start, end).range()).unwrap_or_default();
    digest(&[part(event.span.start, id.start), part(id.end, event.span.end)])
}
