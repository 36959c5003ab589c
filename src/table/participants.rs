//! The table `participants`: actors and targets.

use super::column::{Column, ColumnType, Table};
use super::scale::{code, scale_columns};
use crate::dataset::{ActorIdentity, Binding, FiledEvent};
use crate::record::{Coded, Value};
use crate::schema::{Code, Codebook, Component, Role};

/// An actor or a target of an event.
#[derive(Debug)]
pub struct ParticipantRow<'p> {
    binding: Binding<'p>,
    filed: &'p FiledEvent,
    coded: &'p Coded,
    /// Position among the actors or targets of the event, from 1.
    ordinal: usize,
    identity: Option<ActorIdentity<'p>>,
}

/// The rows of an event: its actors, then its targets.
pub fn participant_rows<'p>(
    binding: Binding<'p>,
    filed: &'p FiledEvent,
) -> Vec<ParticipantRow<'p>> {
    let mut rows = Vec::new();
    for component in [Component::Actor, Component::Target] {
        for (position, coded) in filed.event.coded(component).iter().enumerate() {
            let identity = match &coded.value.value {
                Value::Actor(written) => binding.actor(written),
                _ => None,
            };
            rows.push(ParticipantRow { binding, filed, coded, ordinal: position + 1, identity });
        }
    }
    rows
}

impl ParticipantRow<'_> {
    fn certainty(&self) -> Option<Code> {
        self.binding.certainty_of(&self.filed.event, self.coded)
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
            |row: &ParticipantRow<'_>| row.filed.id().into(),
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
