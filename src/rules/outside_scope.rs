//! An event outside what its dataset says that it covers.

use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::record::Scope;
use crate::schema::{Component, Role};
use crate::source::{FileId, Location, Span};

rule!("outside-scope", Warning, Event(check));

fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = bound.binding.dataset;
    let (Some(scope), Some(file)) = (&dataset.description.scope, dataset.description_file) else {
        return;
    };
    found.extend(of_period(bound, scope, file));
    found.extend(of_countries(bound, scope, file));
}

/// The finding that no day of the event lies in the period.
fn of_period(bound: BoundEvent<'_>, scope: &Scope, file: FileId) -> Option<Diagnostic> {
    let (period, date) = (scope.period.as_ref()?, bound.filed.event.date()?);
    if date.overlaps(&period.value) {
        return None;
    }
    let message = format!("`{date}` is outside the period of the dataset");
    let covered = Location::new(file, period.span);
    let found = finding(bound, Component::Date, message)?.also(covered, "the period covered");
    Some(found.help(format!("correct the date, or {}", widen("period"))))
}

/// The finding that the event was in another country.
fn of_countries(bound: BoundEvent<'_>, scope: &Scope, file: FileId) -> Option<Diagnostic> {
    let list = bound.binding.codebook.list(Role::Country);
    let country = bound.binding.place_of(bound.filed.event).country?;
    let (first, last) = scope.countries.first().zip(scope.countries.last())?;
    let covered = |country| {
        scope.countries.iter().any(|covered| list.in_use(covered.value) == list.in_use(country))
    };
    if list.entry(country).unknown || list.ancestry(country).any(covered) {
        return None;
    }
    let entry = list.entry(country);
    let message =
        format!("`{}` ({}) is outside the countries of the dataset", entry.code, entry.label);
    let countries = Location::new(file, Span::new(first.span.start, last.span.end));
    let found =
        finding(bound, Component::Location, message)?.also(countries, "the countries covered");
    Some(found.help(format!("correct the location, or {}", widen("countries"))))
}

fn finding(bound: BoundEvent<'_>, component: Component, message: String) -> Option<Diagnostic> {
    let coded = bound.filed.event.coded(component).first()?;
    let place = Location::new(bound.filed.file, coded.span());
    Some(Diagnostic::new(RULE.name, place, message).label("not covered"))
}

fn widen(key: &str) -> String {
    format!(
        "widen `{key}` in the `scope` of `dataset.yaml` if events outside it were looked for as well"
    )
}
