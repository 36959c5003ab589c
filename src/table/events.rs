//! The table `events`.

use std::collections::BTreeSet;

use super::column::{Column, ColumnType, Table};
use super::event_row::{EventColumn, EventRow};
use super::extra_fields::field_columns;
use super::judgement_columns::{
    action_columns, actor_columns, event_certainty_columns, location_columns,
};
use crate::schema::{Codebook, Component};

/// The table `events` of a codebook.
pub fn events(codebook: &Codebook) -> Table<'_, EventRow<'_>> {
    let mut columns = Vec::new();
    columns.extend(name_columns());
    columns.extend(when_columns());
    columns.extend(action_columns(codebook));
    columns.extend(actor_columns(
        codebook,
        Component::Actor,
        "Who did it, the first actor",
        |row| row.actor.as_ref(),
    ));
    columns.extend(actor_columns(
        codebook,
        Component::Target,
        "To whom or what, the first target",
        |row| row.target.as_ref(),
    ));
    columns.extend(location_columns(codebook));
    columns.extend(event_certainty_columns(codebook));
    columns.extend(count_columns());
    columns.extend(dispute_columns(codebook));
    columns.extend(field_columns(codebook, |row: &EventRow<'_>| row.bound()));
    columns.extend(because_columns());
    columns.extend(coding_columns());
    Table {
        name: "events",
        doc: "An event, with its first actor and target beside it.",
        columns,
        key: &["event_id"],
        sorted_by: &["date_start", "event_id"],
    }
}

fn name_columns<'p>() -> Vec<EventColumn<'p>> {
    vec![
        Column::new("event_id", ColumnType::Text, "Id of the event.", |row: &EventRow<'p>| {
            row.bound().filed.id().into()
        }),
        Column::new(
            "dataset",
            ColumnType::Category,
            "Name of the dataset.",
            |row: &EventRow<'p>| row.bound().binding.dataset.name.as_str().into(),
        ),
        Column::new(
            "title",
            ColumnType::Text,
            "Headline in the curator's words.",
            |row: &EventRow<'p>| row.event().title.as_deref().into(),
        ),
    ]
}

fn when_columns<'p>() -> Vec<EventColumn<'p>> {
    let date = |row: &EventRow<'p>| row.event().date();
    vec![
        Column::new(
            "date",
            ColumnType::Text,
            "When it happened, in EDTF (ISO 8601-2) as written.",
            move |row| date(row).map(|date| date.as_str()).into(),
        ),
        Column::new(
            "date_start",
            ColumnType::Day,
            "Earliest day that the date allows; `?` and `~` do not widen it.",
            move |row| date(row).and_then(|date| date.earliest()).into(),
        ),
        Column::new(
            "date_end",
            ColumnType::Day,
            "Latest day that the date allows; `?` and `~` do not widen it.",
            move |row| date(row).and_then(|date| date.latest()).into(),
        ),
        Column::new(
            "date_kind",
            ColumnType::Category,
            "`instant`: at that date; `span`: all through it; `one_of`: on one day of it.",
            move |row| date(row).map(|date| date.kind().as_str()).into(),
        ),
        Column::new(
            "date_precision",
            ColumnType::Category,
            "Calendar unit that the date gives.",
            move |row| {
                date(row)
                    .and_then(|date| date.precision())
                    .map(|precision| precision.as_str())
                    .into()
            },
        ),
        Column::new(
            "date_qualifier",
            ColumnType::Category,
            "Whether the date is `uncertain`, `approximate` or `uncertain_and_approximate`; missing where it is neither.",
            move |row| date(row).and_then(|date| date.qualifier().as_str()).into(),
        ),
        Column::new(
            "year",
            ColumnType::Int16,
            "Year, where all of the date lies in one.",
            move |row| date(row).and_then(|date| date.year()).into(),
        ),
        Column::new(
            "time",
            ColumnType::Text,
            "Local time of day as written.",
            |row: &EventRow<'p>| row.event().time().map(|time| time.as_str()).into(),
        ),
    ]
}

fn count_columns<'p>() -> Vec<EventColumn<'p>> {
    let count = |name, doc, cell: fn(&EventRow<'p>) -> usize| {
        Column::new(name, ColumnType::Int32, doc, move |row: &EventRow<'p>| cell(row).into())
    };
    vec![
        count("n_actors", "How many actors are coded.", |row| {
            row.event().coded(Component::Actor).len()
        }),
        count("n_targets", "How many targets are coded.", |row| {
            row.event().coded(Component::Target).len()
        }),
        count("n_claims", "How many claims the record holds, counted or not.", |row| {
            row.event().claims.len()
        }),
        count(
            "n_claimants",
            "How many claimants stand for the claims that count; anonymous ones of one origin are one.",
            |row| row.evidence.n_claimants(),
        ),
        count("n_sources", "How many sources the claims stand in.", |row| {
            let sources: BTreeSet<_> =
                row.event().claims.iter().map(|claim| &claim.source.value).collect();
            sources.len()
        }),
        count(
            "n_origins",
            "How many publishers account for the claims that count; ten reposts of one story are one.",
            |row| row.evidence.n_origins(),
        ),
        count("n_denials", "How many of the claims that count deny something.", |row| {
            row.evidence.n_denials()
        }),
    ]
}

fn dispute_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    vec![
        Column::new(
            "actor_contested",
            ColumnType::Boolean,
            "Whether a claim excludes a coded actor or, where none is known, two exclude each other.",
            |row: &EventRow<'_>| row.evidence.contested.contains(&Component::Actor).into(),
        ),
        Column::new(
            "actor_denies",
            ColumnType::Boolean,
            "Whether one who speaks for a coded actor denies it, the action or the event.",
            |row: &EventRow<'_>| row.evidence.actor_denies().into(),
        ),
        Column::looked_up(
            "contested_components",
            ColumnType::TEXTS,
            "The components of which a claim excludes what is coded or, where nothing is known, two exclude each other; extra fields included.",
            move |row: &EventRow<'_>| {
                let contested = row.evidence.contested.iter();
                contested
                    .map(|component| codebook.component_name(*component))
                    .collect::<Vec<_>>()
                    .into()
            },
        ),
        Column::new(
            "alleged_actors",
            ColumnType::TEXTS,
            "Every actor that a claim names as the doer, sorted; claims about the whole series included.",
            |row: &EventRow<'_>| row.alleged_actors().into(),
        ),
    ]
}

fn because_columns<'p>() -> Vec<EventColumn<'p>> {
    let event = Column::new(
        "event_because",
        ColumnType::Text,
        "The coder's reason for the event's certainty, where it rests on more than the claims.",
        |row: &EventRow<'p>| row.event().because.as_deref().into(),
    );
    let judged = [Component::Actor, Component::Action, Component::Target, Component::Location];
    let others = judged.map(|component| {
        let name = component.core_name().unwrap_or_default();
        let doc = format!("The coder's reason for the certainty of the {name}.");
        Column::new(format!("{name}_because"), ColumnType::Text, doc, move |row: &EventRow<'p>| {
            row.because(component).into()
        })
    });
    std::iter::once(event).chain(others).collect()
}

fn coding_columns<'p>() -> Vec<EventColumn<'p>> {
    vec![
        Column::new(
            "summary",
            ColumnType::Text,
            "What happened, in the curator's words.",
            |row: &EventRow<'p>| row.event().summary.as_deref().into(),
        ),
        Column::new("coder", ColumnType::Text, "Who coded it.", |row: &EventRow<'p>| {
            let coder = row.event().coding.as_ref().and_then(|coding| coding.by.as_ref());
            coder.map(|coder| &*coder.value).into()
        }),
        Column::new(
            "coded_on",
            ColumnType::Text,
            "The day of the coding, in EDTF as written.",
            |row: &EventRow<'p>| {
                let day = row.event().coding.as_ref().and_then(|coding| coding.date.as_ref());
                day.map(|day| day.value.as_str()).into()
            },
        ),
        Column::new(
            "coding_status",
            ColumnType::Category,
            "How far the coding has come.",
            |row: &EventRow<'p>| {
                let status = row.event().coding.as_ref().and_then(|coding| coding.status);
                status.map(|status| status.as_str()).into()
            },
        ),
        Column::new(
            "record",
            ColumnType::Text,
            "Path and line of the record in the repository.",
            |row: &EventRow<'p>| row.record.as_str().into(),
        ),
    ]
}
