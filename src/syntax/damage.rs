//! Marks the nodes that lost text.

use std::ops::Range;

use crate::source::Span;

use super::document::{Document, Flags, Kind, NodeData, Style};
use super::line::Line;

/// A stretch of a file that is not read as it is written. Offsets are those of the file, or of
/// one document's text while it is skipped.
#[derive(Clone, Debug)]
pub(super) struct Loss {
    pub(super) range: Range<usize>,
    pub(super) kind: LossKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LossKind {
    /// Characters within whatever stands there.
    Character,
    /// A value, or the rest of one.
    Value,
    /// Whole lines, which may have been entries of any collection around them that starts at
    /// this column or left of it; of any at all if their indentation cannot be trusted.
    Lines { column: Option<usize> },
    /// Nothing: a scalar whose last character was read as the `:` it lacks, or whose first, of
    /// `cut` bytes, as the space it lacks.
    Key { cut: usize },
}

/// Marks what `loss` damaged in `document`.
pub(super) fn mark(document: &mut Document<'_>, loss: &Loss) {
    let way = Way::to(document, loss.range.start);
    let damaged = match loss.kind {
        LossKind::Key { cut } => return restore(document, loss, cut),
        LossKind::Character => way.of_characters(),
        LossKind::Value => way.of_value(document, loss),
        LossKind::Lines { column } => way.of_lines(document, column),
    };
    if loss.kind == LossKind::Value {
        way.empty(document, loss);
    }
    for node in damaged {
        document.nodes[node as usize].flags.set(Flags::DAMAGED);
    }
}

/// The nodes from the root down to a place: in each node, the last child that starts at or before the
/// place comes next.
struct Way {
    place: usize,
    steps: Vec<Step>,
}

#[derive(Clone, Copy)]
struct Step {
    node: u32,
    data: NodeData,
    is_key: bool,
    /// Whether it, or a node around it, ends before the place.
    ends_before: bool,
    /// The first node in it that starts behind the place.
    after: Option<u32>,
}

impl Step {
    fn is_collection(&self) -> bool {
        !matches!(self.data.kind, Kind::Scalar(_))
    }

    /// Whether what follows it cannot stand in it.
    fn is_closed(&self) -> bool {
        self.ends_before && (!self.is_collection() || self.data.flags.has(Flags::FLOW))
    }
}

impl Way {
    fn to(document: &Document<'_>, place: usize) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        let mut next = document.root.map(|root| (root, false));
        while let Some((node, is_key)) = next {
            let data = *document.data(node);
            let ends = data.span.end as usize <= place
                && (!data.span.is_empty() || data.span.start as usize != place);
            let ends_before = steps.last().is_some_and(|around| around.ends_before || ends);
            let children = document.children_of(&data);
            let starts = |child: &u32| document.data(*child).span.start as usize <= place;
            let count = children.partition_point(starts);
            let after = children.get(count).copied();
            steps.push(Step { node, data, is_key, ends_before, after });
            next = count
                .checked_sub(1)
                .map(|last| (children[last], data.kind == Kind::Mapping && last.is_multiple_of(2)));
        }
        Self { place, steps }
    }

    /// If the way ends at a key, what is damaged: inside the key, the key and its mapping; after it, the
    /// value.
    fn of_key(&self) -> Option<Vec<u32>> {
        let [.., mapping, key] = &self.steps[..] else { return None };
        let is_within = self.place < key.data.span.end as usize;
        key.is_key.then(|| match mapping.after {
            _ if is_within => vec![key.node, mapping.node],
            value => value.into_iter().collect(),
        })
    }

    /// The scalar that holds the characters, and the mapping whose key it is.
    fn of_characters(&self) -> Vec<u32> {
        match self.steps.last() {
            Some(last) if last.ends_before || last.is_collection() => Vec::new(),
            Some(last) => self.of_key().unwrap_or_else(|| vec![last.node]),
            None => Vec::new(),
        }
    }

    /// What holds the value, or ends with it.
    fn of_value(&self, document: &Document<'_>, loss: &Loss) -> Vec<u32> {
        let lost = Line::at(document.text, self.place);
        // The value may have been the first line of an item whose rest begins on a line below it.
        let starts_item = lost.is_item() && lost.after_dashes() <= loss.range.start;
        let below = |step: &&Step| {
            let start = step.after.map(|item| document.data(item).span.start as usize);
            step.data.kind == Kind::Sequence
                && start.is_some_and(|start| !Line::at(document.text, start).is_item())
        };
        let mut around = self.steps.iter().filter(|step| !step.ends_before);
        if let Some(list) = around.find(below).filter(|_| starts_item) {
            return std::iter::once(list.node).chain(list.after).collect();
        }
        if let Some(closed) = self.steps.iter().find(|step| step.is_closed() && !step.is_key) {
            return vec![closed.node];
        }
        let last = self.steps.last().filter(|last| !last.ends_before).map(|last| last.node);
        self.of_key().unwrap_or_else(|| last.into_iter().collect())
    }

    /// The collections that the lines may have been part of, and the value that they may have been.
    fn of_lines(&self, document: &Document<'_>, column: Option<usize>) -> Vec<u32> {
        let column_of = |step: &Step| {
            let start = step.data.span.start as usize;
            start - Line::at(document.text, start).start
        };
        let mut damaged = Vec::new();
        for (at, step) in self.steps.iter().enumerate() {
            let around = at.checked_sub(1).map(|around| &self.steps[around]);
            if step.is_key {
                damaged.extend(self.of_key().into_iter().flatten());
            } else if step.is_closed() {
                let is_below =
                    |around: &Step| column.is_none_or(|column| column > column_of(around));
                let may_be_value = step.data.span.is_empty() && around.is_some_and(is_below);
                damaged.extend(may_be_value.then_some(step.node));
                break;
            } else if step.is_collection()
                && !step.data.flags.has(Flags::FLOW)
                && column.is_some_and(|column| column < column_of(step))
            {
                break;
            } else {
                damaged.push(step.node);
            }
        }
        damaged
    }

    /// Empties a scalar that was lost as a whole: what was parsed in its place means nothing.
    fn empty(&self, document: &mut Document<'_>, loss: &Loss) {
        let Some(Step { node, data, is_key: false, .. }) = self.steps.last() else { return };
        let is_lost = loss.range.start <= data.span.start as usize
            && data.span.end as usize <= loss.range.end;
        if is_lost && !data.span.is_empty() && matches!(data.kind, Kind::Scalar(_)) {
            let (kind, point) = (Kind::Scalar(Style::Plain), data.span.start);
            document.nodes[*node as usize] =
                NodeData { kind, first: point, last: point, flags: Flags::default(), ..*data };
        }
    }
}

/// Gives a scalar the text that it has in the file, and moves the start of the collections that
/// begin with it.
fn restore(document: &mut Document<'_>, loss: &Loss, cut: usize) {
    let (start, end) = (loss.range.start, loss.range.end);
    let is_text = |data: &NodeData| {
        let span = data.span.range();
        data.kind == Kind::Scalar(Style::Plain)
            && span.start == start
            && start < span.end
            && span.end <= end
    };
    if !document.nodes.iter().any(is_text) {
        return;
    }
    for data in document.nodes.iter_mut().filter(|data| data.span.start as usize == start) {
        let is_text = is_text(data);
        data.span.start = Span::of(start - cut..start).start;
        if is_text {
            data.span.end = if cut == 0 { Span::of(start..end).end } else { data.span.end };
            (data.first, data.last) = (data.span.start, data.span.end);
            data.flags = Flags::default();
        }
    }
}
