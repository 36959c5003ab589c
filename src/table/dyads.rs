//! The table `dyads`: a row for each actor, action and target of an event, as CAMEO-coded data has them.

use std::borrow::Cow;

use super::attribution::attribution_column;
use super::column::{Column, Table};
use super::columns::columns;
use super::event_row::weakest;
use crate::dataset::BoundEvent;
use crate::evidence::{Attribution, Evidence};
use crate::record::{Coded, Event, Value};
use crate::schema::{Code, CodeList, Codebook, Component, Role};

/// An actor-action-target triple of an event.
#[derive(Debug)]
pub struct DyadRow<'p> {
    bound: BoundEvent<'p>,
    country: Option<Code>,
    actor: &'p Coded,
    attribution: Option<Attribution>,
    action: Option<&'p Coded>,
    target: &'p Coded,
    /// Positions of the actor, the action and the target in the event, from 1.
    ordinals: [usize; 3],
}

/// The triples of an event: every actor with every action and target. An event without a coded actor or
/// target has none.
pub fn dyad_rows<'p>(evidence: &Evidence<'p>) -> Vec<DyadRow<'p>> {
    let bound = evidence.bound;
    let event = &bound.filed.event;
    let country = bound.binding.place_of(event).country;
    let mut rows = Vec::new();
    // An action that could not be read is missing, and its actor and target are not.
    let actions: Vec<_> = match event.coded(Component::Action) {
        [] => vec![None],
        actions => actions.iter().map(Some).collect(),
    };
    let actors = evidence.components.iter().filter(|one| one.component == Component::Actor);
    let actors = actors.filter_map(|one| Some((one.coded?, one.attribution)));
    for (i, (actor, attribution)) in actors.enumerate() {
        for (j, action) in actions.iter().copied().enumerate() {
            for (k, target) in event.coded(Component::Target).iter().enumerate() {
                let ordinals = [i + 1, j + 1, k + 1];
                let triple =
                    DyadRow { bound, country, actor, attribution, action, target, ordinals };
                rows.push(triple);
            }
        }
    }
    rows
}

impl<'p> DyadRow<'p> {
    fn event(&self) -> &'p Event {
        &self.bound.filed.event
    }

    fn weakest_certainty(&self) -> Option<Code> {
        weakest(self.bound, [Some(self.actor), self.action, Some(self.target)])
    }

    fn certainty(&self, coded: &Coded) -> Option<Code> {
        self.bound.binding.certainty_of(self.event(), coded)
    }

    fn action(&self) -> Option<Code> {
        self.action?.value.value.code()
    }

    fn name_of(&self, coded: &'p Coded) -> Option<Cow<'p, str>> {
        Some(self.bound.binding.actor(code_of(coded)?)?.name)
    }
}

fn code_of(coded: &Coded) -> Option<&str> {
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
        "An actor-action-target triple of an event. An event without a coded actor or target is not here, and one \
         of several actors, actions or targets is here several times: take sums, such as deaths, from `events`.",
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
        event_id: Text = row.bound.filed.id();
        /// Position of the actor in the event, from 1.
        actor_ordinal: Int32 = row.ordinals[0];
        /// Position of the action in the event, from 1.
        action_ordinal: Int32 = row.ordinals[1];
        /// Position of the target in the event, from 1.
        target_ordinal: Int32 = row.ordinals[2];
        /// Earliest day that the date allows.
        date_start: Day = row.event().date().and_then(|date| date.earliest());
        /// Latest day that the date allows.
        date_end: Day = row.event().date().and_then(|date| date.latest());
        /// Year, where all of the date lies in one.
        year: Int16 = row.event().date().and_then(|date| date.year());
        /// Month, 1 to 12, where all of the date lies in one.
        month: Int8 = row.event().date().and_then(|date| date.month());
    }
}

fn triple_columns<'p>(codebook: &'p Codebook) -> Vec<DyadColumn<'p>> {
    let countries = codebook.list(Role::Country);
    let actions = codebook.list(Role::Action);
    columns! { |row: DyadRow<'p>|
        when true;
        /// Country of the place.
        country: code(countries) = row.country;
        when countries.has_labels();
        /// Name of that country.
        country_name: Text = row.country.map(|code| &*countries.entry(code).label);
        when true;
        /// Who did it: id or composite code.
        actor: Text = code_of(row.actor);
        /// Name of the actor.
        actor_name: Text = row.name_of(row.actor);
        when codebook.weighs();
        ..[attribution_column("the actor", "", |row: &DyadRow<'p>| row.attribution)];
        when true;
        /// What was done: a code of the action list.
        action: code(actions) = row.action();
        when actions.has_labels();
        /// Label of the action.
        action_label: Text = row.action().map(|code| &*actions.entry(code).label);
        when actions.has_parents();
        /// Broadest code that the action is a kind of.
        action_root: code(actions) = row.action().map(|code| actions.root(code));
        when true;
        /// To whom or what: id or composite code.
        target: Text = code_of(row.target);
        /// Name of the target.
        target_name: Text = row.name_of(row.target);
        /// Whether actor and target are two sides of the action, and none did it to the other.
        undirected: Boolean = row.action.is_some_and(|action| row.bound.binding.is_undirected(action));
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
