//! The tables of a release against each other: what follows from their definitions alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::finding::Report;
use super::keys::{Key, MAX_KEYS, digest};
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
    /// Why nothing is compared.
    off: Option<String>,
    /// What `events` says, row by row.
    told: Vec<(Key, Told)>,
    /// What the rows of the other tables come to, by event.
    counted: HashMap<Key, Counted>,
    /// The claims and sources of events that were counted.
    seen: HashSet<Key>,
    /// The tables that were read whole.
    whole: BTreeSet<String>,
    /// The file of `events`.
    file: String,
}

/// How many keys take as much memory as what is held of an event.
const KEYS_OF_EVENT: usize = 4;

/// What `events` says of an event.
#[derive(Debug, Default)]
struct Told {
    row: u64,
    counts: [Option<u64>; COUNTS.len()],
    n_actions: Option<u64>,
    firsts: [Option<Key>; 2],
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
    /// The row of the first of each role, and its code.
    firsts: [Option<(u64, Key)>; 2],
}

/// The roles of participants, as columns of `events` name the first of each.
const ROLES: [&str; 2] = ["actor", "target"];

impl Consistency {
    /// Tables whose meaning is known, or is not: nothing is held then.
    pub(super) fn new(is_of_this_format: bool) -> Self {
        let why = "their format is of another version of eventc";
        Self { off: (!is_of_this_format).then(|| why.to_owned()), ..Self::default() }
    }

    /// Notes a row.
    pub(super) fn note(
        &mut self,
        (table, file): (&str, &str),
        columns: &BTreeMap<String, usize>,
        number: u64,
        row: &Row,
    ) {
        let cell = |name: &str| columns.get(name).and_then(|at| Some(row.get(*at)?.text.as_str()));
        let Some(event) = cell("event_id").filter(|_| self.off.is_none()) else { return };
        // An identifier may be long, so only its digest is held.
        let key = digest([event]);
        match table {
            "events" => {
                file.clone_into(&mut self.file);
                let count = |name| cell(name)?.parse().ok();
                let told = Told {
                    row: number,
                    counts: COUNTS.map(|(name, _)| count(name)),
                    n_actions: count("n_actions"),
                    firsts: ROLES.map(|role| Some(digest([cell(role)?]))),
                };
                self.told.push((key, told));
            }
            "participants" => {
                let Some(role) = ROLES.iter().position(|role| cell("role") == Some(role)) else {
                    return;
                };
                let counted = self.counted.entry(key).or_default();
                counted.counts[role] += 1;
                if cell("ordinal") == Some("1") {
                    counted.firsts[role] = cell("code").map(|code| (number, digest([code])));
                }
            }
            "claims" => {
                for (at, column) in [(2, "claim"), (3, "source")] {
                    let Some(value) = cell(column) else { continue };
                    if self.seen.insert(digest([event, column, value])) {
                        self.counted.entry(key).or_default().counts[at] += 1;
                    }
                }
            }
            "dyads" => self.counted.entry(key).or_default().dyads += 1,
            _ => {}
        }
        let events = self.told.len() + self.counted.len();
        if events * KEYS_OF_EVENT + self.seen.len() > MAX_KEYS {
            let why = "they have more events and claims than can be held";
            *self = Self { off: Some(why.to_owned()), ..Self::default() };
        }
    }

    /// Notes that a table was read to its end.
    pub(super) fn end(&mut self, table: &str) {
        self.whole.insert(table.to_owned());
    }

    /// Compares what the tables say.
    pub(super) fn finish(self, report: &mut Report) {
        if let Some(why) = self.off {
            return report.unchecked(format!("whether tables agree: {why}"));
        }
        let has = |table: &str| self.whole.contains(table);
        let missing: Vec<_> = ["events", "participants", "claims", "dyads"]
            .into_iter()
            .filter(|table| !has(table))
            .map(|table| format!("`{table}`"))
            .collect();
        if !missing.is_empty() {
            report.unchecked(format!("whether tables agree, without {}", missing.join(", ")));
        }
        let (none, nobody) = (Counted::default(), digest([""]));
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
                let first = counted.firsts[at];
                let is = first.map_or(nobody, |(_, code)| code);
                if told.firsts[at].is_some_and(|says| says != is) {
                    let what = match first {
                        Some((row, _)) => format!("is not that of row {row} of `participants`"),
                        None => "has no row in `participants`".to_owned(),
                    };
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
