//! The table `positions`: what is coded, said and denied, value by value.

use std::borrow::Cow;
use std::sync::Arc;

use super::cell::Cell;
use super::column::Table;
use super::columns::columns;
use super::event_row::EventRow;
use super::figures::figure_columns;
use crate::dataset::Binding;
use crate::evidence::{ClaimantKey, Evidence, Position, PositionStatus};
use crate::schema::{Codebook, Component};
use crate::value::LIST_SEPARATOR;

/// A value of a component, or the event itself, and who states and who denies it.
#[derive(Debug)]
pub struct PositionRow<'p> {
    evidence: Arc<Evidence<'p>>,
    positions: Arc<[Position<'p>]>,
    at: usize,
    /// Position among those of the component, from 1.
    ordinal: usize,
}

/// The rows of an event's positions.
pub fn position_rows<'p>(row: &EventRow<'p>) -> Vec<PositionRow<'p>> {
    let mut rows: Vec<PositionRow<'p>> = Vec::new();
    for (at, position) in row.positions.iter().enumerate() {
        let before = rows.last().filter(|row| row.position().component == position.component);
        rows.push(PositionRow {
            evidence: Arc::clone(&row.evidence),
            positions: Arc::clone(&row.positions),
            at,
            ordinal: before.map_or(0, |row| row.ordinal) + 1,
        });
    }
    rows
}

impl<'p> PositionRow<'p> {
    fn position(&self) -> &Position<'p> {
        &self.positions[self.at]
    }

    fn component(&self) -> Component {
        self.position().component
    }

    fn binding(&self) -> Binding<'p> {
        self.evidence.bound.binding
    }
}

/// The table `positions` of a codebook.
pub fn positions(codebook: &Codebook) -> Table<'_, PositionRow<'_>> {
    let columns = columns! { |row: PositionRow<'_>|
        when true;
        /// Id of the event.
        event_id: Text = row.evidence.bound.filed.id();
        /// What the value is for: the event itself, another core component or an extra field.
        component: Category = codebook.component_name(row.component());
        /// Position among the values of the component, from 1: first those that are coded, then those that
        /// most origins state.
        ordinal: Int32 = row.ordinal;
        /// The value as a record writes it; missing for the event itself.
        value: Text = row.position().value.map(|value| row.binding().written(row.component(), value));
        /// Label or name of the value, where it has one.
        value_label: Text = {
            row.position().value.and_then(|value| row.binding().label(row.component(), value))
        };
        ..figure_columns(|row: &PositionRow<'_>| row.position().value);
        /// Whether the coder judges so. Every other value is only what a claim says.
        coded: Boolean = row.position().status == PositionStatus::Coded;
        /// The first that holds: `coded`; `said` by a claim of this event; `denied` by one; `about`: named
        /// only by claims about the series, an actor or a place; `withdrawn`: named only by such claims.
        status: Category = row.position().status.as_str();
        when codebook.weighs();
        /// How many origins the counted claims have that state this value or a narrower one.
        n_origins: Int32 = row.position().stating.origins.len();
        /// How many claimants stand for these claims.
        n_claimants: Int32 = row.position().stating.claimants.len();
        /// How many origins the counted claims have that deny this value or a wider one.
        n_denying_origins: Int32 = row.position().denying.origins.len();
        /// How many claimants stand for these denials.
        n_denying_claimants: Int32 = row.position().denying.claimants.len();
        /// A smallest set of publishers that accounts for the claims that state it, by the key of their
        /// names.
        origins: TEXTS = row.position().stating.origins.as_slice();
        /// A smallest set of claimants that accounts for the claims that state it.
        claimants: TEXTS = keys(&row.position().stating.claimants);
        /// A smallest set of publishers that accounts for the claims that deny it.
        denying_origins: TEXTS = row.position().denying.origins.as_slice();
        /// A smallest set of claimants that accounts for the claims that deny it.
        denying_claimants: TEXTS = keys(&row.position().denying.claimants);
        /// The values, as claims write them, that are this one or lie inside it: who states one of them
        /// states this one. A `|` in a text is a `/` here.
        includes: TEXTS = listed(&row.position().includes);
        /// The other values that are coded or said and that this one excludes. A `|` in a text is a `/`
        /// here.
        excludes: TEXTS = listed(&row.position().excludes);
    };
    Table::new(
        "positions",
        match codebook.weighs() {
            true => "A value that is coded, said or denied of a component of an event, with who states and who denies it.",
            false => "A value that is coded, said or denied of a component of an event.",
        },
        &["event_id", "component", "ordinal"],
        columns,
    )
    .references(&[("event_id", "events")])
}

/// Values as the texts of a list, between which CSV has a [`LIST_SEPARATOR`].
fn listed<'r>(values: &'r [Cow<'_, str>]) -> Cell<'r> {
    let texts = values.iter().filter(|text| !text.is_empty());
    let text = |text: &'r Cow<'_, str>| match text.contains(LIST_SEPARATOR) {
        true => Cow::Owned(text.replace(LIST_SEPARATOR, "/")),
        false => Cow::Borrowed(&**text),
    };
    Cell::List(texts.map(|one| text(one).into()).collect())
}

fn keys(keys: &[ClaimantKey<'_>]) -> Cell<'static> {
    Cell::List(keys.iter().map(|key| key.to_string().into()).collect())
}
