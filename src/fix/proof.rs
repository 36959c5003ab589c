//! The proof that edits change only what they touch.

use crate::source::Span;
use crate::syntax::{self, Content, Node};

use super::edited::Edited;
use super::nodes::{Nodes, Placed};

/// Whether a text reads after its edits as it did before, but for the nodes that they touch.
///
/// Every node that no edit touches is there again: at the same place, in the same collection, under
/// the same key, written and read the same. No other node has come but those that the edits wrote
/// or touch, except where text was lost before. A scalar has grown over nothing but the edits, so
/// that a comment stays one. And no more is wrong with the text than was.
pub(super) fn holds(before: &str, edited: &Edited) -> bool {
    let (old, new) = (syntax::parse(before), syntax::parse(&edited.text));
    if new.defects.len() > old.defects.len() {
        return false;
    }
    let unread = old.documents.iter().any(|document| document.root().is_none());
    let unread = unread && !old.defects.is_empty();
    let (old, new) = (Nodes::of(&old), Nodes::of(&new));
    let proof = Proof { old: &old, new: &new, edited };
    proof.counterparts().is_some_and(|counterparts| proof.none_came(&counterparts, unread))
}

struct Proof<'p> {
    old: &'p Nodes<'p>,
    new: &'p Nodes<'p>,
    edited: &'p Edited,
}

impl Proof<'_> {
    /// What each new node was before; `None` where one that no edit touches did not stay.
    fn counterparts(&self) -> Option<Vec<Option<usize>>> {
        let mut counterparts = vec![None; self.new.len()];
        for (at, old) in self.old.iter() {
            let span = old.node.span();
            let touched = self.edited.touched(span);
            let starts = self.edited.grown(Span::at(span.start));
            let end = self.edited.moved(span.end);
            let mut candidates = self.new.starting_in(starts).iter().copied();
            let found = candidates.find(|candidate| {
                let new = self.new.get(*candidate);
                let alike = if touched {
                    same_kind(old.node, new.node)
                } else {
                    new.node.span().end == end && same(old.node, new.node)
                };
                counterparts[*candidate].is_none() && alike && self.same_position(old, new)
            });
            match found {
                Some(found) => counterparts[found] = Some(at),
                None if touched || old.node.damaged() => {}
                None => return None,
            }
        }
        Some(counterparts)
    }

    /// Whether two nodes are in the same collection and under the same key.
    fn same_position(&self, old: Placed<'_>, new: Placed<'_>) -> bool {
        let same = |old: Option<usize>, new: Option<usize>| match (old, new) {
            (Some(old), Some(new)) => {
                let start = self.old.get(old).node.span().start;
                let starts = self.edited.grown(Span::at(start));
                starts.touches(Span::at(self.new.get(new).node.span().start))
            }
            (old, new) => old.is_none() && new.is_none(),
        };
        same(old.parent, new.parent) && same(old.key, new.key)
    }

    /// Whether every new node was there before, was written or touched by an edit, or stands where
    /// text was lost. `unread` says whether there was a document of which nothing could be read.
    fn none_came(&self, counterparts: &[Option<usize>], unread: bool) -> bool {
        let damaged = self.damaged_scalars();
        let scalars = self.grown_scalars();
        // Whether what is in a collection may have been lost before.
        let mut open = vec![false; self.new.len()];
        for (at, Placed { node, parent, .. }) in self.new.iter() {
            let span = node.span();
            let lost = parent.map_or(unread, |parent| open[parent])
                || holding(&damaged, Span::at(span.start)).is_some();
            let known = counterparts[at];
            let written = self.edited.written(span);
            if known.is_none() && !written && !lost {
                return false;
            }
            let is_scalar = matches!(node.content(), Content::Scalar(_));
            if is_scalar && written && !lost && holding(&scalars, span).is_none() {
                return false;
            }
            open[at] = known.map_or(lost, |known| self.old.get(known).node.damaged());
        }
        true
    }

    /// Where the scalars start that lost text.
    fn damaged_scalars(&self) -> Vec<Span> {
        let damaged = self.old.iter().map(|(_, old)| old.node).filter(|node| node.damaged());
        let scalars = damaged.filter(|node| matches!(node.content(), Content::Scalar(_)));
        merged(scalars.map(|node| self.edited.grown(Span::at(node.span().start))).collect())
    }

    /// What the edits wrote, each with the scalars that it touches.
    fn grown_scalars(&self) -> Vec<Span> {
        let spans = self.old.iter().map(|(_, old)| old.node);
        let spans = spans.filter(|node| matches!(node.content(), Content::Scalar(_)));
        let spans = spans.map(Node::span).filter(|span| self.edited.touched(*span));
        let written = self.edited.moves.iter().map(|(_, written)| *written);
        merged(spans.map(|span| self.edited.grown(span)).chain(written).collect())
    }
}

/// Whether two nodes are the same sort of collection.
fn same_kind(old: Node<'_>, new: Node<'_>) -> bool {
    match (old.content(), new.content()) {
        (Content::Mapping(old), Content::Mapping(new)) => old.flow() == new.flow(),
        (Content::Sequence(old), Content::Sequence(new)) => old.flow() == new.flow(),
        _ => false,
    }
}

/// Whether two nodes are written and read the same, apart from what is in them.
fn same(old: Node<'_>, new: Node<'_>) -> bool {
    let same = match (old.content(), new.content()) {
        (Content::Scalar(old), Content::Scalar(new)) => old == new,
        _ => same_kind(old, new),
    };
    same && (old.damaged() || !new.damaged())
}

/// Spans in order, those that touch each other made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    spans.dedup_by(|next, span| {
        let touches = span.touches(*next);
        *span = if touches { span.to(*next) } else { *span };
        touches
    });
    spans
}

/// The one of some merged spans that a span lies in.
fn holding(spans: &[Span], span: Span) -> Option<Span> {
    let first = spans.partition_point(|merged| merged.end < span.start);
    spans.get(first).copied().filter(|found| found.start <= span.start && span.end <= found.end)
}
