//! An actor coded for something that nobody did on purpose.

use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::record::Value;
use crate::schema::{Component, Role};
use crate::source::Location;

rule!("actor-of-accident", Error, Event(check));

fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let list = bound.binding.codebook.list(Role::Action);
    let agentless = event
        .coded(Component::Action)
        .iter()
        .find(|coded| coded.value.value.code().is_some_and(|code| list.entry(code).agentless));
    let Some(action) = agentless else { return };
    for coded in event.coded(Component::Actor).iter().filter(|coded| !bound.is_unknown(coded)) {
        let Value::Actor(actor) = &coded.value.value else { continue };
        let place = |span| Location::new(bound.filed.file, span);
        let message =
            format!("`{actor}` is coded as the actor of something that nobody did on purpose");
        let diagnostic =
            Diagnostic::new(RULE.name, place(coded.value.span), message).label("an actor");
        let diagnostic = diagnostic.also(place(action.value.span), "this code has no actor");
        found.push(diagnostic.help("remove the actor, or code what the actor did"));
    }
}
