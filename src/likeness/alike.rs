//! Whether two records are similar enough to code one event.

use super::site::{CELL, Site};
use super::traits::{Part, Trait, Traits};
use crate::value::name_key;

/// How a part of two records compares, where both have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// Both have the same values.
    Same,
    /// One is more specific, or names some of the actors or actions of the other.
    Near,
    /// They exclude each other.
    Other,
}

/// Whether two records of one day, the earlier one first, are similar in time, place, actors and action. If at
/// most their countries are known, the other parts must be equal, because a country has many events. If nobody
/// is known on either side, place and action must be equal. Of two records that list one source nothing
/// need be known that tells them apart.
pub fn are_alike(one: &Traits<'_>, other: &Traits<'_>) -> bool {
    if at_other_times(one, other) || of_other_kinds(one, other) {
        return false;
    }
    let part = |part| likeness(one.part(part), other.part(part));
    let (actor, target) = match one.is_undirected && other.is_undirected {
        true => (part(Part::Side), part(Part::Side)),
        false => (part(Part::Actor), part(Part::Target)),
    };
    let action = part(Part::Action);
    if action.is_none() || [action, actor, target].contains(&Some(Likeness::Other)) {
        return false;
    }
    let same = |likeness| likeness == Some(Likeness::Same);
    match place(one, other) {
        Some(Likeness::Other) => false,
        _ if shared_source(one, other).is_some() => !in_other_provinces(&one.site, &other.site),
        None => same(action) && same(actor) && same(target),
        Some(Likeness::Near) => actor.is_some() || target.is_some(),
        Some(Likeness::Same) => actor.is_some() || target.is_some() || same(action),
    }
}

/// A source that both records list.
pub fn shared_source<'p>(one: &Traits<'p>, other: &Traits<'_>) -> Option<&'p str> {
    let others = other.part(Part::Source);
    let sources = one.part(Part::Source).iter().map(|source| source.value);
    sources.into_iter().find(|source| others.iter().any(|other| other.value == *source))
}

/// How the values of a part compare; `None` if one record has none.
fn likeness(one: &[Trait<'_>], other: &[Trait<'_>]) -> Option<Likeness> {
    let (fewer, more) = if one.len() > other.len() { (other, one) } else { (one, other) };
    let has = |values: &[Trait<'_>], is: &dyn Fn(&Trait<'_>) -> bool| values.iter().any(is);
    let all = |is: &dyn Fn(&Trait<'_>, &Trait<'_>) -> bool| {
        fewer.iter().all(|this| has(more, &|that| meet(this, that) && is(this, that)))
    };
    if fewer.is_empty() {
        None
    } else if fewer.len() == more.len() && all(&|this, that| this.value == that.value) {
        Some(Likeness::Same)
    } else if all(&|_, _| true) {
        Some(Likeness::Near)
    } else {
        Some(Likeness::Other)
    }
}

/// Whether one of two values is the other or lies in it.
fn meet(one: &Trait<'_>, other: &Trait<'_>) -> bool {
    let lies_in =
        |inner: &Trait<'_>, outer: &str| inner.within.iter().any(|within| within == outer);
    lies_in(one, other.value) || lies_in(other, one.value)
}

/// Most seconds by which reports of one event differ on the time of day.
const ABOUT: u32 = 3_600;

/// Whether both have a time of day, more than an hour apart.
fn at_other_times(one: &Traits<'_>, other: &Traits<'_>) -> bool {
    let Some(((from, to), (other_from, other_to))) = one.time.zip(other.time) else { return false };
    (other_to < from || to < other_from) && from.abs_diff(other_from) > ABOUT
}

/// Whether the codes of an extra field exclude each other.
fn of_other_kinds(one: &Traits<'_>, other: &Traits<'_>) -> bool {
    let fields = one.parts.iter().filter(|(part, _)| matches!(part, Part::Field(_)));
    let excludes = |these: &[Trait<'_>], those: &[Trait<'_>]| {
        !those.is_empty() && these.iter().all(|this| those.iter().all(|that| !meet(this, that)))
    };
    fields.into_iter().any(|(part, codes)| excludes(codes, other.part(*part)))
}

/// How the places of two events compare; `None` if they are not known so well. Two entries of the registry are
/// two places, however close they are.
fn place(one: &Traits<'_>, other: &Traits<'_>) -> Option<Likeness> {
    let (here, there) = (&one.site, &other.site);
    if here.place.is_some() && there.place.is_some() {
        return likeness(one.part(Part::Place), other.part(Part::Place));
    }
    let is_other = match (here.point, there.point) {
        (Some((latitude, longitude)), Some((other_latitude, other_longitude))) => {
            let apart = (latitude - other_latitude).abs().max((longitude - other_longitude).abs());
            if apart < CELL {
                return Some(Likeness::Same);
            }
            true
        }
        (None, None) => {
            let known = |site: &Site<'_>| (site.is_coded, site.country, site.place.is_some());
            known(here) != known(there)
        }
        _ => true,
    };
    is_other.then_some(Likeness::Other)
}

fn in_other_provinces(one: &Site<'_>, other: &Site<'_>) -> bool {
    let names = one.admin1.zip(other.admin1);
    names.is_some_and(|(one, other)| one != other && name_key(one) != name_key(other))
}
