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

/// The columns of what SQL gave.
const COLUMNS: [&str; 4] = ["rule", "event", "file", "line"];

/// Why rows are no findings of a project.
#[derive(Debug, Error)]
pub enum FromSqlError {
    /// They are no CSV with the columns.
    #[error("it is no CSV with the columns rule, event, file and line: {0}")]
    Csv(#[from] csv::Error),
    /// The first line does not name the columns.
    #[error("its first line does not name the columns {}", COLUMNS.join(", "))]
    Columns,
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
    let mut reader = csv::Reader::from_reader(csv);
    let columns = reader.headers()?;
    if !COLUMNS.iter().all(|name| columns.iter().any(|column| column == *name)) {
        return Err(FromSqlError::Columns);
    }
    reader.deserialize().map(|row| Ok(row?)).collect()
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
    let of_paths = files.ids().map(|file| (files.path(file), file)).collect();
    let mut written = Written { world, of_paths, datasets: &datasets, read: None };
    let mut of_datasets: Vec<Vec<_>> = datasets.iter().map(|_| Vec::new()).collect();
    let mut times: BTreeMap<(&str, &str, u32), usize> = BTreeMap::new();
    let mut in_order: Vec<_> = rows.iter().collect();
    in_order.sort_by_key(|row| (&row.file, row.line));
    for FoundRow { rule: name, event, file, line } in in_order {
        let (rule, says) = across(name)?;
        let found = written.find(file, *line, event);
        let (dataset, places) =
            found.ok_or_else(|| FromSqlError::Place(file.clone(), *line, event.clone()))?;
        // A row for each of several links in one line.
        let time = times.entry((name, file, *line)).or_default();
        let place = places[(*time).min(places.len() - 1)];
        *time += 1;
        let event = if event.is_empty() { "an event without id" } else { &*format!("`{event}`") };
        let message = says.replace("{}", event);
        of_datasets[dataset].push((rule, Diagnostic::new(rule.name, place, message)));
    }
    let project = Project { codebook: &codebook, datasets: &datasets, files: &files };
    let findings = rules::judge(project, of_datasets, world.today());
    let rules = RULES.iter().filter(|rule| rule.across.is_some()).copied().collect();
    Ok(Verdict { files, datasets: Vec::new(), rules, findings, changes: None })
}

/// What is written in the files that rows name.
struct Written<'d> {
    world: &'d dyn World,
    of_paths: BTreeMap<&'d str, FileId>,
    datasets: &'d [Dataset],
    /// The text of the file that was asked for last, and its lines.
    read: Option<(String, String, LineIndex)>,
}

impl Written<'_> {
    /// The position of the dataset that has a record or an entry of an id, and what stands of that in a line: the id,
    /// links to other events, or all of the line. At least one place.
    fn find(&mut self, path: &str, line: u32, id: &str) -> Option<(usize, Vec<Location>)> {
        // No other file is opened.
        let file = *self.of_paths.get(path)?;
        let of_line = Location::new(file, self.line(path, line)?);
        let is_there = |place: &Location| {
            let Span { start, end } = of_line.span;
            place.file == of_line.file && (start..=end).contains(&place.span.start)
        };
        self.datasets.iter().enumerate().find_map(|(at, dataset)| {
            let event = dataset.event_at(of_line).filter(|event| event.id() == id);
            let Some(event) = event else {
                let entries: Vec<_> = dataset.registered(id).filter(is_there).collect();
                return (!entries.is_empty()).then_some((at, entries));
            };
            let links = event.links().map(|(_, link)| link.event.span);
            let ids = event.other_ids().map(|(_, id)| id.span);
            let named = links.chain(ids).map(|span| Location::new(event.file, span));
            let places = std::iter::once(event.location()).chain(named).filter(is_there);
            let mut places: Vec<_> = places.collect();
            if places.is_empty() {
                places.push(of_line);
            }
            Some((at, places))
        })
    }

    /// What is written in a line, without the blanks around it.
    fn line(&mut self, path: &str, line: u32) -> Option<Span> {
        if self.read.as_ref().is_none_or(|(read, ..)| read != path) {
            let text = schema::text_of(self.world, path)?;
            let lines = LineIndex::new(&text);
            self.read = Some((path.to_owned(), text, lines));
        }
        let (_, text, lines) = self.read.as_ref()?;
        if !(1..=lines.lines()).contains(&line) {
            return None;
        }
        let start = lines.start(line) as usize;
        let end = if line == lines.lines() { text.len() } else { lines.start(line + 1) as usize };
        let written = &text[start..end];
        let start = start + written.len() - written.trim_start().len();
        let end = start + written.trim().len();
        Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
    }
}

/// The rule of a name, and what it says of an event.
fn across(name: &str) -> Result<(&'static Rule, &'static str), FromSqlError> {
    let rule = Rule::named(name);
    let across = rule.and_then(|rule| Some((rule, rule.across?.says)));
    across.ok_or_else(|| FromSqlError::Rule(name.to_owned()))
}
