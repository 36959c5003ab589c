//! Sources that cite each other in a circle.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::dataset::Binding;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Location;

pub(super) static RULE: Rule = Rule {
    name: "circular-cites",
    level: Level::Error,
    page: include_str!("circular_cites.md"),
    check: Check::Dataset(check),
};

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let sources = &binding.dataset.sources;
    let Some(file) = sources.file else { return };
    for source in sources.entries() {
        for cited in &source.entry.cites {
            if reaches(binding, &cited.value, &source.id.value) {
                let message = format!("`{}` cites a source that goes back to it", source.id.value);
                let place = Location::new(file, cited.span);
                let diagnostic =
                    Diagnostic::new(RULE.name, place, message).label("leads back here");
                let help =
                    "of two sources one repeats the other; keep `cites` at the one that came later";
                found.push(
                    diagnostic.also(Location::new(file, source.id.span), "this source").help(help),
                );
            }
        }
    }
}

/// Whether citations lead from one source to another.
fn reaches(binding: Binding<'_>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(id) = waiting.pop() {
        if id == to {
            return true;
        }
        let cites = binding.source(id).map_or(&[][..], |source| &source.cites);
        waiting.extend(cites.iter().map(|cited| &*cited.value).filter(|cited| seen.insert(cited)));
    }
    false
}
