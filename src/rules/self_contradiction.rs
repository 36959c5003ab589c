//! A claimant who says two things that exclude each other.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::evidence::{ClaimantKey, Comparer, Evidence};
use crate::record::{Stance, Value};
use crate::schema::Component;
use crate::source::{Location, Span, Spanned};

rule!("self-contradiction", Warning, Evidence(check));

/// What a claimant says about a component in one claim: one value, or several together.
struct Said<'e> {
    claim: usize,
    values: &'e [Spanned<Value>],
}

impl<'e> Said<'e> {
    fn values(&self) -> impl Iterator<Item = &'e Value> + Clone {
        self.values.iter().map(|value| &value.value)
    }
}

/// What each claimant says about each component, claim by claim.
type Told<'e> = BTreeMap<(&'e [ClaimantKey<'e>], Component), Vec<Said<'e>>>;

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let comparer = Comparer::of(evidence.bound);
    for ((_, component), said) in told(evidence) {
        let is_side = matches!(component, Component::Actor | Component::Target);
        // The sides of an undirected event may be named in either role.
        if comparer.is_additive(component) || is_side && evidence.bound.is_undirected() {
            continue;
        }
        let excludes = |later: &Said<'_>, earlier: &Said<'_>| {
            earlier.claim != later.claim
                && comparer.exclude(component, later.values(), earlier.values())
        };
        for (at, later) in said.iter().enumerate() {
            if let Some(earlier) = said[..at].iter().find(|earlier| excludes(later, earlier)) {
                found.push(diagnostic(evidence, component, earlier, later));
            }
        }
    }
}

/// The statements of claimants who can contradict themselves. Anonymous claimants of one origin may be
/// two people, and a publisher that reports a new number the next day has learned something.
fn told<'e>(evidence: &'e Evidence<'e>) -> Told<'e> {
    let mut told = Told::new();
    for (claim, weighed) in
        evidence.claims.iter().enumerate().filter(|(_, weighed)| weighed.counted)
    {
        if weighed.claim.by.is_none() || weighed.speaker.anonymous {
            continue;
        }
        for statement in &weighed.claim.statements {
            if statement.stance == Stance::Says && !statement.values.is_empty() {
                let key = (&*weighed.claimants, statement.component);
                told.entry(key).or_default().push(Said { claim, values: &statement.values });
            }
        }
    }
    told
}

fn diagnostic(
    evidence: &Evidence<'_>,
    component: Component,
    earlier: &Said<'_>,
    later: &Said<'_>,
) -> Diagnostic {
    let binding = evidence.bound.binding;
    let span = |said: &Said<'_>| match said.values {
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
        [] => Span::at(0),
    };
    let at = |said: &Said<'_>| Location::new(evidence.bound.filed.file, span(said));
    let text = |said: &Said<'_>| {
        let each = said.values.iter().map(|value| binding.written(component, &value.value));
        each.collect::<Vec<_>>().join(", ")
    };
    let name = binding.codebook.component_name(component);
    let message =
        format!("one claimant says both `{}` and `{}` about {name}", text(earlier), text(later));
    let found = Diagnostic::new(RULE.name, at(later), message).label("and this");
    found.also(at(earlier), "says this").help(
        "both count; add `withdrawn:` to a claim that was taken back, or distinguish the claimants in `by`",
    )
}
