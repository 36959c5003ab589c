//! A coded value that was changed.

use crate::dataset::{BoundEvent, RevisedEvent};
use crate::diagnostic::Diagnostic;
use crate::record::{Claim, Coded, Referent, Stance, Statement, Value};
use crate::schema::Component;
use crate::source::Location;

rule!("recoded", Warning, Revised(check));

/// Most claims that a finding points at; the message counts them all.
const SHOWN: usize = 4;

fn check(revised: RevisedEvent<'_>, found: &mut Vec<Diagnostic>) {
    // A part that could not be read may hold the missing value or claim.
    if !revised.before.filed.event.intact || !revised.after.filed.event.intact {
        return;
    }
    for name in revised.before.binding.codebook.component_names() {
        if let Some(recoded) = recoded(revised, name) {
            found.push(diagnostic(revised, name, &recoded));
        }
    }
}

/// A component with other values than before.
pub(super) struct Recoded<'p> {
    /// Its former values.
    old: Vec<String>,
    /// Its new values.
    new: Vec<String>,
    /// Its new values, as coded.
    pub(super) coded: &'p [Coded],
}

/// How a component was recoded: it had a value, and now has another or none. A renamed value or another
/// order is no recoding.
pub(super) fn recoded<'p>(revised: RevisedEvent<'p>, name: &str) -> Option<Recoded<'p>> {
    let of = |bound: BoundEvent<'p>| {
        let component = bound.binding.codebook.component(name)?;
        Some((component, bound.filed.event.coded(component)))
    };
    let ((was, coded_before), (is, coded)) = (of(revised.before)?, of(revised.after)?);
    let sorted = |bound: BoundEvent<'p>, component, coded: &'p [Coded]| {
        let value = |coded: &'p Coded| current(revised, bound, component, &coded.value.value);
        let mut values: Vec<_> = coded.iter().map(value).collect();
        values.sort();
        values
    };
    let same = sorted(revised.before, was, coded_before) == sorted(revised.after, is, coded);
    if coded_before.is_empty() || same {
        return None;
    }
    let before = |value: &'p Coded| written(revised.before, was, &value.value.value);
    let now = |value: &'p Coded| written(revised.after, is, &value.value.value);
    Some(Recoded {
        old: coded_before.iter().map(before).collect(),
        new: coded.iter().map(now).collect(),
        coded,
    })
}

/// A value as text, with current ids.
fn current<'p>(
    revised: RevisedEvent<'p>,
    bound: BoundEvent<'p>,
    component: Component,
    value: &'p Value,
) -> String {
    let current = |referent, id| revised.dataset.current(referent, id);
    match value {
        Value::Actor(id) => current(Referent::Actor, id).to_owned(),
        Value::Place(id) => current(Referent::Place, id).to_owned(),
        Value::Source(id) => current(Referent::Source, id).to_owned(),
        Value::Location(location) if location.place.is_some() => {
            let written = written(bound, component, value);
            let place = location.place.as_ref().map_or("", |place| &place.value);
            let rest = written.strip_prefix(place).unwrap_or_default();
            format!("{}{rest}", current(Referent::Place, place))
        }
        _ => written(bound, component, value),
    }
}

/// A value as text, including all details of a location.
fn written(bound: BoundEvent<'_>, component: Component, value: &Value) -> String {
    let binding = bound.binding;
    let word = binding.written(component, value);
    let Value::Location(location) = value else { return word.into_owned() };
    let radius = location.radius.map(|radius| format!("within {radius} m"));
    let degrees = || {
        let (latitude, longitude) = (location.latitude?, location.longitude?);
        Some(format!("{},{}", latitude.degrees(), longitude.degrees()))
    };
    let own = location.place.as_ref().and_then(|_| degrees());
    [Some(word.into_owned()), own, radius].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn diagnostic(revised: RevisedEvent<'_>, name: &str, recoded: &Recoded<'_>) -> Diagnostic {
    let at = |span| Location::new(revised.after.filed.file, span);
    let old = recoded.old.join(", ");
    let left = affirming_still(revised, name, recoded.coded);
    let claims = match left.len() {
        0 => String::new(),
        1 => "; 1 claim affirms it".to_owned(),
        count => format!("; {count} claims affirm it"),
    };
    let (place, change) = match recoded.coded {
        [] => (revised.after.filed.location(), format!("`{old}` to nothing")),
        [first, ..] => (at(first.value.span), format!("`{old}` to `{}`", recoded.new.join(", "))),
    };
    let message = format!("{name} was recoded from {change}{claims}");
    let mut found = Diagnostic::new(RULE.name, place, message).label(format!("was `{old}`"));
    if left.is_empty() {
        return found.help("check that the record supports the new value");
    }
    for (claim, statement) in left.iter().take(SHOWN) {
        let source = revised.after.binding.source(&claim.source.value);
        let publisher = source.and_then(|source| source.publisher.as_deref());
        let publisher = publisher.unwrap_or(&claim.source.value);
        found = found.also(at(statement.span), format!("affirmed `{old}` before ({publisher})"));
    }
    found.help(format!(
        "if a claim speaks of the old value, write `says: {{{name}: {old}}}`; if it agrees with the \
         new one, leave it"
    ))
}

/// The counted claims, as written, that affirm a component and did so before, with their statements. Empty for
/// several values, because only one value can be affirmed.
fn affirming_still<'p>(
    revised: RevisedEvent<'p>,
    name: &str,
    coded: &[Coded],
) -> Vec<(&'p Claim, &'p Statement)> {
    if coded.len() != 1 {
        return Vec::new();
    }
    let before = affirming(revised.before, name);
    let mut left = affirming(revised.after, name);
    left.retain(|(claim, _)| before.iter().any(|(was, _)| is_same(revised, was, claim)));
    left
}

fn affirming<'p>(bound: BoundEvent<'p>, component: &str) -> Vec<(&'p Claim, &'p Statement)> {
    let named = |statement: &&Statement| {
        statement.stance == Stance::Affirms
            && bound.binding.codebook.component_name(statement.component) == component
    };
    let counted = bound
        .filed
        .event
        .claims
        .iter()
        .filter(|claim| claim.about.is_none() && claim.withdrawn.is_none() && !claim.listed);
    let affirms = |claim: &'p Claim| Some((claim, claim.statements.iter().find(named)?));
    counted.filter_map(affirms).collect()
}

/// Whether an old and a new claim have the same claimant and source, whatever else changed.
fn is_same(revised: RevisedEvent<'_>, was: &Claim, is: &Claim) -> bool {
    let source = |id| revised.dataset.current(Referent::Source, id) == &*is.source.value;
    let by = |claim: &Claim| {
        claim.by.as_ref().map(|by| (by.code.value.clone(), by.described_as.clone()))
    };
    let via = |claim: &Claim| claim.via.as_ref().map(|via| via.value.clone());
    source(&was.source.value)
        && (by(was), via(was), was.anonymous) == (by(is), via(is), is.anonymous)
}
