//! Values and counts on the page.

use crate::cli::markup::Phrase;
use crate::cli::show::shown::Shown;
use crate::cli::show::value::label;
use crate::cli::show::words;
use crate::dataset::{Binding, PlaceIdentity, SERIES};
use crate::record::Value;
use crate::schema::{Code, Component, Role};
use crate::value::Date;

/// A value with all that is known about it.
pub(super) fn whole<'p>(binding: Binding<'p>, component: Component, value: &'p Value) -> Phrase {
    phrase_of(binding, component, value).and(", ", precision(binding, value))
}

/// A value in words, with what a record writes.
pub(super) fn phrase_of<'p>(
    binding: Binding<'p>,
    component: Component,
    value: &'p Value,
) -> Phrase {
    let written = binding.written(component, value);
    match (label(binding, component, value), value) {
        (Some(label), Value::Range(_) | Value::Boolean(_) | Value::Time(_)) => {
            Phrase::new().plain(label)
        }
        (Some(label), _) => named(&label, &written),
        (None, Value::Integer(_) | Value::Number(_)) => Phrase::new().plain(written),
        (None, Value::Text(_)) => Phrase::new().plain("“").plain(written).plain("”"),
        _ => Phrase::new().code(written),
    }
}

/// A date in words, with what a record writes.
pub(super) fn dated(date: &Date) -> Phrase {
    match words::of_date(date) {
        Some(label) => named(&label, date.as_str()),
        None => Phrase::new().code(date.as_str()),
    }
}

/// A date in words only.
pub(super) fn day(date: &Date) -> String {
    words::of_date(date).unwrap_or_else(|| date.as_str().to_owned())
}

/// How precisely a place is known, and its coordinates.
pub(super) fn precision<'p>(binding: Binding<'p>, value: &'p Value) -> Option<Phrase> {
    let Value::Location(location) = value else { return None };
    let PlaceIdentity { precision, latitude, longitude, radius, .. } = binding.place(location);
    let class = |code: Code| {
        let class = binding.codebook.list(Role::LocationPrecision).entry(code);
        named(&class.label, &class.code)
    };
    let point = latitude.zip(longitude);
    let point =
        point.map(|(latitude, longitude)| Phrase::new().plain(format!("{latitude}, {longitude}")));
    let radius = radius.map(|metres| Phrase::new().plain(format!("within {metres} m")));
    joined([precision.map(class), point, radius].into_iter().flatten(), "; ")
}

/// The name of what a claim is about, if not about the event.
pub(super) fn subject<'p>(shown: &Shown<'p>, about: &'p str) -> Phrase {
    match shown.subject(about) {
        _ if about == SERIES => "the series".into(),
        name => Phrase::new().plain(name.unwrap_or(about.into())),
    }
}

/// A name with its id or code.
pub(super) fn named(name: &str, code: &str) -> Phrase {
    if name == code {
        Phrase::new().code(code)
    } else {
        Phrase::from(name).plain(" (").code(code).plain(")")
    }
}

pub(super) fn joined(phrases: impl Iterator<Item = Phrase>, separator: &str) -> Option<Phrase> {
    let phrases: Vec<_> = phrases.collect();
    (!phrases.is_empty()).then(|| Phrase::joined(phrases, separator))
}

pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
