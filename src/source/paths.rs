//! Many paths in one text.

use std::cmp::Ordering;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// Paths, one behind another. There may be one for each event, and a string of its own for each takes longer to make and
/// to read back than all else that is known of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Paths {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// The positions of all, by path, once somebody asked for them.
    #[serde(skip)]
    order: OnceLock<Vec<usize>>,
}

impl PartialEq for Paths {
    fn eq(&self, other: &Self) -> bool {
        (&self.ends, &self.text) == (&other.ends, &other.text)
    }
}

impl Eq for Paths {}

impl Paths {
    /// Adds a path behind the others.
    pub fn push(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(self.text.len());
        self.order.take();
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The path at a position, if there is one. What was read back may say anything.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }

    /// The paths, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at).unwrap_or_default())
    }

    /// The positions of all, by path; of one that stands here twice, the first one first.
    pub fn sorted(&self) -> &[usize] {
        self.order.get_or_init(|| {
            let mut order: Vec<_> = (0..self.len()).collect();
            order.sort_by_key(|at| self.get(*at));
            order
        })
    }

    /// The position of a path where all stand in order, or where it would stand.
    pub(super) fn position_sorted(&self, path: &str) -> Result<usize, usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.get(middle).cmp(&Some(path)) {
                Ordering::Less => from = middle + 1,
                Ordering::Equal => return Ok(middle),
                Ordering::Greater => to = middle,
            }
        }
        Err(from)
    }

    /// Finds the positions of paths, which are mostly asked for in the order in which they stand here.
    pub fn finder(&self) -> impl FnMut(&str) -> Option<usize> {
        let mut next = 0;
        move |path| {
            if self.get(next) != Some(path) {
                let order = self.sorted();
                next = order[order.binary_search_by_key(&Some(path), |at| self.get(*at)).ok()?];
            }
            next += 1;
            Some(next - 1)
        }
    }
}

impl<P: AsRef<str>> FromIterator<P> for Paths {
    fn from_iter<I: IntoIterator<Item = P>>(paths: I) -> Self {
        let mut all = Self::default();
        paths.into_iter().for_each(|path| all.push(path.as_ref()));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_any_order() {
        let paths = ["c", "", "a/é", "b", "a"];
        let all: Paths = paths.iter().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), paths);
        for turn in 0..paths.len() {
            let mut find = all.finder();
            for at in (0..paths.len()).map(|at| (at + turn) % paths.len()) {
                assert_eq!(find("d"), None);
                assert_eq!(find(paths[at]), Some(at));
            }
        }
    }

    #[test]
    fn what_was_read_back_may_say_anything() {
        for ends in [vec![1, 0], vec![9, 9], vec![2, 1, 3]] {
            let paths = Paths { text: "aéb".into(), ends, ..Paths::default() };
            assert_eq!(paths.iter().len(), paths.len());
            assert_eq!(paths.get(paths.len() + 1), None);
            assert_eq!(paths.finder()("z"), None);
        }
    }
}
