//! The table `dyads`: the coded event format of CAMEO-style data.

use super::column::{Column, ColumnType, Table};
use super::event_row::weakest;
use super::scale::{code, scale_columns};
use crate::dataset::{Binding, BoundEvent, FiledEvent};
use crate::record::{Coded, Event, Value};
use crate::schema::{Code, CodeList, Codebook, Component, Role};

/// An actor-action-target triple of an event.
#[derive(Debug)]
pub struct DyadRow<'p> {
    binding: Binding<'p>,
    filed: &'p FiledEvent,
    country: Option<Code>,
    actor: &'p Coded,
    target: &'p Coded,
    /// Positions of the actor and the target in the event, from 1.
    ordinals: (usize, usize),
}

/// The triples of an event: every actor with every target. An event without a coded actor or
/// target has none.
pub fn dyad_rows<'p>(binding: Binding<'p>, filed: &'p FiledEvent) -> Vec<DyadRow<'p>> {
    let event = &filed.event;
    let country = binding.place_of(event).country;
    let mut rows = Vec::new();
    for (i, actor) in event.coded(Component::Actor).iter().enumerate() {
        for (j, target) in event.coded(Component::Target).iter().enumerate() {
            let ordinals = (i + 1, j + 1);
            rows.push(DyadRow { binding, filed, country, actor, target, ordinals });
        }
    }
    rows
}

impl<'p> DyadRow<'p> {
    fn event(&self) -> &'p Event {
        &self.filed.event
    }

    fn action(&self) -> Option<&'p Coded> {
        self.event().coded(Component::Action).first()
    }

    fn certainty(&self, coded: &Coded) -> Option<Code> {
        self.binding.certainty_of(self.event(), coded)
    }
}

fn name(coded: &Coded) -> Option<&str> {
    match &coded.value.value {
        Value::Actor(written) => Some(written),
        _ => None,
    }
}

type DyadColumn<'p> = Column<'p, DyadRow<'p>>;

/// The table `dyads` of a codebook.
pub fn dyads(codebook: &Codebook) -> Table<'_, DyadRow<'_>> {
    let mut columns = key_columns();
    columns.extend(triple_columns(codebook));
    columns.extend(rank_columns(codebook.list(Role::Certainty)));
    columns.extend(scale_columns(
        "weakest_certainty",
        "The weakest certainty among the event, its action, this actor and this target.",
        codebook.list(Role::Certainty),
        |row: &DyadRow<'_>| {
            let bound = BoundEvent { binding: row.binding, filed: row.filed };
            weakest(bound, Some(row.actor), Some(row.target))
        },
    ));
    Table {
        name: "dyads",
        doc: "An actor-action-target triple of an event.",
        columns,
        key: &["event_id", "actor_ordinal", "target_ordinal"],
        sorted_by: &["date_start", "event_id", "actor_ordinal", "target_ordinal"],
    }
}

fn key_columns<'p>() -> Vec<DyadColumn<'p>> {
    vec![
        Column::new("event_id", ColumnType::Text, "Id of the event.", |row: &DyadRow<'p>| {
            row.filed.id().into()
        }),
        Column::new(
            "actor_ordinal",
            ColumnType::Int32,
            "Position of the actor in the event, from 1.",
            |row: &DyadRow<'p>| row.ordinals.0.into(),
        ),
        Column::new(
            "target_ordinal",
            ColumnType::Int32,
            "Position of the target in the event, from 1.",
            |row: &DyadRow<'p>| row.ordinals.1.into(),
        ),
        Column::new(
            "date_start",
            ColumnType::Day,
            "Earliest day that the date allows.",
            |row: &DyadRow<'p>| row.event().date().and_then(|date| date.earliest()).into(),
        ),
        Column::new(
            "year",
            ColumnType::Int16,
            "Year, where all of the date lies in one.",
            |row: &DyadRow<'p>| row.event().date().and_then(|date| date.year()).into(),
        ),
    ]
}

fn triple_columns<'p>(codebook: &'p Codebook) -> Vec<DyadColumn<'p>> {
    let countries = codebook.list(Role::Country);
    let actions = codebook.list(Role::Action);
    vec![
        Column::new(
            "country",
            ColumnType::Text,
            "Country of the place.",
            move |row: &DyadRow<'p>| code(countries, row.country),
        ),
        Column::new(
            "actor",
            ColumnType::Text,
            "Who did it: id or composite code.",
            |row: &DyadRow<'p>| name(row.actor).into(),
        ),
        Column::new(
            "action",
            ColumnType::Text,
            "What was done: a code of the action list.",
            move |row: &DyadRow<'p>| {
                code(actions, row.action().and_then(|coded| coded.value.value.code()))
            },
        ),
        Column::new(
            "target",
            ColumnType::Text,
            "To whom or what: id or composite code.",
            |row: &DyadRow<'p>| name(row.target).into(),
        ),
    ]
}

fn rank_columns<'p>(certainty: &'p CodeList) -> Vec<DyadColumn<'p>> {
    let rank = move |code: Option<Code>| code.and_then(|code| certainty.rank(code));
    vec![
        Column::new(
            "certainty_rank",
            ColumnType::Int8,
            "Rank of the event's certainty.",
            move |row: &DyadRow<'p>| rank(row.event().certainty.value().copied()).into(),
        ),
        Column::new(
            "actor_certainty_rank",
            ColumnType::Int8,
            "Rank of the actor's certainty.",
            move |row: &DyadRow<'p>| rank(row.certainty(row.actor)).into(),
        ),
        Column::new(
            "action_certainty_rank",
            ColumnType::Int8,
            "Rank of the action's certainty.",
            move |row: &DyadRow<'p>| {
                rank(row.action().and_then(|coded| row.certainty(coded))).into()
            },
        ),
        Column::new(
            "target_certainty_rank",
            ColumnType::Int8,
            "Rank of the target's certainty.",
            move |row: &DyadRow<'p>| rank(row.certainty(row.target)).into(),
        ),
    ]
}
