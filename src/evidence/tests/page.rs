//! `docs/evidence.md`, executed: every record of the page gives the figures that stand under it.
//!
//! The figures are the specification and are never written anew by a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::check::Checked;
use crate::dataset::{Binding, BoundEvent};
use crate::evidence::attribution::AttributionFacts;
use crate::evidence::{Attribution, Evidence, WeighedComponent, weigh};
use crate::schema::Role;
use crate::source::Memory;
use crate::table::{self, EventRow};

use crate::table::tests::{Row, row};
use crate::tests::project::checked;

const EVENT: &str = "datasets/example/events/example.yaml";

/// A part of the page.
enum Part {
    /// The beginning of a section: what files the one before it had are gone.
    Section,
    /// A file: its path, which is an event's where none is given, and its text.
    File(String, String),
    /// A table: its column names and its rows. The tables of figures have columns of one word.
    Figures(Vec<String>, Vec<Vec<String>>),
}

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

/// The parts of the page, in its order.
fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            parts.push(Part::Section);
        } else if let Some(path) = line.strip_prefix("```yaml") {
            let path = if path.trim().is_empty() { EVENT } else { path.trim() };
            let text = lines.by_ref().take_while(|line| *line != "```");
            parts.push(Part::File(path.to_owned(), text.map(|line| format!("{line}\n")).collect()));
        } else if line.starts_with('|') {
            assert!(lines.next().unwrap().starts_with("|---"));
            let mut rows = Vec::new();
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(row));
            }
            parts.push(Part::Figures(cells(line), rows));
        }
    }
    parts
}

/// The cells of a row of a Markdown table. A bar within a cell is written `\|`.
fn cells(row: &str) -> Vec<String> {
    let row = row.replace("\\|", "\u{0}");
    let cells = row.trim_matches('|').split('|');
    cells.map(|cell| cell.trim().trim_matches('`').replace('\u{0}', "|")).collect()
}

/// The files that are laid into the project before each event.
fn laid(parts: &[Part]) -> Memory {
    let mut world = Memory::new();
    world.write("datasets/example/dataset.yaml".to_owned(), DATASET);
    for part in parts {
        if let Part::File(path, text) = part
            && path.starts_with("datasets/example/")
            && path != EVENT
        {
            world.write(path.clone(), text.as_bytes());
        }
    }
    world
}

const DATASET: &str = "dataset: example\ntitle: Examples\nversion: \"1\"\nlicense: CC0-1.0\n";

/// An event that was read and bound, and whatever can be asked of it.
fn with_evidence<T>(checked: &Checked, ask: impl FnOnce(&Arc<Evidence<'_>>) -> T) -> T {
    let dataset = &checked.datasets[0];
    let binding = Binding { codebook: &checked.codebook, dataset };
    let [filed] = dataset.filed().collect::<Vec<_>>()[..] else {
        panic!("an example is one event")
    };
    ask(&Arc::new(weigh(BoundEvent { binding, filed })))
}

/// The rows of the table that has all these columns.
fn rows(checked: &Checked, columns: &[String]) -> Vec<Row> {
    let has = |name: &str| columns.iter().any(|column| column == name);
    let codebook = &checked.codebook;
    with_evidence(checked, |evidence| {
        if has("claim") {
            let rows = table::claim_rows(evidence, &checked.files);
            rows.iter().map(|claim| row(&table::claims(codebook), claim)).collect()
        } else if has("role") {
            let rows = table::participant_rows(evidence);
            rows.iter().map(|one| row(&table::participants(codebook), one)).collect()
        } else if has("actor_ordinal") {
            let rows = table::dyad_rows(evidence);
            rows.iter().map(|dyad| row(&table::dyads(codebook), dyad)).collect()
        } else if has("status") {
            let rows = table::position_rows(&EventRow::new(evidence, &checked.files));
            rows.iter().map(|one| row(&table::positions(codebook), one)).collect()
        } else if has("component") {
            evidence.components.iter().filter_map(|one| weighed(evidence, one)).collect()
        } else {
            vec![row(&table::events(codebook), &EventRow::new(evidence, &checked.files))]
        }
    })
}

/// The weighing of a component as a row, which no table has.
fn weighed(evidence: &Evidence<'_>, weighed: &WeighedComponent<'_>) -> Option<Row> {
    let binding = evidence.bound.binding;
    let supported = weighed.supported.as_ref()?;
    let scale = binding.codebook.list(Role::Certainty);
    let mut row = Row::new();
    let mut cell = |name: &str, value: String| row.insert(name.to_owned(), value);
    cell("component", binding.codebook.component_name(weighed.component).to_owned());
    if let Some(coded) = weighed.coded {
        cell("value", binding.written(coded.component, &coded.value.value).into_owned());
    }
    if let Some(level) = supported.level {
        cell("supported", scale.entry(level).code.to_string());
    }
    cell("supporting_origins", weighed.supporting.origins.len().to_string());
    cell("supporting_claimants", weighed.supporting.claimants.len().to_string());
    cell("supporting_voices", weighed.supporting.voices.to_string());
    cell("opposing_origins", weighed.opposing.origins.len().to_string());
    Some(row)
}

/// The columns of the table of relations, each row of which is an example of its own.
const RELATIONS: [&str; 5] = ["component", "coded", "said", "relation", "effect"];

/// The columns of the table of facts that decide an attribution.
const FACTS: [&str; 9] = [
    "unknown",
    "claimed",
    "supported",
    "opposed",
    "reported",
    "of_series",
    "denied",
    "reasoned",
    "is",
];

#[test]
fn every_combination_of_facts_has_the_one_attribution_of_the_page() {
    let parts = parts(&page("evidence.md"));
    let rows = parts.iter().find_map(|part| match part {
        Part::Figures(columns, rows) if *columns == FACTS => Some(rows),
        _ => None,
    });
    let rows = rows.expect("the page has a table of facts");
    for bits in 0..1_u32 << 8 {
        let has = |at: usize| bits >> at & 1 == 1;
        let facts = AttributionFacts {
            unknown: has(0),
            claimed: has(1),
            supported: has(2),
            opposed: has(3),
            reported: has(4),
            of_series: has(5),
            denied: has(6),
            reasoned: has(7),
        };
        if (facts.claimed || facts.reported) && !facts.supported {
            continue;
        }
        let is_as = |(at, cell): (usize, &String)| {
            *cell == "any" || *cell == if has(at) { "yes" } else { "no" }
        };
        let fits = |row: &&Vec<String>| row[..8].iter().enumerate().all(is_as);
        let fitting: Vec<_> = rows.iter().filter(fits).map(|row| row[8].as_str()).collect();
        let attribution = facts.attribution().map_or("–", Attribution::as_str);
        assert_eq!(fitting, [attribution], "{facts:?}");
    }
}

#[test]
fn every_record_of_the_page_gives_the_figures_under_it() {
    assert!(compared("evidence.md") > 50, "hardly a row of figures is on the page");
}

#[test]
fn every_record_of_the_page_for_coders_gives_the_figures_under_it() {
    assert!(compared("coding.md") > 10, "hardly a row of figures is on the page");
}

#[test]
fn every_record_of_the_page_about_claims_gives_the_figures_under_it() {
    assert!(compared("claims.md") > 10, "hardly a row of figures is on the page");
}

/// Holds every record of a page against the figures under it; returns how many rows these have.
fn compared(name: &str) -> usize {
    let parts = parts(&page(name));
    let mut world = laid(&parts);
    let mut example: Option<Checked> = None;
    let mut compared = 0;
    let mut failures = Vec::new();
    for part in &parts {
        match part {
            Part::Section => world = laid(&parts),
            Part::File(path, text) => {
                world.write(path.clone(), text.as_bytes());
                if path == EVENT {
                    let read = checked(&world);
                    assert_sound(&read, text);
                    example = Some(read);
                }
            }
            Part::Figures(columns, _) if *columns == RELATIONS || *columns == FACTS => {}
            Part::Figures(columns, expected) if columns.iter().all(|name| !name.contains(' ')) => {
                let example = example.as_ref().expect("figures stand under a record");
                let found = figures(example, columns);
                if found != *expected {
                    failures
                        .push(format!("{columns:?}\n  found {found:?}\n  written {expected:?}"));
                }
                compared += expected.len();
            }
            Part::Figures(..) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    compared
}

/// What an event has in some columns.
fn figures(example: &Checked, columns: &[String]) -> Vec<Vec<String>> {
    let cell = |row: &Row, name: &String| {
        row.get(name).filter(|text| !text.is_empty()).map_or("–", String::as_str).to_owned()
    };
    let rows = rows(example, columns);
    let known = |name: &String| rows.iter().any(|row| row.contains_key(name));
    assert!(columns.iter().all(known), "a column of {columns:?} has no value at all");
    rows.iter().map(|row| columns.iter().map(|name| cell(row, name)).collect()).collect()
}

/// An example may be incomplete, but not wrong.
#[track_caller]
fn assert_sound(checked: &Checked, text: &str) {
    let errors = checked.findings.iter().filter(|found| found.level.name() == "error");
    let errors: Vec<_> = errors.map(|found| (found.rule, &found.message)).collect();
    assert!(errors.is_empty(), "{errors:?} in\n{text}");
}

#[test]
fn every_relation_of_the_page_is_as_it_says() {
    let parts = parts(&page("evidence.md"));
    let mut world = laid(&parts);
    let relations = parts.iter().find_map(|part| match part {
        Part::Figures(columns, rows) if *columns == RELATIONS => Some(rows),
        _ => None,
    });
    let mut failures = Vec::new();
    for row in relations.expect("the page has a table of relations") {
        let [component, coded, said, relation, effect] = &row[..] else { panic!("{row:?}") };
        let text = relation_example(component, coded, said);
        world.write(EVENT.to_owned(), text.as_bytes());
        let example = checked(&world);
        assert_sound(&example, &text);
        let columns = ["claim", "component", "relation", "effect"].map(str::to_owned);
        let expected = vec![["1", component, relation, effect].map(str::to_owned).to_vec()];
        let found = figures(&example, &columns);
        if found != expected {
            failures.push(format!("{component} {coded} / {said}: {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// A record that codes one value, and a claim that says another.
fn relation_example(component: &str, coded: &str, said: &str) -> String {
    let mut keys = BTreeMap::from([("date", "2019-08-20"), ("action", "UNK")]);
    let judged = format!("{{code: {coded}, certainty: possible}}");
    keys.insert(component, if component == "actor" { &judged } else { coded });
    let keys: String = keys.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
    format!(
        "id: example\n{keys}certainty: possible\nclaims:\n  tv7:\n    - says: {{{component}: {said}}}\n"
    )
}
