//! The row of a claim's statement.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::Cell;
use crate::dataset::{ActorIdentity, Binding, BoundEvent};
use crate::evidence::{Evidence, WeighedClaim, WeighedStatement};
use crate::record::{Claim, Coded, SourceEntry, Stance, Value};
use crate::schema::Component;
use crate::source::Files;

/// One value that a claim states, denies or declines for a component.
#[derive(Debug)]
pub struct ClaimRow<'p> {
    pub(super) of: Arc<RowsOfClaim<'p>>,
    /// Position of the statement in the claim, from 0; `None` for a note.
    statement: Option<usize>,
}

/// What the rows of a claim have in common.
#[derive(Debug)]
pub(super) struct RowsOfClaim<'p> {
    pub(super) evidence: Arc<Evidence<'p>>,
    pub(super) id: String,
    /// Position of the claim in the record, from 0.
    pub(super) position: usize,
    pub(super) claimant: Option<ActorIdentity<'p>>,
    pub(super) claimant_name: Option<Cow<'p, str>>,
    pub(super) source: Option<&'p SourceEntry>,
    /// Who may stand for it, by their keys.
    pub(super) claimants: Vec<String>,
    /// The coded actors for whom the claimant speaks.
    pub(super) speaks_for: Vec<Cow<'p, str>>,
    pub(super) record: String,
}

/// The rows of an event's claims, in the order of the record.
pub fn claim_rows<'p>(evidence: &Arc<Evidence<'p>>, files: &Files) -> Vec<ClaimRow<'p>> {
    let BoundEvent { binding, filed } = evidence.bound;
    let written = |coded: &&'p Coded| binding.written(coded.component, &coded.value.value);
    let mut rows = Vec::new();
    let mut of_source: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, weighed) in evidence.claims.iter().enumerate() {
        let claim = weighed.claim;
        let nth = of_source.entry(&claim.source.value).or_default();
        *nth += 1;
        let of = Arc::new(RowsOfClaim {
            evidence: Arc::clone(evidence),
            id: format!("{}/{}#{nth}", filed.id(), claim.source.value),
            position,
            claimant: weighed.claimant().and_then(|actor| binding.actor(actor)),
            claimant_name: binding.claimant_name(claim),
            source: binding.source(&claim.source.value),
            claimants: weighed.claimants.iter().map(ToString::to_string).collect(),
            speaks_for: weighed.speaks_for.iter().map(written).collect(),
            record: format!("{}:{}", files.path(filed.file), claim.line),
        });
        let row = |statement| ClaimRow { of: Arc::clone(&of), statement };
        if weighed.statements.is_empty() {
            rows.push(row(None));
        }
        rows.extend((0..weighed.statements.len()).map(|statement| row(Some(statement))));
    }
    rows
}

impl<'p> ClaimRow<'p> {
    pub(super) fn weighed(&self) -> &WeighedClaim<'p> {
        &self.of.evidence.claims[self.of.position]
    }

    pub(super) fn claim(&self) -> &'p Claim {
        self.weighed().claim
    }

    pub(super) fn said(&self) -> Option<&WeighedStatement<'p>> {
        self.weighed().statements.get(self.statement?)
    }

    pub(super) fn binding(&self) -> Binding<'p> {
        self.of.evidence.bound.binding
    }

    pub(super) fn ordinal(&self) -> usize {
        self.statement.unwrap_or(0) + 1
    }

    pub(super) fn component(&self) -> Option<Component> {
        self.said().map(|said| said.statement.component)
    }

    pub(super) fn stance(&self) -> Stance {
        self.said().map_or(Stance::Note, |said| said.statement.stance)
    }

    pub(super) fn value(&self) -> Option<(Component, &'p Value)> {
        let said = self.said()?;
        Some((said.statement.component, said.value?))
    }

    /// The coded values that the statement bears on; where it bears on none, all of them.
    pub(super) fn coded_value(&self) -> Cell<'p> {
        let Some(said) = self.said() else { return Cell::Missing };
        let component = said.statement.component;
        let of_component = self.of.evidence.bound.filed.event.coded(component).iter();
        let of_component = of_component.filter(|_| said.coded.is_empty());
        let coded = said.coded.iter().copied().chain(of_component);
        let text = |coded: &'p Coded| self.binding().written(component, &coded.value.value);
        let joined = coded.map(text).reduce(|before, next| before + "|" + next);
        joined.into()
    }
}
