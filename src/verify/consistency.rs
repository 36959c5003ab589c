//! The tables of a release against each other: what follows from their definitions alone.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::finding::{Report, quoted};
use super::rows::Row;

/// The counts of an event that other tables give again, with the table that gives each.
const COUNTS: [(&str, &str); 4] = [
    ("n_actors", "participants"),
    ("n_targets", "participants"),
    ("n_claims", "claims"),
    ("n_sources", "claims"),
];

/// What the tables say of the events of a release.
#[derive(Debug, Default)]
pub(super) struct Consistency {
    /// What `events` says, by event.
    told: BTreeMap<String, Told>,
    /// What the rows of the other tables come to, by event.
    counted: BTreeMap<String, Counted>,
    /// The claims and sources of events that were counted.
    seen: HashSet<[u8; 16]>,
    /// The tables that were read whole.
    whole: BTreeSet<String>,
    /// The file of `events`.
    file: String,
}

/// What `events` says of an event.
#[derive(Debug, Default)]
struct Told {
    row: u64,
    counts: [Option<u64>; COUNTS.len()],
    n_actions: Option<u64>,
    firsts: [Option<String>; 2],
}

impl Told {
    /// How many dyads its actors, actions and targets make. An action that could not be read is missing,
    /// and its actors and targets are not.
    fn dyads(&self) -> Option<u64> {
        let [actors, targets, ..] = self.counts;
        let sides = actors?.saturating_mul(targets?);
        Some(sides.saturating_mul(self.n_actions?.max(1)))
    }
}

/// What the other tables say of an event.
#[derive(Debug, Default)]
struct Counted {
    counts: [u64; COUNTS.len()],
    dyads: u64,
    firsts: [Option<String>; 2],
}

/// The roles of participants, as columns of `events` name the first of each.
const ROLES: [&str; 2] = ["actor", "target"];

impl Consistency {
    /// Notes a row.
    pub(super) fn note(
        &mut self,
        (table, file): (&str, &str),
        columns: &BTreeMap<String, usize>,
        number: u64,
        row: &Row,
    ) {
        let cell = |name: &str| columns.get(name).and_then(|at| Some(row.get(*at)?.text.as_str()));
        let Some(event) = cell("event_id") else { return };
        match table {
            "events" => {
                file.clone_into(&mut self.file);
                let told = self.told.entry(event.to_owned()).or_default();
                let count = |name| cell(name)?.parse().ok();
                told.row = number;
                told.counts = COUNTS.map(|(name, _)| count(name));
                told.n_actions = count("n_actions");
                told.firsts = ROLES.map(|role| Some(cell(role)?.to_owned()));
            }
            "participants" => {
                let Some(role) = ROLES.iter().position(|role| cell("role") == Some(role)) else {
                    return;
                };
                let counted = self.counted.entry(event.to_owned()).or_default();
                counted.counts[role] += 1;
                if cell("ordinal") == Some("1") {
                    counted.firsts[role] = cell("code").map(str::to_owned);
                }
            }
            "claims" => {
                for (at, column) in [(2, "claim"), (3, "source")] {
                    let Some(value) = cell(column) else { continue };
                    if self.is_new(&[event, column, value]) {
                        self.counted.entry(event.to_owned()).or_default().counts[at] += 1;
                    }
                }
            }
            "dyads" => self.counted.entry(event.to_owned()).or_default().dyads += 1,
            _ => {}
        }
    }

    /// Notes that a table was read to its end.
    pub(super) fn end(&mut self, table: &str) {
        self.whole.insert(table.to_owned());
    }

    fn is_new(&mut self, parts: &[&str]) -> bool {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let mut digest = [0; 16];
        hasher.finalize_xof().fill(&mut digest);
        self.seen.insert(digest)
    }

    /// Compares what the tables say.
    pub(super) fn finish(self, report: &mut Report) {
        let has = |table: &str| self.whole.contains(table);
        let missing: Vec<_> = ["events", "participants", "claims", "dyads"]
            .into_iter()
            .filter(|table| !has(table))
            .map(|table| format!("`{table}`"))
            .collect();
        if !missing.is_empty() {
            report.unchecked(format!("whether tables agree, without {}", missing.join(", ")));
        }
        let none = Counted::default();
        for (event, told) in self.told.iter().filter(|_| has("events")) {
            let counted = self.counted.get(event).unwrap_or(&none);
            let mut wrong =
                |column: &str, what: String| report.cell(&self.file, told.row, column, what);
            for (at, (column, table)) in COUNTS.into_iter().enumerate() {
                let is = counted.counts[at];
                if let Some(says) = told.counts[at].filter(|says| *says != is && has(table)) {
                    wrong(column, format!("is {says}, and `{table}` has {is}"));
                }
            }
            for (at, role) in ROLES.into_iter().enumerate().filter(|_| has("participants")) {
                let is = counted.firsts[at].as_deref().unwrap_or_default();
                if let Some(says) = told.firsts[at].as_deref().filter(|says| *says != is) {
                    let what = format!("is {}, and {} in `participants`", quoted(says), quoted(is));
                    wrong(role, what);
                }
            }
            let is = counted.dyads;
            if let Some(makes) = told.dyads().filter(|makes| *makes != is && has("dyads")) {
                wrong("event_id", format!("should have {makes} rows in `dyads`, and has {is}"));
            }
        }
    }
}
