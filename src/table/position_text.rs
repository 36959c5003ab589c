//! The columns of `events` that say in one text who disagrees about a component.
//!
//! `docs/tables.md` has the grammar. A text is data for people and for searches: it is bounded, and no
//! name or value in it can pass for a part of it.

use std::borrow::Cow;

use super::column::{Column, ColumnType};
use super::event_row::{EventColumn, EventRow};
use crate::evidence::{Position, PositionStatus};
use crate::record::Value;
use crate::schema::{Codebook, Component, FieldOn};

/// Most values, most deniers of each, and most characters of a value or name. All together stay far below
/// the 32,767 characters that a cell of a spreadsheet holds; the table `positions` has the rest.
const VALUES: usize = 20;
const DENIERS: usize = 5;
const CHARACTERS: usize = 80;

/// A column for each component.
pub(super) fn position_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let fields = 0..codebook.fields(FieldOn::Event).len();
    let fields = fields.filter_map(|at| Some(Component::Field(u16::try_from(at).ok()?)));
    let column = |component| {
        let name = codebook.component_name(component);
        let doc = format!(
            "What is coded, said and denied of `{name}`. A value without a mark is coded; `said:` is not, \
             `said instead:` excludes a coded one, and `denied:` is stated by nobody. The origins of a value \
             are also those of narrower ones: never add them up."
        );
        Column::new(position_column(name), ColumnType::Text, doc, move |row: &EventRow<'_>| {
            text(row, component).into()
        })
    };
    Component::CORE.into_iter().chain(fields).map(column).collect()
}

/// The name of a component's column.
pub(super) fn position_column(component: &str) -> String {
    format!("{component}_positions")
}

/// What is coded of a component, and what claims that count say and deny. `None` where there is nothing.
fn text(row: &EventRow<'_>, component: Component) -> Option<String> {
    let counts = |position: &&Position<'_>| {
        position.component == component && position.status <= PositionStatus::Denied
    };
    let mut text = String::new();
    for (at, position) in row.positions.iter().filter(counts).enumerate().take(VALUES) {
        text.push_str(if at > 0 { "; " } else { "" });
        write_position(&mut text, row, position);
    }
    let more = row.positions.iter().filter(counts).skip(VALUES).count();
    if more > 0 {
        text.push_str(&format!("; and {more} more"));
    }
    (!text.is_empty()).then_some(text)
}

fn write_position(text: &mut String, row: &EventRow<'_>, position: &Position<'_>) {
    let deniers = deniers(row, position);
    let is_denied = position.status == PositionStatus::Denied && deniers.is_some();
    text.push_str(match position.status {
        PositionStatus::Coded => "",
        _ if is_denied => "denied: ",
        _ if position.contests => "said instead: ",
        _ => "said: ",
    });
    match position.value {
        Some(value) => {
            let is_free = matches!(value, Value::Text(_));
            text.push_str(&word(&row.bound().binding.written(position.component, value), is_free));
        }
        None => text.push_str("event"),
    }
    if !is_denied {
        let origins = position.stating.origins.len();
        let plural = if origins == 1 { "" } else { "s" };
        text.push_str(&format!(" ({origins} origin{plural})"));
    }
    if let Some(who) = deniers {
        text.push_str(if is_denied { ", by " } else { ", denied by " });
        text.push_str(&who);
    }
}

/// Who denies a value: codes of actors, and others by their names, in the order of the record.
fn deniers(row: &EventRow<'_>, position: &Position<'_>) -> Option<String> {
    let binding = row.bound().binding;
    let mut names: Vec<String> = Vec::new();
    for at in &position.denying.claims {
        let claim = &row.evidence.claims[*at];
        let actor = claim.claimant().filter(|code| binding.actor(code).is_some());
        let name = match actor {
            Some(code) => word(code, false).into_owned(),
            None => {
                let name = binding.claimant_name(claim.claim);
                word(&name.unwrap_or(Cow::Borrowed(&*claim.claim.source.value)), true).into_owned()
            }
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(DENIERS);
    names.truncate(DENIERS);
    let last = if more > 0 { Some(format!("{more} more")) } else { names.pop() };
    match last {
        Some(last) if names.is_empty() => Some(last),
        last => last.map(|last| format!("{} and {last}", names.join(", "))),
    }
}

/// A code, number or date as it is; whatever has blanks or marks of its own, and all free text, in double
/// quotes.
fn word(text: &str, is_free: bool) -> Cow<'_, str> {
    let is_plain =
        |character: char| character.is_alphanumeric() || "._-+:/~?%#=&@*[]".contains(character);
    let mut characters = text.chars();
    let fits = characters.by_ref().take(CHARACTERS).all(is_plain) && characters.next().is_none();
    if fits && !is_free && !text.is_empty() {
        return Cow::Borrowed(text);
    }
    let seen: String = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = seen.chars().take(CHARACTERS).collect();
    if shown.len() < seen.len() {
        shown.push('…');
    }
    Cow::Owned(format!("\"{}\"", shown.replace('"', "\"\"")))
}
