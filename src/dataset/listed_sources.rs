//! The sources that an event lists, beside what it says of them in claims.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::{Defect, FormDefect};
use crate::record::{Claim, Event, RecordDefect, Stance};
use crate::schema::Component;
use crate::source::Spanned;

/// Settles what listed sources say, once all sources have their names: each says it once, and nothing that the coder
/// wrote as a claim of theirs. Returns the entries that name a source for the second time.
pub(super) fn settle(event: &mut Event) -> Vec<Spanned<Defect<RecordDefect>>> {
    if !event.claims.iter().any(|claim| claim.listed) {
        return Vec::new();
    }
    let repeated = keep_once(event);
    leave_to_own_claims(event);
    repeated
}

/// Keeps each source that an event lists once, though it is named by its id and by its address.
fn keep_once(event: &mut Event) -> Vec<Spanned<Defect<RecordDefect>>> {
    let mut seen = BTreeMap::new();
    let mut repeated = Vec::new();
    event.claims.retain(|claim| {
        if !claim.listed {
            return true;
        }
        let first = *seen.entry(claim.source.value.clone()).or_insert(claim.span);
        let is_first = first == claim.span;
        if !is_first {
            let written = Some(claim.source.value.to_string());
            let defect = FormDefect::DuplicateValue { written, first };
            repeated.push(Spanned::new(defect.into(), claim.span));
        }
        is_first
    });
    repeated
}

/// Takes from each listed source what it speaks of itself in a claim: what the coder wrote tells
/// more than the list. One that denies the event affirms nothing of it.
fn leave_to_own_claims(event: &mut Event) {
    let (mut said, mut denying) = (BTreeSet::new(), BTreeSet::new());
    let is_own = |claim: &&Claim| {
        !claim.listed && claim.by.is_none() && claim.via.is_none() && claim.about.is_none()
    };
    for claim in event.claims.iter().filter(is_own) {
        for statement in &claim.statements {
            said.insert((claim.source.value.clone(), statement.component));
            if (statement.stance, statement.component) == (Stance::Denies, Component::Event) {
                denying.insert(claim.source.value.clone());
            }
        }
    }
    for claim in event.claims.iter_mut().filter(|claim| claim.listed) {
        let denies = denying.contains(&claim.source.value);
        let source = &claim.source.value;
        claim
            .statements
            .retain(|said_of| !denies && !said.contains(&(source.clone(), said_of.component)));
    }
    event.claims.retain(|claim| !claim.listed || !claim.statements.is_empty());
}
