//! The table `events`.

use std::collections::BTreeSet;

use super::cell::Cell;
use super::column::{Column, ColumnType, Table};
use super::event_row::EventRow;
use super::extra_fields::field_columns;
use super::scale::{code, own_cell, own_columns, scale_columns};
use crate::dataset::ActorIdentity;
use crate::record::EVENT;
use crate::schema::{Codebook, Component, Role};

type EventColumn<'p> = Column<'p, EventRow<'p>>;

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

fn action_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let list = codebook.list(Role::Action);
    let mut columns = vec![
        Column::new(
            "action",
            ColumnType::Text,
            "What was done: a code of the action list.",
            |row: &EventRow<'_>| code(list, row.action()),
        ),
        Column::new(
            "action_label",
            ColumnType::Text,
            "Label of the action.",
            |row: &EventRow<'_>| row.action().map(|code| &*list.entry(code).label).into(),
        ),
        Column::new(
            "action_root",
            ColumnType::Text,
            "Broadest code that the action is a kind of.",
            |row: &EventRow<'_>| code(list, row.action().map(|code| list.root(code))),
        ),
    ];
    columns.extend(own_columns(list, EventRow::action));
    columns.extend(certainty_columns(codebook, Component::Action));
    columns
}

/// The columns of the first actor or target; `who` says in a phrase who that is.
fn actor_columns<'p>(
    codebook: &'p Codebook,
    component: Component,
    who: &str,
    of: for<'r> fn(&'r EventRow<'p>) -> Option<&'r ActorIdentity<'p>>,
) -> Vec<EventColumn<'p>> {
    let role = component.core_name().unwrap_or_default();
    let country = codebook.list(Role::Country);
    let sector = codebook.list(Role::Sector);
    let column = |suffix| format!("{role}{suffix}");
    let mut columns = vec![
        Column::new(
            column(""),
            ColumnType::Text,
            format!("{who}: id or composite code."),
            move |row| of(row).map(|actor| actor.code).into(),
        ),
        Column::new(
            column("_name"),
            ColumnType::Text,
            format!("Name of the first {role}."),
            move |row| of(row).map(|actor| &*actor.name).into(),
        ),
        Column::new(
            column("_country"),
            ColumnType::Text,
            format!("Country of the first {role}."),
            move |row| code(country, of(row).and_then(|actor| actor.country)),
        ),
        Column::new(
            column("_sector"),
            ColumnType::Text,
            format!("Sector of the first {role}."),
            move |row| code(sector, of(row).and_then(|actor| actor.sector)),
        ),
    ];
    columns.extend(certainty_columns(codebook, component));
    if component == Component::Actor {
        columns.push(attribution_column());
    }
    columns
}

fn attribution_column<'p>() -> EventColumn<'p> {
    Column::new(
        "attribution",
        ColumnType::Category,
        "On whose word the first actor is coded: claimed, contested, alleged, denied, inferred or unattributed.",
        |row: &EventRow<'p>| row.attribution().as_str().into(),
    )
}

/// How sure the coder is of the first value of a component.
fn certainty_columns(codebook: &Codebook, component: Component) -> [EventColumn<'_>; 2] {
    let name = component.core_name().unwrap_or_default();
    let doc = format!("How sure the coder is of the {name}.");
    scale_columns(
        format!("{name}_certainty"),
        doc,
        codebook.list(Role::Certainty),
        move |row: &EventRow<'_>| row.certainty(component),
    )
}

fn location_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let countries = codebook.list(Role::Country);
    let precisions = codebook.list(Role::LocationPrecision);
    let radius = precisions.columns.iter().position(|column| column.name == "radius_m");
    let mut columns = vec![
        Column::new(
            "place",
            ColumnType::Text,
            "Where it happened: id of the place.",
            |row: &EventRow<'_>| row.place.id.into(),
        ),
        Column::new("place_name", ColumnType::Text, "Name of the place.", |row: &EventRow<'_>| {
            row.place.name.into()
        }),
        Column::new("country", ColumnType::Text, "Country of the place.", |row: &EventRow<'_>| {
            code(countries, row.place.country)
        }),
        Column::new(
            "admin1",
            ColumnType::Text,
            "First-order administrative division of the place.",
            |row: &EventRow<'_>| row.place.admin1.into(),
        ),
        Column::new(
            "latitude",
            ColumnType::Number,
            "Latitude in decimal degrees, WGS 84; read it with `location_precision`.",
            |row: &EventRow<'_>| row.place.latitude.into(),
        ),
        Column::new(
            "longitude",
            ColumnType::Number,
            "Longitude in decimal degrees, WGS 84; read it with `location_precision`.",
            |row: &EventRow<'_>| row.place.longitude.into(),
        ),
        Column::new(
            "radius_m",
            ColumnType::Int32,
            "Radius in metres of a circle that surely holds the place: as stated, or by its precision.",
            move |row: &EventRow<'_>| match (row.place.radius, radius) {
                (Some(stated), _) => stated.into(),
                (None, Some(at)) => own_cell(precisions, row.place.precision, at),
                (None, None) => Cell::Missing,
            },
        ),
    ];
    columns.extend(scale_columns(
        "location_precision",
        "How well the place is known.",
        precisions,
        |row: &EventRow<'_>| row.place.precision,
    ));
    columns.extend(certainty_columns(codebook, Component::Location));
    columns
}

fn event_certainty_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let own = scale_columns(
        "certainty",
        "How sure the coder is that something happened, there and then, whatever it was.",
        codebook.list(Role::Certainty),
        |row: &EventRow<'_>| row.event().certainty.value().copied(),
    );
    let weakest = scale_columns(
        "weakest_certainty",
        "The weakest certainty among the event, its action, its first actor and its first target.",
        codebook.list(Role::Certainty),
        EventRow::weakest,
    );
    own.into_iter().chain(weakest).collect()
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
        count("n_sources", "How many sources the claims stand in.", |row| {
            let sources: BTreeSet<_> =
                row.event().claims.iter().map(|claim| &claim.source.value).collect();
            sources.len()
        }),
        count(
            "n_claimants",
            "How many claimants stand for the claims that count; anonymous ones of one origin are one.",
            |row| row.evidence.n_claimants(),
        ),
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
            "contested",
            ColumnType::Boolean,
            "Whether any component is disputed: opposed by a claim, or said differently by two.",
            |row: &EventRow<'_>| (!row.evidence.contested.is_empty()).into(),
        ),
        Column::looked_up(
            "contested_components",
            ColumnType::TextList,
            "The disputed components, extra fields included.",
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
            ColumnType::TextList,
            "Every actor that any claim names, sorted; claims about the whole series included.",
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
                let day = row.event().coding.as_ref().and_then(|coding| coding.on.as_ref());
                day.map(|day| day.as_str()).into()
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

/// Whether an extra field cannot have a name: because it is a key of an event, a component, or a
/// column that `events` has for every codebook.
pub fn is_taken(name: &str) -> bool {
    let codebook = Codebook::default();
    EVENT.position(name).is_some()
        || codebook.component(name).is_some()
        || events(&codebook).position(name).is_some()
}
