//! A claimant without a name who is not marked as anonymous.

use super::unnamed::names_nobody;
use super::{Check, Rule};
use crate::dataset::BoundEvent;
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::record::{ActorKind, Claimant, Referent};
use crate::source::{Location, Span};

pub(super) static RULE: Rule = Rule {
    name: "unmarked-anonymous",
    level: Level::Warning,
    page: include_str!("unmarked_anonymous.md"),
    check: Check::Event(check),
};

fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    for claim in bound.filed.event.claims.iter().filter(|claim| !claim.anonymous) {
        let Some((words, span)) = claim.by.as_ref().and_then(|by| words(bound, by)) else {
            continue;
        };
        if !names_nobody(words) {
            continue;
        }
        let place = Location::new(bound.filed.file, span);
        let message = format!("`{words}` names nobody, and is not marked as anonymous");
        let finding = Diagnostic::new(RULE.name, place, message).label("who is this?");
        found.push(match claim.place_of_anonymous {
            Some(at) => {
                let fix = Fix::guess("write `anonymous: true` beside it, or name who spoke");
                let place = Location::new(bound.filed.file, at.span());
                finding.fix(fix.replace(place, at.text("anonymous: true")))
            }
            None => finding.help("write `anonymous: true` beside it, or name who spoke"),
        });
    }
}

/// The words for a claimant, where they are all that tells who it is: free text, or how the source
/// calls somebody whose code is no person's.
fn words<'p>(bound: BoundEvent<'p>, by: &'p Claimant) -> Option<(&'p str, Span)> {
    let actor = bound.binding.dataset.actors.get(&by.code.value);
    let is_person = actor.is_some_and(|actor| actor.entry.kind == Some(ActorKind::Person));
    match &by.described_as {
        Some(words) if !is_person => Some((words, by.code.span)),
        Some(_) => None,
        None if bound.binding.resolves(Referent::Actor, &by.code.value) => None,
        None => Some((&by.code.value, by.code.span)),
    }
}
