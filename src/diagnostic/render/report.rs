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
    /// How many of them are drafts.
    pub drafts: usize,
    /// Claims in them.
    pub claims: usize,
    /// The rules that ran.
    pub rules: &'a [RulePage],
    /// How the findings differ from an earlier run, if only new ones are shown.
    pub changes: Option<Changes>,
    /// Public address of eventc, if there is one.
    pub address: Option<&'static str>,
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
    /// How many of them are drafts.
    pub drafts: usize,
    /// Claims in them.
    pub claims: usize,
    /// Rules that ran.
    pub rules: usize,
    /// Findings of level error, shown or not.
    pub errors: usize,
    /// Findings of level warning, shown or not.
    pub warnings: usize,
    /// Findings of level info, shown or not.
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
        let all = |level| findings.count(level) + findings.hidden(level);
        let summary = Summary {
            datasets: scope.datasets,
            files: scope.files.len(),
            events: scope.events,
            drafts: scope.drafts,
            claims: scope.claims,
            rules: scope.rules.len(),
            errors: all(Level::Error),
            warnings: all(Level::Warning),
            infos: all(Level::Info),
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

    /// The counts as a sentence, without a line break; those of records only where datasets were checked. It never reports
    /// that there are no problems if no file was read.
    pub fn summary_line(&self) -> String {
        let Summary { datasets, files, events, drafts, claims, .. } = self.summary;
        if files == 0 && self.findings.is_empty() {
            return "nothing was checked: no files were found".to_owned();
        }
        if datasets == 0 {
            return self.found();
        }
        let drafts = (drafts > 0).then(|| format!(" ({})", number(drafts, "draft")));
        format!(
            "{}; checked {}, {}{}, {}",
            self.found(),
            number(datasets, "dataset"),
            number(events, "record"),
            drafts.unwrap_or_default(),
            number(claims, "claim"),
        )
    }

    fn found(&self) -> String {
        let Summary { files, allowed, changes, .. } = self.summary;
        let (findings, is_change) = (self.findings, changes.is_some());
        let new = if is_change { "new " } else { "" };
        let hidden = self.hidden(new);
        let found = if findings.is_empty() {
            let none = match hidden {
                None if is_change => "nothing new".to_owned(),
                _ if findings.hidden(Level::Warning) > 0 => format!("no {new}errors"),
                _ => format!("no {new}problems"),
            };
            format!("{none} in {}", number(files, "file"))
        } else {
            let new = if is_change { "new: " } else { "" };
            let counts = counts("", |level| findings.count(level));
            format!("{new}{counts} in {}", number(findings.files(), "file"))
        };
        let changes = changes.map(|changes| {
            let Changes { no_longer_reported, unchanged, .. } = changes;
            format!("{no_longer_reported} no longer reported, {unchanged} as before (not shown)")
        });
        let allowed = (allowed > 0).then(|| format!("{allowed} allowed"));
        let parts: Vec<_> = [Some(found), hidden, changes, allowed].into_iter().flatten().collect();
        parts.join("; ")
    }

    /// What is not shown for its level, and how to see it.
    fn hidden(&self, new: &str) -> Option<String> {
        let number = |level| self.findings.hidden(level);
        let lowest = Level::ALL.into_iter().rfind(|level| number(*level) > 0)?.name();
        let all: usize = Level::ALL.map(number).iter().sum();
        let (counts, them) = (counts(new, number), if all == 1 { "it" } else { "them" });
        Some(format!("{counts} not shown (`check --level {lowest}` shows {them})"))
    }
}

/// The numbers of findings by level, without levels that have none.
fn counts(new: &str, of: impl Fn(Level) -> usize) -> String {
    let found = Level::ALL.into_iter().filter(|level| of(*level) > 0);
    let counts = found.map(|level| number(of(level), &format!("{new}{}", level.name())));
    counts.collect::<Vec<_>>().join(", ")
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

    const RULE: RulePage =
        RulePage { name: "unknown-code", level: Level::Error, summary: "", page: "" };

    /// The summary of findings of some levels, of which those from `least` on are shown.
    fn line(least: Level, levels: &[Level], changes: Option<Changes>) -> String {
        let mut files = Files::default();
        let file = files.add("a.yaml");
        let mut sink = Sink::new();
        for (at, level) in (0..).zip(levels) {
            let location = Location::new(file, Span::at(at));
            sink.push(*level, Diagnostic::new("unknown-code", location, "x"));
        }
        let mut findings = sink.finish(&files);
        findings.show_from(least);
        let (datasets, files) = (1, vec![file; 13]);
        let scope = Scope {
            datasets,
            files,
            events: 12,
            drafts: 0,
            claims: 85,
            rules: &[RULE; 14],
            changes,
            address: None,
        };
        let line = Report::new(&findings, scope).summary_line();
        line.strip_suffix("; checked 1 dataset, 12 records, 85 claims").unwrap().to_owned()
    }

    const fn changed(new: usize) -> Option<Changes> {
        Some(Changes { new, no_longer_reported: 2, unchanged: 14 })
    }

    #[test]
    fn the_summary_says_what_was_found_and_what_was_checked() {
        use Level::{Error, Info, Warning};
        for (levels, changes, expected) in [
            (&[Error, Error, Warning][..], None, "2 errors, 1 warning in 1 file"),
            (&[], None, "no problems in 13 files"),
            (
                &[Error],
                changed(1),
                "new: 1 error in 1 file; 2 no longer reported, 14 as before (not shown)",
            ),
            (
                &[],
                changed(0),
                "nothing new in 13 files; 2 no longer reported, 14 as before (not shown)",
            ),
        ] {
            assert_eq!(line(Info, levels, changes), expected);
        }
        let empty = Findings::default();
        let nothing = Report::new(&empty, Scope::default()).summary_line();
        assert_eq!(nothing, "nothing was checked: no files were found");
    }

    #[test]
    fn the_summary_counts_what_is_not_shown_and_says_how_to_see_it() {
        use Level::{Error, Info, Warning};
        for (least, levels, changes, expected) in [
            (
                Warning,
                &[Error, Warning, Info, Info][..],
                None,
                "1 error, 1 warning in 1 file; 2 infos not shown (`check --level info` shows them)",
            ),
            (
                Error,
                &[Warning, Info, Info],
                None,
                "no errors in 13 files; 1 warning, 2 infos not shown (`check --level info` shows them)",
            ),
            (
                Error,
                &[Error, Warning],
                None,
                "1 error in 1 file; 1 warning not shown (`check --level warning` shows it)",
            ),
            (
                Warning,
                &[Info, Info],
                changed(2),
                "no new problems in 13 files; 2 new infos not shown (`check --level info` shows them); \
                 2 no longer reported, 14 as before (not shown)",
            ),
        ] {
            assert_eq!(line(least, levels, changes), expected);
        }
    }
}
