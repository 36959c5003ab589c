//! What SQL found, as findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::Deserialize;
use thiserror::Error;

use super::verdict::Verdict;
use crate::dataset::{Dataset, Project, Selection, load_files};
use crate::diagnostic::Diagnostic;
use crate::rules::{self, Rule};
use crate::schema;
use crate::source::{FileId, Files, LineIndex, Location, ReadError, Span, World};

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
    /// The project has no such place.
    #[error(
        "the project has no line {1} in `{0}`: it is not the one that the shards were built from"
    )]
    Place(String, u32),
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
/// When a row is of no rule or place, or a file cannot be read.
pub fn from_sql(world: &dyn World, rows: &[FoundRow]) -> Result<Verdict, FromSqlError> {
    let mut files = Files::default();
    let codebook = crate::table::without_clashes(schema::load(world, &mut files)?).codebook;
    let named: BTreeSet<&str> = rows.iter().map(|row| &*row.file).collect();
    let is_meant = |path: &str| named.contains(path) || path.ends_with("/dataset.yaml");
    let selection = Selection::default();
    let datasets = load_files(world, &codebook, &selection, &mut files, is_meant)?;
    let by_path: BTreeMap<&str, FileId> =
        files.ids().map(|file| (files.path(file), file)).collect();
    let mut of_datasets: Vec<Vec<_>> = datasets.iter().map(|_| Vec::new()).collect();
    let mut texts: BTreeMap<&str, (String, LineIndex)> = BTreeMap::new();
    for row in rows {
        let place = || FromSqlError::Place(row.file.clone(), row.line);
        let (rule, says) = across(&row.rule)?;
        let file = *by_path.get(&*row.file).ok_or_else(place)?;
        let name = row.file.strip_prefix("datasets/").and_then(|rest| rest.split('/').next());
        let at = datasets.iter().position(|dataset| Some(&*dataset.name) == name);
        let at = at.ok_or_else(place)?;
        if !texts.contains_key(&*row.file) {
            let text = schema::text_of(world, &row.file).ok_or_else(place)?;
            texts.insert(&row.file, (text.clone(), LineIndex::new(&text)));
        }
        let span = line(&texts[&*row.file], row.line).ok_or_else(place)?;
        let span = within(&datasets[at], file, span);
        let message = says.replace("{}", &format!("`{}`", row.event));
        of_datasets[at]
            .push((rule, Diagnostic::new(rule.name, Location::new(file, span), message)));
    }
    let project = Project { codebook: &codebook, datasets: &datasets, files: &files };
    let findings = rules::judge(project, of_datasets, world.today());
    let rules = rows.iter().filter_map(|row| Rule::named(&row.rule)).collect::<Vec<_>>();
    Ok(Verdict { files, datasets: Vec::new(), rules, findings, changes: None })
}

/// The rule of a name, and what it says of an event.
fn across(name: &str) -> Result<(&'static Rule, &'static str), FromSqlError> {
    let rule = Rule::named(name);
    let sql = rule.and_then(|rule| Some((rule, rule.across?.sql?.says)));
    sql.ok_or_else(|| FromSqlError::Rule(name.to_owned()))
}

/// What stands in a line of a text.
fn line((text, index): &(String, LineIndex), line: u32) -> Option<Span> {
    let is_there = (1..=index.lines()).contains(&line);
    let start = is_there.then(|| index.start(line) as usize)?;
    let whole = text.get(start..)?.lines().next().unwrap_or_default();
    let start = start + (whole.len() - whole.trim_start().len());
    Some(Span::of(start..start + whole.trim().len()))
}

/// The part of a span that lies in the record in which it begins: behind it may be a comment.
fn within(dataset: &Dataset, file: FileId, span: Span) -> Span {
    let mut records = dataset.events.iter().filter(|event| event.file == file);
    let record = records.find(|event| {
        event.span.start <= span.start && span.start < event.span.end && event.span.end < span.end
    });
    record.map_or(span, |record| Span::new(span.start, record.span.end))
}
