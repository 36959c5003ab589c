//! The table `participants`: actors and targets.

use std::sync::Arc;

use super::attribution::attribution_column;
use super::column::{Column, Table};
use super::columns::columns;
use super::extra_fields::field_columns;
use crate::dataset::ActorIdentity;
use crate::evidence::{Evidence, WeighedComponent};
use crate::record::{Coded, Value};
use crate::schema::{Code, Codebook, Component, FieldOn, Role};

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
    let columns = columns! { |row: ParticipantRow<'_>|
        when true;
        /// Id of the event.
        event_id: Text = row.evidence.bound.filed.id();
        /// `actor` or `target`.
        role: Category = row.coded.component.core_name();
        /// Position among the event's actors or targets, from 1.
        ordinal: Int32 = row.ordinal;
        /// Id or composite code.
        code: Text = row.identity.as_ref().map(|identity| identity.code);
        /// Name.
        name: Text = row.identity.as_ref().map(|identity| &*identity.name);
        /// Country.
        country: code(countries) = row.identity.as_ref().and_then(|actor| actor.country);
        /// Sector.
        sector: code(sectors) = row.identity.as_ref().and_then(|actor| actor.sector);
        /// How sure the coder is.
        certainty: scale(codebook.list(Role::Certainty)) = row.certainty();
        when codebook.weighs();
        ..evidence_columns();
        when true;
        /// The coder's reason for that certainty, where it rests on more than the claims.
        because: Text = row.coded.because.as_deref();
        ..field_columns(codebook, FieldOn::Participant, |row: &ParticipantRow<'_>, at| row.coded.fields.values(at));
    };
    Table::new(
        "participants",
        "An event's actor or target.",
        &["event_id", "role", "ordinal"],
        columns,
    )
    .references(&[("event_id", "events")])
}

fn evidence_columns<'p>() -> Vec<Column<'p, ParticipantRow<'p>>> {
    columns! { |row: ParticipantRow<'p>|
        when true;
        ..[attribution_column("an actor", ", and for a target", |row: &ParticipantRow<'_>| {
            row.weighed().attribution
        })];
        /// How many of the claims that support it share neither claimant nor publisher.
        n_supporting_voices: Int32 = row.weighed().supporting.voices;
        /// How many origins stand behind the claims that support it.
        n_supporting_origins: Int32 = row.weighed().supporting.origins.len();
        /// How many origins stand behind the claims that oppose it.
        n_opposing_origins: Int32 = row.weighed().opposing.origins.len();
    }
}
