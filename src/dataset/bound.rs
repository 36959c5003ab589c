//! Binding: what the names of a record stand for.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::contents::Dataset;
use super::event_summary::FiledEvent;
use super::registry::{Registry, RegistryEntry};
use crate::form::Limit;
use crate::record::{Actor, Coded, Event, Location, Place, Referent, SourceEntry, Value};
use crate::schema::{Code, CodeList, Codebook, Component, Composite, CompositeError, Role};
use crate::value::ActorCode;

/// A dataset with the codebook that it is coded with: all that a name can refer to.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'p> {
    /// The codebook.
    pub codebook: &'p Codebook,
    /// The dataset.
    pub dataset: &'p Dataset,
}

/// An event on a visit, with all that its names can refer to.
#[derive(Clone, Copy, Debug)]
pub struct BoundEvent<'p> {
    /// The codebook and the dataset.
    pub binding: Binding<'p>,
    /// The event and its file.
    pub filed: FiledEvent<'p>,
}

/// Who an actor is.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorIdentity<'p> {
    /// The id or composite code.
    pub code: &'p str,
    /// The name.
    pub name: Cow<'p, str>,
    /// The country, where it has one.
    pub country: Option<Code>,
    /// The sector of society, where it has one.
    pub sector: Option<Code>,
    /// The entry of the registry; `None` for a composite code.
    pub entry: Option<&'p Actor>,
}

/// Where a location is, with what the places around it tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceIdentity<'p> {
    /// The id, for a place of the registry.
    pub id: Option<&'p str>,
    /// The name.
    pub name: Option<&'p str>,
    /// The country.
    pub country: Option<Code>,
    /// The first-order administrative division.
    pub admin1: Option<&'p str>,
    /// The second-order administrative division.
    pub admin2: Option<&'p str>,
    /// Latitude in decimal degrees, WGS 84.
    pub latitude: Option<f64>,
    /// Longitude in decimal degrees, WGS 84.
    pub longitude: Option<f64>,
    /// How well the place is known.
    pub precision: Option<Code>,
    /// Radius in metres of a circle that surely holds the place, where one is stated.
    pub radius: Option<i64>,
}

impl BoundEvent<'_> {
    /// Whether its actors and targets are two sides, of which none did it to the other: all its actions
    /// are undirected.
    pub fn is_undirected(self) -> bool {
        let actions = self.filed.event.coded(Component::Action);
        !actions.is_empty() && actions.iter().all(|action| self.binding.is_undirected(action))
    }

    /// Whether a coded value says that something is not known.
    pub fn is_unknown(self, coded: &Coded) -> bool {
        if let Value::Actor(actor) = &coded.value.value {
            return self.binding.is_unknown_actor(actor);
        }
        let list = self.binding.code_list(coded.component);
        let code = list.zip(coded.value.value.code());
        code.is_some_and(|(list, code)| list.entry(code).unknown)
    }
}

impl<'p> Binding<'p> {
    /// The actor of an id or composite code.
    pub fn actor(self, written: &'p str) -> Option<ActorIdentity<'p>> {
        if let Some(registered) = self.dataset.actors.get(written) {
            let actor = &registered.entry;
            return Some(ActorIdentity {
                code: &registered.id.value,
                name: Cow::Borrowed(&actor.name),
                country: actor.country,
                sector: actor.sector,
                entry: Some(actor),
            });
        }
        let composite = Composite::decode(written, self.codebook).ok()?;
        Some(ActorIdentity {
            code: written,
            name: Cow::Owned(composite.name(self.codebook)),
            country: Some(composite.country),
            sector: composite.sector,
            entry: None,
        })
    }

    /// How sure the coder is of a coded value. An unknown actor or target has a certainty only
    /// where one is written, because nobody can be sure of it.
    pub fn certainty_of(self, event: &Event, coded: &Coded) -> Option<Code> {
        let own = coded.certainty.value().copied();
        match &coded.value.value {
            Value::Actor(written) if self.is_unknown_actor(written) => own,
            _ => event.certainty_of(coded, self.codebook),
        }
    }

    /// Whether a name is the id of an actor or a composite code.
    pub fn is_actor(self, written: &str) -> bool {
        let composite = || Composite::decode(written, self.codebook).is_ok();
        self.dataset.actors.get(written).is_some() || composite()
    }

    /// Whether an actor code begins with the code for "not known".
    pub fn is_unknown_actor(self, written: &str) -> bool {
        let countries = self.codebook.list(Role::Country);
        // A group of three letters tells nearly always, and of an id its first letter.
        let code = ActorCode::parse(written).ok();
        let country = code.and_then(|code| countries.find(code.groups().next()?));
        country.is_some_and(|country| countries.entry(country).unknown)
            && Composite::decode(written, self.codebook).is_ok()
            && self.dataset.actors.get(written).is_none()
    }

    /// Whether `is_one` is true of an actor, or of an organisation that it belongs to between two
    /// days. A membership without an end, or an event without a day, counts as a match.
    pub fn belongs(
        self,
        actor: &str,
        (first, last): (Option<NaiveDate>, Option<NaiveDate>),
        mut is_one: impl FnMut(&str, Option<&Actor>) -> bool,
    ) -> bool {
        let actors = &self.dataset.actors;
        let belongings = self.dataset.memberships.belongings(actors, actor);
        if belongings.is_empty() {
            return is_one(actor, None);
        }
        let mut in_force = belongings.iter().filter(|belonging| belonging.is_in_force(first, last));
        in_force.any(|belonging| {
            let (name, entry) = belonging.actor(actors);
            is_one(name, entry)
        })
    }

    /// The list that a component's codes come from.
    pub fn code_list(self, component: Component) -> Option<&'p CodeList> {
        match component {
            Component::Action => Some(self.codebook.list(Role::Action)),
            Component::Field(position) => self.codebook.field_list(self.codebook.field(position)),
            _ => None,
        }
    }

    /// Whether a coded action has two sides, of which none did it to the other: as the record says, or
    /// its code.
    pub fn is_undirected(self, action: &Coded) -> bool {
        let code = action.value.value.code();
        let of_code = |code| self.codebook.list(Role::Action).entry(code).undirected;
        action.undirected || code.is_some_and(of_code)
    }

    /// The source of an id.
    pub fn source(self, id: &str) -> Option<&'p SourceEntry> {
        self.dataset.sources.get(id).map(|registered| &registered.entry)
    }

    /// A source and its origins through `cites`, up to a limit. A circle is followed once.
    pub fn goes_back_to(self, start: &'p str) -> Vec<&'p RegistryEntry<SourceEntry>> {
        let sources = &self.dataset.sources;
        match sources.get(start) {
            Some(source) if source.entry.cites.is_empty() => vec![source],
            _ => goes_back_to(sources, start).0,
        }
    }

    /// The actor that a source speaks for: the one in its `of`, or else the one with the name of
    /// its publisher.
    pub fn speaks_for(self, source: &'p RegistryEntry<SourceEntry>) -> Option<&'p str> {
        let actors = self.dataset.actors.entries();
        let told = source.entry.of.as_ref().map(|of| &*of.value);
        told.or_else(|| Some(&*actors.get(self.dataset.publisher(source)?.actor?)?.id.value))
    }

    /// Where a location is. What a place does not say of itself is said by the places it lies in,
    /// except its coordinates.
    pub fn place(self, location: &'p Location) -> PlaceIdentity<'p> {
        let mut identity = PlaceIdentity::default();
        if let Some(registered) =
            location.place.as_ref().and_then(|place| self.dataset.places.get(&place.value))
        {
            let place = &registered.entry;
            identity.id = Some(&registered.id.value);
            identity.name = Some(&place.name);
            identity.latitude = place.latitude.map(|latitude| latitude.degrees());
            identity.longitude = place.longitude.map(|longitude| longitude.degrees());
            identity.precision = place.precision;
            identity.radius = place.radius;
            (identity.country, identity.admin1) = self.area_of(place);
            identity.admin2 = self.around(place).find_map(|place| place.admin2.as_deref());
        }
        PlaceIdentity {
            country: location.country.or(identity.country),
            admin1: location.admin1.as_deref().or(identity.admin1),
            latitude: location
                .latitude
                .map_or(identity.latitude, |latitude| Some(latitude.degrees())),
            longitude: location
                .longitude
                .map_or(identity.longitude, |longitude| Some(longitude.degrees())),
            precision: location.precision.or(identity.precision),
            // A stated precision says more of where the event was than the place's own radius.
            radius: location.radius.or(identity.radius.filter(|_| location.precision.is_none())),
            ..identity
        }
    }

    /// The country and first-order division of a place, its own or those of the places it lies in.
    pub fn area_of(self, place: &'p Place) -> (Option<Code>, Option<&'p str>) {
        let country = self.around(place).find_map(|place| place.country);
        (country, self.around(place).find_map(|place| place.admin1.as_deref()))
    }

    /// Where an event was.
    pub fn place_of(self, event: &'p Event) -> PlaceIdentity<'p> {
        event.location().map_or_else(PlaceIdentity::default, |location| self.place(location))
    }

    /// The ids of a place and of the places it lies in, from narrow to wide.
    pub fn places_around(self, place: &'p str) -> Vec<&'p str> {
        let within = self.dataset.places.get(place).into_iter();
        let wider = within.flat_map(|place| self.around(&place.entry));
        let wider = wider.filter_map(|place| Some(&*place.within.as_ref()?.value));
        std::iter::once(place).chain(wider).collect()
    }

    /// A place and the places it lies in, from narrow to wide.
    pub(super) fn around(self, place: &'p Place) -> impl Iterator<Item = &'p Place> {
        let wider = move |place: &&'p Place| {
            let within = place.within.as_ref()?;
            Some(&self.dataset.places.get(&within.value)?.entry)
        };
        // A circle ends, and so does what lies in more than the limit.
        std::iter::successors(Some(place), wider).take(Limit::Places.most())
    }

    /// Whether a name refers to something. If a registry lost text, any name may.
    pub fn resolves(self, referent: Referent, name: &str) -> bool {
        self.knows(referent, name) || self.may_be_lost(referent, name)
    }

    /// Whether a name refers to something that was read.
    pub fn knows(self, referent: Referent, name: &str) -> bool {
        let Dataset { places, sources, .. } = self.dataset;
        match referent {
            Referent::Actor => self.is_actor(name),
            Referent::Place => places.get(name).is_some(),
            Referent::Source => sources.get(name).is_some(),
            Referent::Event => self.dataset.event(name).is_some(),
            Referent::Subject => {
                name == SERIES || self.is_actor(name) || places.get(name).is_some()
            }
        }
    }

    /// Whether a name may refer to something that was not read.
    pub fn may_be_lost(self, referent: Referent, name: &str) -> bool {
        let Dataset { actors, places, sources, lacks_events, .. } = self.dataset;
        let actor = || actors.damaged || self.may_be_composite(name);
        match referent {
            Referent::Actor => actor(),
            Referent::Place => places.damaged,
            Referent::Source => sources.damaged,
            Referent::Event => *lacks_events,
            Referent::Subject => actor() || places.damaged,
        }
    }

    /// Whether a name would be a composite code if a list had not lost text.
    fn may_be_composite(self, name: &str) -> bool {
        let lost = |role| self.codebook.list(role).damaged;
        match Composite::decode(name, self.codebook) {
            Ok(_) => false,
            Err(CompositeError::UnknownCountry(_)) => lost(Role::Country),
            Err(CompositeError::UnknownSector(_)) => lost(Role::Sector),
            Err(CompositeError::Shape(_)) => false,
        }
    }
}

/// A source and its origins through `cites`, and whether there are more than [`Limit::Citations`]
/// to follow.
pub(super) fn goes_back_to<'p>(
    sources: &'p Registry<SourceEntry>,
    start: &'p str,
) -> (Vec<&'p RegistryEntry<SourceEntry>>, bool) {
    let mut waiting = vec![start];
    let mut seen = BTreeSet::from([start]);
    let mut reached = Vec::new();
    let mut left = Limit::Citations.most();
    while let Some(id) = waiting.pop() {
        let Some(source) = sources.get(id) else { continue };
        reached.push(source);
        if source.entry.cites.len() > left {
            return (reached, true);
        }
        left -= source.entry.cites.len();
        let cited = source.entry.cites.iter().map(|cited| &*cited.value);
        waiting.extend(cited.filter(|cited| seen.insert(cited)));
    }
    (reached, false)
}

/// The `about` of a claim that speaks of the whole series of an event.
pub const SERIES: &str = "series";
