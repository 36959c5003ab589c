//! A name that stands for nothing in the dataset.

use super::suggest::{new_entry, word_fix};
use super::{Check, Rule};
use crate::dataset::{Binding, BoundEvent};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Reference, Referent};
use crate::source::{FileId, Location};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    level: Level::Error,
    page: include_str!("unknown_reference.md"),
    check: Check::Records(check_event, check_registries),
};

fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    for reference in bound.filed.event.references() {
        check(bound.binding, bound.filed.file, reference, found);
    }
}

fn check_registries(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let (places, sources) = (&binding.dataset.places, &binding.dataset.sources);
    let places_named = places
        .entries()
        .iter()
        .flat_map(|place| place.entry.within.iter().chain(&place.entry.distinct_from));
    for (name, file) in places_named.filter_map(|name| Some((name, places.file?))) {
        check(binding, file, Reference::new(Referent::Place, name), found);
    }
    let sources_named = sources
        .entries()
        .iter()
        .flat_map(|source| source.entry.cites.iter().chain(&source.entry.distinct_from));
    for (name, file) in sources_named.filter_map(|name| Some((name, sources.file?))) {
        check(binding, file, Reference::new(Referent::Source, name), found);
    }
}

fn check(
    binding: Binding<'_>,
    file: FileId,
    reference: Reference<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if reference.referent == Referent::Actor || binding.resolves(reference.referent, reference.name)
    {
        return;
    }
    let place = Location::new(file, reference.span);
    let (what, whence) = words_of(reference.referent);
    let message = format!("there is no {what} `{}`", reference.name);
    let diagnostic = Diagnostic::new(RULE.name, place, message).label(format!("not in {whence}"));
    found.push(match closest(binding, reference) {
        Some(meant) => diagnostic.fix(word_fix(meant, place)),
        None => {
            diagnostic.help(new_entry(reference.referent, reference.name).unwrap_or_else(|| {
                format!("add `{}` to {whence}, or use what is there", reference.name)
            }))
        }
    });
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
        Referent::Actor => spelling::closest(written, dataset.actors.ids()),
        Referent::Place => spelling::closest(written, dataset.places.ids()),
        Referent::Source => spelling::closest(written, dataset.sources.ids()),
        Referent::Event => {
            spelling::closest(written, dataset.events.iter().map(|filed| filed.id()))
        }
        Referent::Subject => {
            let subjects = dataset.actors.ids().chain(dataset.places.ids());
            spelling::closest(written, subjects.chain([crate::dataset::SERIES]))
        }
    }
}
