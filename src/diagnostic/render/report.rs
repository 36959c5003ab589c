//! What a run checked and found.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diagnostic::{Changes, Diagnostic, Findings, Fingerprint, Level};
use crate::source::FileId;

/// What was checked.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    /// Datasets checked.
    pub datasets: usize,
    /// The files whose findings are shown, by path.
    pub files: Vec<FileId>,
    /// Event records checked.
    pub events: usize,
    /// Claims in them.
    pub claims: usize,
    /// The rules that ran.
    pub rules: &'a [RulePage],
    /// How the findings differ from an earlier run, if only new ones are shown.
    pub changes: Option<Changes>,
}

/// The description of a rule for a format.
#[derive(Clone, Copy, Debug)]
pub struct RulePage {
    /// Its name.
    pub name: &'static str,
    /// Its level, unless a dataset chooses another.
    pub level: Level,
    /// The first paragraph of its page.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
}

/// How much was checked, and how much was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Datasets checked.
    pub datasets: usize,
    /// Files whose findings are shown.
    pub files: usize,
    /// Event records checked.
    pub events: usize,
    /// Claims in them.
    pub claims: usize,
    /// Rules that ran.
    pub rules: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level info.
    pub infos: usize,
    /// Findings that records allow, which are not shown.
    pub allowed: usize,
    /// How they differ from an earlier run, if only new ones are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// The findings of a run and what was checked.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    findings: &'a Findings,
    scope: Scope<'a>,
    summary: Summary,
}

impl<'a> Report<'a> {
    /// Combines the findings with what was checked.
    pub fn new(findings: &'a Findings, scope: Scope<'a>) -> Self {
        let shown: BTreeSet<_> = scope.files.iter().copied().collect();
        let summary = Summary {
            datasets: scope.datasets,
            files: scope.files.len(),
            events: scope.events,
            claims: scope.claims,
            rules: scope.rules.len(),
            errors: findings.count(Level::Error),
            warnings: findings.count(Level::Warning),
            infos: findings.count(Level::Info),
            allowed: findings.allowed(|file| shown.contains(&file)),
            changes: scope.changes,
        };
        Self { findings, scope, summary }
    }

    /// The findings, in the order of the files.
    pub fn findings(&self) -> &'a Findings {
        self.findings
    }

    /// The findings, worst level first, then in the order of the files.
    pub fn worst_first(&self) -> Vec<(Fingerprint, &'a Diagnostic)> {
        let mut worst_first: Vec<_> = self.findings.fingerprinted().collect();
        worst_first.sort_by_key(|(_, diagnostic)| diagnostic.level);
        worst_first
    }

    /// What was checked.
    pub fn scope(&self) -> &Scope<'a> {
        &self.scope
    }

    /// The counts.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The counts as a sentence, without a line break. It never reports that there are no problems if no
    /// file was read.
    pub fn summary_line(&self) -> String {
        let Summary { datasets, files, events, claims, .. } = self.summary;
        if files == 0 && self.findings.is_empty() {
            return "nothing was checked: no files were found".to_owned();
        }
        format!(
            "{}; checked {}, {}, {}",
            self.found(),
            number(datasets, "dataset"),
            number(events, "record"),
            number(claims, "claim"),
        )
    }

    fn found(&self) -> String {
        let Summary { files, errors, warnings, infos, allowed, changes, .. } = self.summary;
        let allowed = if allowed > 0 { format!("; {allowed} allowed") } else { String::new() };
        let rest = changes.map_or(allowed.clone(), |changes| {
            let Changes { no_longer_reported, unchanged, .. } = changes;
            format!("; {no_longer_reported} no longer reported, {unchanged} as before (not shown){allowed}")
        });
        if self.findings.is_empty() {
            let none = if changes.is_some() { "nothing new" } else { "no problems" };
            return format!("{none} in {}{rest}", number(files, "file"));
        }
        let new = if changes.is_some() { "new: " } else { "" };
        let counts = [(errors, "error"), (warnings, "warning"), (infos, "info")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, noun)| number(count, noun)).collect();
        let (counts, files) = (counts.join(", "), number(self.findings.files(), "file"));
        format!("{new}{counts} in {files}{rest}")
    }
}

fn number(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Sink};
    use crate::source::{Files, Location, Span};

    #[test]
    fn the_summary_says_what_was_found_and_what_was_checked() {
        let mut files = Files::default();
        let file = files.add("a.yaml");
        let rule = RulePage { name: "unknown-code", level: Level::Error, summary: "", page: "" };
        let rules = [rule; 14];
        let scope = |changes| Scope {
            datasets: 1,
            files: vec![file; 13],
            events: 12,
            claims: 85,
            rules: &rules,
            changes,
        };
        let checked = || scope(None);
        let line = |levels: &[Level], checked| {
            let mut sink = Sink::new();
            for (at, level) in (0..).zip(levels) {
                let location = Location::new(file, Span::at(at));
                sink.push(*level, Diagnostic::new("unknown-code", location, "x"));
            }
            Report::new(&sink.finish(&files), checked).summary_line()
        };
        assert_eq!(
            line(&[Level::Error, Level::Error, Level::Warning], checked()),
            "2 errors, 1 warning in 1 file; checked 1 dataset, 12 records, 85 claims"
        );
        assert_eq!(
            line(&[], checked()),
            "no problems in 13 files; checked 1 dataset, 12 records, 85 claims"
        );
        let changed = |new| scope(Some(Changes { new, no_longer_reported: 2, unchanged: 14 }));
        assert_eq!(
            line(&[Level::Error], changed(1)),
            "new: 1 error in 1 file; 2 no longer reported, 14 as before (not shown); \
             checked 1 dataset, 12 records, 85 claims"
        );
        assert_eq!(
            line(&[], changed(0)),
            "nothing new in 13 files; 2 no longer reported, 14 as before (not shown); \
             checked 1 dataset, 12 records, 85 claims"
        );
        assert_eq!(line(&[], Scope::default()), "nothing was checked: no files were found");
    }
}
