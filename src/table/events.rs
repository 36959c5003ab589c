//! The table `events`.

use super::column::{Column, ColumnType, Table};
use super::columns::columns;
use super::event_row::{EventColumn, EventRow};
use super::extra_fields::field_columns;
use super::judgement_columns::{
    action_columns, actor_columns, event_certainty_columns, location_columns,
};
use super::position_text::position_columns;
use crate::record::Value;
use crate::schema::{Codebook, Component, FieldOn, IdScheme};
use crate::value::DatePrecision;

/// The table `events` of a codebook.
pub fn events(codebook: &Codebook) -> Table<'_, EventRow<'_>> {
    let columns = columns! { |row: EventRow<'_>|
        when true;
        ..name_columns();
        ..id_columns(codebook);
        ..when_columns();
        ..action_columns(codebook);
        ..actor_columns(
            codebook,
            Component::Actor,
            "Who did it as the coder judges, the first actor",
            |row| row.actor.as_ref(),
        );
        ..actor_columns(
            codebook,
            Component::Target,
            "To whom or what, the first target",
            |row| row.target.as_ref(),
        );
        ..location_columns(codebook);
        ..event_certainty_columns(codebook);
        ..count_columns(codebook);
        when codebook.weighs();
        ..dispute_columns(codebook);
        ..position_columns(codebook);
        when true;
        ..field_columns(codebook, FieldOn::Event, field_values);
        ..because_columns();
        ..coding_columns();
    };
    Table::new(
        "events",
        "An event, with its first action, actor and target beside it.",
        &["event_id"],
        columns,
    )
    .references(&[("place", "places")])
    .sorted_by(&["date_start", "event_id"])
}

fn field_values<'r>(row: &'r EventRow<'_>, position: usize) -> Vec<&'r Value> {
    let component = Component::Field(u16::try_from(position).unwrap_or(u16::MAX));
    row.event().coded(component).iter().map(|coded| &coded.value.value).collect()
}

fn name_columns<'p>() -> Vec<EventColumn<'p>> {
    columns! { |row: EventRow<'p>|
        when true;
        /// Id of the event.
        event_id: Text = row.bound().filed.summary.id();
        /// Headline in the curator's words.
        title: Text = row.event().title.as_deref();
    }
}

fn id_columns<'p>(codebook: &'p Codebook) -> Vec<EventColumn<'p>> {
    let column = |(position, scheme): (usize, &IdScheme)| {
        let doc = format!("Id of the event in another dataset, as written: {}", scheme.doc.trim());
        Column::new(scheme.column(), ColumnType::Text, doc, move |row: &EventRow<'p>| {
            let mut ids = row.event().ids.iter();
            ids.find(|of| of.value.scheme == position).map(|of| &*of.value.id).into()
        })
    };
    codebook.id_schemes.iter().enumerate().map(column).collect()
}

fn when_columns<'p>() -> Vec<EventColumn<'p>> {
    let date = |row: &EventRow<'p>| row.event().date();
    columns! { |row: EventRow<'p>|
        when true;
        /// When it happened, in EDTF (ISO 8601-2) as written.
        date: Text = date(row).map(|date| date.as_str());
        /// Earliest day that the date allows; `?` and `~` do not widen it.
        date_start: Day = date(row).and_then(|date| date.earliest());
        /// Latest day that the date allows; `?` and `~` do not widen it.
        date_end: Day = date(row).and_then(|date| date.latest());
        /// `instant`: at that date; `span`: all through it; `one_of`: on one day of it.
        date_kind: Category = date(row).map(|date| date.kind().as_str());
        /// Calendar unit that the date gives.
        date_precision: ordered(DatePrecision::scale()) =
            date(row).and_then(|date| Some(date.precision()?.as_str()));
        /// Whether the date is `uncertain`, `approximate` or `uncertain_and_approximate`; missing
        /// where it is neither.
        date_qualifier: Category = date(row).and_then(|date| date.qualifier().as_str());
        /// Year, where all of the date lies in one.
        year: Int16 = date(row).and_then(|date| date.year());
        /// Month, 1 to 12, where all of the date lies in one.
        month: Int8 = date(row).and_then(|date| date.month());
        /// Local time of day as written.
        time: Text = row.event().time().map(|time| time.as_str());
    }
}

fn count_columns<'p>(codebook: &'p Codebook) -> Vec<EventColumn<'p>> {
    let count = |name, doc, cell: fn(&EventRow<'p>) -> usize| {
        Column::new(name, ColumnType::Int32, doc, move |row: &EventRow<'p>| cell(row).into())
    };
    vec![
        count("n_actions", "How many actions are coded.", |row| {
            row.event().coded(Component::Action).len()
        }),
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
        )
        .when(codebook.weighs()),
        count("n_sources", "How many sources the claims stand in.", |row| row.sources().len()),
        count(
            "n_origins",
            "How many publishers account for the claims that count; ten reposts of one story are one, and two papers that each report one statement are two.",
            |row| row.evidence.n_origins(),
        )
        .when(codebook.weighs()),
        count("n_denials", "How many of the claims that count deny something.", |row| {
            row.evidence.n_denials()
        })
        .when(codebook.weighs()),
    ]
}

fn dispute_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    columns! { |row: EventRow<'_>|
        when true;
        /// Whether claims that count disagree about who did it: one excludes a coded actor or, where none
        /// is known, two exclude each other. What the accused deny is in `actor_denies` instead.
        actor_contested: Boolean = row.evidence.contested.contains(&Component::Actor);
        /// Whether one who speaks for a coded actor denies it, the action or the event.
        actor_denies: Boolean = row.evidence.actor_denies();
        ..[Column::looked_up(
            "contested_components",
            ColumnType::TEXTS,
            "The components, extra fields included, that claims that count disagree about: one excludes what is coded or, where nothing is known, two exclude each other. What the accused deny is in `actor_denies` instead.",
            move |row: &EventRow<'_>| {
                let contested = row.evidence.contested.iter();
                contested
                    .map(|component| codebook.component_name(*component))
                    .collect::<Vec<_>>()
                    .into()
            },
        )];
        /// Every actor that a claim names as the doer, coded or not, sorted; with claims about the whole
        /// series, without those that were withdrawn.
        alleged_actors: TEXTS = row.alleged_actors();
    }
}

fn because_columns<'p>() -> Vec<EventColumn<'p>> {
    let event = Column::new(
        "event_because",
        ColumnType::Text,
        "The coder's reason for the event's certainty.",
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
    let coding = |row: &EventRow<'p>| row.event().coding.as_ref();
    columns! { |row: EventRow<'p>|
        when true;
        /// What happened, in the curator's words.
        summary: Text = row.event().summary.as_deref();
        /// Who coded it.
        coder: Text = coding(row).and_then(|coding| Some(&*coding.by.as_ref()?.value));
        /// The day of the coding, in EDTF as written.
        coded_on: Text = coding(row).and_then(|coding| Some(coding.date.as_ref()?.value.as_str()));
        /// How far the coding has come.
        coding_status: Category = coding(row).and_then(|coding| Some(coding.status?.as_str()));
        /// Path and line of the record in the repository.
        record: Text = row.record.as_str();
        /// The sources that the claims stand in, in the order of the record, each once: ids, or addresses of
        /// pages without an entry. What a claim was passed on from is its `via` in `claims`.
        sources: TEXTS = row.sources();
    }
}
