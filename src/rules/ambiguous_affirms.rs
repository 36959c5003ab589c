//! A claim that agrees with a value that is not coded, or with one of several.

use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::record::{Stance, Statement};
use crate::schema::Component;
use crate::source::Location;

rule!("ambiguous-affirms", Error, Event(check));

fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    // A value that could not be read may be the one that is affirmed.
    if bound.filed.event.intact {
        let statements = bound.filed.event.claims.iter().flat_map(|claim| &claim.statements);
        found.extend(statements.filter_map(|statement| finding(bound, statement)));
    }
}

fn finding(bound: BoundEvent<'_>, statement: &Statement) -> Option<Diagnostic> {
    let relative = match statement.stance {
        Stance::Affirms => true,
        Stance::Denies => statement.values.is_empty(),
        Stance::Says | Stance::Declines | Stance::Note => false,
    };
    // That something happened is always coded.
    let coded = bound.filed.event.coded(statement.component);
    if !relative || statement.component == Component::Event || coded.len() == 1 {
        return None;
    }
    let name = bound.binding.codebook.component_name(statement.component);
    let place = |span| Location::new(bound.filed.file, span);
    let found = |message: String| Diagnostic::new(RULE.name, place(statement.span), message);
    match (coded, statement.stance) {
        ([], Stance::Denies) => Some(
            found(format!("a claim denies the `{name}`, but none is coded"))
                .label("no value to deny")
                .help(format!("write the value that the claim denies: `denies: {{{name}: ...}}`")),
        ),
        ([], _) => Some(
            found(format!("a claim affirms the `{name}`, but none is coded"))
                .label("no value to agree with")
                .help(format!("write the value that the claim states: `says: {{{name}: ...}}`")),
        ),
        ([first, _, ..], Stance::Affirms) => Some(
            found(format!("a claim affirms the `{name}`, but several are coded"))
                .label("unclear which one")
                .also(place(first.span()), "the first of them")
                .help(format!(
                    "write the value that the claim states, or a list if it states several: \
                     `says: {{{name}: ...}}`"
                )),
        ),
        _ => None,
    }
}
