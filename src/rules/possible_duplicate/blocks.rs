//! Which events are close enough to be compared.

use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use foldhash::fast::RandomState;

use crate::dataset::BoundEvent;
use crate::record::{Location, Value};
use crate::schema::{Code, Component, Role};
use crate::value::Date;

/// Longest date, in days, that is compared day by day. People confuse days within a week; a longer
/// period has room for many events.
const LONGEST: i64 = 7;

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

/// A day, a kind of action and a spot.
type Block<'p> = (Option<NaiveDate>, Code, Spot<'p>);

/// Events by block.
#[derive(Default)]
pub(super) struct Blocks<'p> {
    events: Vec<BoundEvent<'p>>,
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
    /// Adds an event, and returns those added before that are close to it, in the order in which they were.
    pub(super) fn add(&mut self, bound: BoundEvent<'p>) -> Vec<BoundEvent<'p>> {
        let Spots { at, around, beside } = Spots::of(bound);
        let own = position(self.events.len());
        let mut near = Vec::new();
        for (day, action) in days_and_actions(bound) {
            let block = |spot: &Spot<'p>| (day, action, *spot);
            let mut look = |blocks: &HashMap<Block<'p>, Last, RandomState>, spot| {
                let before = |last: &Last| self.links[*last as usize].1;
                let links = std::iter::successors(blocks.get(&block(spot)).copied(), before);
                near.extend(links.take(COMPARED).map(|link| self.links[link as usize].0));
            };
            at.iter().chain(&around).chain(&beside).for_each(|spot| look(&self.at, spot));
            at.iter().for_each(|spot| look(&self.within, spot));
            let mut add = |blocks: &mut HashMap<Block<'p>, Last, RandomState>, spot| {
                let before = blocks.insert(block(spot), position(self.links.len()));
                self.links.push((own, before));
            };
            at.iter().for_each(|spot| add(&mut self.at, spot));
            around.iter().for_each(|spot| add(&mut self.within, spot));
        }
        self.events.push(bound);
        near.sort_unstable();
        near.dedup();
        near.into_iter().map(|event| self.events[event as usize]).collect()
    }
}

fn position(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The possible days of an event, each with the broadest code of each of its actions. A date longer than a week
/// has only its first day, and is compared only with equal dates.
fn days_and_actions(bound: BoundEvent<'_>) -> Vec<(Option<NaiveDate>, Code)> {
    let event = &bound.filed.event;
    let list = bound.binding.codebook.list(Role::Action);
    let actions = event.coded(Component::Action).iter().take(ACTIONS);
    let actions = actions.filter_map(|coded| Some(list.root(coded.value.value.code()?)));
    let actions: BTreeSet<_> = actions.collect();
    let Some(date) = event.date() else { return Vec::new() };
    let days: Vec<_> = match days(date) {
        Some((first, last)) => first.iter_days().take_while(|day| *day <= last).map(Some).collect(),
        None => vec![date.earliest()],
    };
    let with_day = |day| actions.iter().map(move |action| (day, *action));
    days.into_iter().flat_map(with_day).collect()
}

/// The first and last possible day of an event; `None` if they are more than a week apart. An uncertain
/// or approximate date may be a day off.
pub(super) fn days(date: &Date) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = date.earliest().zip(date.latest())?;
    if (last - first).num_days() >= LONGEST {
        return None;
    }
    let qualifier = date.qualifier();
    let off = Days::new(u64::from(qualifier.is_uncertain() || qualifier.is_approximate()));
    first.checked_sub_days(off).zip(last.checked_add_days(off))
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
pub(super) fn listed(bound: BoundEvent<'_>) -> impl Iterator<Item = &str> {
    let claims = bound.filed.event.claims.iter().filter(|claim| claim.listed);
    claims.map(|claim| &*claim.source.value)
}

/// The coded location of an event.
pub(super) fn location(bound: BoundEvent<'_>) -> Option<&Location> {
    match &bound.filed.event.coded(Component::Location).first()?.value.value {
        Value::Location(location) => Some(location),
        _ => None,
    }
}
