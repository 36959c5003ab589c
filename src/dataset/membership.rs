//! The organisations that an actor belongs to, directly or through others.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::registry::Registry;
use crate::form::Limit;
use crate::record::{Actor, Membership};

/// The organisations that each actor of a registry belongs to, found when first needed.
#[derive(Debug)]
pub(super) struct Memberships(Vec<OnceLock<Box<[Belonging]>>>);

impl Memberships {
    pub(super) fn of(actors: &Registry<Actor>) -> Self {
        Self(actors.entries().iter().map(|_| OnceLock::new()).collect())
    }

    /// The actor of an id and all that it is part of, followed up to a limit.
    pub(super) fn belongings(&self, actors: &Registry<Actor>, id: &str) -> &[Belonging] {
        let Some(at) = actors.position(id) else { return &[] };
        self.0[at].get_or_init(|| belongings(actors, at).0.into())
    }
}

/// An actor, or an organisation that it is part of, and when it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Belonging {
    place: Place,
    /// The latest day on which a membership of the chain began, at the earliest.
    from: Option<NaiveDate>,
    /// The earliest day on which one of them ended, at the latest.
    to: Option<NaiveDate>,
}

/// What stands for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The entry at a position of the registry.
    Entry(u32),
    /// The name of a membership of an entry, which no entry has: a composite code.
    Name { entry: u32, membership: u32 },
}

impl Belonging {
    /// The name and the entry.
    pub(super) fn actor(self, actors: &Registry<Actor>) -> (&str, Option<&Actor>) {
        let entry = |at: u32| &actors.entries()[at as usize];
        match self.place {
            Place::Entry(at) => (&entry(at).id.value, Some(&entry(at).entry)),
            Place::Name { entry: at, membership } => {
                (&entry(at).entry.member_of[membership as usize].actor.value, None)
            }
        }
    }

    /// Whether it holds between two days. A membership without an end, or an event without a date,
    /// counts as holding.
    pub(super) fn is_in_force(self, first: Option<NaiveDate>, last: Option<NaiveDate>) -> bool {
        let begun = self.from.zip(last).is_none_or(|(from, last)| from <= last);
        let ended = self.to.zip(first).is_some_and(|(to, first)| to < first);
        begun && !ended
    }

    fn through(self, place: Place, membership: &Membership) -> Self {
        let from = membership.from.as_ref().and_then(|from| from.value.earliest());
        let to = membership.to.as_ref().and_then(|to| to.value.latest());
        Self { place, from: self.from.max(from), to: self.to.into_iter().chain(to).min() }
    }

    /// Whether it holds whenever another belonging of the same actor holds.
    fn covers(self, other: Self) -> bool {
        let ends_later = self.to.is_none_or(|to| other.to.is_some_and(|other| other <= to));
        self.place == other.place && self.from <= other.from && ends_later
    }
}

/// The actor at a position and all that it is part of, the nearest first, and whether more than
/// [`Limit::Memberships`] lead on: those are not followed, and a circle ends.
pub(super) fn belongings(actors: &Registry<Actor>, position: usize) -> (Vec<Belonging>, bool) {
    let entry = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let start = Belonging { place: Place::Entry(entry(position)), from: None, to: None };
    let mut found = vec![start];
    let mut left = Limit::Memberships.most();
    let mut next = 0;
    while let Some(&inner) = found.get(next) {
        next += 1;
        let Place::Entry(at) = inner.place else { continue };
        for (number, membership) in actors.entries()[at as usize].entry.member_of.iter().enumerate()
        {
            if left == 0 {
                return (found, true);
            }
            left -= 1;
            let name = Place::Name { entry: at, membership: entry(number) };
            let place =
                actors.position(&membership.actor.value).map_or(name, |at| Place::Entry(entry(at)));
            let outer = inner.through(place, membership);
            if !found.iter().any(|known| known.covers(outer)) {
                found.push(outer);
            }
        }
    }
    (found, false)
}
