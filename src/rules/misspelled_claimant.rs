//! A claimant that is almost the id of an actor, or whose name only looks like another's.

use std::collections::{HashMap, HashSet};

use super::suggest::{actor_named, code_known_as, word_fix};
use crate::dataset::Binding;
use crate::diagnostic::Diagnostic;
use crate::evidence::names_nobody;
use crate::record::{Claim, Referent};
use crate::schema::Role;
use crate::source::Location;
use crate::spelling;
use crate::value::{Identifier, look_alike_key, name_key};

rule!("misspelled-claimant", Warning, Dataset(check));

/// A claimant as written, and the actor that was probably meant.
#[derive(Debug)]
pub(super) struct Slip<'p> {
    place: Location,
    written: &'p str,
    /// The id of the actor.
    pub meant: &'p str,
}

fn check(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    report_look_alikes(binding, found);
    for Slip { place, written, meant } in slips(binding) {
        let message = match Identifier::parse(written) {
            Ok(_) => format!("`{written}` is not an actor, but almost the id of one"),
            Err(_) => format!("`{written}` is the name of an actor, not its id"),
        };
        let finding = Diagnostic::new(RULE.name, place, message).label("read as free text");
        found.push(finding.fix(word_fix(meant, place)));
    }
}

/// Reports each claimant whose name differs from that of another claimant, actor or publisher only in
/// look-alike letters, once per name.
fn report_look_alikes(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    let actors = dataset.actors.entries().iter().flat_map(|actor| actor.entry.names());
    let sources = dataset.sources.entries().iter();
    let publishers = sources.filter_map(|source| source.entry.publisher.as_deref());
    let mut by_looks: HashMap<String, (String, &str)> = HashMap::new();
    // Many sources have one publisher.
    let mut seen = HashSet::new();
    for name in actors.chain(publishers).filter(|name| seen.insert(*name)) {
        by_looks.entry(look_alike_key(name)).or_insert((name_key(name), name));
    }
    let (mut told, mut told_keys) = (HashSet::new(), HashSet::new());
    for filed in &dataset.events {
        for by in filed.event.claims.iter().filter_map(|claim| claim.by.as_ref()) {
            let written = &*by.code.value;
            if !told.insert(written) || binding.resolves(Referent::Actor, written) {
                continue;
            }
            let key = name_key(written);
            let looks = by_looks.entry(look_alike_key(written));
            let (known, name) = looks.or_insert_with(|| (key.clone(), written));
            if *known != key && told_keys.insert(key) {
                let message = format!("`{written}` and `{name}` differ only in look-alike letters");
                let place = Location::new(filed.file, by.code.span);
                let finding = Diagnostic::new(RULE.name, place, message);
                let finding = finding.label("counted as another claimant");
                found.push(finding.help("spell each name in one way"));
            }
        }
    }
}

/// The claimants of a dataset that are almost the id of an actor.
///
/// A word that many claims share, such as `media`, is compared with the ids only once.
pub(super) fn slips(binding: Binding<'_>) -> Vec<Slip<'_>> {
    let actors = &binding.dataset.actors;
    let mut nearest: HashMap<&str, Option<&str>> = HashMap::new();
    let mut slips = Vec::new();
    for filed in &binding.dataset.events {
        for claim in filed.event.claims.iter().filter(|claim| may_be_a_slip(binding, claim)) {
            let Some(by) = &claim.by else { continue };
            let written = &*by.code.value;
            let closest = || match Identifier::parse(written) {
                Ok(_) => spelling::closest(written, actors.near(written)),
                Err(_) => actor_named(actors, written).or_else(|| country_named(binding, written)),
            };
            if let Some(meant) = *nearest.entry(written).or_insert_with(closest) {
                slips.push(Slip { place: Location::new(filed.file, by.code.span), written, meant });
            }
        }
    }
    slips
}

/// The code of the country that a text names in full; two letters may be anything.
fn country_named<'p>(binding: Binding<'p>, written: &str) -> Option<&'p str> {
    let countries = binding.codebook.list(Role::Country);
    let code = code_known_as(countries, written).filter(|_| written.chars().count() > 2)?;
    Some(&countries.entry(code).code)
}

/// Whether a claimant may be meant as an actor: it has the form of an id, or is free text that may be
/// an actor's name. Words for a kind of people, and a plain word marked as anonymous, are free text. A
/// code with words beside it must be an actor; otherwise it is reported as unknown.
fn may_be_a_slip(binding: Binding<'_>, claim: &Claim) -> bool {
    let Some(by) = claim.by.as_ref().filter(|by| by.described_as.is_none()) else { return false };
    let (actors, written) = (&binding.dataset.actors, &*by.code.value);
    let settled = actors.damaged || binding.resolves(Referent::Actor, written);
    let plain_word = claim.anonymous == Some(true) && !written.contains('-');
    !settled && !plain_word && !names_nobody(written)
}
