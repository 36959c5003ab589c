//! Builds a document from the parser's events, in one pass.
//!
//! This file and those of recovery are the only ones that know the YAML library.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr3;
use oneyaml_core::{Diagnostic, Limits, Settings};
use oneyaml_syntax::event::{
    CollectionStyle, EventKind, Indicator, ScalarStyle, Sourced, TriviaKind,
};

use crate::source::Span;

use super::defect::{Defects, Forbidden, Limit, SyntaxDefect};
use super::document::{Document, Flags, Kind, NodeData, Style};
use super::failure::{Failure, Layout, OpenCollection};
use super::keys::{self, LeftOut};
use super::{change, limits, safety};

/// The library limits only the depth. Lengths are checked here, so that a scalar that is too long is
/// lost alone and not with its document.
const SETTINGS: Settings = Settings::new().limits(Limits::unlimited().max_depth(limits::DEPTH));

/// Bytes of a record for each node of it, rather less than more: room that is made at once is cheaper
/// than room that grows.
const BYTES_A_NODE: usize = 10;

/// Reads `text`, the text of one document as it is to be parsed: as long as `span` of `file`,
/// and equal to it but for what was blanked or substituted.
///
/// # Errors
/// The first error of the parser.
pub(super) fn read<'t>(
    file: &'t str,
    text: &str,
    span: Span,
    defects: &mut Defects,
) -> Result<Document<'t>, Box<Failure>> {
    let mut document = Document::unread(file, span);
    document.nodes.reserve(text.len() / BYTES_A_NODE);
    document.children.reserve(text.len() / BYTES_A_NODE);
    let mut reader = Reader {
        document,
        defects,
        open: Vec::new(),
        finished: Vec::new(),
        anchor: None,
        anchors: HashMap::new(),
        last_quoted: None,
    };
    let mut events = oneyaml_syntax::events_with(text, &SETTINGS);
    // An event stays where the parser wrote it: moving each takes longer than reading most.
    while let Some(event) = &events.next() {
        reader.event(event)?;
        if reader.document.nodes.len() > limits::NODES {
            reader.defects.add(SyntaxDefect::Limit(Limit::Nodes(limits::NODES)), span);
            return Ok(Document::unread(file, span));
        }
    }
    Ok(reader.end())
}

struct Reader<'r, 't> {
    document: Document<'t>,
    defects: &'r mut Defects,
    open: Vec<Open>,
    /// Nodes that are whole but whose collection is not; each open collection owns those from
    /// its `first` on.
    finished: Vec<u32>,
    anchor: Option<String>,
    anchors: HashMap<String, u32>,
    last_quoted: Option<std::ops::Range<usize>>,
}

struct Open {
    node: u32,
    collection: OpenCollection,
    first: usize,
    /// The `?` before the key to come.
    question: Option<Span>,
}

impl<'t> Reader<'_, 't> {
    fn event(&mut self, event: &Sourced<'_>) -> Result<(), Box<Failure>> {
        // Most events are trivia.
        if let EventKind::Trivia(trivia) = event.kind() {
            self.trivia(event, *trivia);
            return Ok(());
        }
        let at = event.span().start;
        match event.kind() {
            EventKind::MappingStart { style, .. } => self.start(Kind::Mapping, *style, at),
            EventKind::SequenceStart { style, .. } => self.start(Kind::Sequence, *style, at),
            EventKind::MappingEnd | EventKind::SequenceEnd => self.end_collection(event.span().end),
            EventKind::Scalar { style, .. } => self.scalar(event, *style),
            EventKind::Alias => self.alias(event),
            EventKind::Error(diagnostic) => return Err(self.failure(diagnostic, at)),
            _ => {}
        }
        Ok(())
    }

    fn failure(&mut self, diagnostic: &Diagnostic, at: usize) -> Box<Failure> {
        Box::new(Failure {
            diagnostic: diagnostic.clone(),
            at,
            open: self.open.iter().map(|open| open.collection).collect(),
            last_quoted: self.last_quoted.take(),
        })
    }

    fn trivia(&mut self, event: &Sourced<'_>, trivia: TriviaKind) {
        // Most trivia are blanks, and nothing of them is kept.
        if !matches!(
            trivia,
            TriviaKind::Anchor | TriviaKind::Tag | TriviaKind::Indicator(Indicator::MappingKey)
        ) {
            return;
        }
        let text = event.text().unwrap_or_default();
        let span = self.place(event.span().start, event.span().end);
        match trivia {
            TriviaKind::Anchor => {
                let name = text.trim_start_matches('&').to_owned();
                self.anchor = Some(name.clone());
                let removal = with_space(self.document.text, span);
                self.forbid(Forbidden::Anchor { name, removal }, span);
            }
            TriviaKind::Tag => {
                let removal = with_space(self.document.text, span);
                self.forbid(Forbidden::Tag { text: text.to_owned(), removal }, span);
            }
            TriviaKind::Indicator(Indicator::MappingKey) => {
                if let Some(open) = self.open.last_mut() {
                    open.question = Some(span);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, kind: Kind, style: CollectionStyle, start: usize) {
        let layout = match style {
            CollectionStyle::Flow => Layout::Flow,
            CollectionStyle::FlowPair => Layout::Pair,
            _ => Layout::Block,
        };
        let span = self.place(start, start);
        let node = self.add(kind, span, 0, 0);
        if layout != Layout::Block {
            self.node(node).flags.set(Flags::FLOW);
        }
        let collection = OpenCollection { start, layout };
        self.open.push(Open { node, collection, first: self.finished.len(), question: None });
    }

    fn end_collection(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let data = *self.document.data(open.node);
        let last = self.finished[open.first.min(self.finished.len())..].last();
        let end = match (open.collection.layout, last) {
            (Layout::Flow, _) | (_, None) => self.place(end, end).end,
            (_, Some(last)) => self.document.data(*last).span.end,
        };
        let first = offset(self.document.children.len());
        if data.kind == Kind::Mapping {
            self.keep_entries(&open);
        }
        self.document.children.extend(self.finished.drain(open.first..));
        let last = offset(self.document.children.len());
        let node = self.node(open.node);
        node.span.end = end;
        (node.first, node.last) = (first, last);
        self.finish(open.node);
    }

    /// Drops the entries of a finished mapping that are not read, and reports them.
    fn keep_entries(&mut self, open: &Open) {
        if keys::are_read(&self.document, self.finished[open.first..].as_chunks().0) {
            return;
        }
        let children = self.finished.split_off(open.first);
        let pairs = children.as_chunks::<2>().0;
        let left_out = keys::left_out(&self.document, pairs);
        for (position, (pair, left_out)) in pairs.iter().zip(left_out).enumerate() {
            let key = *self.document.data(pair[0]);
            match left_out {
                None => self.finished.extend(pair),
                Some(LeftOut::Dropped) => self.node(open.node).flags.set(Flags::DAMAGED),
                Some(LeftOut::Merge) => {
                    self.forbid(Forbidden::MergeKey, key.span);
                    self.node(open.node).flags.set(Flags::DAMAGED);
                }
                Some(LeftOut::Twice(first)) => {
                    let defect = SyntaxDefect::DuplicateKey {
                        key: self.document.scalar_text(&key).to_owned(),
                        first: self.document.data(pairs[first][0]).span,
                        removal: self.removal_of_equal(open, pairs, [first, position]),
                    };
                    self.defects.add(defect, key.span);
                }
            }
        }
    }

    /// The stretch to delete so that only the first of two entries with the same key is left. `None` if
    /// their values differ.
    fn removal_of_equal(
        &self,
        open: &Open,
        pairs: &[[u32; 2]],
        [first, second]: [usize; 2],
    ) -> Option<Span> {
        let document = &self.document;
        if !document.is_equal(pairs[first][1], pairs[second][1]) {
            return None;
        }
        let span =
            |[key, value]: &[u32; 2]| document.data(*key).span.to(document.data(*value).span);
        let (before, after) = (pairs.get(second.wrapping_sub(1)), pairs.get(second + 1));
        let flow = document.data(open.node).flags.has(Flags::FLOW);
        let (before, after) = (before.map(span), after.map(span));
        change::removal(document.text, before, span(&pairs[second]), after, flow)
    }

    /// Adds a finished node to the collection around it, or makes it the root.
    fn finish(&mut self, node: u32) {
        let data = *self.document.data(node);
        let is_key = self.expects_key();
        let Some(open) = self.open.last_mut() else {
            self.document.root.get_or_insert(node);
            return;
        };
        self.finished.push(node);
        if !is_key {
            return;
        }
        let question = open.question.take();
        let written = !matches!(data.kind, Kind::Scalar(_));
        if let Some(span) = question.or(written.then_some(data.span)) {
            self.forbid(Forbidden::ComplexKey, span);
            self.node(node).flags.set(Flags::DROPPED);
        }
    }

    /// Whether the next node is the key of a mapping.
    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| {
            let in_mapping = self.document.data(open.node).kind == Kind::Mapping;
            in_mapping && (self.finished.len() - open.first).is_multiple_of(2)
        })
    }

    fn scalar(&mut self, event: &Sourced<'_>, style: ScalarStyle) {
        let (start, end) = (event.span().start, event.span().end);
        let style = match style {
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            _ => Style::Plain,
        };
        let quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
        self.last_quoted = quoted.then_some(start..end);
        let source = event.text().unwrap_or_default();
        let (from, to) = event.block_header().map_or((start, end), |header| {
            let last = start + source.trim_end_matches(['\n', '\r']).len();
            (header.span.start, last.max(header.span.end))
        });
        let span = self.place(from, to);
        let node = if end - start > limits::SCALAR {
            self.defects.add(SyntaxDefect::Limit(Limit::Scalar(limits::SCALAR)), span);
            self.add_damaged(span)
        } else {
            let inner = start + usize::from(quoted);
            let text = match literal(style, source) {
                Some(text) => Cow::Borrowed(text),
                None => event.value().unwrap_or_default(),
            };
            let node = self.add_text(style, span, text, inner);
            let escapes = style == Style::DoubleQuoted && source.contains('\\');
            if escapes && safety::check_escapes(source, span.start, self.defects) {
                self.node(node).flags.set(Flags::DAMAGED);
            }
            node
        };
        self.finish(node);
    }

    /// Adds a scalar. If its text stands literally in the file, it starts at `inner`.
    fn add_text(&mut self, style: Style, span: Span, text: Cow<'_, str>, inner: usize) -> u32 {
        let kind = Kind::Scalar(style);
        let first = self.place_of(inner);
        let last = first as usize + text.len();
        // Most stand in the very bytes of the file, which need not be compared with themselves.
        let stands = |there: &str| std::ptr::eq(there.as_ptr(), text.as_ptr()) || there == text;
        if self.document.text.get(first as usize..last).is_some_and(stands) {
            return self.add(kind, span, first, offset(last));
        }
        let first = offset(self.document.decoded.len());
        self.document.decoded.push_str(&text);
        let node = self.add(kind, span, first, offset(self.document.decoded.len()));
        self.node(node).flags.set(Flags::DECODED);
        node
    }

    fn alias(&mut self, event: &Sourced<'_>) {
        let span = self.place(event.span().start, event.span().end);
        let name = event.alias_name().unwrap_or_default().to_owned();
        let target = self.anchors.get(&name).map(|node| self.document.data(*node).span);
        let text = target
            .filter(|target| (1..=limits::ALIAS_TEXT).contains(&target.range().len()))
            .and_then(|target| self.document.text.get(target.range()))
            .map(str::to_owned);
        self.forbid(Forbidden::Alias { name, target, text }, span);
        let node = self.add_damaged(span);
        if self.expects_key() {
            self.node(node).flags.set(Flags::DROPPED);
        }
        self.finish(node);
    }

    fn end(self) -> Document<'t> {
        let mut document = self.document;
        let empty = document.root.filter(|root| {
            let data = document.data(*root);
            data.span.is_empty() && data.kind == Kind::Scalar(Style::Plain)
        });
        if empty.is_some() {
            document.root = None;
        }
        document
    }

    fn add_damaged(&mut self, span: Span) -> u32 {
        let node = self.add(Kind::Scalar(Style::Plain), span, span.start, span.start);
        self.node(node).flags.set(Flags::DAMAGED);
        node
    }

    fn add(&mut self, kind: Kind, span: Span, first: u32, last: u32) -> u32 {
        let node = offset(self.document.nodes.len());
        let mut flags = Flags::default();
        if self.open.last().is_some_and(|open| open.collection.layout != Layout::Block) {
            flags.set(Flags::FLOW);
        }
        self.document.nodes.push(NodeData { span, kind, flags, first, last });
        if let Some(name) = self.anchor.take() {
            self.anchors.insert(name, node);
        }
        node
    }

    fn node(&mut self, index: u32) -> &mut NodeData {
        &mut self.document.nodes[index as usize]
    }

    fn forbid(&mut self, forbidden: Forbidden, span: Span) {
        self.defects.add(SyntaxDefect::Forbidden(forbidden), span);
    }

    /// The span in the file of a stretch of the parsed text.
    fn place(&self, start: usize, end: usize) -> Span {
        Span::new(self.place_of(start), self.place_of(end))
    }

    /// The offset in the file of one in the parsed text. A skip may have written a byte inside a
    /// character of the file, so it is moved to the start of its character.
    fn place_of(&self, at: usize) -> u32 {
        let base = self.document.span.start as usize;
        offset(self.document.text.floor_char_boundary(base + at))
    }
}

/// The text of a scalar that is written as it is read: on one line, and without escapes.
fn literal(style: Style, source: &str) -> Option<&str> {
    let (text, escape) = match style {
        Style::Plain => (source, b'\n'),
        Style::SingleQuoted => (source.strip_prefix('\'')?.strip_suffix('\'')?, b'\''),
        Style::DoubleQuoted => (source.strip_prefix('"')?.strip_suffix('"')?, b'\\'),
        Style::Literal | Style::Folded => return None,
    };
    memchr3(b'\n', b'\r', escape, text.as_bytes()).is_none().then_some(text)
}

/// `span`, and the space after it if there is one.
pub(super) fn with_space(text: &str, span: Span) -> Span {
    let space = text[span.end as usize..].starts_with(' ');
    Span::new(span.start, span.end + u32::from(space))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
