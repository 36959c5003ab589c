//! A place, source, event or subject that the dataset does not have.

use super::gathered::Gathered;
use super::suggest::{actor_named, new_entry, word_fix};
use crate::dataset::Binding;
use crate::diagnostic::Diagnostic;
use crate::record::{Reference, Referent};
use crate::source::{FileId, Location};
use crate::spelling;

rule!(
    "unknown-reference",
    Error,
    Gathered(check_registries),
    across(check_events, "{} is related to an event that is not there")
);

fn check_registries(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let is_of_registry = |referent| !matches!(referent, Referent::Actor | Referent::Event);
    for (file, reference) in gathered.unresolved.of(is_of_registry) {
        check(binding, file, reference, found);
    }
}

fn check_events(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    for (file, reference) in gathered.unresolved.of(|referent| referent == Referent::Event) {
        check(binding, file, reference, found);
    }
}

fn check(
    binding: Binding<'_>,
    file: FileId,
    reference: Reference<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let place = Location::new(file, reference.span);
    if reference.referent == Referent::Subject {
        found.push(of_subject(binding, reference, place));
        return;
    }
    let (what, whence) = words_of(reference.referent);
    let message = format!("there is no {what} `{}`", reference.name);
    let diagnostic = Diagnostic::new(RULE.name, place, message).label(format!("not in {whence}"));
    if let Some(coordinates) = coordinates(reference) {
        let help = format!("coordinates are a mapping: `{{{coordinates}}}`");
        found.push(diagnostic.help(help));
        return;
    }
    found.push(match closest(binding, reference) {
        Some(meant) => diagnostic.fix(word_fix(meant, place)),
        None => {
            diagnostic.help(new_entry(binding, reference.referent, reference.name).unwrap_or_else(
                || format!("add `{}` to {whence}, or use an existing one", reference.name),
            ))
        }
    });
}

/// What a claim is about that is neither the series, an actor nor a place.
fn of_subject(binding: Binding<'_>, reference: Reference<'_>, place: Location) -> Diagnostic {
    let written = reference.name;
    let message = format!("`{written}` is nothing that a claim can be about");
    let found = Diagnostic::new(RULE.name, place, message);
    let found = found.label("neither `series`, nor an actor, nor a place");
    let named = || actor_named(&binding.dataset.actors, written);
    let series = || is_several(written).then_some(crate::dataset::SERIES);
    if let Some(meant) = named().or_else(|| closest(binding, reference)).or_else(series) {
        return found.fix(word_fix(meant, place));
    }
    found.help(
        "write `series` for all events of which this is one, an id of `actors.yaml` or `places.yaml`, or a \
         code such as `ISRMIL`; a claim about this event has no `about`, and words belong in its `note`",
    )
}

/// The coordinates that a place was written as: `33.2, 44.1`.
fn coordinates(reference: Reference<'_>) -> Option<String> {
    let mut parts = reference.name.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next()?);
    let number = |part: &str| part.parse::<f64>().ok();
    let is_place = reference.referent == Referent::Place && parts.next().is_none();
    let (latitude, longitude) = match (number(first)?.abs(), number(second)?.abs()) {
        (0.0..=90.0, 0.0..=180.0) => (first, second),
        (90.0..=180.0, 0.0..=90.0) => (second, first),
        _ => return None,
    };
    is_place.then(|| format!("latitude: {latitude}, longitude: {longitude}"))
}

/// Words for several events.
const SEVERAL: [&str; 7] =
    ["attacks", "bombings", "campaign", "events", "incidents", "series", "strikes"];

/// Whether words speak of several events: `the attacks`.
fn is_several(words: &str) -> bool {
    let words = words.to_lowercase();
    words.split_whitespace().last().is_some_and(|last| SEVERAL.contains(&last))
}

const fn words_of(referent: Referent) -> (&'static str, &'static str) {
    match referent {
        Referent::Actor => ("actor", "`actors.yaml`"),
        Referent::Place => ("place", "`places.yaml`"),
        Referent::Source => ("source", "`sources.yaml`"),
        Referent::Event => ("event", "this dataset"),
        Referent::Subject => ("actor or place", "`actors.yaml` or `places.yaml`, and not `series`"),
    }
}

fn closest<'p>(binding: Binding<'p>, reference: Reference<'_>) -> Option<&'p str> {
    let dataset = binding.dataset;
    let written = reference.name;
    match reference.referent {
        Referent::Actor => spelling::closest(written, dataset.actors.near(written)),
        Referent::Place => spelling::closest(written, dataset.places.near(written)),
        Referent::Source => spelling::closest(written, dataset.sources.near(written)),
        Referent::Event => spelling::closest(written, dataset.near_events(written)),
        Referent::Subject => {
            let subjects = dataset.actors.near(written).chain(dataset.places.near(written));
            spelling::closest(written, subjects.chain([crate::dataset::SERIES]))
        }
    }
}
