//! The table `claims`: who says what.

use std::borrow::Cow;
use std::sync::Arc;

use super::cell::Cell;
use super::column::{Column, ColumnType, Table};
use super::scale::code;
use super::value_text::{value_label, value_text};
use crate::dataset::{ActorIdentity, Binding, BoundEvent};
use crate::evidence::{Effect, Evidence, WeighedClaim, WeighedStatement};
use crate::record::{Claim, Claimant, Coded, SourceEntry, Stance, Value};
use crate::schema::{Codebook, Component, Role};
use crate::source::Files;

/// One value that a claim states, denies or declines for a component.
#[derive(Debug)]
pub struct ClaimRow<'p> {
    evidence: Arc<Evidence<'p>>,
    /// Position of the claim in the record, from 0.
    position: usize,
    /// Position of the statement in the claim, from 0; `None` for a note.
    statement: Option<usize>,
    claimant: Option<ActorIdentity<'p>>,
    source: Option<&'p SourceEntry>,
    record: String,
}

/// The rows of an event's claims, in the order of the record.
pub fn claim_rows<'p>(evidence: &Arc<Evidence<'p>>, files: &Files) -> Vec<ClaimRow<'p>> {
    let BoundEvent { binding, filed } = evidence.bound;
    let mut rows = Vec::new();
    for (position, weighed) in evidence.claims.iter().enumerate() {
        let claim = weighed.claim;
        let row = |statement| ClaimRow {
            evidence: Arc::clone(evidence),
            position,
            statement,
            claimant: claim.by.as_ref().and_then(|by| binding.actor(&by.code.value)),
            source: binding.source(&claim.source.value),
            record: format!("{}:{}", files.path(filed.file), claim.line),
        };
        if weighed.statements.is_empty() {
            rows.push(row(None));
        }
        rows.extend((0..weighed.statements.len()).map(|statement| row(Some(statement))));
    }
    rows
}

impl<'p> ClaimRow<'p> {
    fn weighed(&self) -> &WeighedClaim<'p> {
        &self.evidence.claims[self.position]
    }

    fn claim(&self) -> &'p Claim {
        self.weighed().claim
    }

    fn said(&self) -> Option<&WeighedStatement<'p>> {
        self.weighed().statements.get(self.statement?)
    }

    fn binding(&self) -> Binding<'p> {
        self.evidence.bound.binding
    }

    fn component(&self) -> Option<Component> {
        self.said().map(|said| said.statement.component)
    }

    fn stance(&self) -> Stance {
        self.said().map_or(Stance::Note, |said| said.statement.stance)
    }

    fn value(&self) -> Option<(Component, &'p Value)> {
        let said = self.said()?;
        Some((said.statement.component, said.value?))
    }

    fn figures(&self) -> [Option<f64>; 3] {
        match self.value() {
            Some((_, Value::Range(range))) => {
                [range.low(), range.best(), range.high()].map(|n| n.map(|n| n as f64))
            }
            Some((_, Value::Integer(number))) => [Some(*number as f64); 3],
            Some((_, Value::Number(number))) => [Some(*number); 3],
            _ => [None; 3],
        }
    }

    /// The coded values that the statement bears on; where it bears on none, all of them.
    fn coded_value(&self) -> Cell<'p> {
        let Some(said) = self.said() else { return Cell::Missing };
        let component = said.statement.component;
        let of_component: Vec<_> =
            self.evidence.bound.filed.event.coded(component).iter().collect();
        let coded = if said.coded.is_empty() { &of_component } else { &said.coded };
        let text = |coded: &&'p Coded| value_text(self.binding(), component, &coded.value.value);
        let texts: Vec<_> = coded.iter().map(text).collect();
        if texts.is_empty() { Cell::Missing } else { Cell::Text(Cow::Owned(texts.join("|"))) }
    }

    /// The claimant's name: the source's words, the actor's name, the free text, or the publisher
    /// in its own voice.
    fn claimant_name(&self) -> Cell<'_> {
        match (&self.claimant, &self.claim().by) {
            (_, Some(Claimant { described_as: Some(words), .. })) => (&**words).into(),
            (Some(actor), _) => (&*actor.name).into(),
            (None, Some(by)) => (&*by.code.value).into(),
            (None, None) => self.source.map(|source| &*source.publisher).into(),
        }
    }
}

type ClaimColumn<'p> = Column<'p, ClaimRow<'p>>;

/// The table `claims` of a codebook.
pub fn claims(codebook: &Codebook) -> Table<'_, ClaimRow<'_>> {
    let mut columns = key_columns(codebook);
    columns.extend(value_columns());
    columns.extend(claimant_columns(codebook));
    columns.extend(manner_columns(codebook));
    columns.extend(source_columns());
    Table {
        name: "claims",
        doc: "One value that one source's claim states, denies or declines for a component.",
        columns,
        key: &["event_id", "claim", "component", "ordinal"],
        sorted_by: &[],
    }
}

fn key_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    vec![
        Column::new("event_id", ColumnType::Text, "Id of the event.", |row: &ClaimRow<'_>| {
            row.evidence.bound.filed.id().into()
        }),
        Column::new(
            "claim",
            ColumnType::Int32,
            "Position of the claim in the record, from 1.",
            |row: &ClaimRow<'_>| (row.position + 1).into(),
        ),
        Column::new(
            "component",
            ColumnType::Category,
            "What the value is for: a core component or an extra field; missing for a note.",
            |row: &ClaimRow<'_>| {
                row.component().map(|component| codebook.component_name(component)).into()
            },
        ),
        Column::new(
            "ordinal",
            ColumnType::Int32,
            "Position among the claim's values for the component, from 1; 1 for a note.",
            |row: &ClaimRow<'_>| row.said().map_or(1, |said| said.ordinal).into(),
        ),
        Column::new(
            "stance",
            ColumnType::Category,
            "How the claim stands to the value: affirms, says, denies, declines or note.",
            |row: &ClaimRow<'_>| row.stance().as_str().into(),
        ),
    ]
}

fn value_columns<'p>() -> Vec<ClaimColumn<'p>> {
    let figure = |name, doc, at: usize| {
        Column::new(name, ColumnType::Number, doc, move |row: &ClaimRow<'p>| {
            row.figures()[at].into()
        })
    };
    vec![
        Column::new(
            "value",
            ColumnType::Text,
            "The value as a record writes it; for what is affirmed or denied without naming a value, the coded one.",
            |row: &ClaimRow<'p>| {
                row.value()
                    .map(|(component, value)| value_text(row.binding(), component, value))
                    .into()
            },
        ),
        Column::new(
            "value_label",
            ColumnType::Text,
            "Label or name of the value, where it has one.",
            |row| {
                let row: &ClaimRow<'p> = row;
                row.value()
                    .and_then(|(component, value)| value_label(row.binding(), component, value))
                    .into()
            },
        ),
        figure("value_low", "Lowest figure of a count; the number itself for a number.", 0),
        figure("value_best", "Best estimate of a count; the number itself for a number.", 1),
        figure("value_high", "Highest figure of a count; the number itself for a number.", 2),
        Column::new(
            "coded_value",
            ColumnType::Text,
            "What the coder coded for the component; several are joined with `|`.",
            |row: &ClaimRow<'p>| row.coded_value(),
        ),
        Column::new(
            "relation",
            ColumnType::Category,
            "How the value relates to what is coded: same, narrower, broader, overlapping, unknown or different.",
            |row: &ClaimRow<'p>| {
                row.said().and_then(|said| said.relation).map(|relation| relation.as_str()).into()
            },
        ),
        Column::new(
            "effect",
            ColumnType::Category,
            "What the statement does to the coded values in `coded_value`: supports, opposes or neither.",
            |row: &ClaimRow<'p>| {
                row.said().map_or(Effect::Neither, |said| said.effect).as_str().into()
            },
        ),
        Column::new(
            "agentless",
            ColumnType::Boolean,
            "Whether it says that nobody did it, which opposes every coded actor.",
            |row: &ClaimRow<'p>| row.said().is_some_and(|said| said.agentless).into(),
        ),
        Column::new(
            "event_effect",
            ColumnType::Category,
            "What the whole claim does to the event, that something happened: supports, opposes or neither.",
            |row: &ClaimRow<'p>| row.weighed().on_event.as_str().into(),
        ),
        Column::new(
            "counted",
            ColumnType::Boolean,
            "Whether the claim counts: it speaks of this event and was not withdrawn.",
            |row: &ClaimRow<'p>| row.weighed().counted.into(),
        ),
        Column::new(
            "about",
            ColumnType::Text,
            "What the claim speaks of instead of this event: `series`, an actor or a place.",
            |row: &ClaimRow<'p>| row.claim().about.as_ref().map(|about| &*about.value).into(),
        ),
    ]
}

fn claimant_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    let countries = codebook.list(Role::Country);
    let sectors = codebook.list(Role::Sector);
    vec![
        Column::new(
            "claimant",
            ColumnType::Text,
            "Who says it: id or composite code of an actor; missing for free text and for the source's own voice.",
            |row: &ClaimRow<'_>| row.claimant.as_ref().map(|claimant| claimant.code).into(),
        ),
        Column::new(
            "claimant_name",
            ColumnType::Text,
            "Name of the claimant: of the actor, in free text, or the publisher where the source speaks itself.",
            |row: &ClaimRow<'_>| row.claimant_name(),
        ),
        Column::new(
            "claimant_country",
            ColumnType::Text,
            "Country of the claimant.",
            |row: &ClaimRow<'_>| {
                code(countries, row.claimant.as_ref().and_then(|claimant| claimant.country))
            },
        ),
        Column::new(
            "claimant_sector",
            ColumnType::Text,
            "Sector of the claimant.",
            |row: &ClaimRow<'_>| {
                code(sectors, row.claimant.as_ref().and_then(|claimant| claimant.sector))
            },
        ),
    ]
}

/// How a claim was made, and whether it still stands.
fn manner_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    let certainty = codebook.list(Role::Certainty);
    vec![
        Column::new(
            "anonymous",
            ColumnType::Boolean,
            "Whether a reader cannot tell who spoke.",
            |row: &ClaimRow<'_>| row.claim().anonymous.into(),
        ),
        Column::new(
            "claim_certainty",
            ColumnType::Category,
            "How sure the claimant says it is.",
            |row: &ClaimRow<'_>| code(certainty, row.claim().certainty),
        ),
        Column::new(
            "claim_date",
            ColumnType::Text,
            "When it was said, in EDTF as written.",
            |row: &ClaimRow<'_>| row.claim().date.as_ref().map(|date| date.value.as_str()).into(),
        ),
        Column::new(
            "withdrawn",
            ColumnType::Boolean,
            "Whether it was taken back.",
            |row: &ClaimRow<'_>| row.claim().withdrawn.is_some().into(),
        ),
        Column::new(
            "withdrawn_on",
            ColumnType::Text,
            "When it was taken back, in EDTF as written, where that is known.",
            |row: &ClaimRow<'_>| {
                let date =
                    row.claim().withdrawn.as_ref().and_then(|withdrawn| withdrawn.date.as_ref());
                date.map(|date| date.as_str()).into()
            },
        ),
    ]
}

fn source_columns<'p>() -> Vec<ClaimColumn<'p>> {
    vec![
        Column::new(
            "source",
            ColumnType::Text,
            "The source that holds the claim: id of the source.",
            |row| {
                let row: &ClaimRow<'p> = row;
                (&*row.claim().source.value).into()
            },
        ),
        Column::new(
            "publisher",
            ColumnType::Text,
            "Publisher of the source.",
            |row: &ClaimRow<'p>| row.source.map(|source| &*source.publisher).into(),
        ),
        Column::new(
            "source_date",
            ColumnType::Text,
            "When the source was published, in EDTF as written.",
            |row: &ClaimRow<'p>| {
                let date = row.source.and_then(|source| source.date.as_ref());
                date.map(|date| date.value.as_str()).into()
            },
        ),
        Column::new(
            "via",
            ColumnType::Text,
            "The source that this statement, and only it, was passed on from.",
            |row: &ClaimRow<'p>| row.claim().via.as_ref().map(|via| &*via.value).into(),
        ),
        Column::new(
            "origins",
            ColumnType::TextList,
            "The publishers that the claim goes back to, in lower case.",
            |row: &ClaimRow<'p>| row.weighed().origins.as_slice().into(),
        ),
        Column::new(
            "origin",
            ColumnType::Text,
            "The one of `origins` that accounts for the claim, chosen so that the event has as few as can be.",
            |row: &ClaimRow<'p>| row.weighed().origin.as_str().into(),
        ),
        Column::new(
            "claimant_key",
            ColumnType::Text,
            "Equal for two claims of one claimant.",
            |row: &ClaimRow<'p>| row.weighed().claimant.to_string().into(),
        ),
        Column::new(
            "note",
            ColumnType::Text,
            "What else the source says, in the curator's words.",
            |row| {
                let row: &ClaimRow<'p> = row;
                row.claim().note.as_deref().into()
            },
        ),
        Column::new(
            "record",
            ColumnType::Text,
            "Path and line of the claim in the repository.",
            |row| {
                let row: &ClaimRow<'p> = row;
                row.record.as_str().into()
            },
        ),
    ]
}
