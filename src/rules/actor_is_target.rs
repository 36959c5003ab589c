//! An actor coded as doing something to itself.

use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::record::Value;
use crate::schema::Component;
use crate::source::Location;

rule!("actor-is-target", Warning, Event(check));

/// Both sides of a clash are actor and target, so only an event with one of each is looked at.
fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let ([actor], [target]) = (event.coded(Component::Actor), event.coded(Component::Target))
    else {
        return;
    };
    let (Value::Actor(name), Value::Actor(same)) = (&actor.value.value, &target.value.value) else {
        return;
    };
    if name != same || bound.is_unknown(actor) {
        return;
    }
    let at = |span| Location::new(bound.filed.file, span);
    let (message, one, other) = match bound.is_undirected() {
        true => (format!("`{name}` is coded as both sides"), "one side", "the other side"),
        false => (
            format!("`{name}` is coded as the target of its own action"),
            "the actor",
            "the target",
        ),
    };
    found.push(
        Diagnostic::new(RULE.name, at(target.value.span), message)
            .label(other)
            .also(at(actor.value.span), one)
            .help("code the group that did it and the group that it was done to, such as `IRQMIL` and `IRQREB`"),
    );
}
