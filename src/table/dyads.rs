//! The table `dyads`: a row for each actor, action and target of an event, as CAMEO-coded data has them.

use super::column::{Column, Table};
use super::columns::columns;
use super::event_row::weakest;
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
    action: Option<&'p Coded>,
    target: &'p Coded,
    /// Positions of the actor, the action and the target in the event, from 1.
    ordinals: [usize; 3],
}

/// The triples of an event: every actor with every action and target. An event without a coded actor or
/// target has none.
pub fn dyad_rows<'p>(binding: Binding<'p>, filed: &'p FiledEvent) -> Vec<DyadRow<'p>> {
    let event = &filed.event;
    let country = binding.place_of(event).country;
    let mut rows = Vec::new();
    // An action that could not be read is missing, and its actor and target are not.
    let actions: Vec<_> = match event.coded(Component::Action) {
        [] => vec![None],
        actions => actions.iter().map(Some).collect(),
    };
    for (i, actor) in event.coded(Component::Actor).iter().enumerate() {
        for (j, action) in actions.iter().copied().enumerate() {
            for (k, target) in event.coded(Component::Target).iter().enumerate() {
                let ordinals = [i + 1, j + 1, k + 1];
                rows.push(DyadRow { binding, filed, country, actor, action, target, ordinals });
            }
        }
    }
    rows
}

impl<'p> DyadRow<'p> {
    fn event(&self) -> &'p Event {
        &self.filed.event
    }

    fn weakest_certainty(&self) -> Option<Code> {
        let bound = BoundEvent { binding: self.binding, filed: self.filed };
        weakest(bound, [Some(self.actor), self.action, Some(self.target)])
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
    let certainty = codebook.list(Role::Certainty);
    let columns = columns! { |row: DyadRow<'_>|
        when true;
        ..key_columns();
        ..triple_columns(codebook);
        when certainty.is_ranked();
        ..rank_columns(certainty);
        /// The weakest certainty among the event, this actor, this action and this target.
        weakest_certainty: scale(certainty) = row.weakest_certainty();
    };
    Table::new(
        "dyads",
        "An actor-action-target triple of an event.",
        &["event_id", "actor_ordinal", "action_ordinal", "target_ordinal"],
        columns,
    )
    .references(&[("event_id", "events")])
    .sorted_by(&[
        "date_start",
        "event_id",
        "actor_ordinal",
        "action_ordinal",
        "target_ordinal",
    ])
}

fn key_columns<'p>() -> Vec<DyadColumn<'p>> {
    columns! { |row: DyadRow<'p>|
        when true;
        /// Id of the event.
        event_id: Text = row.filed.id();
        /// Position of the actor in the event, from 1.
        actor_ordinal: Int32 = row.ordinals[0];
        /// Position of the action in the event, from 1.
        action_ordinal: Int32 = row.ordinals[1];
        /// Position of the target in the event, from 1.
        target_ordinal: Int32 = row.ordinals[2];
        /// Earliest day that the date allows.
        date_start: Day = row.event().date().and_then(|date| date.earliest());
        /// Year, where all of the date lies in one.
        year: Int16 = row.event().date().and_then(|date| date.year());
    }
}

fn triple_columns<'p>(codebook: &'p Codebook) -> Vec<DyadColumn<'p>> {
    let countries = codebook.list(Role::Country);
    let actions = codebook.list(Role::Action);
    columns! { |row: DyadRow<'p>|
        when true;
        /// Country of the place.
        country: code(countries) = row.country;
        /// Who did it: id or composite code.
        actor: Text = name(row.actor);
        /// What was done: a code of the action list.
        action: code(actions) = row.action.and_then(|coded| coded.value.value.code());
        /// To whom or what: id or composite code.
        target: Text = name(row.target);
        /// Whether actor and target are two sides of the action, and none did it to the other.
        undirected: Boolean = row.action.is_some_and(|action| row.binding.is_undirected(action));
    }
}

fn rank_columns<'p>(certainty: &'p CodeList) -> Vec<DyadColumn<'p>> {
    let rank = move |code: Option<Code>| code.and_then(|code| certainty.rank(code));
    columns! { |row: DyadRow<'p>|
        when true;
        /// Rank of the event's certainty, larger is stronger; missing where it has none.
        certainty_rank: Int8 = rank(row.event().certainty.value().copied());
        /// Rank of the actor's certainty, larger is stronger; missing where it has none.
        actor_certainty_rank: Int8 = rank(row.certainty(row.actor));
        /// Rank of the action's certainty, larger is stronger; missing where it has none.
        action_certainty_rank: Int8 = rank(row.action.and_then(|coded| row.certainty(coded)));
        /// Rank of the target's certainty, larger is stronger; missing where it has none.
        target_certainty_rank: Int8 = rank(row.certainty(row.target));
    }
}
