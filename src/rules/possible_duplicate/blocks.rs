//! Which events are close enough to be compared.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use crate::dataset::BoundEvent;
use crate::record::{Location, Value};
use crate::schema::{Code, Component, Role};

/// Most events of a block that another is compared with: the last ones read. More similar events than
/// this are a series or were made by a program, and each is close to one that was reported.
const COMPARED: usize = 16;

/// Most actions of an event by which it is found.
const ACTIONS: usize = 16;

/// Side of a cell in degrees, about two kilometres: how far gazetteers differ on one place.
pub(super) const CELL: f64 = 0.02;

/// A location by which nearby events are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Spot<'p> {
    Place(&'p str),
    Cell(i32, i32),
    Country(Code),
    Nowhere,
    /// Not a place, but a source that the events list.
    Source(&'p str),
}

/// A kind of action and a spot.
type Block<'p> = (Code, Spot<'p>);

/// The events of a day by block.
#[derive(Default)]
pub(super) struct Blocks<'p> {
    /// How many events there are.
    events: u32,
    /// The events at a spot.
    at: HashMap<Block<'p>, Last, RandomState>,
    /// The events at a place within a spot.
    within: HashMap<Block<'p>, Last, RandomState>,
    /// The events of all blocks, each with the one before it in its block.
    links: Vec<(u32, Option<Last>)>,
}

/// The last event of a block, as a position among the links.
type Last = u32;

impl<'p> Blocks<'p> {
    /// Adds an event, and returns the positions of those added before that are close to it, in order.
    pub(super) fn add(&mut self, bound: BoundEvent<'p>) -> Vec<usize> {
        let Spots { at, around, beside } = Spots::of(bound);
        let mut near = Vec::new();
        for action in actions(bound) {
            let block = |spot: &Spot<'p>| (action, *spot);
            let mut look = |blocks: &HashMap<Block<'p>, Last, RandomState>, spot| {
                let before = |last: &Last| self.links[*last as usize].1;
                let links = std::iter::successors(blocks.get(&block(spot)).copied(), before);
                near.extend(links.take(COMPARED).map(|link| self.links[link as usize].0));
            };
            at.iter().chain(&around).chain(&beside).for_each(|spot| look(&self.at, spot));
            at.iter().for_each(|spot| look(&self.within, spot));
            let mut add = |blocks: &mut HashMap<Block<'p>, Last, RandomState>, spot| {
                let link = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
                let before = blocks.insert(block(spot), link);
                self.links.push((self.events, before));
            };
            at.iter().for_each(|spot| add(&mut self.at, spot));
            around.iter().for_each(|spot| add(&mut self.within, spot));
        }
        self.events += 1;
        near.sort_unstable();
        near.dedup();
        near.into_iter().map(|event| event as usize).collect()
    }
}

/// The broadest code of each action of an event.
fn actions(bound: BoundEvent<'_>) -> BTreeSet<Code> {
    let list = bound.binding.codebook.list(Role::Action);
    let actions = bound.filed.event.coded(Component::Action).iter().take(ACTIONS);
    actions.filter_map(|coded| Some(list.root(coded.value.value.code()?))).collect()
}

/// The spots of an event.
#[derive(Default)]
struct Spots<'p> {
    /// Where it is.
    at: Vec<Spot<'p>>,
    /// The places around it.
    around: Vec<Spot<'p>>,
    /// The cells beside its own.
    beside: Vec<Spot<'p>>,
}

impl<'p> Spots<'p> {
    fn of(bound: BoundEvent<'p>) -> Self {
        let location = location(bound);
        let mut spots = Self::default();
        if let Some(place) = location.and_then(|location| location.place.as_ref()) {
            let mut places = bound.binding.places_around(&place.value).into_iter().map(Spot::Place);
            spots.at.extend(places.next());
            spots.around.extend(places);
        }
        let identity = location.map(|location| bound.binding.place(location)).unwrap_or_default();
        if let Some((latitude, longitude)) = identity.latitude.zip(identity.longitude) {
            let cell = |degrees: f64| (degrees / CELL).floor() as i32;
            let (row, column) = (cell(latitude), cell(longitude));
            spots.at.push(Spot::Cell(row, column));
            let beside = |by: i32| [(-1, by), (0, by), (1, by)];
            let steps = [-1, 0, 1].into_iter().flat_map(beside).filter(|step| *step != (0, 0));
            spots.beside.extend(steps.map(|(up, right)| Spot::Cell(row + up, column + right)));
        }
        if spots.at.is_empty() {
            spots.at.push(identity.country.map_or(Spot::Nowhere, Spot::Country));
        }
        spots.at.extend(listed(bound).map(Spot::Source));
        spots
    }
}

/// The sources that an event lists.
pub(super) fn listed<'p>(bound: BoundEvent<'p>) -> impl Iterator<Item = &'p str> {
    let claims = bound.filed.event.claims.iter().filter(|claim| claim.listed);
    claims.map(|claim| &*claim.source.value)
}

/// The coded location of an event.
pub(super) fn location<'p>(bound: BoundEvent<'p>) -> Option<&'p Location> {
    match &bound.filed.event.coded(Component::Location).first()?.value.value {
        Value::Location(location) => Some(location),
        _ => None,
    }
}
