//! An actor or code that is used on a date outside its `valid` period.

use chrono::NaiveDate;

use crate::dataset::{Binding, BoundEvent, RegistryEntry};
use crate::diagnostic::Diagnostic;
use crate::record::{Actor, Claim, Value};
use crate::schema::{Code, CodeList, CodeRef, Composite, FieldOn, Role};
use crate::source::{Location, Spanned};
use crate::value::Date;

rule!("outside-validity", Warning, Records(check_event, check_actors));

/// The days on which something may have been done or said. A missing bound is open, so open dates get
/// the benefit of the doubt.
#[derive(Clone, Copy, Debug)]
struct Period {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Period {
    /// A period that overlaps every other.
    const ANY: Self = Self { from: None, to: None };

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

/// Where a name is used, and for which days.
#[derive(Clone, Copy, Debug)]
struct Use<'r> {
    binding: Binding<'r>,
    place: Location,
    period: Period,
}

/// Checks the coded values and the speakers of claims. What a claim states is not checked, because a
/// claimant may be wrong.
fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let used = |span, period| {
        let place = Location::new(bound.filed.file, span);
        Use { binding: bound.binding, place, period }
    };
    if let Some(date) = event.date() {
        let period = Period::of(date);
        let codebook = bound.binding.codebook;
        let participants = codebook.fields(FieldOn::Participant);
        let list_of = |component| bound.binding.code_list(component);
        for coded in event.all_coded() {
            let used = used(coded.span(), period);
            check_value(used, list_of(coded.component), &coded.value.value, found);
            for (field, value) in coded.fields.of(participants) {
                let used = Use { place: Location::new(bound.filed.file, value.span), ..used };
                check_value(used, codebook.field_list(field), &value.value, found);
            }
        }
    }
    for claim in &event.claims {
        if let Some(by) = &claim.by {
            let used = used(by.code.span, time_of_speaking(bound, claim));
            found.extend(of_actor(used, &by.code.value));
        }
    }
}

/// Compares the `valid` period of an entry with its codes and memberships.
fn check_actors(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    for actor in binding.dataset.actors.entries() {
        let RegistryEntry { id, entry, .. } = actor;
        let valid = entry.valid.as_ref().map(|valid| &valid.value);
        let used = |span, period| Use { binding, place: actor.at(span), period };
        let own = used(id.span, valid.map_or(Period::ANY, Period::of));
        found.extend(codes_of(binding, entry).into_iter().find_map(|code| of_code(own, code)));
        for membership in &entry.member_of {
            let bound = |date: &Option<Spanned<Date>>, end: fn(&Date) -> Option<NaiveDate>| {
                date.as_ref().or(entry.valid.as_ref()).and_then(|date| end(&date.value))
            };
            let period = Period {
                from: bound(&membership.from, Date::earliest),
                to: bound(&membership.to, Date::latest),
            };
            found.extend(of_actor(used(membership.actor.span, period), &membership.actor.value));
        }
    }
}

/// The country and sector of an entry.
fn codes_of<'p>(binding: Binding<'p>, actor: &Actor) -> Vec<CodeRef<'p>> {
    let of_role = |role, code: Option<Code>| {
        code.map(|code| CodeRef { list: binding.codebook.list(role), code })
    };
    let codes = [of_role(Role::Country, actor.country), of_role(Role::Sector, actor.sector)];
    codes.into_iter().flatten().collect()
}

/// When a claimant may have spoken: on the date of the claim; without one, between the event and the
/// publication of the source.
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

/// Checks a value; a code is one of a list.
fn check_value(used: Use<'_>, list: Option<&CodeList>, value: &Value, found: &mut Vec<Diagnostic>) {
    let binding = used.binding;
    let code = match value {
        Value::Actor(name) => return found.extend(of_actor(used, name)),
        Value::Location(location) => {
            let list = binding.codebook.list(Role::Country);
            let of_place = || country_of(binding, &location.place.as_ref()?.value);
            location.country.or_else(of_place).map(|code| CodeRef { list, code })
        }
        Value::Place(name) => {
            let list = binding.codebook.list(Role::Country);
            country_of(binding, name).map(|code| CodeRef { list, code })
        }
        Value::Code(code) => list.map(|list| CodeRef { list, code: *code }),
        _ => None,
    };
    found.extend(code.and_then(|code| of_code(used, code)));
}

fn country_of(binding: Binding<'_>, place: &str) -> Option<Code> {
    binding.area_of(&binding.dataset.places.get(place)?.entry).0
}

/// Checks the `valid` period of the actor, or else of its country and sector. Codes that contradict the
/// entry itself are reported at the entry.
fn of_actor(used: Use<'_>, name: &str) -> Option<Diagnostic> {
    let binding = used.binding;
    let Some(actor) = binding.dataset.actors.get(name) else {
        let composite = Composite::decode(name, binding.codebook).ok()?;
        let country = binding.codebook.list(Role::Country);
        let of_country = of_code(used, CodeRef { list: country, code: composite.country });
        let list = binding.codebook.list(Role::Sector);
        return of_country
            .or_else(|| composite.sector.and_then(|code| of_code(used, CodeRef { list, code })));
    };
    let valid = actor.entry.valid.as_ref();
    if let Some(valid) = valid
        && !used.period.meets(&valid.value)
    {
        return Some(outside(used, name, &valid.value, actor.at(valid.span)));
    }
    let own = valid.map_or(Period::ANY, |valid| Period::of(&valid.value));
    let meets_own =
        |code: &CodeRef<'_>| code.entry().valid.as_ref().is_none_or(|valid| own.meets(valid));
    let mut codes = codes_of(binding, &actor.entry).into_iter().filter(meets_own);
    let found = codes.find_map(|code| of_code(used, code))?;
    Some(found.also(actor.location(), format!("`{name}` has this code")))
}

fn of_code(used: Use<'_>, code: CodeRef<'_>) -> Option<Diagnostic> {
    let entry = code.entry();
    let valid = entry.valid.as_ref().filter(|valid| !used.period.meets(valid))?;
    Some(outside(used, &entry.code, valid, entry.location))
}

fn outside(used: Use<'_>, name: &str, valid: &Date, place: Location) -> Diagnostic {
    let message = format!("`{name}` is used on a date outside its `valid` period");
    let when = match (used.period.from, used.period.to) {
        (Some(from), Some(to)) if from == to => format!("used for {from}"),
        (Some(from), Some(to)) => format!("used for {from} to {to}"),
        (Some(from), None) => format!("used for {from} or later"),
        (None, Some(to)) => format!("used for {to} or earlier"),
        (None, None) => "used for any time".to_owned(),
    };
    Diagnostic::new(RULE.name, used.place, message)
        .label(when)
        .also(place, format!("valid {valid}"))
        .help("correct the date, name the actor or code that was valid then, or widen `valid`")
}
