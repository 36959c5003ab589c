//! Collecting findings, and the sorted list of them.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::source::{FileId, Files};

use super::fingerprint::fingerprints;
use super::{Diagnostic, Fingerprint, Level};

/// Collects findings in any order, from any thread.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    allowed: Vec<Diagnostic>,
}

/// The findings of a run, sorted by path, place, rule and message, without duplicates.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Findings {
    /// A fingerprint depends on the findings before it, so it is kept when some are dropped.
    found: Vec<(Fingerprint, Diagnostic)>,
    /// Findings that records allow: counted, but not shown.
    allowed: Vec<Diagnostic>,
    /// The number of findings of each level that are counted, but not shown.
    hidden: BTreeMap<Level, usize>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding with the level that its rule has here.
    pub fn push(&mut self, level: Level, diagnostic: Diagnostic) {
        self.diagnostics.push(Diagnostic { level, ..diagnostic });
    }

    /// Adds a finding that its record allows, which is only counted.
    pub fn allow(&mut self, diagnostic: Diagnostic) {
        self.allowed.push(diagnostic);
    }

    /// Sorts the findings and drops exact duplicates.
    ///
    /// The order depends only on the findings, not on the order in which they were added. Findings that
    /// differ only in the files of their labels or edits are ordered by the numbers of the files.
    pub fn finish(mut self, files: &Files) -> Findings {
        self.diagnostics.par_sort_unstable_by(|a, b| order(files, a, b));
        self.diagnostics.dedup();
        let fingerprints = fingerprints(&self.diagnostics, files);
        let found = fingerprints.into_iter().zip(self.diagnostics).collect();
        Findings { found, allowed: self.allowed, hidden: BTreeMap::new() }
    }
}

fn order(files: &Files, a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let key = |of: &Diagnostic| (of.location.span, of.rule);
    let path = files.path(a.location.file).cmp(files.path(b.location.file));
    path.then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.message.cmp(&b.message))
        .then_with(|| a.cmp(b))
}

impl Findings {
    /// The findings, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.into_iter()
    }

    /// The findings, in order, to change their fixes. Their fingerprints stay.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Diagnostic> {
        self.found.iter_mut().map(|(_, diagnostic)| diagnostic)
    }

    /// The findings, in order, each with its fingerprint.
    pub fn fingerprinted(&self) -> impl ExactSizeIterator<Item = (Fingerprint, &Diagnostic)> {
        self.found.iter().map(|(fingerprint, diagnostic)| (*fingerprint, diagnostic))
    }

    /// Keeps the findings that fulfil a condition.
    pub fn retain(&mut self, mut keep: impl FnMut(Fingerprint, &Diagnostic) -> bool) {
        self.found.retain(|(fingerprint, diagnostic)| keep(*fingerprint, diagnostic));
    }

    /// The findings that fulfil a condition, and the others. Both keep the allowed ones.
    pub fn partition(
        mut self,
        mut is_first: impl FnMut(Fingerprint, &Diagnostic) -> bool,
    ) -> (Self, Self) {
        let (first, others) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(|(fingerprint, found)| is_first(*fingerprint, found));
        let allowed = self.allowed.clone();
        let hidden = BTreeMap::new();
        (Self { found: first, allowed, hidden }, Self { found: others, ..self })
    }

    /// The same findings, with fingerprints by the paths in `files`: those of a later run.
    #[must_use]
    pub fn known_by(mut self, files: &Files) -> Self {
        let diagnostics: Vec<_> =
            std::mem::take(&mut self.found).into_iter().map(|(_, diagnostic)| diagnostic).collect();
        let fingerprints = fingerprints(&diagnostics, files);
        let found = fingerprints.into_iter().zip(diagnostics).collect();
        Self { found, ..self }
    }

    /// These findings, followed by others.
    #[must_use]
    pub(super) fn joined(mut self, those: Self) -> Self {
        self.found.extend(those.found);
        self
    }

    /// These findings and others, in order.
    #[must_use]
    pub fn with(self, those: Self, files: &Files) -> Self {
        let mut all = self.joined(those);
        all.found.sort_by(|(_, a), (_, b)| order(files, a, b));
        all
    }

    /// Keeps the findings of a level or a worse one, and counts the others.
    pub fn show_from(&mut self, level: Level) {
        self.found.retain(|(_, finding)| {
            let is_shown = finding.level <= level;
            if !is_shown {
                *self.hidden.entry(finding.level).or_default() += 1;
            }
            is_shown
        });
    }

    /// The number of findings of `level` that are not shown.
    pub fn hidden(&self, level: Level) -> usize {
        self.hidden.get(&level).copied().unwrap_or(0)
    }

    /// The number of findings.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// The number of allowed findings, in files whose findings are shown.
    pub fn allowed(&self, is_shown: impl Fn(FileId) -> bool) -> usize {
        self.allowed.iter().filter(|allowed| is_shown(allowed.location.file)).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The number of findings of `level`.
    pub fn count(&self, level: Level) -> usize {
        self.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// The number of findings by rule name, without rules that have none.
    pub fn by_rule(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self {
            *counts.entry(diagnostic.rule).or_default() += 1;
        }
        counts
    }

    /// The number of files with findings.
    pub fn files(&self) -> usize {
        self.iter().map(|diagnostic| diagnostic.location.file).collect::<BTreeSet<_>>().len()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Diagnostic;
    type IntoIter = std::iter::Map<
        std::slice::Iter<'a, (Fingerprint, Diagnostic)>,
        fn(&'a (Fingerprint, Diagnostic)) -> &'a Diagnostic,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.found.iter().map(|(_, diagnostic)| diagnostic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Location, Span};

    #[test]
    fn findings_come_out_in_the_same_order_whatever_order_they_went_in() {
        let mut files = Files::default();
        let (late, early) = (files.add("b.yaml"), files.add("a.yaml"));
        let at = |file, start| Location::new(file, Span::new(start, start + 1));
        let expected = [
            Diagnostic::new("unknown-code", at(early, 9), "x"),
            Diagnostic::new("duplicate-key", at(late, 2), "x"),
            Diagnostic::new("unknown-code", at(late, 2), "x"),
            Diagnostic::new("unknown-code", at(late, 2), "y"),
            Diagnostic::new("unknown-code", at(late, 2), "y").help("z"),
            Diagnostic::new("unknown-code", at(late, 10), "x"),
        ];
        for turn in 0..expected.len() {
            let mut turned = expected.to_vec();
            turned.rotate_left(turn);
            let mut sink = Sink::new();
            for diagnostic in turned.into_iter().rev() {
                sink.push(Level::Error, diagnostic.clone());
                sink.push(Level::Error, diagnostic);
            }
            let findings = sink.finish(&files);
            assert_eq!(findings.iter().cloned().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn counts_are_by_level_by_rule_and_by_file() {
        let mut files = Files::default();
        let at = |file, start| Location::new(file, Span::at(start));
        let (a, b) = (files.add("a.yaml"), files.add("b.yaml"));
        let mut sink = Sink::new();
        sink.push(Level::Error, Diagnostic::new("unknown-code", at(a, 1), "x"));
        sink.push(Level::Error, Diagnostic::new("unknown-code", at(b, 1), "x"));
        sink.push(Level::Info, Diagnostic::new("expired-allow", at(a, 1), "x"));
        let findings = sink.finish(&files);
        assert_eq!(Level::ALL.map(|level| findings.count(level)), [2, 0, 1]);
        let expected = BTreeMap::from([("expired-allow", 1), ("unknown-code", 2)]);
        assert_eq!(findings.by_rule(), expected);
        assert_eq!((findings.len(), findings.files()), (3, 2));
    }
}
