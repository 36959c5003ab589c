//! What a dataset holds, and what each thing in it is called, before any of it is written.

use chrono::{Days, NaiveDate};

use super::random::Random;
use super::words::name;

/// Days that the events of a dataset are spread over: 2000 to 2024.
const DAYS: u64 = 9131;

/// How much of everything a dataset has. Every name follows from a number, so each record can be
/// made without the others and still refer to them.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) seed: u64,
    pub(super) events: u32,
    pub(super) actors: u32,
    pub(super) places: u32,
    pub(super) sources: u32,
    publishers: u32,
}

/// Sources that are published after the last event.
const TAIL: u32 = 8;

/// What the numbers of a dataset's generators begin with, so that none is used twice.
const PLACES_OF_EVENTS: u64 = 1 << 40;

impl Plan {
    /// A dataset of so many events. Actors and places grow as the square root, for most events
    /// are more of the same; sources as a third, for one report tells of several events.
    pub(super) fn new(name: String, events: u32, seed: u64) -> Self {
        let sources = events / 3 + 1 + TAIL;
        let root = events.isqrt();
        Self {
            name,
            seed,
            events,
            actors: 4 * root + 4,
            places: 10 * root + 8,
            sources,
            publishers: sources.isqrt() / 2 + 6,
        }
    }

    /// The day of an event; events stand in the order of their days.
    pub(super) fn day(&self, event: u32) -> NaiveDate {
        date(u64::from(event) * DAYS / u64::from(self.events))
    }

    /// The place of an event.
    pub(super) fn place_of(&self, event: u32) -> u32 {
        Random::new(self.seed, PLACES_OF_EVENTS + u64::from(event)).skewed(self.places)
    }

    /// The id of an event: its day, its place, and its number on that day if it is not the first.
    pub(super) fn event_id(&self, event: u32) -> String {
        let (day, events) =
            (u64::from(event) * DAYS / u64::from(self.events), u64::from(self.events));
        let first = (day * events).div_ceil(DAYS);
        let stem = format!("{}-{}", date(day), self.place_id(self.place_of(event)));
        match u64::from(event) - first {
            0 => stem,
            earlier => format!("{stem}-{}", earlier + 1),
        }
    }

    pub(super) fn place_id(&self, place: u32) -> String {
        format!("{}{}", ["", "tall-", "wadi-", "bir-"][place as usize % 4], name(place).id)
    }

    pub(super) fn actor_id(&self, actor: u32) -> String {
        format!(
            "{}-{}",
            ["liwa", "kataib", "harakat", "jabhat", "al"][actor as usize % 5],
            name(actor).id
        )
    }

    /// A person among the actors.
    pub(super) fn person(&self, random: &mut Random) -> u32 {
        random.skewed(self.actors / 5) * 5 + 4
    }

    /// Whether an actor is a person.
    pub(super) fn is_person(actor: u32) -> bool {
        actor % 5 == 4
    }

    pub(super) fn source_id(&self, source: u32) -> String {
        format!("{}-{}", name(self.publisher(source)).id, self.published(source))
    }

    /// Who published a source; neighbours never share a publisher.
    pub(super) fn publisher(&self, source: u32) -> u32 {
        source % self.publishers
    }

    /// The day on which a source was published.
    pub(super) fn published(&self, source: u32) -> NaiveDate {
        date(u64::from(source) * DAYS / u64::from(self.sources - TAIL) + 1)
    }

    /// Whether a source was read and neither it nor what it repeats speaks for an actor, so that it
    /// is in a publisher's own voice.
    pub(super) fn reports(source: u32) -> bool {
        let mut ways = [vec![source], Self::cites(source)].concat().into_iter();
        !Self::is_unseen(source) && !ways.any(Self::is_of_actor)
    }

    pub(super) fn is_unseen(source: u32) -> bool {
        source % 23 == 7
    }

    pub(super) fn is_of_actor(source: u32) -> bool {
        source % 23 == 11
    }

    pub(super) fn investigates(source: u32) -> bool {
        source % 23 == 15
    }

    /// The sources that a source only repeats: one in eight the one before it, of those one in three
    /// the one before that as well.
    pub(super) fn cites(source: u32) -> Vec<u32> {
        match source % 24 {
            7 | 15 => vec![source - 1],
            23 => vec![source - 1, source - 2],
            _ => Vec::new(),
        }
    }

    /// The second source published after an event; the ones that follow it report it too, and may
    /// pass on what the first says.
    pub(super) fn first_source(&self, event: u32) -> u32 {
        let near = u64::from(event) * u64::from(self.sources - TAIL) / u64::from(self.events) + 2;
        u32::try_from(near).unwrap_or(u32::MAX).min(self.sources - 5)
    }
}

fn date(day: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");
    first + Days::new(day)
}
