//! Values and counts on the page.

use crate::cli::show::phrase::Phrase;
use crate::cli::show::value::{Kind, Place, Value};

/// A value with all that is known of it.
pub(super) fn whole(value: &Value<'_>) -> Phrase {
    phrase_of(value).and(", ", value.place.as_ref().and_then(precision))
}

/// A value with what a record writes for it.
pub(super) fn phrase_of(value: &Value<'_>) -> Phrase {
    let written = Phrase::new().code(&*value.value);
    match (&value.label, value.kind) {
        (Some(label), Kind::Range | Kind::Boolean | Kind::Time) => Phrase::new().plain(&**label),
        (Some(label), _) => named(label, &value.value),
        (None, Kind::Integer | Kind::Number) => Phrase::new().plain(&*value.value),
        (None, Kind::Text) => Phrase::new().plain("“").plain(&*value.value).plain("”"),
        _ => written,
    }
}

/// A value's words alone.
pub(super) fn words(value: &Value<'_>) -> String {
    value.label.as_ref().unwrap_or(&value.value).to_string()
}

/// Where it was, for the head of the page.
pub(super) fn location(value: &Value<'_>) -> Phrase {
    let precision = value.place.as_ref().and_then(precision);
    Phrase::new().plain(words(value)).and("; ", precision)
}

/// How well a place is known, and the point that stands for it.
pub(super) fn precision(place: &Place<'_>) -> Option<Phrase> {
    let class = place.precision.map(|class| named(class.label, class.code));
    let point = place.latitude.zip(place.longitude);
    let point =
        point.map(|(latitude, longitude)| Phrase::new().plain(format!("{latitude}, {longitude}")));
    let radius = place.radius_m.map(|metres| Phrase::new().plain(format!("within {metres} m")));
    let known: Vec<_> = [class, point, radius].into_iter().flatten().collect();
    (!known.is_empty()).then(|| Phrase::joined(known, "; "))
}

/// A name with the id or code that stands for it.
pub(super) fn named(name: &str, code: &str) -> Phrase {
    if name == code {
        Phrase::new().code(code)
    } else {
        Phrase::from(name).plain(" (").code(code).plain(")")
    }
}

pub(super) fn joined(phrases: impl Iterator<Item = Phrase>) -> Option<Phrase> {
    let phrases: Vec<_> = phrases.collect();
    (!phrases.is_empty()).then(|| Phrase::joined(phrases, ", "))
}

pub(super) fn written<'v>(value: Option<&'v Value<'_>>) -> Option<&'v str> {
    value.map(|value| &*value.value)
}

pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
