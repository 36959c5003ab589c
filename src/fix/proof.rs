//! The proof that edits change only what they touch.

use crate::source::{LineIndex, Span};
use crate::syntax::{self, Content, Node, Stream, SyntaxDefect};

use super::edited::Edited;
use super::nodes::{Nodes, Placed};

/// Whether edits change only the nodes that they touch.
///
/// That is so if four things hold. Every untouched node is still there: in the same place and
/// collection, under the same key, with the same text. A new node was written or touched by an edit,
/// or stands where text could not be read before. No scalar has taken in more than the edits wrote, so
/// that comments stay comments. And the text has no more defects than before.
pub(super) fn holds(before: &str, edited: &Edited) -> bool {
    holds_between(&syntax::parse(before), &syntax::parse(&edited.text), edited)
}

/// Like [`holds`], for texts that are already parsed.
pub(super) fn holds_between(old: &Stream<'_>, new: &Stream<'_>, edited: &Edited) -> bool {
    if new.defects.len() > old.defects.len() {
        return false;
    }
    let unread = old.documents.iter().any(|document| document.root().is_none());
    let unread = unread && !old.defects.is_empty();
    let (old, new) = (Nodes::of(old), Nodes::of(new));
    let proof = Proof { old: &old, new: &new, edited };
    proof.counterparts().is_some_and(|counterparts| proof.none_came(&counterparts, unread))
}

/// Whether edits fix the syntax error at `error`. Afterwards there must be fewer errors; or as many,
/// one of which was hidden before, but none on the line of the fixed one.
pub(super) fn fixes(was: &Stream<'_>, is: &Stream<'_>, edited: &Edited, error: Span) -> bool {
    let starts = |stream: &Stream<'_>| -> Vec<u32> {
        let wrong = stream.defects.iter();
        let wrong = wrong.filter(|defect| matches!(defect.value, SyntaxDefect::Yaml(_)));
        wrong.map(|defect| defect.span.start).collect()
    };
    let (was, is) = (starts(was), starts(is));
    let lines = LineIndex::new(&edited.text);
    let own = lines.line(edited.moved(error.start));
    was.len() > is.len() || was.len() == is.len() && !is.iter().any(|at| lines.line(*at) == own)
}

/// Which node is which, by their positions in the old text and the new one.
struct Matches {
    /// What each new node was.
    was: Vec<Option<usize>>,
    /// What each old node is.
    is: Vec<Option<usize>>,
}

struct Proof<'p> {
    old: &'p Nodes<'p>,
    new: &'p Nodes<'p>,
    edited: &'p Edited,
}

impl Proof<'_> {
    /// The old node that each new node was; `None` if an old node is gone that no edit could remove.
    fn counterparts(&self) -> Option<Vec<Option<usize>>> {
        let mut matches =
            Matches { was: vec![None; self.new.len()], is: vec![None; self.old.len()] };
        for (at, old) in self.old.iter() {
            let mut candidates = self.new.starting_in(self.starts(old.node)).iter().copied();
            let found = candidates.find(|candidate| {
                let new = self.new.get(*candidate);
                matches.was[*candidate].is_none()
                    && self.same_node(old.node, new.node)
                    && self.same_position(old, new, &matches)
            });
            match found {
                Some(found) => (matches.was[found], matches.is[at]) = (Some(at), Some(found)),
                None if self.may_go(old.node) => {}
                None => return None,
            }
        }
        Some(matches.was)
    }

    /// Whether a node may disappear: a scalar that an edit touches, a collection whose first character
    /// an edit replaces, and any damaged node.
    fn may_go(&self, old: Node<'_>) -> bool {
        let span = old.span();
        old.damaged()
            || is_scalar(old) && self.edited.touched(span)
            || self.edited.replaced(Span::new(span.start, span.start + 1))
    }

    /// Whether two nodes are alike enough to be one, apart from their position.
    fn same_node(&self, old: Node<'_>, new: Node<'_>) -> bool {
        let span = old.span();
        if self.edited.touched(span) {
            return same_kind(old, new);
        }
        (is_block(old) || new.span().end == self.edited.moved(span.end)) && same(old, new)
    }

    /// Where a node may start after the edits. White space may follow an edit at its start, and a
    /// damaged block collection may get back its first lines.
    fn starts(&self, old: Node<'_>) -> Span {
        let start = old.span().start;
        let lost = old.damaged() && is_block(old);
        let first = if lost { self.old.end_before(start) } else { start };
        let Span { start: first, end } = self.edited.grown(Span::new(first, start));
        let behind = &self.edited.text[end as usize..];
        let space = behind.bytes().take_while(u8::is_ascii_whitespace).count();
        let space = if self.edited.touched(Span::at(start)) { space } else { 0 };
        Span::new(first, end + u32::try_from(space).unwrap_or_default())
    }

    fn same_start(&self, old: usize, new: usize) -> bool {
        let new = self.new.get(new).node.span().start;
        self.starts(self.old.get(old).node).touches(Span::at(new))
    }

    /// Whether a node is under the same key, in the same collection, as another was. Edits at its start
    /// may have put collections around it.
    fn same_position(&self, old: Placed<'_>, new: Placed<'_>, matches: &Matches) -> bool {
        let same_key = match (old.key, new.key) {
            (Some(old), Some(new)) => self.same_start(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        let same_collection = match (old.parent, new.parent) {
            (Some(before), Some(after)) => {
                matches.is[before].map_or_else(|| self.same_start(before, after), |is| is == after)
            }
            (before, after) => before.is_none() && after.is_none(),
        };
        let is_around = |parent: &usize| {
            let start = self.new.get(*parent).node.span().start;
            self.edited.written(Span::at(start)) && matches.was[*parent].is_none()
        };
        let begins_at_edit = self.edited.touched(Span::at(old.node.span().start));
        let around = new.parent.filter(|_| begins_at_edit).filter(is_around);
        let around = around.map(|parent| self.new.get(parent));
        same_key && same_collection
            || around.is_some_and(|around| self.same_position(old, around, matches))
    }

    /// Whether every new node was there before, was written or touched by an edit, or stands where
    /// text was lost. `unread` says whether there was a document of which nothing could be read.
    fn none_came(&self, counterparts: &[Option<usize>], unread: bool) -> bool {
        let scalars = || self.old.iter().map(|(_, old)| old.node).filter(|node| is_scalar(*node));
        // Where text was lost in or behind a scalar: from its start to before the next node.
        let lost = scalars().filter(|scalar| scalar.damaged()).map(|scalar| {
            let start = scalar.span().start;
            self.edited.grown(Span::new(start, self.old.next_start(start) - 1))
        });
        let lost = merged(lost.collect());
        // What the edits wrote, each with the scalars that it touches.
        let touched = scalars().map(Node::span).filter(|span| self.edited.touched(*span));
        let written = self.edited.moves.iter().map(|(_, written)| *written);
        let grown = touched.map(|span| self.edited.grown(span)).chain(written);
        let grown = merged(grown.collect());
        // Whether what is in a collection may have been lost before.
        let mut open = vec![false; self.new.len()];
        for (at, Placed { node, parent, .. }) in self.new.iter() {
            let span = node.span();
            let was_lost = parent.map_or(unread, |parent| open[parent])
                || holds_span(&lost, Span::at(span.start));
            let is_written = self.edited.written(span);
            let has_grown = is_scalar(node) && is_written && !holds_span(&grown, span);
            if !was_lost && (has_grown || counterparts[at].is_none() && !is_written) {
                return false;
            }
            let known = counterparts[at].map(|old| self.old.get(old).node);
            open[at] = known.map_or(was_lost, Node::damaged);
        }
        true
    }
}

fn is_scalar(node: Node<'_>) -> bool {
    matches!(node.content(), Content::Scalar(_))
}

/// Whether two nodes are the same sort of collection.
fn same_kind(old: Node<'_>, new: Node<'_>) -> bool {
    match (old.content(), new.content()) {
        (Content::Mapping(old), Content::Mapping(new)) => old.flow() == new.flow(),
        (Content::Sequence(old), Content::Sequence(new)) => old.flow() == new.flow(),
        _ => false,
    }
}

/// Whether a node is a collection without brackets. It ends where its last child does, or where text
/// was lost.
fn is_block(node: Node<'_>) -> bool {
    match node.content() {
        Content::Mapping(mapping) => !mapping.flow(),
        Content::Sequence(items) => !items.flow(),
        Content::Scalar(_) => false,
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

/// Spans in order, with those that touch each other merged.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    spans.dedup_by(|next, span| {
        let touches = span.touches(*next);
        *span = if touches { span.to(*next) } else { *span };
        touches
    });
    spans
}

/// Whether one of some merged spans holds a span.
fn holds_span(spans: &[Span], span: Span) -> bool {
    let first = spans.partition_point(|merged| merged.end < span.start);
    spans.get(first).is_some_and(|found| found.start <= span.start && span.end <= found.end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked;
    use super::*;

    fn proved(text: &str) -> bool {
        let (before, edits) = marked(text);
        holds(&before, &Edited::new(&before, &edits).unwrap())
    }

    #[test]
    fn an_edit_that_changes_what_it_touches_holds() {
        let edits = [
            "a: «x|y» # c\nb: 1\n",
            "a: «x|[x, y]»\nb: 1\n",
            "a: {b: x, c: «d|'e: f'»}\n",
            "«a|c»: {b: 1}\nb: 1\n",
            "a: «|\"»x y«|\"» # c\nb: 1\n",
            "a:«| x»\nb: 1\n",
            "a: [x«, y|»]\nb: 1\n",
            "a: x\n«b: 1\n|»c: 2\n",
            "a: x\n«|b: {c: 1}\n»c: 2\n",
            "a: x # «c|d»\nb: 1\n",
            "a: |\n  x\n  «y|z»\n# c\nb: 1\n",
            "---\na: «x|y»\n---\na: x\n",
            "«%YAML 1.2\n---\n|»a: x\n",
            "a: 1\nb: 2\n«a: 3\n|»",
            "a: «|[»{b: 1}«|]»\nc: 1\n",
            "a: «|{b: »[x, 'y']«|}»\nc: 1\n",
            "a: «[|\n  b: [»x, 'y']\nc: 1\n",
            "a:\n«  b: 1\n|»  c: 2\n",
            "a: «x|y»\r\nb: 'z'  \r\n",
        ];
        let wrong: Vec<_> = edits.iter().filter(|text| !proved(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn an_edit_that_lets_lost_text_be_read_holds() {
        let edits = [
            "a: [x, y«|]» # c\nb: 1\n",
            "a: {b: [x, {c: y}«|]»}\nb: 1\n",
            "a: 1\nb: {c: 1, d: 2«|}»",
            "a:\n- {b: 1, c: 2«|}»\n- {b: 2}\n",
            "a: \"x«|\"»\nb: 1\n",
            "c: 2\na:«| »x\nb: 1\n",
            "a:«| »x\nb: 1\n",
            "a:\n  -«| »{b: x, c: y}\n  - {b: 2}\nc: 1\n",
            "a: «x: y|'x: y'»\nb: 1\n",
            "a:\n  b: 1\n«\t|  »c: 2\nd: 3\n",
            "a: x«\u{202e}|»y\nb: 1\n",
        ];
        let wrong: Vec<_> = edits.iter().filter(|text| !proved(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn an_edit_that_changes_more_does_not_hold() {
        let edits = [
            // A quote or bracket swallows what follows.
            "a: «x|\"x»\nb: y\n",
            "a: «x|\"x»\nb: \"y\"\n",
            "a: «'x'|'x»\nb: 'y'\n",
            "a: [«x|[x», y]\nb: 1\n",
            "{a: «x|x #», b: 1\n}\n",
            // A comment is read.
            "a: «b|\"b» # c\"\n",
            "a: b«  |»# c\n",
            "- «a|\"a» # c\n- «b|b\"»\n",
            "a: |\n  x\n«|  »# c\n",
            // Nodes go to another collection or key.
            "a:\n  b: 1\n«|x:\n»  c: 2\n",
            "a:\n«|x:\n»  b: 1\n",
            "a: «x|x\n---»\nb: y\n",
            "- a\n«|-\n »- b\n",
            "a:«|\n- »  # c\n  -\n    - b\n«    - |- »c\n",
            "a: # x«\n|»  -\n    b: 1\n«|»    c: 1\n",
            // Something is wrong that was not.
            "a: 1\n«b|a»: 2\n",
            "a: «x|&x x»\nb: 1\n",
            "a: «x|x: y»\nb: 1\n",
            "a: x«|\u{202e}»y\nb: 1\n",
            // Lost text is read as something else.
            "a:{b: «x, c: y}|'x, c: y}'»\nd: 1\n",
            // What was a comment is a key.
            "«#|» a: 1\nb: 2\n",
        ];
        let wrong: Vec<_> = edits.iter().filter(|text| proved(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
