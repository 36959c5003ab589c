//! How a said value relates to a coded one.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::model::Relation;
use crate::dataset::{Binding, BoundEvent, PlaceIdentity, distance};
use crate::form::Limit;
use crate::record::{Actor, Coded, Location, Place, Value};
use crate::schema::{Code, CodeList, Codebook, ColumnValue, Component, Composite, Role};
use crate::value::{Date, DateTime, Range, Time, name_key, url_key};

/// Compares values in the context of one event: its registries, code lists and date.
#[derive(Clone, Copy, Debug)]
pub struct Comparer<'p> {
    bound: BoundEvent<'p>,
    date: Option<&'p Date>,
}

impl<'p> Comparer<'p> {
    /// The comparer of an event.
    pub fn of(bound: BoundEvent<'p>) -> Self {
        Self { bound, date: bound.filed.event.date() }
    }

    pub(super) fn bound(self) -> BoundEvent<'p> {
        self.bound
    }

    pub(super) fn binding(self) -> Binding<'p> {
        self.bound.binding
    }

    /// The values that a component is coded with.
    pub(super) fn coded(self, component: Component) -> &'p [Coded] {
        self.bound.filed.event.coded(component)
    }

    /// The coded values that a value of a component may name: in an undirected event, each side in
    /// either role.
    pub(super) fn named_by(self, component: Component) -> Vec<&'p Coded> {
        let sides = [Component::Actor, Component::Target];
        match sides.contains(&component) && self.bound.is_undirected() {
            true => sides.into_iter().flat_map(|side| self.coded(side)).collect(),
            false => self.coded(component).iter().collect(),
        }
    }

    /// How `said` relates to `coded`, two values of one component.
    pub fn relation(self, component: Component, said: &'p Value, coded: &'p Value) -> Relation {
        match (said, coded) {
            (Value::Code(said), Value::Code(coded)) => {
                let list = self.binding().code_list(component);
                list.map_or(Relation::Unknown, |list| of_codes(list, *said, *coded))
            }
            (Value::Actor(said), Value::Actor(coded)) => self.of_actors(said, coded),
            (Value::Location(said), Value::Location(coded)) => self.of_locations(said, coded),
            (Value::Place(said), Value::Place(coded)) => self.of_places(said, coded),
            (Value::Date(said), Value::Date(coded)) => {
                of_extents(said, coded, Date::is_same, Date::is_inside, Date::overlaps)
            }
            (Value::DateTime(said), Value::DateTime(coded)) => {
                of_extents(said, coded, DateTime::is_same, DateTime::is_inside, DateTime::overlaps)
            }
            (Value::Url(said), Value::Url(coded)) => {
                same_or_different(url_key(said) == url_key(coded))
            }
            (Value::Time(said), Value::Time(coded)) => of_times(said, coded),
            (Value::Range(said), Value::Range(coded)) => {
                of_extents(said, coded, Range::is_same, Range::is_inside, Range::overlaps)
            }
            (Value::Text(said), Value::Text(coded)) => {
                same_or_different(name_key(said) == name_key(coded))
            }
            (Value::Source(_) | Value::Integer(_) | Value::Number(_) | Value::Boolean(_), _) => {
                same_or_different(said == coded)
            }
            // Values of one component are of one type.
            (
                Value::Code(_)
                | Value::Actor(_)
                | Value::Location(_)
                | Value::Place(_)
                | Value::Date(_)
                | Value::DateTime(_)
                | Value::Url(_)
                | Value::Time(_)
                | Value::Range(_)
                | Value::Text(_),
                _,
            ) => Relation::Different,
        }
    }

    /// Whether each of some values of a component excludes each of others.
    pub fn exclude(
        self,
        component: Component,
        some: impl IntoIterator<Item = &'p Value>,
        others: impl IntoIterator<Item = &'p Value> + Clone,
    ) -> bool {
        let differ = |one, other| self.relation(component, one, other) == Relation::Different;
        some.into_iter().all(|one| others.clone().into_iter().all(|other| differ(one, other)))
    }

    /// Whether a value is a code that says that nobody did it.
    pub(super) fn is_agentless(self, component: Component, value: &Value) -> bool {
        let list = self.binding().code_list(component).zip(value.code());
        list.is_some_and(|(list, code)| list.entry(code).agentless)
    }

    /// Whether values of a component do not exclude each other: true for an extra field that lists
    /// several, such as the kinds of place hit. Actors exclude each other, and so do targets.
    pub fn is_additive(self, component: Component) -> bool {
        match component {
            Component::Field(position) => self.binding().codebook.field(position).list,
            _ => false,
        }
    }

    /// The coded actors, or sides, for whom an actor speaks: itself, those that it is a part of, and those
    /// that are a part of it. Nobody speaks for an unknown actor.
    pub(super) fn spoken_for(self, speaker: &str, component: Component) -> Vec<&'p Coded> {
        let speaks_for = |coded: &&Coded| match &coded.value.value {
            Value::Actor(actor) => {
                !self.binding().is_unknown_actor(actor) && self.speak_alike(speaker, actor)
            }
            _ => false,
        };
        self.named_by(component).into_iter().filter(speaks_for).collect()
    }

    /// Whether an actor speaks for a coded actor or target.
    pub(super) fn is_party(self, actor: &str) -> bool {
        let of = |component| !self.spoken_for(actor, component).is_empty();
        of(Component::Actor) || of(Component::Target)
    }

    /// Whether one of two actors speaks for the other.
    pub fn speak_alike(self, one: &str, other: &str) -> bool {
        one == other || self.acts_within(one, other) || self.acts_within(other, one)
    }

    fn of_actors(self, said: &str, coded: &str) -> Relation {
        if self.binding().is_unknown_actor(said) || self.binding().is_unknown_actor(coded) {
            return Relation::Unknown;
        }
        if said == coded {
            return Relation::Same;
        }
        let (said_inside, coded_inside) =
            (self.is_inside(said, coded), self.is_inside(coded, said));
        relation_of(said_inside, coded_inside, Relation::Different)
    }

    /// Whether an actor is another, is a part of it on the event's date, or matches its composite
    /// code: `ISRMIL` lies inside `ISR`, and a registered actor inside the composite of its own
    /// country, or of its country and sector.
    pub fn is_inside(self, inner: &str, outer: &str) -> bool {
        self.is_part_of(inner, outer, |_, _| true)
    }

    /// Whether an actor lies inside another such that one speaks for the other. Everyone from a
    /// country lies inside the country's code, even its rebels; but only actors of the state speak
    /// for it.
    pub fn acts_within(self, inner: &str, outer: &str) -> bool {
        self.is_part_of(inner, outer, |actor, code| self.acts_for(actor, code))
    }

    /// Every actor that another [is inside](Self::is_inside), itself included.
    pub fn all_around(self, inner: &str) -> BTreeSet<String> {
        self.wholes(inner, |_, _| true)
    }

    /// Every actor that another [acts within](Self::acts_within), itself included.
    pub fn all_acted_within(self, inner: &str) -> BTreeSet<String> {
        self.wholes(inner, |actor, code| self.acts_for(actor, code))
    }

    fn acts_for(self, actor: &str, code: &Composite) -> bool {
        let is_country = code.sector.is_none() && code.rest.is_empty();
        !is_country || self.is_of_state(actor)
    }

    /// Whether an actor, or one that it is a part of on the event's date, is another or matches its
    /// composite code in a way that `counts`.
    fn is_part_of(
        self,
        inner: &str,
        outer: &str,
        counts: impl Fn(&str, &Composite) -> bool,
    ) -> bool {
        let code = Composite::decode(outer, self.binding().codebook).ok();
        self.binding().belongs(inner, self.days(), |actor, entry| {
            let is_composed =
                |code| is_composed_of(actor, entry, outer, code) && counts(actor, code);
            actor == outer || code.as_ref().is_some_and(is_composed)
        })
    }

    /// Every actor of which another is a part in a way that `counts`.
    fn wholes(self, inner: &str, counts: impl Fn(&str, &Composite) -> bool) -> BTreeSet<String> {
        let mut wholes = BTreeSet::new();
        let codebook = self.binding().codebook;
        self.binding().belongs(inner, self.days(), |actor, entry| {
            wholes.insert(actor.to_owned());
            let composed = composites_of(actor, entry, codebook).into_iter().filter(|outer| {
                let code = Composite::decode(outer, codebook);
                code.is_ok_and(|code| {
                    is_composed_of(actor, entry, outer, &code) && counts(actor, &code)
                })
            });
            wholes.extend(composed);
            false
        });
        wholes
    }

    fn days(self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.date.and_then(Date::earliest), self.date.and_then(Date::latest))
    }

    fn is_of_state(self, actor: &str) -> bool {
        let sectors = self.binding().codebook.list(Role::Sector);
        let sector = self.binding().actor(actor).and_then(|identity| identity.sector);
        let of_state = sector.and_then(|sector| sectors.value(sector, "of_state"));
        of_state == Some(&ColumnValue::Boolean(true))
    }

    fn of_places(self, said: &'p str, coded: &'p str) -> Relation {
        let (said_inside, coded_inside) = (self.lies_in(said, coded), self.lies_in(coded, said));
        relation_of(said_inside, coded_inside, Relation::Unknown)
    }

    fn lies_in(self, inner: &'p str, outer: &str) -> bool {
        let places = &self.binding().dataset.places;
        let entry = |id: &str| places.get(id).map(|place| &place.entry);
        let has_name = |place: &Place, name| place.names().any(|known| name_key(known) == name);
        let is_named = |name| entry(outer).is_some_and(|place| has_name(place, name_key(name)));
        let around = self.binding().places_around(inner).into_iter();
        around.take(Limit::Places.most()).any(|id| {
            let admin1 = entry(id).and_then(|place| place.admin1.as_deref());
            id == outer || admin1.is_some_and(is_named)
        })
    }

    /// Two locations are *different* only where something shows it: another country, or coordinates
    /// that lie farther apart than their radii. Otherwise they are *unknown*, because reports name
    /// one place in many ways.
    fn of_locations(self, said: &'p Location, coded: &'p Location) -> Relation {
        if let (Some(said), Some(coded)) = (&said.place, &coded.place) {
            let relation = self.of_places(&said.value, &coded.value);
            if relation != Relation::Unknown {
                return relation;
            }
        }
        let (here, there) = (self.binding().place(said), self.binding().place(coded));
        let point = |place: &PlaceIdentity<'_>| place.latitude.zip(place.longitude);
        if point(&here).is_some() && point(&here) == point(&there) {
            return Relation::Same;
        }
        let by_distance = self.by_distance(&here, &there).unwrap_or(Relation::Unknown);
        match (here.country, there.country) {
            (Some(said_country), Some(coded_country)) if said_country != coded_country => {
                Relation::Different
            }
            (Some(_), Some(_)) => {
                relation_of(is_area_of(coded, &here), is_area_of(said, &there), by_distance)
            }
            _ => by_distance,
        }
    }

    fn by_distance(self, here: &PlaceIdentity<'_>, there: &PlaceIdentity<'_>) -> Option<Relation> {
        let point = |place: &PlaceIdentity<'_>| place.latitude.zip(place.longitude);
        let apart = distance(point(here)?, point(there)?);
        let radius =
            |place: &PlaceIdentity<'_>| self.binding().radius(place.radius, place.precision);
        let reach = radius(here)? + radius(there)?;
        Some(if apart > reach as f64 { Relation::Different } else { Relation::Overlapping })
    }
}

/// Whether an actor has the country and sector of a composite code, by its entry or its own code.
fn is_composed_of(inner: &str, entry: Option<&Actor>, outer: &str, code: &Composite) -> bool {
    let Some(identity) = entry else { return inner.starts_with(outer) };
    code.rest.is_empty()
        && identity.country == Some(code.country)
        && (code.sector.is_none() || code.sector == identity.sector)
}

/// The composite codes that may hold an actor: those of the country and sector of its entry, or the beginnings
/// of its own code.
fn composites_of(actor: &str, entry: Option<&Actor>, codebook: &Codebook) -> Vec<String> {
    let Some(entry) = entry else {
        return actor.char_indices().skip(1).map(|(at, _)| actor[..at].to_owned()).collect();
    };
    let Some(country) = entry.country else { return Vec::new() };
    let country = &codebook.list(Role::Country).entry(country).code;
    let sector = entry.sector.map(|sector| &codebook.list(Role::Sector).entry(sector).code);
    let of_sector = sector.map(|sector| format!("{country}{sector}"));
    std::iter::once(country.to_string()).chain(of_sector).collect()
}

/// Whether a location is only a country, or a division of it, in which a place of that country lies.
fn is_area_of(location: &Location, inner: &PlaceIdentity<'_>) -> bool {
    let is_area =
        location.place.is_none() && location.latitude.is_none() && location.country.is_some();
    let holds =
        |admin1: &str| inner.admin1.is_some_and(|known| name_key(known) == name_key(admin1));
    is_area && location.admin1.as_deref().is_none_or(holds)
}

fn of_codes(list: &CodeList, said: Code, coded: Code) -> Relation {
    if list.entry(said).unknown || list.entry(coded).unknown {
        return Relation::Unknown;
    }
    let inside = |inner, outer| list.ancestry(inner).any(|code| code == outer);
    relation_of(inside(said, coded), inside(coded, said), Relation::Different)
}

/// Relates two values that have a start and an end, such as dates and counts.
fn of_extents<T>(
    said: &T,
    coded: &T,
    is_same: fn(&T, &T) -> bool,
    is_inside: fn(&T, &T) -> bool,
    overlaps: fn(&T, &T) -> bool,
) -> Relation {
    if is_same(said, coded) {
        return Relation::Same;
    }
    let otherwise = if overlaps(said, coded) { Relation::Overlapping } else { Relation::Different };
    relation_of(is_inside(said, coded), is_inside(coded, said), otherwise)
}

/// Times that are only about right do not exclude each other.
fn of_times(said: &Time, coded: &Time) -> Relation {
    let ends = |time: &Time| (time.start(), time.end().unwrap_or(time.start()));
    let ((said_start, said_end), (coded_start, coded_end)) = (ends(said), ends(coded));
    let about = said.qualifier().is_approximate() || coded.qualifier().is_approximate();
    let shares = said_start <= coded_end && coded_start <= said_end;
    let otherwise = if shares || about { Relation::Overlapping } else { Relation::Different };
    if said.passes_midnight() || coded.passes_midnight() {
        return if said.as_str() == coded.as_str() {
            Relation::Same
        } else {
            Relation::Overlapping
        };
    }
    let said_inside = coded_start <= said_start && said_end <= coded_end;
    let coded_inside = said_start <= coded_start && coded_end <= said_end;
    relation_of(said_inside, coded_inside, otherwise)
}

/// The relation that follows from which value lies inside which.
const fn relation_of(said_inside: bool, coded_inside: bool, otherwise: Relation) -> Relation {
    match (said_inside, coded_inside) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Narrower,
        (false, true) => Relation::Broader,
        (false, false) => otherwise,
    }
}

const fn same_or_different(same: bool) -> Relation {
    if same { Relation::Same } else { Relation::Different }
}
