//! What SQL found, as findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::Deserialize;
use thiserror::Error;

use super::verdict::Verdict;
use crate::dataset::{Dataset, Project, Selection, load_files};
use crate::diagnostic::Diagnostic;
use crate::rules::{self, RULES, Rule};
use crate::schema;
use crate::source::{Files, Location, ReadError, World};

/// A row of what SQL gave.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct FoundRow {
    /// The name of the rule.
    pub rule: String,
    /// The id of the event.
    pub event: String,
    /// The path of its file in the project.
    pub file: String,
    /// The line there, from 1.
    pub line: u32,
}

/// Why rows are no findings of a project.
#[derive(Debug, Error)]
pub enum FromSqlError {
    /// They are no CSV with the columns.
    #[error("it is no CSV with the columns rule, event, file and line: {0}")]
    Csv(#[from] csv::Error),
    /// A rule does not compare events in SQL.
    #[error("no rule `{0}` compares events in SQL")]
    Rule(String),
    /// The project has no such record.
    #[error(
        "there is no `{2}` in line {1} of `{0}`: the project is not the one that the shards were \
         built from"
    )]
    Place(String, u32, String),
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Reads rows from CSV with a header.
///
/// # Errors
/// When it is not that.
pub fn rows(csv: impl Read) -> Result<Vec<FoundRow>, FromSqlError> {
    csv::Reader::from_reader(csv).deserialize().map(|row| Ok(row?)).collect()
}

/// What a check of a project says, of which SQL gave the findings. Only the files that these name are read, and what
/// says how they are judged: `levels` and `allow`.
///
/// # Errors
/// When a row is of no rule or record, or a file cannot be read.
pub fn from_sql(world: &dyn World, rows: &[FoundRow]) -> Result<Verdict, FromSqlError> {
    let mut files = Files::default();
    let codebook = crate::table::without_clashes(schema::load(world, &mut files)?).codebook;
    let named: BTreeSet<&str> = rows.iter().map(|row| &*row.file).collect();
    let is_meant = |path: &str| named.contains(path) || path.ends_with("/dataset.yaml");
    let selection = Selection::default();
    let datasets = load_files(world, &codebook, &selection, &mut files, is_meant)?;
    let records = records(&datasets, &files);
    let mut of_datasets: Vec<Vec<_>> = datasets.iter().map(|_| Vec::new()).collect();
    let mut times: BTreeMap<(&str, &str, u32), usize> = BTreeMap::new();
    for FoundRow { rule: name, event, file, line } in rows {
        let (rule, says) = across(name)?;
        let found = records.get(&(&**file, *line)).filter(|found| found.id == event);
        let found = found.ok_or_else(|| FromSqlError::Place(file.clone(), *line, event.clone()))?;
        // A row for each of several links in one line.
        let time = times.entry((name, file, *line)).or_default();
        let place = found.places[(*time).min(found.places.len() - 1)];
        *time += 1;
        let event = if event.is_empty() { "an event without id" } else { &*format!("`{event}`") };
        let message = says.replace("{}", event);
        of_datasets[found.dataset].push((rule, Diagnostic::new(rule.name, place, message)));
    }
    let project = Project { codebook: &codebook, datasets: &datasets, files: &files };
    let findings = rules::judge(project, of_datasets, world.today());
    let has_sql = |rule: &&&Rule| rule.across.is_some_and(|across| across.sql.is_some());
    let rules = RULES.iter().filter(has_sql).copied().collect();
    Ok(Verdict { files, datasets: Vec::new(), rules, findings, changes: None })
}

/// A record that a row may mean.
struct Record<'d> {
    /// The position of its dataset.
    dataset: usize,
    id: &'d str,
    /// What stands in one of its lines: its id, or links to other events; at least one.
    places: Vec<Location>,
}

/// The records of some datasets, by file and line of their ids and links.
fn records<'d>(datasets: &'d [Dataset], files: &'d Files) -> BTreeMap<(&'d str, u32), Record<'d>> {
    let mut records = BTreeMap::new();
    for (dataset, of) in datasets.iter().enumerate() {
        for event in &of.events {
            let links = event.link_lines.iter().zip(&event.related);
            let links =
                links.map(|(line, link)| (*line, Location::new(event.file, link.event.span)));
            for (line, place) in std::iter::once((event.line, event.location())).chain(links) {
                let empty = || Record { dataset, id: event.id(), places: Vec::new() };
                let line = (files.path(event.file), line);
                records.entry(line).or_insert_with(empty).places.push(place);
            }
        }
    }
    records
}

/// The rule of a name, and what it says of an event.
fn across(name: &str) -> Result<(&'static Rule, &'static str), FromSqlError> {
    let rule = Rule::named(name);
    let sql = rule.and_then(|rule| Some((rule, rule.across?.sql?.says)));
    sql.ok_or_else(|| FromSqlError::Rule(name.to_owned()))
}
