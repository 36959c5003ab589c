//! An actor or code that is used outside the time for which it stands.

use chrono::NaiveDate;

use super::{Check, Rule};
use crate::dataset::BoundEvent;
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Claim, Value};
use crate::schema::{CodeRef, Component, Composite, Role};
use crate::source::{Location, Span};
use crate::value::Date;

pub(super) static RULE: Rule = Rule {
    name: "outside-validity",
    level: Level::Warning,
    page: include_str!("outside_validity.md"),
    check: Check::Event(check),
};

/// The days on which something can have been done or said; a bound that is missing is beyond every
/// day, so that open dates are given the benefit of the doubt.
#[derive(Clone, Copy, Debug)]
struct Period {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Period {
    fn of(date: &Date) -> Self {
        Self { from: date.earliest(), to: date.latest() }
    }

    fn meets(self, valid: &Date) -> bool {
        let before = |end: Option<NaiveDate>, start: Option<NaiveDate>| {
            end.zip(start).is_some_and(|(end, start)| end < start)
        };
        !before(self.to, valid.earliest()) && !before(valid.latest(), self.from)
    }
}

/// A name in a record, and the days for which it is used.
#[derive(Clone, Copy, Debug)]
struct Use<'r> {
    bound: BoundEvent<'r>,
    period: Period,
    span: Span,
}

/// What a claim says is the claimant's own and may be wrong; so only what is coded, and who
/// speaks, is held against the time for which it stands.
fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    if let Some(date) = event.date() {
        let period = Period::of(date);
        for coded in event.all_coded() {
            let used = Use { bound, period, span: coded.span() };
            check_value(used, coded.component, &coded.value.value, found);
        }
    }
    for claim in &event.claims {
        if let Some(by) = &claim.by {
            let used = Use { bound, period: time_of_speaking(bound, claim), span: by.code.span };
            check_actor(used, &by.code.value, found);
        }
    }
}

/// When a claimant can have spoken: on the claim's own date; else not after the source was
/// published, and not before the event that it speaks of.
fn time_of_speaking(bound: BoundEvent<'_>, claim: &Claim) -> Period {
    if let Some(date) = &claim.date {
        return Period::of(&date.value);
    }
    let of_event = bound.filed.event.date().filter(|_| claim.about.is_none());
    let source = bound.binding.source(&claim.source.value);
    let published = source.and_then(|source| source.date.as_ref());
    Period {
        from: of_event.and_then(Date::earliest),
        to: published.and_then(|date| date.value.latest()),
    }
}

fn check_value(used: Use<'_>, component: Component, value: &Value, found: &mut Vec<Diagnostic>) {
    let binding = used.bound.binding;
    match value {
        Value::Actor(name) => check_actor(used, name, found),
        Value::Location(location) => {
            let list = binding.codebook.list(Role::Country);
            if let Some(code) = location.country {
                check_code(used, CodeRef { list, code }, found);
            }
        }
        Value::Code(code) => {
            if let Some(list) = binding.code_list(component) {
                check_code(used, CodeRef { list, code: *code }, found);
            }
        }
        _ => {}
    }
}

fn check_actor(used: Use<'_>, name: &str, found: &mut Vec<Diagnostic>) {
    let binding = used.bound.binding;
    let actors = &binding.dataset.actors;
    if let Some(actor) = actors.get(name) {
        if let (Some(valid), Some(file)) = (&actor.entry.valid, actors.file) {
            check_period(used, name, &valid.value, Location::new(file, valid.span), found);
        }
    } else if let Ok(composite) = Composite::decode(name, binding.codebook) {
        let list = binding.codebook.list(Role::Country);
        check_code(used, CodeRef { list, code: composite.country }, found);
        if let Some(code) = composite.sector {
            let list = binding.codebook.list(Role::Sector);
            check_code(used, CodeRef { list, code }, found);
        }
    }
}

fn check_code(used: Use<'_>, code: CodeRef<'_>, found: &mut Vec<Diagnostic>) {
    let entry = code.entry();
    if let Some(valid) = &entry.valid {
        check_period(used, &entry.code, valid, entry.location, found);
    }
}

fn check_period(
    used: Use<'_>,
    name: &str,
    valid: &Date,
    place: Location,
    found: &mut Vec<Diagnostic>,
) {
    if used.period.meets(valid) {
        return;
    }
    let file = used.bound.filed.file;
    let message = format!("`{name}` is used outside the time for which it stands");
    let when = match (used.period.from, used.period.to) {
        (Some(from), Some(to)) if from == to => format!("used for {from}"),
        (Some(from), Some(to)) => format!("used for {from} to {to}"),
        (Some(from), None) => format!("used for {from} or later"),
        (None, Some(to)) => format!("used for {to} or earlier"),
        // Such a period meets every other.
        (None, None) => return,
    };
    let finding = Diagnostic::new(RULE.name, Location::new(file, used.span), message)
        .label(when)
        .also(place, format!("it stands for {valid}"))
        .help(
            "correct the date, name whoever stood there at that time, or correct `valid` where it \
             is too narrow",
        );
    found.push(finding);
}
