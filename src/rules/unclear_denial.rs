//! An actor that denies the coded actor, although another actor is coded.

use crate::diagnostic::Diagnostic;
use crate::evidence::Evidence;
use crate::record::Stance;
use crate::schema::Component;
use crate::source::Location;

rule!("unclear-denial", Warning, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let bound = evidence.bound;
    let Some(coded) = bound.filed.event.coded(Component::Actor).first() else { return };
    let coded = bound.binding.written(Component::Actor, &coded.value.value);
    for claim in evidence.counted().filter(|claim| claim.speaks_for.is_empty()) {
        let Some(speaker) = claim.speaker.actor else { continue };
        let unclear = claim.claim.statements.iter().find(|statement| {
            statement.stance == Stance::Denies
                && statement.component == Component::Actor
                && statement.values.is_empty()
        });
        let Some(statement) = unclear else { continue };
        let place = Location::new(bound.filed.file, statement.span);
        let message = format!("`{speaker}` denies the coded actor, which is `{coded}`");
        found.push(
            Diagnostic::new(RULE.name, place, message).label("unclear whom this denies").help(
                format!(
                    "write `denies: {{actor: {speaker}}}` if it denies its own part, or \
                 `denies: {{actor: {coded}}}` if it says that it was not `{coded}`"
                ),
            ),
        );
    }
}
