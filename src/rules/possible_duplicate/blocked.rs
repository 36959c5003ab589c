//! The records of a day by block.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::likeness::BlockDigest;

/// Most records of a block that another is compared with: the last ones read. More similar records than
/// this are a series or were made by a program, and each is close to one that was reported.
const COMPARED: usize = 16;

/// The records of a day by block.
#[derive(Default)]
pub(super) struct Blocked {
    /// How many records there are.
    records: u32,
    last: HashMap<BlockDigest, Last, RandomState>,
    /// The records of all blocks, each with the one before it in its block.
    links: Vec<(u32, Option<Last>)>,
}

/// The last record of a block, as a position among the links.
type Last = u32;

impl Blocked {
    /// Adds a record by the blocks that it is in and those that are looked in for it. Returns the positions of those
    /// added before with which it is compared, in order.
    pub(super) fn add(&mut self, (of, looked_in): (&[BlockDigest], &[BlockDigest])) -> Vec<usize> {
        let mut near = Vec::new();
        for block in looked_in {
            let before = |last: &Last| self.links[*last as usize].1;
            let links = std::iter::successors(self.last.get(block).copied(), before);
            near.extend(links.take(COMPARED).map(|link| self.links[link as usize].0));
        }
        for block in of {
            let link = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
            let before = self.last.insert(*block, link);
            self.links.push((self.records, before));
        }
        self.records += 1;
        near.sort_unstable();
        near.dedup();
        near.into_iter().map(|record| record as usize).collect()
    }
}
