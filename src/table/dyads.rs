//! The table `dyads`: a row for each actor, action and target of an event, as CAMEO-coded data has them.

use std::borrow::Cow;

use super::attribution::attribution_column;
use super::column::{Column, Table};
use super::columns::columns;
use super::event_row::weakest;
use crate::dataset::{Binding, BoundEvent};
use crate::evidence::{Attribution, Evidence, WeighedComponent};
use crate::record::{Coded, Event, Value};
use crate::schema::{Code, CodeList, Codebook, Component, Role};

/// An actor-action-target triple of an event.
#[derive(Debug)]
pub struct DyadRow<'p> {
    bound: BoundEvent<'p>,
    country: Option<Code>,
    actor: Side<'p>,
    attribution: Option<Attribution>,
    action: Option<&'p Coded>,
    target: Side<'p>,
    /// The certainties of the actor, the action and the target, and the weakest of these and the event's.
    certainties: [Option<Code>; 3],
    weakest: Option<Code>,
    /// Positions of the actor, the action and the target in the event, from 1.
    ordinals: [usize; 3],
}

/// An actor or target, by its code and name.
#[derive(Clone, Debug)]
struct Side<'p> {
    code: Option<&'p str>,
    name: Option<Cow<'p, str>>,
}

/// The triples of an event: every actor with every action and target. An event without a coded actor or
/// target has none.
pub fn dyad_rows<'p>(evidence: &Evidence<'p>) -> Vec<DyadRow<'p>> {
    let bound = evidence.bound;
    let country = bound.binding.place_of(bound.filed.event).country;
    let of = |component| {
        evidence.components.iter().filter(move |weighed| weighed.component == component)
    };
    let with_sides = |component| {
        of(component).map(|weighed| (weighed, Side::of(bound.binding, weighed))).collect::<Vec<_>>()
    };
    let (actors, targets) = (with_sides(Component::Actor), with_sides(Component::Target));
    let mut actions: Vec<_> = of(Component::Action).map(Some).collect();
    // An action that could not be read is missing, and its actor and target are not.
    if actions.is_empty() {
        actions.push(None);
    }
    let mut rows = Vec::with_capacity(actors.len() * actions.len() * targets.len());
    for (i, (actor, actor_side)) in actors.iter().enumerate() {
        for (j, action) in actions.iter().copied().enumerate() {
            for (k, (target, target_side)) in targets.iter().enumerate() {
                let triple = [Some(*actor), action, Some(*target)];
                rows.push(DyadRow {
                    bound,
                    country,
                    actor: actor_side.clone(),
                    attribution: actor.attribution,
                    action: action.and_then(|action| action.coded),
                    target: target_side.clone(),
                    certainties: triple.map(|weighed| weighed?.certainty),
                    weakest: weakest(evidence, triple),
                    ordinals: [i + 1, j + 1, k + 1],
                });
            }
        }
    }
    rows
}

impl<'p> Side<'p> {
    fn of(binding: Binding<'p>, weighed: &WeighedComponent<'p>) -> Self {
        let code = match weighed.coded.map(|coded| &coded.value.value) {
            Some(Value::Actor(written)) => Some(&**written),
            _ => None,
        };
        Self { code, name: code.and_then(|code| binding.actor(code)).map(|actor| actor.name) }
    }
}

impl<'p> DyadRow<'p> {
    fn event(&self) -> &'p Event {
        self.bound.filed.event
    }

    fn action(&self) -> Option<Code> {
        self.action?.value.value.code()
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
        weakest_certainty: scale(certainty) = row.weakest;
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
        actor: Text = row.actor.code;
        /// Name of the actor.
        actor_name: Text = row.actor.name.as_deref();
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
        target: Text = row.target.code;
        /// Name of the target.
        target_name: Text = row.target.name.as_deref();
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
        actor_certainty_rank: Int8 = rank(row.certainties[0]);
        /// Rank of the action's certainty, larger is stronger; missing where it has none.
        action_certainty_rank: Int8 = rank(row.certainties[1]);
        /// Rank of the target's certainty, larger is stronger; missing where it has none.
        target_certainty_rank: Int8 = rank(row.certainties[2]);
    }
}
