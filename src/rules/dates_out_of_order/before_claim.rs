//! A source that was published before its content was said or published.

use std::collections::BTreeSet;

use super::finding::finding;
use crate::dataset::{Binding, BoundEvent};
use crate::diagnostic::Diagnostic;
use crate::rules::order::is_before;
use crate::source::{Location, Spanned};
use crate::value::Date;

pub(super) fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let binding = bound.binding;
    let mut passed_on = BTreeSet::new();
    for claim in &bound.filed.event.claims {
        let at = |span| Location::new(bound.filed.file, span);
        if let Some(said) = &claim.date {
            let mut holders = [Some(&claim.source), claim.via.as_ref()].into_iter().flatten();
            let early = holders.find_map(|holder| published_before(binding, holder, &said.value));
            found.extend(early.map(|early| {
                let message = format!("this claim was made after `{}` was published", early.source);
                diagnostic(message, at(said.span), "made on this date", &early)
            }));
        }
        if let Some(via) = &claim.via
            && passed_on.insert((&claim.source.value, &via.value))
        {
            found.extend(of_pair(binding, &claim.source, via, at(via.span)));
        }
    }
}

/// A source must be later than the sources that it cites.
pub(super) fn check_sources(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    for source in binding.dataset.sources.entries() {
        for cited in &source.entry.cites {
            let place = source.at(cited.span);
            found.extend(of_pair(binding, &source.id, cited, place));
        }
    }
}

/// A source with a publication date that is too early.
struct Early<'p> {
    source: &'p str,
    published: &'p Spanned<Date>,
    place: Location,
}

/// The source, if it was published before a date.
fn published_before<'p>(
    binding: Binding<'p>,
    source: &Spanned<Box<str>>,
    date: &Date,
) -> Option<Early<'p>> {
    let registered = binding.dataset.sources.get(&source.value)?;
    let published = registered.entry.date.as_ref()?;
    let place = registered.at(published.span);
    let early = Early { source: &registered.id.value, published, place };
    is_before(&published.value, date).then_some(early)
}

/// The finding about a source that repeats another with a later date.
fn of_pair(
    binding: Binding<'_>,
    source: &Spanned<Box<str>>,
    passed_on: &Spanned<Box<str>>,
    place: Location,
) -> Option<Diagnostic> {
    let later = binding.source(&passed_on.value)?.date.as_ref()?;
    let early = published_before(binding, source, &later.value)?;
    let message = format!("`{}` was published after `{}`", passed_on.value, early.source);
    Some(diagnostic(message, place, format!("published {}", later.value), &early))
}

fn diagnostic(
    message: String,
    place: Location,
    label: impl Into<String>,
    early: &Early<'_>,
) -> Diagnostic {
    finding(place, message)
        .label(label.into())
        .also(early.place, format!("published {}", early.published.value))
        .help("correct the wrong date, or name the source that contains it")
}
