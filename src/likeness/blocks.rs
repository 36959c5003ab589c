//! By which blocks similar records are found.

use std::collections::BTreeSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::site::{CELL, Site};
use super::traits::listed;
use crate::dataset::BoundEvent;
use crate::schema::{Code, Codebook, Component, Role};

/// Most actions of an event by which it is found.
const ACTIONS: usize = 16;

/// Most sources that an event lists by which it is found. An event is in as many blocks for each action.
const SOURCES: usize = 32;

/// What similar records of one day have in common: a kind of action and a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block<'p> {
    action: Code,
    spot: Spot<'p>,
}

/// A location by which nearby events are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Spot<'p> {
    At(&'p str),
    /// The places within a place.
    Within(&'p str),
    Cell(i32, i32),
    Country(Code),
    Nowhere,
    /// Not a place, but a source that the events list.
    Source(&'p str),
}

impl Block<'_> {
    /// It as a text, which no other block of a codebook has.
    pub fn text(&self, codebook: &Codebook) -> String {
        let action = &codebook.list(Role::Action).entry(self.action).code;
        match self.spot {
            Spot::At(place) => format!("{action} at {place}"),
            Spot::Within(place) => format!("{action} within {place}"),
            Spot::Cell(row, column) => format!("{action} in cell {row} {column}"),
            Spot::Country(code) => {
                format!("{action} in country {}", codebook.list(Role::Country).entry(code).code)
            }
            Spot::Nowhere => format!("{action} nowhere"),
            Spot::Source(source) => format!("{action} by source {source}"),
        }
    }
}

/// The blocks of a record, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks<'p> {
    /// The blocks that it is in.
    pub of: Vec<Block<'p>>,
    /// The blocks with whose records it is compared.
    pub looked_in: Vec<Block<'p>>,
}

impl<'p> Blocks<'p> {
    /// The blocks of a record.
    pub fn of(bound: BoundEvent<'p>) -> Self {
        let spots = Spots::of(bound);
        let mut blocks = Self::default();
        for action in actions(bound) {
            let block = |spot: &Spot<'p>| Block { action, spot: *spot };
            blocks.of.extend(spots.of.iter().map(block));
            blocks.looked_in.extend(spots.looked_in.iter().map(block));
        }
        for of_record in [&mut blocks.of, &mut blocks.looked_in] {
            of_record.sort_unstable();
            of_record.dedup();
        }
        blocks
    }
}

/// A digest of a block. Two of one day that have the same one by chance, which hardly ever happens, count as one.
pub type BlockDigest = u32;

/// The blocks of records, in their order.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct BlockDigests {
    digests: Vec<BlockDigest>,
    /// Of each record, how many blocks it is in, and how many it is compared with.
    counts: Vec<(u32, u32)>,
}

impl BlockDigests {
    /// Adds the blocks of a record.
    pub fn push(&mut self, blocks: &Blocks<'_>) {
        let hasher = FixedState::default();
        let Blocks { of, looked_in } = blocks;
        let all = of.iter().chain(looked_in);
        self.digests.extend(all.map(|block| hasher.hash_one(block) as BlockDigest));
        let count = |blocks: &[_]| u32::try_from(blocks.len()).unwrap_or(u32::MAX);
        self.counts.push((count(of), count(looked_in)));
    }

    /// How many records there are.
    pub const fn len(&self) -> usize {
        self.counts.len()
    }

    /// Makes room for others that are to be added.
    pub fn reserve_exact<'o>(&mut self, others: impl Iterator<Item = &'o Self> + Clone) {
        self.digests.reserve_exact(others.clone().map(|other| other.digests.len()).sum());
        self.counts.reserve_exact(others.map(Self::len).sum());
    }

    /// Adds those of the records that come after.
    pub fn append(&mut self, mut next: Self) {
        self.digests.append(&mut next.digests);
        self.counts.append(&mut next.counts);
    }

    /// Of each record, the blocks that it is in, and those with whose records it is compared.
    pub fn of_records(&self) -> impl Iterator<Item = (&[BlockDigest], &[BlockDigest])> {
        let mut rest = &*self.digests;
        let mut take = move |count: u32| {
            let (taken, after) = rest.split_at_checked(count as usize).unwrap_or_default();
            rest = after;
            taken
        };
        self.counts.iter().map(move |(of, looked_in)| (take(*of), take(*looked_in)))
    }
}

/// The broadest code of each action of an event.
fn actions(bound: BoundEvent<'_>) -> BTreeSet<Code> {
    let list = bound.binding.codebook.list(Role::Action);
    let actions = bound.filed.event.coded(Component::Action).iter().take(ACTIONS);
    actions.filter_map(|coded| Some(list.root(coded.value.value.code()?))).collect()
}

/// The spots of a record.
#[derive(Default)]
struct Spots<'p> {
    of: Vec<Spot<'p>>,
    looked_in: Vec<Spot<'p>>,
}

impl<'p> Spots<'p> {
    /// A record at a place is compared with those at that place, within it and around it; one at a point
    /// with those in its cell and beside it; any other with those of its country; each with those that list
    /// its sources.
    fn of(bound: BoundEvent<'p>) -> Self {
        let Site { place, point, country, .. } = Site::of(bound);
        let mut spots = Self::default();
        if let Some(place) = place {
            spots.at(Spot::At(place));
            spots.looked_in.push(Spot::Within(place));
            for around in bound.binding.places_around(place).into_iter().skip(1) {
                spots.looked_in.push(Spot::At(around));
                spots.of.push(Spot::Within(around));
            }
        }
        if let Some((latitude, longitude)) = point {
            let cell = |degrees: f64| (degrees / CELL).floor() as i32;
            let (row, column) = (cell(latitude), cell(longitude));
            spots.of.push(Spot::Cell(row, column));
            let beside = |up: i32| [-1, 0, 1].map(|right| Spot::Cell(row + up, column + right));
            spots.looked_in.extend([-1, 0, 1].into_iter().flat_map(beside));
        }
        if spots.of.is_empty() {
            spots.at(country.map_or(Spot::Nowhere, Spot::Country));
        }
        listed(bound).take(SOURCES).for_each(|source| spots.at(Spot::Source(source)));
        spots
    }

    fn at(&mut self, spot: Spot<'p>) {
        self.of.push(spot);
        self.looked_in.push(spot);
    }
}
