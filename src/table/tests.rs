//! The tables of the Balad event, by value.

mod areas;
mod codings;
mod positions;

use std::collections::BTreeMap;

use crate::tests::project::{DATASET, checked, repository, repository_without_events};
use std::sync::Arc;

use crate::check::Checked;
use crate::dataset::{Binding, BoundEvent, Dataset, FiledEvent};
use crate::evidence::{Evidence, weigh};
use crate::schema::Codebook;
use crate::source::Memory;
use crate::table::cell::Cell;
use crate::table::claim_rows;
use crate::table::column::Table;
use crate::table::{self, EventRow};

/// A row as column name to value, in the spelling of CSV; missing cells left out.
pub(crate) type Row = BTreeMap<String, String>;

pub(crate) fn row<R>(table: &Table<'_, R>, row: &R) -> Row {
    let mut cells = Row::new();
    for column in &table.columns {
        let text = match column.cell(row) {
            Cell::Missing => continue,
            Cell::Text(text) => text.into_owned(),
            Cell::Integer(number) => number.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Boolean(yes) => yes.to_string(),
            Cell::Day(day) => day.to_string(),
            list @ Cell::List(_) => list.to_string(),
        };
        cells.insert(column.name.to_string(), text);
    }
    cells
}

fn binding(checked: &Checked) -> Binding<'_> {
    Binding { codebook: &checked.codebook, dataset: &checked.datasets[0] }
}

/// An event, weighed.
fn weighed<'p>(binding: Binding<'p>, filed: FiledEvent<'p>) -> Arc<Evidence<'p>> {
    Arc::new(weigh(BoundEvent { binding, filed }))
}

/// The `events` row of an event.
fn event_row(checked: &Checked, id: &str) -> Row {
    let binding = binding(checked);
    let filed = binding.dataset.filed().find(|filed| filed.id() == id).unwrap();
    row(&table::events(&checked.codebook), &EventRow::new(&weighed(binding, filed), &checked.files))
}

/// The `claims` rows of an event.
fn claims_of(checked: &Checked, id: &str) -> Vec<Row> {
    let binding = binding(checked);
    let filed = binding.dataset.filed().find(|filed| filed.id() == id).unwrap();
    let table = table::claims(&checked.codebook);
    claim_rows(&weighed(binding, filed), &checked.files)
        .iter()
        .map(|claim| row(&table, claim))
        .collect()
}

/// The project with an event laid into it.
fn with_event(text: &str) -> Memory {
    let mut world = repository();
    world.write(format!("{DATASET}/events/example.yaml"), text);
    world
}

#[track_caller]
fn holds(row: &Row, expected: &[(&str, &str)]) {
    for (column, value) in expected {
        assert_eq!(row.get(*column).map(String::as_str), Some(*value), "column {column}");
    }
}

#[track_caller]
fn lacks(row: &Row, columns: &[&str]) {
    for column in columns {
        assert_eq!(row.get(*column), None, "column {column}");
    }
}

#[test]
fn the_balad_event_is_one_row_with_its_judgements() {
    let checked = checked(&repository());
    let row = event_row(&checked, "2019-08-20-balad");
    holds(
        &row,
        &[
            ("date", "2019-08-20"),
            ("date_start", "2019-08-20"),
            ("date_end", "2019-08-20"),
            ("date_kind", "instant"),
            ("date_precision", "day"),
            ("year", "2019"),
            ("month", "8"),
            ("action_root", "ASSAULT"),
            ("quad_class", "4"),
            ("target", "pmf"),
            ("target_country", "IRQ"),
            ("place", "balad-air-base"),
            ("country", "IRQ"),
            ("country_name", "Iraq"),
            ("region", "Western Asia"),
            ("admin1", "Salah ad-Din"),
            ("location_precision", "near"),
            ("certainty", "confirmed"),
            ("certainty_rank", "5"),
            ("time", "17:45~"),
            ("fatalities_low", "0"),
            ("fatalities_high", "2"),
            ("injuries_low", "0"),
            ("injuries_high", "5"),
            ("facility", "military-base|headquarters|weapons-depot"),
            ("responsibility_claimed", "false"),
        ],
    );
    lacks(&row, &["date_qualifier", "injuries_best", "fatalities_best", "civilian_fatalities_low"]);
}

#[test]
fn claims_say_who_says_what_of_what_where() {
    let checked = checked(&with_event(
        "id: example
date: 2019-08-25
actor: {code: ISRMIL, certainty: doubtful}
action: {code: ASSAULT, certainty: possible}
target: [pmf, IRQMIL]
certainty: probable
claims:
  tv7-2019-08-21:
    - {by: IRQMIL, affirms: [target], says: {injuries: 1..5, actor: [USA, ISRMIL]}, denies: {actor: RUS}}
    - {by: a witness, anonymous: true, via: iraqi-state-tv-2019-08, declines: [actor], withdrawn: 2019-09}
    - {about: series, note: Nothing more.}
",
    ));
    let rows = claims_of(&checked, "example");
    holds(&rows[0], &[("claim_id", "example/tv7-2019-08-21#1")]);
    let brief: Vec<_> = rows.iter().map(brief).collect();
    assert_eq!(
        brief,
        [
            "1 target.1 affirms pmf | pmf",
            "1 target.2 affirms IRQMIL | IRQMIL",
            "1 injuries.3 says 1..5 | -",
            "1 actor.4 says USA | ISRMIL",
            "1 actor.5 says ISRMIL | ISRMIL",
            "1 actor.6 denies RUS | ISRMIL",
            "2 actor.1 declines - | ISRMIL",
            "3 -.1 note - | -",
        ]
    );
    holds(
        &rows[0],
        &[("claimant", "IRQMIL"), ("claimant_name", "Iraq (Military)"), ("anonymous", "false")],
    );
    holds(&rows[2], &[("value_low", "1"), ("value_high", "5")]);
    holds(&rows[3], &[("value_label", "United States"), ("publisher", "TV7")]);
    let witness =
        [("claimant_name", "a witness"), ("anonymous", "true"), ("via", "iraqi-state-tv-2019-08")];
    holds(&rows[6], &witness);
    holds(&rows[6], &[("withdrawn", "true"), ("withdrawn_on", "2019-09")]);
    lacks(&rows[6], &["claimant", "value"]);
    holds(&rows[7], &[("about", "series"), ("note", "Nothing more."), ("claimant_name", "TV7")]);
}

/// A claim row as `claim component.ordinal stance value | coded value`.
fn brief(row: &Row) -> String {
    let cell = |name: &str| row.get(name).map_or("-", String::as_str);
    let (claim, component, ordinal) = (cell("claim"), cell("component"), cell("ordinal"));
    format!(
        "{claim} {component}.{ordinal} {} {} | {}",
        cell("stance"),
        cell("value"),
        cell("coded_value")
    )
}

#[test]
fn certainty_is_inherited_by_all_but_the_actor() {
    let checked = checked(&with_event(
        "id: example
date: 2019-08~
actor: UNK
action: ASSAULT
target: {code: pmf, certainty: doubtful}
location: {latitude: 33.5, longitude: 44.25, country: IRQ, precision: adm1}
certainty: probable
",
    ));
    let row = event_row(&checked, "example");
    holds(&row, &[("action_certainty", "probable"), ("location_certainty", "probable")]);
    holds(
        &row,
        &[("target_certainty", "doubtful"), ("target_certainty_rank", "2"), ("actor", "UNK")],
    );
    lacks(&row, &["actor_certainty", "actor_certainty_rank", "place", "radius_m"]);
    holds(&row, &[("date", "2019-08~"), ("date_start", "2019-08-01"), ("date_end", "2019-08-31")]);
    holds(&row, &[("date_precision", "month"), ("date_qualifier", "approximate")]);
    holds(
        &row,
        &[
            ("latitude", "33.5"),
            ("longitude", "44.25"),
            ("country", "IRQ"),
            ("location_precision", "adm1"),
        ],
    );
}

#[test]
fn a_month_is_one_that_holds_the_whole_date() {
    for (date, month) in [
        ("2019-08-20", Some("8")),
        ("2019-08~", Some("8")),
        ("2019-12-01/2019-12-31", Some("12")),
        ("2019-08-31/2019-09-01", None),
        ("2018-08/2019-08", None),
        ("2019", None),
        ("2019-08/..", None),
    ] {
        let event = format!("id: example\ndate: {date}\naction: ASSAULT\ncertainty: possible\n");
        let row = event_row(&checked(&with_event(&event)), "example");
        assert_eq!(row.get("month").map(String::as_str), month, "{date}");
    }
}

#[test]
fn an_event_names_its_areas_and_each_source_once() {
    let mut world = with_event(
        "id: example
date: 2019-08-20
action: ASSAULT
certainty: possible
location: hut
claims:
  tv7-2019-08-21: [{affirms: [event]}, {by: a witness, via: talos-2019-08, affirms: [date]}]
  jpost-599183: [{affirms: [event]}]
sources: [tv7-2019-08-21, https://example.org/a]
",
    );
    let places = "hut: {name: Hut, within: town}\ntown: {name: Town, admin2: Balad, admin1: Salah ad-Din, country: IRQ}\n";
    world.write(format!("{DATASET}/places/other.yaml"), places);
    let row = event_row(&checked(&world), "example");
    holds(&row, &[("admin2", "Balad"), ("admin1", "Salah ad-Din"), ("country_name", "Iraq")]);
    holds(
        &row,
        &[("sources", "tv7-2019-08-21|jpost-599183|https://example.org/a"), ("n_sources", "3")],
    );
}

#[test]
fn events_stand_by_first_day_then_id_and_undated_ones_last() {
    let mut world = repository();
    let event = |id: &str, date: &str| {
        format!("id: {id}\ndate: {date}\naction: ASSAULT\ncertainty: possible\n")
    };
    for (id, date) in [("c", "2019-08-20"), ("b", "2018"), ("a", "../2020"), ("d", "2019-08")] {
        world.write(format!("{DATASET}/events/{id}.yaml"), event(id, date));
    }
    let second = event("c", "2017") + "coding: {by: second-coder}\n";
    world.write(format!("{DATASET}/events/c.second-coder.yaml"), second);
    let draft = event("e", "2019") + "coding: {status: draft}\n";
    world.write(format!("{DATASET}/events/e.yaml"), draft);
    let checked = checked(&world);
    assert_eq!(checked.findings.len(), 0);
    let dataset: &Dataset = &checked.datasets[0];
    assert_eq!(dataset.drafts(), 1);
    let ids = dataset.tabulated().into_iter().map(|filed| filed.id());
    let ids: Vec<_> = ids.filter(|id| id.len() == 1 || *id == "2019-08-20-balad").collect();
    assert_eq!(
        ids,
        ["b", "d", "2019-08-20-balad", "c", "a"],
        "and neither the second coder's record nor the draft is tabulated"
    );
}

#[test]
fn a_relation_is_written_from_both_sides_unless_one_is_a_draft() {
    let mut world = with_event(
        "id: example
date: 2019-08-25
action: ASSAULT
certainty: probable
related:
  - {event: 2019-08-20-balad, as: same-series}
  - {event: 2019-08-20-balad, as: follows}
  - {event: draft, as: follows}
",
    );
    world.write(
        format!("{DATASET}/events/draft.yaml"),
        "id: draft
date: 2019-08-20
action: ASSAULT
certainty: possible
related: [{event: example, as: precedes}]
coding: {status: draft}
",
    );
    let checked = checked(&world);
    let binding = binding(&checked);
    let table = table::relations();
    let rows = table::relation_rows(binding, &binding.dataset.tabulated());
    let rows: Vec<_> = rows.iter().map(|link| row(&table, link)).collect();
    let links: Vec<_> = rows
        .iter()
        .map(|row| {
            [&row["event_id"], &row["relation"], &row["related_event_id"]].map(String::as_str)
        })
        .filter(|link| link.contains(&"example"))
        .collect();
    assert_eq!(
        links,
        [
            ["2019-08-20-balad", "precedes", "example"],
            ["2019-08-20-balad", "same-series", "example"],
            ["example", "follows", "2019-08-20-balad"],
            ["example", "same-series", "2019-08-20-balad"],
        ]
    );
}

#[test]
fn every_code_of_every_list_in_use_is_published_with_its_own_columns() {
    let checked = checked(&repository());
    let codebook: &Codebook = &checked.codebook;
    let table = table::codes(codebook);
    let rows: Vec<_> = table::code_rows(codebook).iter().map(|code| row(&table, code)).collect();
    let find = |list: &str, code: &str| {
        rows.iter().find(|row| row["list"] == list && row["code"] == code).unwrap()
    };
    holds(find("admiralty", "probable"), &[("rank", "4"), ("confidence_low", "60")]);
    holds(
        find("plover-events", "ASSAULT.drone"),
        &[("parent", "ASSAULT.air"), ("intensity", "-9.5")],
    );
    holds(find("plover-events", "ACCIDENT"), &[("agentless", "true")]);
    holds(find("country", "IRQ"), &[("label", "Iraq"), ("alpha2", "IQ")]);
    assert!(
        rows.iter().all(|row| row["list"] != "cameo"),
        "a list that is not in use is not published"
    );
}

#[test]
fn dyads_are_every_actor_with_every_action_and_target() {
    let checked = checked(&with_event(
        "id: example
date: 2019-08-20
actor: [{code: ISRMIL, certainty: doubtful}, UNK]
action: [{code: ASSAULT.drone, certainty: possible}, THREATEN]
target: [pmf, IRQMIL]
location: balad-air-base
certainty: probable
",
    ));
    let binding = binding(&checked);
    let filed = binding.dataset.filed().find(|filed| filed.id() == "example").unwrap();
    let table = table::dyads(&checked.codebook);
    let rows: Vec<_> =
        table::dyad_rows(&weighed(binding, filed)).iter().map(|dyad| row(&table, dyad)).collect();
    let triples: Vec<_> = rows
        .iter()
        .map(|row| format!("{} {} {}", row["actor"], row["action"], row["target"]))
        .collect();
    let drone = "ASSAULT.drone";
    assert_eq!(
        triples,
        [
            format!("ISRMIL {drone} pmf"),
            format!("ISRMIL {drone} IRQMIL"),
            "ISRMIL THREATEN pmf".to_owned(),
            "ISRMIL THREATEN IRQMIL".to_owned(),
            format!("UNK {drone} pmf"),
            format!("UNK {drone} IRQMIL"),
            "UNK THREATEN pmf".to_owned(),
            "UNK THREATEN IRQMIL".to_owned(),
        ]
    );
    holds(
        &rows[0],
        &[
            ("actor_certainty_rank", "2"),
            ("action_certainty_rank", "3"),
            ("target_certainty_rank", "4"),
        ],
    );
    holds(&rows[0], &[("country", "IRQ"), ("country_name", "Iraq"), ("certainty_rank", "4")]);
    let named =
        [("actor_name", "Israel (Military)"), ("target_name", "Popular Mobilization Forces")];
    holds(&rows[0], &[named[0], named[1], ("action_root", "ASSAULT"), ("date_end", "2019-08-20")]);
    holds(&rows[0], &[("action_label", "Drone attack"), ("month", "8")]);
    assert_eq!(
        (rows[4].get("attribution"), rows[0].get("attribution")),
        (Some(&"unattributed".into()), None)
    );
    holds(
        &rows[3],
        &[("action_ordinal", "2"), ("target_ordinal", "2"), ("action_certainty_rank", "4")],
    );
    lacks(&rows[4], &["actor_certainty_rank"]);
}

#[test]
fn a_claimant_may_have_a_code_and_the_words_of_the_source() {
    let checked = checked(&with_event(
        "id: example
date: 2019-08-20
time: 17:45~
action: ASSAULT
certainty: possible
claims:
  tv7-2019-08-21:
    - {by: {code: USAGOV, as: two American officials}, anonymous: true, says: {time: 06:00/07:00}}
",
    ));
    let rows = claims_of(&checked, "example");
    holds(
        &rows[0],
        &[
            ("claimant", "USAGOV"),
            ("claimant_name", "two American officials"),
            ("claimant_country", "USA"),
        ],
    );
    holds(&rows[0], &[("component", "time"), ("value", "06:00/07:00"), ("coded_value", "17:45~")]);
}

#[test]
fn a_claimant_in_free_text_may_have_any_character() {
    let checked = checked(&with_event(
        "id: example
date: 2019-08-20
action: ASSAULT
certainty: possible
claims:
  tv7-2019-08-21:
    - {by: \"Radio | Sawa\", affirms: [action]}
    - {by: radio / sawa, affirms: [date]}
",
    ));
    for row in claims_of(&checked, "example") {
        holds(&row, &[("claimant_keys", "name:radio / sawa")]);
    }
}

#[test]
fn an_extra_field_is_a_column_of_what_has_it() {
    let mut world = repository_without_events();
    world.write(
        "schema/codebook.yaml",
        "codebook: coded-events\nversion: 0.1.0\nfields:\n\
         \x20 killed: {type: range, on: participant, doc: Killed.}\n\
         \x20 helpers: {type: actor, on: participant, list: true, doc: Helpers.}\n\
         \x20 kind_of_base: {type: code, codes: facility, on: place, doc: Kind.}\n\
         \x20 founded: {type: date, on: actor, doc: Founded.}\n\
         \x20 pages: {type: integer, on: source, doc: Length.}\n",
    );
    let file = |name: &str| format!("datasets/anbar-2013/{name}.yaml");
    world.write(file("actors"), "jnim: {name: JNIM, founded: 2017-03}\nfama: {name: FAMA}\n");
    world.write(file("places"), "camp: {name: Camp, kind_of_base: military-base}\n");
    world.write(file("sources"), "rfi: {publisher: RFI, pages: 3}\n");
    world.write(
        file("events/attack"),
        "id: attack\ndate: 2019-08-20\naction: ASSAULT\ncertainty: possible\n\
         actor: {code: jnim, certainty: possible, killed: 3..5, helpers: [fama, MLI]}\n\
         target: fama\nlocation: camp\n",
    );
    let checked = checked(&world);
    let dataset = checked.datasets.iter().find(|dataset| dataset.name == "anbar-2013").unwrap();
    let codebook = &checked.codebook;
    let attack = weighed(Binding { codebook, dataset }, dataset.filed().next().unwrap());
    let participants = table::participant_rows(&attack);
    let participants: Vec<_> =
        participants.iter().map(|one| row(&table::participants(codebook), one)).collect();
    holds(
        &participants[0],
        &[("killed_low", "3"), ("killed_high", "5"), ("helpers", "fama|MLI"), ("role", "actor")],
    );
    lacks(&participants[0], &["killed_best"]);
    lacks(&participants[1], &["killed_low", "killed_high"]);
    let actor = row(&table::actors(codebook), &dataset.actors.entries()[0]);
    holds(&actor, &[("founded", "2017-03"), ("founded_start", "2017-03-01")]);
    let place = row(&table::places(codebook), &dataset.places.entries()[0]);
    holds(&place, &[("kind_of_base", "military-base")]);
    let source = row(&table::sources(codebook), &dataset.sources.entries()[0]);
    holds(&source, &[("pages", "3")]);
    let of_events = table::events(codebook).describe();
    for column in ["killed_low", "helpers", "kind_of_base", "founded", "pages"] {
        assert_eq!(of_events.position(column), None, "{column}");
    }
}
