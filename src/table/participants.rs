//! The table `participants`: actors and targets.

use std::sync::Arc;

use super::column::{Column, ColumnType, Table};
use super::scale::{code, scale_columns};
use crate::dataset::ActorIdentity;
use crate::evidence::{Evidence, WeighedComponent};
use crate::record::{Coded, Value};
use crate::schema::{Code, Codebook, Component, Role};

/// An actor or a target of an event.
#[derive(Debug)]
pub struct ParticipantRow<'p> {
    evidence: Arc<Evidence<'p>>,
    coded: &'p Coded,
    /// Position among the weighed components of the event.
    weighed: usize,
    /// Position among the actors or targets of the event, from 1.
    ordinal: usize,
    identity: Option<ActorIdentity<'p>>,
}

/// The rows of an event: its actors, then its targets.
pub fn participant_rows<'p>(evidence: &Arc<Evidence<'p>>) -> Vec<ParticipantRow<'p>> {
    let mut rows: Vec<ParticipantRow<'p>> = Vec::new();
    for (weighed, component) in evidence.components.iter().enumerate() {
        let Some(coded) = component.coded else { continue };
        if !matches!(coded.component, Component::Actor | Component::Target) {
            continue;
        }
        let before = rows.iter().filter(|row| row.coded.component == coded.component).count();
        let identity = match &coded.value.value {
            Value::Actor(written) => evidence.bound.binding.actor(written),
            _ => None,
        };
        let evidence = Arc::clone(evidence);
        rows.push(ParticipantRow { evidence, coded, weighed, ordinal: before + 1, identity });
    }
    rows
}

impl<'p> ParticipantRow<'p> {
    fn weighed(&self) -> &WeighedComponent<'p> {
        &self.evidence.components[self.weighed]
    }

    fn certainty(&self) -> Option<Code> {
        self.weighed().certainty
    }
}

/// The table `participants` of a codebook.
pub fn participants(codebook: &Codebook) -> Table<'_, ParticipantRow<'_>> {
    let countries = codebook.list(Role::Country);
    let sectors = codebook.list(Role::Sector);
    let mut columns = vec![
        Column::new(
            "event_id",
            ColumnType::Text,
            "Id of the event.",
            |row: &ParticipantRow<'_>| row.evidence.bound.filed.id().into(),
        ),
        Column::new(
            "role",
            ColumnType::Category,
            "`actor` or `target`.",
            |row: &ParticipantRow<'_>| row.coded.component.core_name().into(),
        ),
        Column::new(
            "ordinal",
            ColumnType::Int32,
            "Position among the event's actors or targets, from 1.",
            |row: &ParticipantRow<'_>| row.ordinal.into(),
        ),
        Column::new(
            "code",
            ColumnType::Text,
            "Id or composite code.",
            |row: &ParticipantRow<'_>| row.identity.as_ref().map(|identity| identity.code).into(),
        ),
        Column::new("name", ColumnType::Text, "Name.", |row: &ParticipantRow<'_>| {
            row.identity.as_ref().map(|identity| &*identity.name).into()
        }),
        Column::new("country", ColumnType::Text, "Country.", |row: &ParticipantRow<'_>| {
            code(countries, row.identity.as_ref().and_then(|identity| identity.country))
        }),
        Column::new("sector", ColumnType::Text, "Sector.", |row: &ParticipantRow<'_>| {
            code(sectors, row.identity.as_ref().and_then(|identity| identity.sector))
        }),
    ];
    let certainty = codebook.list(Role::Certainty);
    columns.extend(scale_columns(
        "certainty",
        "How sure the coder is.",
        certainty,
        ParticipantRow::certainty,
    ));
    columns.extend(evidence_columns());
    columns.push(Column::new(
        "because",
        ColumnType::Text,
        "The coder's reason for that certainty, where it rests on more than the claims.",
        |row: &ParticipantRow<'_>| row.coded.because.as_deref().into(),
    ));
    Table {
        name: "participants",
        doc: "An event's actor or target.",
        columns,
        key: &["event_id", "role", "ordinal"],
        sorted_by: &[],
    }
}

fn evidence_columns<'p>() -> Vec<Column<'p, ParticipantRow<'p>>> {
    vec![
        Column::new(
            "attribution",
            ColumnType::Category,
            "On whose word an actor is coded: unattributed, claimed, contested, reported, alleged, denied or inferred; missing for a target, and where nothing speaks of it.",
            |row: &ParticipantRow<'p>| {
                row.weighed().attribution.map(|attribution| attribution.as_str()).into()
            },
        ),
        Column::new(
            "n_supporting_voices",
            ColumnType::Int32,
            "How many of the claims that support it share neither claimant nor publisher.",
            |row: &ParticipantRow<'p>| row.weighed().supporting.voices.into(),
        ),
        Column::new(
            "n_supporting_origins",
            ColumnType::Int32,
            "How many origins stand behind the claims that support it.",
            |row: &ParticipantRow<'p>| row.weighed().supporting.origins.len().into(),
        ),
        Column::new(
            "n_opposing_origins",
            ColumnType::Int32,
            "How many origins stand behind the claims that oppose it.",
            |row: &ParticipantRow<'p>| row.weighed().opposing.origins.len().into(),
        ),
    ]
}
