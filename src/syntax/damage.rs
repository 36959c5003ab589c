//! Marks the nodes that lost text.

use std::ops::Range;

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
    let Some(mut node) = document.root else {
        return;
    };
    if let LossKind::Key { cut } = loss.kind {
        return restore(document, node, loss, cut);
    }
    let at = loss.range.start;
    loop {
        let data = *document.data(node);
        let (Kind::Mapping | Kind::Sequence) = data.kind else {
            return mark_scalar(document, node, loss);
        };
        if let LossKind::Lines { column } = loss.kind {
            if is_right_of(document, &data, column) {
                return;
            }
            damage(document, node);
        }
        let children = document.children_of(&data);
        let starts_before = |child: &u32| document.data(*child).span.start as usize <= at;
        if let Some(item) = children.get(children.partition_point(starts_before)).copied()
            && data.kind == Kind::Sequence
            && begins_item(document, loss, item)
        {
            damage(document, node);
            return damage(document, item);
        }
        let Some(last) = children.partition_point(starts_before).checked_sub(1) else {
            return mark_before(document, node, loss);
        };
        let child = children[last];
        if data.kind == Kind::Mapping && last.is_multiple_of(2) {
            let value = children.get(last + 1).copied();
            return mark_key(document, node, child, value, loss);
        }
        if ends_before(document.data(child), at) {
            return mark_after(document, data, child, loss);
        }
        node = child;
    }
}

/// Whether a lost value was the first line of an item whose rest begins on a line below it.
fn begins_item(document: &Document<'_>, loss: &Loss, item: u32) -> bool {
    let (lost, start) = (Line::at(document.text, loss.range.start), document.data(item).span.start);
    loss.kind == LossKind::Value
        && lost.is_item()
        && lost.after_dashes() <= loss.range.start
        && !Line::at(document.text, start as usize).is_item()
}

/// Marks what is damaged by a loss before the first child of `node`.
fn mark_before(document: &mut Document<'_>, node: u32, loss: &Loss) {
    if loss.kind != LossKind::Character {
        damage(document, node);
    }
}

/// Marks what is damaged by a loss at or after a key, and before its value's start.
fn mark_key(document: &mut Document<'_>, mapping: u32, key: u32, value: Option<u32>, loss: &Loss) {
    if loss.range.start < document.data(key).span.end as usize {
        damage(document, key);
        damage(document, mapping);
    } else if loss.kind != LossKind::Character
        && let Some(value) = value
    {
        damage(document, value);
    }
}

/// Marks what is damaged by a loss after the end of `child`, the last node of `parent` before
/// it: a value to which the rest belongs, or the collections that lost lines may belong to.
fn mark_after(document: &mut Document<'_>, parent: NodeData, child: u32, loss: &Loss) {
    let (mut parent, mut child) = (parent, child);
    loop {
        let data = *document.data(child);
        let is_leaf = matches!(data.kind, Kind::Scalar(_)) || data.flags.has(Flags::FLOW);
        match loss.kind {
            LossKind::Character | LossKind::Key { .. } => return,
            LossKind::Value if is_leaf => return damage(document, child),
            LossKind::Value => {}
            LossKind::Lines { column } if is_leaf => {
                let below = column.is_none_or(|column| column > self::column(document, &parent));
                if data.span.is_empty() && below {
                    damage(document, child);
                }
                return;
            }
            LossKind::Lines { column } if is_right_of(document, &data, column) => return,
            LossKind::Lines { .. } => damage(document, child),
        }
        let Some(last) = document.children_of(&data).last() else {
            return;
        };
        (parent, child) = (data, *last);
    }
}

fn mark_scalar(document: &mut Document<'_>, node: u32, loss: &Loss) {
    let data = *document.data(node);
    let (start, end) = (data.span.start as usize, data.span.end as usize);
    if data.span.is_empty() {
        return damage(document, node);
    }
    if loss.range.start <= start && end <= loss.range.end && loss.kind == LossKind::Value {
        let point = data.span.start;
        let empty =
            NodeData { kind: Kind::Scalar(Style::Plain), first: point, last: point, ..data };
        document.nodes[node as usize] = NodeData { flags: Flags::default(), ..empty };
    }
    damage(document, node);
}

/// Gives a scalar the text that it has in the file, and moves the start of the collections that
/// begin with it.
fn restore(document: &mut Document<'_>, root: u32, loss: &Loss, cut: usize) {
    let at = loss.range.start;
    let mut node = root;
    let mut begin_here = Vec::new();
    loop {
        let data = document.data(node);
        if data.span.start as usize == at {
            begin_here.push(node);
        }
        let starts_before = |child: &&u32| document.data(**child).span.start as usize <= at;
        let children = document.children_of(data);
        match children.iter().take_while(starts_before).last() {
            Some(child) => node = *child,
            None => break,
        }
    }
    let data = document.data(node);
    let found = data.kind == Kind::Scalar(Style::Plain) && begin_here.last() == Some(&node);
    if !found || data.span.is_empty() || data.span.end as usize > loss.range.end {
        return;
    }
    for node in begin_here {
        document.nodes[node as usize].span.start = offset(at - cut);
    }
    let data = &mut document.nodes[node as usize];
    if cut == 0 {
        data.span.end = offset(loss.range.end);
    }
    (data.first, data.last) = (data.span.start, data.span.end);
    data.flags = Flags::default();
}

fn ends_before(data: &NodeData, at: usize) -> bool {
    data.span.end as usize <= at && !(data.span.is_empty() && data.span.start as usize == at)
}

fn is_right_of(document: &Document<'_>, data: &NodeData, column: Option<usize>) -> bool {
    !data.flags.has(Flags::FLOW)
        && column.is_some_and(|column| self::column(document, data) > column)
}

fn column(document: &Document<'_>, data: &NodeData) -> usize {
    let start = data.span.start as usize;
    start - Line::at(document.text, start).start
}

fn damage(document: &mut Document<'_>, node: u32) {
    document.nodes[node as usize].flags.set(Flags::DAMAGED);
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
