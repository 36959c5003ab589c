//! An accused actor that denies the coded actor, although another actor is coded.

use crate::diagnostic::Diagnostic;
use crate::evidence::{Comparer, Evidence, WeighedClaim};
use crate::record::{Stance, Value};
use crate::schema::Component;
use crate::source::Location;

rule!("unclear-denial", Warning, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let bound = evidence.bound;
    let Some(coded) = bound.filed.event.coded(Component::Actor).first() else { return };
    let coded = bound.binding.written(Component::Actor, &coded.value.value);
    for claim in evidence.counted().filter(|claim| claim.speaks_for.is_empty()) {
        let Some(accused) = claim.speaker.actor.filter(|actor| is_accused(evidence, actor)) else {
            continue;
        };
        let unclear = claim.claim.statements.iter().find(|statement| {
            statement.stance == Stance::Denies
                && statement.component == Component::Actor
                && statement.values.is_empty()
        });
        let Some(statement) = unclear else { continue };
        let place = Location::new(bound.filed.file, statement.span);
        let message = format!("`{accused}` denies the coded actor, which is `{coded}`");
        found.push(
            Diagnostic::new(RULE.name, place, message).label("unclear whom this denies").help(
                format!(
                    "write `denies: {{actor: {accused}}}` if it denies its own part, or \
                 `denies: {{actor: {coded}}}` if it says that it was not `{coded}`"
                ),
            ),
        );
    }
}

/// Whether a claim that was not withdrawn says that the actor, or one that it speaks for, did it.
fn is_accused(evidence: &Evidence<'_>, actor: &str) -> bool {
    let comparer = Comparer::of(evidence.bound);
    let names = |claim: &WeighedClaim<'_>| {
        let says = claim.claim.statements.iter().filter(|statement| {
            statement.stance == Stance::Says && statement.component == Component::Actor
        });
        says.flat_map(|statement| &statement.values).any(|value| match &value.value {
            Value::Actor(named) => comparer.speak_alike(actor, named),
            _ => false,
        })
    };
    evidence.claims.iter().any(|claim| claim.claim.withdrawn.is_none() && names(claim))
}
