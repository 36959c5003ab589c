//! What is wrong with a release, and what could not be checked.

use std::collections::BTreeMap;
use std::fmt;

/// Findings of one file and column that are told one by one; the rest are counted.
const TOLD: usize = 5;

/// Characters of a value that are quoted.
const QUOTED: usize = 60;

/// Something that is wrong with a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The row of its table, from 1, the header not counted.
    pub row: Option<u64>,
    /// The column.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// What a verification found.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    /// How many findings each file and column has.
    counts: BTreeMap<(String, Option<String>), usize>,
    /// What could not be checked, and why.
    pub unchecked: Vec<String>,
    /// How many files have the checksums that they should.
    pub files: usize,
    /// The rows of the tables that were read, together.
    pub rows: u64,
}

impl Report {
    /// Adds a finding of a file as a whole.
    pub fn file(&mut self, file: &str, message: impl Into<String>) {
        self.add(Finding { file: file.into(), row: None, column: None, message: message.into() });
    }

    /// Adds a finding of a cell.
    pub fn cell(&mut self, file: &str, row: u64, column: &str, message: impl Into<String>) {
        let (row, column) = (Some(row), Some(column.to_owned()));
        self.add(Finding { file: file.into(), row, column, message: message.into() });
    }

    fn add(&mut self, finding: Finding) {
        let key = (finding.file.clone(), finding.column.clone());
        let count = self.counts.entry(key).or_default();
        *count += 1;
        if *count <= TOLD {
            self.findings.push(finding);
        }
    }

    /// Notes what could not be checked.
    pub fn unchecked(&mut self, what: impl Into<String>) {
        self.unchecked.push(what.into());
    }

    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many findings there are.
    pub fn count(&self) -> usize {
        self.counts.values().sum()
    }

    /// The findings, a line each, and how many more there are of a file and column.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let more = self.counts.iter().filter(|(_, count)| **count > TOLD);
        let more = more.map(|((file, column), count)| {
            let column = column.as_ref().map(|column| format!(", column `{column}`"));
            format!("{file}{}: and {} more", column.unwrap_or_default(), count - TOLD)
        });
        self.findings.iter().map(ToString::to_string).chain(more)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A value in backticks, cut where it is long; what an empty text stands for.
pub(super) fn quoted(value: &str) -> String {
    match value.char_indices().nth(QUOTED) {
        _ if value.is_empty() => "nothing".to_owned(),
        Some((end, _)) => format!("`{}…`", &value[..end]),
        None => format!("`{value}`"),
    }
}
