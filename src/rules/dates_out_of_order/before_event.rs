//! A source or claim that is older than the event that it reports.

use std::collections::BTreeSet;

use super::finding::finding;
use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::record::{Claim, Stance, Statement, Value};
use crate::rules::order::is_before;
use crate::schema::Component;
use crate::source::{Location, Span, Spanned};
use crate::value::Date;

/// The earliest date of an event.
#[derive(Clone, Copy, Debug)]
struct Beginning<'r> {
    bound: BoundEvent<'r>,
    date: &'r Date,
    span: Span,
}

pub(super) fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let (Some(date), [coded, ..]) = (event.date(), event.coded(Component::Date)) else { return };
    let beginning = Beginning { bound, date, span: coded.span() };
    let mut seen = BTreeSet::new();
    for claim in event.claims.iter().filter(|claim| reports(claim)) {
        let sources = [Some(&claim.source), claim.via.as_ref()];
        let mut early = false;
        for source in sources.into_iter().flatten() {
            if let Some(finding) = beginning.of_source(source) {
                early = true;
                found.extend(seen.insert(&*source.value).then_some(finding));
            }
        }
        if !early {
            found.extend(claim.date.as_ref().and_then(|date| beginning.of_statement(date)));
        }
    }
}

/// Whether a claim reports the event, so that it cannot be older. A claim that is about something else,
/// has only a note, or gives the event another date does not count; nor does an entry of `sources` whose
/// source has a claim about the date.
pub(super) fn reports(claim: &Claim) -> bool {
    let dates = |value: &Spanned<Value>| matches!(value.value, Value::Date(_));
    let mut own_date = claim.statements.iter().filter(|statement| {
        statement.stance == Stance::Says && statement.component == Component::Date
    });
    let is_of_date = |statement: &Statement| statement.component == Component::Date;
    claim.about.is_none()
        && !claim.statements.is_empty()
        && (!claim.listed || claim.statements.iter().any(is_of_date))
        && !own_date.any(|statement| statement.values.iter().any(dates))
}

impl Beginning<'_> {
    fn of_source(self, source: &Spanned<Box<str>>) -> Option<Diagnostic> {
        let sources = &self.bound.binding.dataset.sources;
        let entry = sources.get(&source.value)?;
        let published = entry.entry.date.as_ref()?;
        if !is_before(&published.value, self.date) {
            return None;
        }
        let message = format!("`{}` was published before the event that it reports", source.value);
        let place = entry.at(published.span);
        let published = format!("published {}", published.value);
        Some(self.finding(source.span, message, "the source").also(place, published))
    }

    fn of_statement(self, said: &Spanned<Date>) -> Option<Diagnostic> {
        let message = || "this claim was made before the event that it reports".to_owned();
        is_before(&said.value, self.date)
            .then(|| self.finding(said.span, message(), "made on this date"))
    }

    fn finding(self, span: Span, message: String, label: &str) -> Diagnostic {
        let place = |span| Location::new(self.bound.filed.file, span);
        finding(place(span), message)
            .label(label)
            .also(place(self.span), format!("date of the event: {}", self.date))
            .help("correct the wrong date, or add `about` if the claim is about something else; leave a report of \
                 something else out of `sources`")
    }
}
