//! Whether two events are similar enough to be one.

use std::collections::BTreeSet;

use super::blocks::{CELL, listed, location};
use super::days::on_one_day;
use crate::dataset::{BoundEvent, PlaceIdentity};
use crate::evidence::{Comparer, Relation};
use crate::record::{Coded, Value};
use crate::schema::{Component, FieldOn};
use crate::value::name_key;

/// Most actors, targets or actions of an event that are compared.
const COMPARED: usize = 32;

/// How one component of two events compares, the most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Both have the same value.
    Same,
    /// One is more specific, or names some of the actors or actions of the other.
    Near,
    /// At least one is unknown.
    Unknown,
    /// They exclude each other.
    Other,
}

/// Whether two events are similar in day, place, actors and action. If at most their countries are known,
/// the other components must be equal, because a country has many events. If nobody is known on either
/// side, day, place and action must be equal. Of two events that list one source nothing need be known
/// that tells them apart.
pub(super) fn are_alike(one: BoundEvent<'_>, other: BoundEvent<'_>) -> bool {
    if !on_one_day(&one.filed, &other.filed)
        || at_other_times(one, other)
        || of_other_kinds(one, other)
    {
        return false;
    }
    let action = action(one, other);
    let (actor, target) = match one.is_undirected() && other.is_undirected() {
        true => {
            let sides = people(one, other, &[Component::Actor, Component::Target]);
            (sides, sides)
        }
        false => {
            (people(one, other, &[Component::Actor]), people(one, other, &[Component::Target]))
        }
    };
    if [action, actor, target].contains(&Likeness::Other) || action == Likeness::Unknown {
        return false;
    }
    let same = |likeness| likeness == Likeness::Same;
    let known = |likeness| matches!(likeness, Likeness::Same | Likeness::Near);
    match place(one, other) {
        Likeness::Other => false,
        _ if shared_source(one, other).is_some() => !in_other_provinces(one, other),
        Likeness::Unknown => same(action) && same(actor) && same(target),
        Likeness::Near => known(actor) || known(target),
        Likeness::Same => known(actor) || known(target) || same(action),
    }
}

/// A source that both events list.
pub(super) fn shared_source<'p>(one: BoundEvent<'p>, other: BoundEvent<'p>) -> Option<&'p str> {
    let sources: BTreeSet<&str> = listed(one).collect();
    listed(other).find(|source| sources.contains(source))
}

fn in_other_provinces(one: BoundEvent<'_>, other: BoundEvent<'_>) -> bool {
    let province =
        |bound: BoundEvent<'_>| bound.binding.place_of(bound.filed.event).admin1.map(name_key);
    province(one).zip(province(other)).is_some_and(|(one, other)| one != other)
}

/// Most seconds by which reports of one event differ on the time of day.
const ABOUT: u32 = 3_600;

/// Whether both have a time of day, more than an hour apart.
fn at_other_times(one: BoundEvent<'_>, other: BoundEvent<'_>) -> bool {
    let coded = |bound: BoundEvent<'_>| bound.filed.event.coded(Component::Time).first().cloned();
    let (Some(this), Some(that)) = (coded(one), coded(other)) else { return false };
    let (Value::Time(time), Value::Time(other_time)) = (&this.value.value, &that.value.value)
    else {
        return false;
    };
    let relation =
        Comparer::of(one).relation(Component::Time, &this.value.value, &that.value.value);
    relation == Relation::Different && time.start().abs_diff(other_time.start()) > ABOUT
}

/// Whether the codes of an extra field, such as the kind of place that was hit, exclude each other.
fn of_other_kinds(one: BoundEvent<'_>, other: BoundEvent<'_>) -> bool {
    let fields = one.binding.codebook.fields(FieldOn::Event).iter().enumerate();
    let coded = fields.filter(|(_, field)| field.codes.is_some());
    let mut components =
        coded.filter_map(|(at, _)| Some(Component::Field(u16::try_from(at).ok()?)));
    components.any(|component| {
        let (these, those) = (first(one, component), first(other, component));
        let values = these.iter().map(|coded| &coded.value.value);
        let others = those.iter().map(|coded| &coded.value.value);
        !these.is_empty()
            && !those.is_empty()
            && Comparer::of(one).exclude(component, values, others)
    })
}

fn first(bound: BoundEvent<'_>, component: Component) -> &[Coded] {
    let coded = bound.filed.event.coded(component);
    &coded[..coded.len().min(COMPARED)]
}

fn action(one: BoundEvent<'_>, other: BoundEvent<'_>) -> Likeness {
    let (mut fewer, mut more) = (first(one, Component::Action), first(other, Component::Action));
    if fewer.len() > more.len() {
        std::mem::swap(&mut fewer, &mut more);
    }
    let comparer = Comparer::of(one);
    let nearest = |this: &Coded| {
        let relation = |that: &Coded| {
            comparer.relation(Component::Action, &this.value.value, &that.value.value)
        };
        more.iter().map(|that| likeness(relation(that))).min()
    };
    match fewer.iter().filter_map(nearest).max() {
        Some(Likeness::Same) if fewer.len() < more.len() => Likeness::Near,
        Some(likeness) => likeness,
        None => Likeness::Unknown,
    }
}

const fn likeness(relation: Relation) -> Likeness {
    match relation {
        Relation::Same => Likeness::Same,
        Relation::Narrower | Relation::Broader => Likeness::Near,
        Relation::Overlapping | Relation::Unknown => Likeness::Unknown,
        Relation::Different => Likeness::Other,
    }
}

/// Whether the actors or targets of one event, or its sides, are those of the other or belong to them.
fn people(one: BoundEvent<'_>, other: BoundEvent<'_>, roles: &[Component]) -> Likeness {
    let binding = one.binding;
    let known = |bound| -> Vec<&str> {
        let coded = roles.iter().flat_map(|role| first(bound, *role));
        let named = coded.filter_map(|coded| match &coded.value.value {
            Value::Actor(name) if !binding.is_unknown_actor(name) => Some(&**name),
            _ => None,
        });
        named.collect()
    };
    let (mut fewer, mut more) = (known(one), known(other));
    if fewer.len() > more.len() {
        std::mem::swap(&mut fewer, &mut more);
    }
    if fewer.is_empty() {
        return Likeness::Unknown;
    }
    let comparer = Comparer::of(one);
    // A country as a target means anybody there; as an actor it means the state.
    let lies_in = |inner: &str, outer: &str| match roles {
        [Component::Target] => comparer.is_inside(inner, outer),
        _ => comparer.acts_within(inner, outer),
    };
    let belongs =
        |this: &str, that: &str| this == that || lies_in(this, that) || lies_in(that, this);
    if fewer.len() == more.len() && fewer.iter().all(|this| more.contains(this)) {
        Likeness::Same
    } else if fewer.iter().all(|this| more.iter().any(|that| belongs(this, that))) {
        Likeness::Near
    } else {
        Likeness::Other
    }
}

/// Whether two events were at the same place, or one within the place of the other. Two entries of the
/// registry are two places, however close they are.
fn place(one: BoundEvent<'_>, other: BoundEvent<'_>) -> Likeness {
    let (Some(this), Some(that)) = (location(one), location(other)) else {
        return if location(one).is_some() == location(other).is_some() {
            Likeness::Unknown
        } else {
            Likeness::Other
        };
    };
    let binding = one.binding;
    if let (Some(this), Some(that)) = (&this.place, &that.place) {
        let (this, that) = (&*this.value, &*that.value);
        return if this == that {
            Likeness::Same
        } else if binding.places_around(this).contains(&that)
            || binding.places_around(that).contains(&this)
        {
            Likeness::Near
        } else {
            Likeness::Other
        };
    }
    let (here, there) = (binding.place(this), binding.place(that));
    let point = |place: &PlaceIdentity<'_>| place.latitude.zip(place.longitude);
    match (point(&here), point(&there)) {
        (Some((latitude, longitude)), Some((other_latitude, other_longitude))) => {
            let apart = (latitude - other_latitude).abs().max((longitude - other_longitude).abs());
            if apart < CELL { Likeness::Same } else { Likeness::Other }
        }
        (None, None) if here.country == there.country && here.id == there.id => Likeness::Unknown,
        _ => Likeness::Other,
    }
}
