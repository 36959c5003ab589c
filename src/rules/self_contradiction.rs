//! A claimant who says two things that exclude each other.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::{ClaimantKey, Evidence, Relation, Scene};
use crate::record::{Stance, Value};
use crate::schema::Component;
use crate::source::{Location, Spanned};

pub(super) static RULE: Rule = Rule {
    name: "self-contradiction",
    level: Level::Warning,
    page: include_str!("self_contradiction.md"),
    check: Check::Evidence(check),
};

/// A value that a claimant says for a component.
struct Said<'e> {
    claimant: &'e [ClaimantKey],
    component: Component,
    claim: usize,
    value: &'e Spanned<Value>,
}

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let scene = Scene::of(evidence.bound);
    let said = said(evidence);
    for (at, later) in said.iter().enumerate() {
        let list = evidence.bound.binding.code_list(later.component);
        let contradicts = |earlier: &&Said<'_>| {
            earlier.claimant == later.claimant
                && earlier.component == later.component
                && earlier.claim != later.claim
                && !scene.is_additive(later.component)
                && scene.relation(&later.value.value, &earlier.value.value, list)
                    == Relation::Different
        };
        if let Some(earlier) = said[..at].iter().find(contradicts) {
            found.push(words(evidence, earlier, later));
        }
    }
}

/// What is said, by claimants who can contradict themselves: anonymous ones of one origin may be two
/// people, and a publisher that reports a new figure the next day has learned something.
fn said<'e>(evidence: &'e Evidence<'e>) -> Vec<Said<'e>> {
    let mut all = Vec::new();
    for (claim, weighed) in
        evidence.claims.iter().enumerate().filter(|(_, weighed)| weighed.counted)
    {
        if weighed.claim.by.is_none() || weighed.claim.anonymous {
            continue;
        }
        let says =
            weighed.claim.statements.iter().filter(|statement| statement.stance == Stance::Says);
        for statement in says {
            let (claimant, component) = (&*weighed.claimants, statement.component);
            all.extend(statement.values.iter().map(|value| Said {
                claimant,
                component,
                claim,
                value,
            }));
        }
    }
    all
}

fn words(evidence: &Evidence<'_>, earlier: &Said<'_>, later: &Said<'_>) -> Diagnostic {
    let binding = evidence.bound.binding;
    let at = |said: &Said<'_>| Location::new(evidence.bound.filed.file, said.value.span);
    let text = |said: &Said<'_>| binding.written(said.component, &said.value.value).into_owned();
    let name = binding.codebook.component_name(later.component);
    let message =
        format!("one claimant says both `{}` and `{}` for {name}", text(earlier), text(later));
    let found = Diagnostic::new(RULE.name, at(later), message).label("and here another");
    found.also(at(earlier), "here one value").help(
        "both count; mark the one that was taken back as `withdrawn:`, or tell the claimants apart in `by`",
    )
}
