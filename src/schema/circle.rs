//! Circles among things of which each leads to at most one other.

/// For each of some links from one thing to another, whether it closes a circle with those before it;
/// such a link is left out of what follows. Nothing may be linked twice, unless its first link
/// closed a circle. The time grows with the links, however long they lead on.
pub(super) fn closes_circle(things: usize, links: &[(usize, usize)]) -> Vec<bool> {
    // Something on the way from each thing to the end of its links; the end leads to itself.
    let mut ahead: Vec<usize> = (0..things).collect();
    let mut closes = |(from, to): &(usize, usize)| {
        let mut end = *to;
        while ahead[end] != end {
            ahead[end] = ahead[ahead[end]];
            end = ahead[end];
        }
        let is_circle = end == *from;
        ahead[*from] = end;
        is_circle
    };
    links.iter().map(&mut closes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_link_of_a_circle_closes_it() {
        let links = [(0, 1), (1, 2), (2, 0), (3, 3), (4, 1), (6, 5), (5, 4)];
        let closes = closes_circle(7, &links);
        assert_eq!(closes, [false, false, true, true, false, false, false]);
    }
}
