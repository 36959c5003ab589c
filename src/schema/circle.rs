//! Circles among things of which each leads to at most one other.

use std::collections::BTreeSet;

/// Returns the things whose link closes a circle with the links before it. From then on such a link
/// is ignored. A thing may be linked a second time only if its first link closed a circle. The time
/// it takes grows with the number of links, not with the length of their chains.
pub(super) fn closing(
    things: usize,
    links: impl IntoIterator<Item = (usize, usize)>,
) -> BTreeSet<usize> {
    // Something on the way from each thing to the end of its links; the end leads to itself.
    let mut ahead: Vec<usize> = (0..things).collect();
    let mut closing = BTreeSet::new();
    for (from, to) in links {
        let mut end = to;
        while ahead[end] != end {
            ahead[end] = ahead[ahead[end]];
            end = ahead[end];
        }
        if end == from {
            closing.insert(from);
        }
        ahead[from] = end;
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_link_of_a_circle_closes_it() {
        let links = [(0, 1), (1, 2), (2, 0), (3, 3), (4, 1), (6, 5), (5, 4)];
        assert_eq!(closing(7, links), [2, 3].into());
    }
}
