//! A coded value that was changed under claims that affirm it.

use super::{Check, Rule};
use crate::dataset::{BoundEvent, RevisedEvent};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Claim, Coded, Stance, Statement};
use crate::schema::Component;
use crate::source::Location;

pub(super) static RULE: Rule = Rule {
    name: "recoded",
    level: Level::Warning,
    page: include_str!("recoded.md"),
    check: Check::Revised(check),
};

/// Most claims that are pointed at; the message counts them all.
const SHOWN: usize = 4;

fn check(revised: RevisedEvent<'_>, found: &mut Vec<Diagnostic>) {
    // What could not be read may be the value or the claim that is missing.
    if !revised.before.filed.event.intact || !revised.after.filed.event.intact {
        return;
    }
    for coded in revised.after.filed.event.all_coded() {
        let Some((old, new)) = change_of(revised, coded) else { continue };
        let left = affirming_still(revised, coded.component);
        if !left.is_empty() {
            found.push(words(revised.after, coded, (&old, &new), &left));
        }
    }
}

/// The old and the new value of a component that is coded with another one than before. Only one
/// value can be affirmed, so a list has none.
fn change_of(revised: RevisedEvent<'_>, coded: &Coded) -> Option<(String, String)> {
    let name = revised.after.binding.codebook.component_name(coded.component);
    let of = |bound: BoundEvent<'_>| {
        let component = bound.binding.codebook.component(name)?;
        let [coded] = bound.filed.event.coded(component) else { return None };
        Some(bound.binding.written(component, &coded.value.value).into_owned())
    };
    let (old, new) = (of(revised.before)?, of(revised.after)?);
    (old != new).then_some((old, new))
}

/// Where the claims that count affirm a component and did before, each with its claim.
fn affirming_still<'p>(
    revised: RevisedEvent<'p>,
    component: Component,
) -> Vec<(&'p Claim, &'p Statement)> {
    let name = revised.after.binding.codebook.component_name(component);
    let before = affirming(revised.before, name);
    let mut left = affirming(revised.after, name);
    left.retain(|(claim, _)| before.iter().any(|(was, _)| is_same(was, claim)));
    left
}

fn affirming<'p>(bound: BoundEvent<'p>, component: &str) -> Vec<(&'p Claim, &'p Statement)> {
    let named = |statement: &&Statement| {
        statement.stance == Stance::Affirms
            && bound.binding.codebook.component_name(statement.component) == component
    };
    let counted = bound
        .filed
        .event
        .claims
        .iter()
        .filter(|claim| claim.about.is_none() && claim.withdrawn.is_none());
    let affirms = |claim: &'p Claim| Some((claim, claim.statements.iter().find(named)?));
    counted.filter_map(affirms).collect()
}

/// Whether two claims are of one claimant in one source, whatever else was changed in them.
fn is_same(one: &Claim, other: &Claim) -> bool {
    let facts = |claim: &Claim| {
        let by = claim.by.as_ref().map(|by| (by.code.value.clone(), by.described_as.clone()));
        let via = claim.via.as_ref().map(|via| via.value.clone());
        (claim.source.value.clone(), by, via, claim.anonymous)
    };
    facts(one) == facts(other)
}

fn words(
    bound: BoundEvent<'_>,
    coded: &Coded,
    (old, new): (&str, &str),
    left: &[(&Claim, &Statement)],
) -> Diagnostic {
    let at = |span| Location::new(bound.filed.file, span);
    let name = bound.binding.codebook.component_name(coded.component);
    let claims = match left.len() {
        1 => "a claim that affirms it".to_owned(),
        count => format!("{count} claims that affirm it"),
    };
    let message = format!("{name} is recoded from `{old}` to `{new}` under {claims}");
    let mut found =
        Diagnostic::new(RULE.name, at(coded.value.span), message).label(format!("was `{old}`"));
    for (claim, statement) in left.iter().take(SHOWN) {
        let source = bound.binding.source(&claim.source.value);
        let publisher = source.map_or(&*claim.source.value, |source| &*source.publisher);
        found = found.also(at(statement.span), format!("affirmed `{old}` so far ({publisher})"));
    }
    found.help(format!(
        "write what a claim says of the old value as `says: {{{name}: {old}}}`; leave it where it \
         agrees with the new one"
    ))
}
