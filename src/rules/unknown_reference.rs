//! A place, source, event or subject that the dataset does not have.

use super::suggest::{new_entry, word_fix};
use super::unresolved::unresolved;
use crate::dataset::Binding;
use crate::diagnostic::Diagnostic;
use crate::record::{Reference, Referent};
use crate::source::{FileId, Location};
use crate::spelling;

rule!("unknown-reference", Error, Dataset(check_all));

fn check_all(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    for (file, reference) in unresolved(binding, |referent| referent != Referent::Actor) {
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
    let (what, whence) = words_of(reference.referent);
    let message = format!("there is no {what} `{}`", reference.name);
    let diagnostic = Diagnostic::new(RULE.name, place, message).label(format!("not in {whence}"));
    found.push(match closest(binding, reference) {
        Some(meant) => diagnostic.fix(word_fix(meant, place)),
        None => {
            diagnostic.help(new_entry(binding, reference.referent, reference.name).unwrap_or_else(
                || format!("add `{}` to {whence}, or use an existing one", reference.name),
            ))
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
