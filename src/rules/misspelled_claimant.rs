//! A claimant that is almost the id of an actor, or whose name only looks like another's.

use std::collections::{HashMap, HashSet};

use super::claimants::Slip;
use super::gathered::Gathered;
use super::suggest::word_fix;
use crate::dataset::{Binding, Dataset};
use crate::diagnostic::Diagnostic;
use crate::value::{Identifier, look_alike_key, name_key};

rule!(
    "misspelled-claimant",
    Warning,
    Gathered(check),
    across(
        report_look_alikes,
        "a claimant in {} differs from another name only in look-alike letters"
    )
);

fn check(_: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    for Slip { place, written, meant } in &gathered.slips {
        let message = match Identifier::parse(written) {
            Ok(_) => format!("`{written}` is not an actor, but almost the id of one"),
            Err(_) => format!("`{written}` is the name of an actor, not its id"),
        };
        let finding = Diagnostic::new(RULE.name, *place, message).label("read as free text");
        found.push(finding.fix(word_fix(meant, *place)));
    }
}

/// Reports each claimant whose name differs from that of another claimant, actor or publisher only in
/// look-alike letters, once per name.
fn report_look_alikes(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let mut by_looks: HashMap<String, (String, &str)> = HashMap::new();
    for name in known_names(binding.dataset) {
        by_looks.entry(look_alike_key(name)).or_insert((name_key(name), name));
    }
    let mut told = HashSet::new();
    for (written, place) in gathered.claimants.first() {
        let key = name_key(written);
        let looks = by_looks.entry(look_alike_key(written));
        let (known, name) = looks.or_insert_with(|| (key.clone(), written));
        if *known != key && told.insert(key) {
            let message = format!("`{written}` and `{name}` differ only in look-alike letters");
            let finding = Diagnostic::new(RULE.name, place, message);
            let finding = finding.label("counted as another claimant");
            found.push(finding.help("spell each name in one way"));
        }
    }
}

/// The names of actors and publishers, each once.
pub(super) fn known_names(dataset: &Dataset) -> Vec<&str> {
    let actors = dataset.actors.entries().iter().flat_map(|actor| actor.entry.names());
    let sources = dataset.sources.entries().iter();
    let publishers = sources.filter_map(|source| source.entry.publisher.as_deref());
    // Many sources have one publisher.
    let mut seen = HashSet::new();
    actors.chain(publishers).filter(|name| seen.insert(*name)).collect()
}
