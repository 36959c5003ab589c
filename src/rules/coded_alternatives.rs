//! Actors that are coded together, while each claim names only one of them.

use std::collections::BTreeSet;

use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::evidence::{Comparer, Relation};
use crate::record::{Claim, Coded, Stance};
use crate::schema::Component;
use crate::source::Location;

rule!("coded-alternatives", Warning, Event(check));

fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let coded = bound.filed.event.coded(Component::Actor);
    if coded.len() < 2 {
        return;
    }
    let mut accused = BTreeSet::new();
    for claim in counted(bound) {
        match accusations(bound, claim, coded) {
            // It speaks of all that are coded, or of several of them as one.
            None => return,
            Some(named) => accused.extend(named),
        }
    }
    if accused.len() < coded.len() {
        return;
    }
    let names: Vec<_> = coded
        .iter()
        .map(|coded| bound.binding.written(coded.component, &coded.value.value))
        .collect();
    let names = names.join("` and `");
    let message = format!("`{names}` are coded as one group, and no claim names them together");
    let place = |coded: &Coded| Location::new(bound.filed.file, coded.span());
    let mut finding = Diagnostic::new(RULE.name, place(&coded[0]), message)
        .label("a list means that they acted together");
    for other in coded[1..].iter().take(SHOWN) {
        finding = finding.also(place(other), "together with this");
    }
    found.push(finding.help(
        "if it was one or the other, code the likelier one alone and leave the other to its claims; if they \
         acted together, say so in a claim, or allow this with the reason",
    ));
}

/// Most actors that a finding points at.
const SHOWN: usize = 8;

/// The claims about this event that were not taken back.
fn counted(bound: BoundEvent<'_>) -> impl Iterator<Item = &Claim> {
    let claims = bound.filed.event.claims.iter();
    claims.filter(|claim| claim.withdrawn.is_none() && claim.about.is_none())
}

/// The positions of the coded actors that a claim accuses, at most one. `None` if it accuses several, or
/// agrees with all that are coded.
fn accusations(bound: BoundEvent<'_>, claim: &Claim, coded: &[Coded]) -> Option<Option<usize>> {
    let comparer = Comparer::of(bound);
    let mut named = BTreeSet::new();
    for statement in claim.statements.iter().filter(|of| of.component == Component::Actor) {
        match statement.stance {
            Stance::Affirms => return None,
            Stance::Denies | Stance::Declines | Stance::Note => continue,
            Stance::Says => {}
        }
        for said in &statement.values {
            let is_it = |coded: &Coded| {
                let relation = comparer.relation(Component::Actor, &said.value, &coded.value.value);
                matches!(relation, Relation::Same | Relation::Narrower)
            };
            named.extend(coded.iter().position(is_it));
        }
    }
    (named.len() < 2).then(|| named.into_iter().next())
}
