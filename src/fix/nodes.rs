//! The nodes of a file, found by their places.

use crate::source::Span;
use crate::syntax::{Content, Node, Stream};

/// The nodes of a file, each after the collection that it is in.
pub(super) struct Nodes<'d> {
    nodes: Vec<Placed<'d>>,
    /// Positions in `nodes`, by start.
    by_start: Vec<usize>,
}

/// A node and where it stands among the others.
#[derive(Clone, Copy)]
pub(super) struct Placed<'d> {
    pub(super) node: Node<'d>,
    /// The collection that it is in.
    pub(super) parent: Option<usize>,
    /// The key whose value it is.
    pub(super) key: Option<usize>,
}

impl<'d> Nodes<'d> {
    pub(super) fn of(stream: &'d Stream<'_>) -> Self {
        let mut nodes: Vec<Placed<'d>> = Vec::new();
        for root in stream.documents.iter().filter_map(|document| document.root()) {
            let mut next = nodes.len();
            nodes.push(Placed { node: root, parent: None, key: None });
            while let Some(Placed { node, .. }) = nodes.get(next) {
                add_children(*node, next, &mut nodes);
                next += 1;
            }
        }
        let mut by_start: Vec<_> = (0..nodes.len()).collect();
        by_start.sort_by_key(|at| nodes[*at].node.span().start);
        Self { nodes, by_start }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn get(&self, at: usize) -> Placed<'d> {
        self.nodes[at]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, Placed<'d>)> {
        self.nodes.iter().copied().enumerate()
    }

    /// Where the first node after a place starts; the largest offset if there is none.
    pub(super) fn next_start(&self, place: u32) -> u32 {
        let start = |at: &usize| self.nodes[*at].node.span().start;
        let next = self.by_start.partition_point(|at| start(at) <= place);
        self.by_start.get(next).map_or(u32::MAX, start)
    }

    /// The offset after the start of the last node that starts before a place.
    pub(super) fn end_before(&self, place: u32) -> u32 {
        let start = |at: &usize| self.nodes[*at].node.span().start;
        let before = self.by_start.partition_point(|at| start(at) < place).checked_sub(1);
        before.map_or(0, |before| start(&self.by_start[before]) + 1)
    }

    /// The positions of the nodes that start within a span or at its end.
    pub(super) fn starting_in(&self, span: Span) -> &[usize] {
        let start = |at: &usize| self.nodes[*at].node.span().start;
        let first = self.by_start.partition_point(|at| start(at) < span.start);
        let end = self.by_start.partition_point(|at| start(at) <= span.end);
        &self.by_start[first..end]
    }
}

fn add_children<'d>(node: Node<'d>, parent: usize, nodes: &mut Vec<Placed<'d>>) {
    let parent = Some(parent);
    match node.content() {
        Content::Scalar(_) => {}
        Content::Sequence(items) => {
            nodes.extend(items.items().map(|node| Placed { node, parent, key: None }));
        }
        Content::Mapping(mapping) => {
            for entry in mapping.entries() {
                let key = Some(nodes.len());
                nodes.push(Placed { node: entry.key, parent, key: None });
                nodes.push(Placed { node: entry.value, parent, key });
            }
        }
    }
}
