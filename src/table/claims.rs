//! The table `claims`: who says what.

use std::borrow::Cow;

use super::claim_row::ClaimRow;
use super::column::{Column, ColumnType, Table};
use super::scale::{code, scale_columns};
use crate::evidence::Effect;
use crate::schema::{Codebook, Role};

type ClaimColumn<'p> = Column<'p, ClaimRow<'p>>;

/// The table `claims` of a codebook.
pub fn claims(codebook: &Codebook) -> Table<'_, ClaimRow<'_>> {
    let mut columns = key_columns(codebook);
    columns.extend(value_columns());
    columns.extend(effect_columns());
    columns.extend(claimant_columns(codebook));
    columns.extend(manner_columns(codebook));
    columns.extend(source_columns());
    columns.extend(scale_columns(
        "reliability",
        "How reliable the least reliable source is that it came through: the one that holds it, its `via` and what they cite; missing where one has no rank.",
        codebook.list(Role::SourceReliability),
        |row: &ClaimRow<'_>| row.weighed().reliability,
    ));
    columns.extend(origin_columns());
    columns.extend(note_columns());
    Table {
        name: "claims",
        doc: "One value that one source's claim states, denies or declines for a component.",
        columns,
        key: &["event_id", "claim", "component", "ordinal"],
        sorted_by: &[],
    }
}

fn key_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    vec![
        Column::new("event_id", ColumnType::Text, "Id of the event.", |row: &ClaimRow<'_>| {
            row.evidence.bound.filed.id().into()
        }),
        Column::new(
            "claim",
            ColumnType::Int32,
            "Position of the claim in the record, from 1.",
            |row: &ClaimRow<'_>| (row.position + 1).into(),
        ),
        Column::new(
            "component",
            ColumnType::Category,
            "What the value is for: a core component or an extra field; missing for a note.",
            |row: &ClaimRow<'_>| {
                row.component().map(|component| codebook.component_name(component)).into()
            },
        ),
        Column::new(
            "ordinal",
            ColumnType::Int32,
            "Position among the claim's values for the component, from 1; 1 for a note.",
            |row: &ClaimRow<'_>| row.said().map_or(1, |said| said.ordinal).into(),
        ),
        Column::new(
            "stance",
            ColumnType::Category,
            "How the claim stands to the value: affirms, says, denies, declines or note.",
            |row: &ClaimRow<'_>| row.stance().as_str().into(),
        ),
    ]
}

fn value_columns<'p>() -> Vec<ClaimColumn<'p>> {
    let figure = |name, doc, at: usize| {
        Column::new(name, ColumnType::Number, doc, move |row: &ClaimRow<'p>| {
            row.figures()[at].into()
        })
    };
    vec![
        Column::new(
            "value",
            ColumnType::Text,
            "The value as a record writes it; for what is affirmed or denied without naming a value, the coded one.",
            |row: &ClaimRow<'p>| {
                row.value().map(|(component, value)| row.binding().written(component, value)).into()
            },
        ),
        Column::new(
            "value_label",
            ColumnType::Text,
            "Label or name of the value, where it has one.",
            |row| {
                let row: &ClaimRow<'p> = row;
                row.value()
                    .and_then(|(component, value)| row.binding().label(component, value))
                    .into()
            },
        ),
        figure("value_low", "Lowest figure of a count; the number itself for a number.", 0),
        figure("value_best", "Best estimate of a count; the number itself for a number.", 1),
        figure("value_high", "Highest figure of a count; the number itself for a number.", 2),
        Column::new(
            "coded_value",
            ColumnType::Text,
            "What the coder coded for the component; several are joined with `|`.",
            |row: &ClaimRow<'p>| row.coded_value(),
        ),
    ]
}

/// What the statement does, and whether the claim counts.
fn effect_columns<'p>() -> Vec<ClaimColumn<'p>> {
    vec![
        Column::new(
            "relation",
            ColumnType::Category,
            "How the value relates to what is coded: same, narrower, broader, overlapping, unknown or different.",
            |row: &ClaimRow<'p>| {
                row.said().and_then(|said| said.relation()).map(|relation| relation.as_str()).into()
            },
        ),
        Column::new(
            "effect",
            ColumnType::Category,
            "What the statement does to the coded values in `coded_value`: supports, opposes or neither.",
            |row: &ClaimRow<'p>| {
                row.said().map_or(Effect::Neither, |said| said.effect).as_str().into()
            },
        ),
        Column::new(
            "agentless",
            ColumnType::Boolean,
            "Whether it says that nobody did it, which opposes every coded actor.",
            |row: &ClaimRow<'p>| row.said().is_some_and(|said| said.agentless).into(),
        ),
        Column::new(
            "disputed",
            ColumnType::Boolean,
            "Whether nothing known is coded for the component, and of two claims that count another says what excludes the value.",
            |row: &ClaimRow<'p>| row.said().is_some_and(|said| said.disputed).into(),
        ),
        Column::new(
            "event_effect",
            ColumnType::Category,
            "What the whole claim does to the event, that something happened: supports, opposes or neither.",
            |row: &ClaimRow<'p>| row.weighed().on_event.as_str().into(),
        ),
        Column::new(
            "counted",
            ColumnType::Boolean,
            "Whether the claim counts: it speaks of this event and was not withdrawn.",
            |row: &ClaimRow<'p>| row.weighed().counted.into(),
        ),
        Column::new(
            "about",
            ColumnType::Text,
            "What the claim speaks of instead of this event: `series`, an actor or a place.",
            |row: &ClaimRow<'p>| row.claim().about.as_ref().map(|about| &*about.value).into(),
        ),
    ]
}

fn claimant_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    let countries = codebook.list(Role::Country);
    let sectors = codebook.list(Role::Sector);
    vec![
        Column::new(
            "claimant",
            ColumnType::Text,
            "Who says it: id or composite code of an actor, also where the source is of one; missing for free text and for a publisher.",
            |row: &ClaimRow<'_>| row.claimant.as_ref().map(|claimant| claimant.code).into(),
        ),
        Column::new(
            "claimant_name",
            ColumnType::Text,
            "Name of the claimant: of the actor, in free text, or the publisher where the source speaks itself.",
            |row: &ClaimRow<'_>| row.binding().claimant_name(row.claim()).into(),
        ),
        Column::new(
            "claimant_country",
            ColumnType::Text,
            "Country of the claimant.",
            |row: &ClaimRow<'_>| {
                code(countries, row.claimant.as_ref().and_then(|claimant| claimant.country))
            },
        ),
        Column::new(
            "claimant_sector",
            ColumnType::Text,
            "Sector of the claimant.",
            |row: &ClaimRow<'_>| {
                code(sectors, row.claimant.as_ref().and_then(|claimant| claimant.sector))
            },
        ),
    ]
}

/// How a claim was made, and whether it still stands.
fn manner_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    let certainty = codebook.list(Role::Certainty);
    vec![
        Column::new(
            "anonymous",
            ColumnType::Boolean,
            "Whether a reader cannot tell who spoke.",
            |row: &ClaimRow<'_>| row.weighed().speaker.anonymous.into(),
        ),
        Column::new(
            "own_voice",
            ColumnType::Boolean,
            "Whether a publisher reports it itself, and is no actor's voice.",
            |row: &ClaimRow<'_>| row.weighed().speaker.own_voice.into(),
        ),
        Column::new(
            "investigation",
            ColumnType::Boolean,
            "Whether it is the finding of an investigation that speaks for no coded actor or target.",
            |row: &ClaimRow<'_>| row.weighed().finding.into(),
        ),
        Column::new(
            "claim_certainty",
            ColumnType::Category,
            "How sure the claimant says it is.",
            |row: &ClaimRow<'_>| code(certainty, row.claim().certainty),
        ),
        Column::new(
            "claim_date",
            ColumnType::Text,
            "When it was said, in EDTF as written.",
            |row: &ClaimRow<'_>| row.claim().date.as_ref().map(|date| date.value.as_str()).into(),
        ),
        Column::new(
            "withdrawn",
            ColumnType::Boolean,
            "Whether it was taken back.",
            |row: &ClaimRow<'_>| row.claim().withdrawn.is_some().into(),
        ),
        Column::new(
            "withdrawn_on",
            ColumnType::Text,
            "When it was taken back, in EDTF as written, where that is known.",
            |row: &ClaimRow<'_>| {
                let date =
                    row.claim().withdrawn.as_ref().and_then(|withdrawn| withdrawn.date.as_ref());
                date.map(|date| date.value.as_str()).into()
            },
        ),
    ]
}

fn source_columns<'p>() -> Vec<ClaimColumn<'p>> {
    vec![
        Column::new(
            "source",
            ColumnType::Text,
            "The source that holds the claim: id of the source.",
            |row| {
                let row: &ClaimRow<'p> = row;
                (&*row.claim().source.value).into()
            },
        ),
        Column::new(
            "publisher",
            ColumnType::Text,
            "Publisher of the source.",
            |row: &ClaimRow<'p>| row.source.map(|source| &*source.publisher).into(),
        ),
        Column::new(
            "source_date",
            ColumnType::Text,
            "When the source was published, in EDTF as written.",
            |row: &ClaimRow<'p>| {
                let date = row.source.and_then(|source| source.date.as_ref());
                date.map(|date| date.value.as_str()).into()
            },
        ),
        Column::new(
            "via",
            ColumnType::Text,
            "The source that this statement, and only it, was passed on from.",
            |row: &ClaimRow<'p>| row.claim().via.as_ref().map(|via| &*via.value).into(),
        ),
    ]
}

/// The publishers that the claim may go back to, and who stands for it.
fn origin_columns<'p>() -> Vec<ClaimColumn<'p>> {
    vec![
        Column::new(
            "origins",
            ColumnType::TEXTS,
            "The publishers that the claim may go back to, by the key of their names; exactly one is the true origin.",
            |row: &ClaimRow<'p>| row.weighed().origins.as_slice().into(),
        ),
        Column::new(
            "claimant_keys",
            ColumnType::TEXTS,
            "Who may stand for the claim, equal for two claims of one claimant; exactly one does.",
            |row: &ClaimRow<'p>| {
                let keys = row.weighed().claimants.iter();
                keys.map(|key| Cow::<str>::Owned(key.to_string())).collect::<Vec<_>>().into()
            },
        ),
        Column::new(
            "speaks_for",
            ColumnType::TEXTS,
            "The coded actors for whom the claimant speaks: itself, what it is a part of, or a part of it.",
            |row: &ClaimRow<'p>| row.spoken_for(),
        ),
    ]
}

fn note_columns<'p>() -> Vec<ClaimColumn<'p>> {
    vec![
        Column::new(
            "note",
            ColumnType::Text,
            "What else the source says, in the curator's words.",
            |row| {
                let row: &ClaimRow<'p> = row;
                row.claim().note.as_deref().into()
            },
        ),
        Column::new(
            "record",
            ColumnType::Text,
            "Path and line of the claim in the repository.",
            |row| {
                let row: &ClaimRow<'p> = row;
                row.record.as_str().into()
            },
        ),
    ]
}
