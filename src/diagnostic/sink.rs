//! Where findings are collected, and the sorted list that comes out.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::source::{FileId, Files};

use super::fingerprint::fingerprints;
use super::{Diagnostic, Fingerprint, Level};

/// Takes findings in any order, from any thread's part of the work.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    allowed: Vec<Diagnostic>,
}

/// The findings of a run: sorted by path, place, rule and message, none twice.
#[derive(Clone, Debug)]
pub struct Findings {
    /// A fingerprint depends on the findings before it, so it is kept when some are dropped.
    found: Vec<(Fingerprint, Diagnostic)>,
    /// What records allow: counted, not shown.
    allowed: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a finding and gives it the level at which its rule is set.
    pub fn push(&mut self, level: Level, diagnostic: Diagnostic) {
        self.diagnostics.push(Diagnostic { level, ..diagnostic });
    }

    /// Takes a finding that its record allows: it is only counted.
    pub fn allow(&mut self, diagnostic: Diagnostic) {
        self.allowed.push(diagnostic);
    }

    /// Sorts what was taken and drops exact duplicates.
    ///
    /// The order depends on the findings alone, not on the order they came in; only findings that
    /// differ in nothing but the files of their labels or edits fall back on the numbers of files.
    pub fn finish(mut self, files: &Files) -> Findings {
        self.diagnostics.sort_unstable_by(|a, b| order(files, a, b));
        self.diagnostics.dedup();
        let fingerprints = fingerprints(&self.diagnostics, files);
        let found = fingerprints.into_iter().zip(self.diagnostics).collect();
        Findings { found, allowed: self.allowed }
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

    /// The findings, in order, to change what they offer; what they are known by stays.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Diagnostic> {
        self.found.iter_mut().map(|(_, diagnostic)| diagnostic)
    }

    /// The findings, in order, each with what it is known by in other runs.
    pub fn fingerprinted(&self) -> impl ExactSizeIterator<Item = (Fingerprint, &Diagnostic)> {
        self.found.iter().map(|(fingerprint, diagnostic)| (*fingerprint, diagnostic))
    }

    /// Drops those that are not to be shown.
    pub fn retain(&mut self, mut keep: impl FnMut(Fingerprint, &Diagnostic) -> bool) {
        self.found.retain(|(fingerprint, diagnostic)| keep(*fingerprint, diagnostic));
    }

    /// Those that fulfil a condition, and the others. What is allowed stays with both.
    pub fn partition(
        mut self,
        mut is_first: impl FnMut(Fingerprint, &Diagnostic) -> bool,
    ) -> (Self, Self) {
        let (first, others) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(|(fingerprint, found)| is_first(*fingerprint, found));
        let allowed = self.allowed.clone();
        (Self { found: first, allowed }, Self { found: others, ..self })
    }

    /// The same findings, known by the paths that `files` gives: those of a later run.
    #[must_use]
    pub fn known_by(self, files: &Files) -> Self {
        let diagnostics: Vec<_> =
            self.found.into_iter().map(|(_, diagnostic)| diagnostic).collect();
        let fingerprints = fingerprints(&diagnostics, files);
        let found = fingerprints.into_iter().zip(diagnostics).collect();
        Self { found, allowed: self.allowed }
    }

    /// These findings, and those behind them.
    #[must_use]
    pub(super) fn joined(mut self, those: Self) -> Self {
        self.found.extend(those.found);
        self
    }

    /// These findings and those, in order.
    #[must_use]
    pub fn with(self, those: Self, files: &Files) -> Self {
        let mut all = self.joined(those);
        all.found.sort_by(|(_, a), (_, b)| order(files, a, b));
        all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// How many are allowed in files of which the findings are shown.
    pub fn allowed(&self, is_shown: impl Fn(FileId) -> bool) -> usize {
        self.allowed.iter().filter(|allowed| is_shown(allowed.location.file)).count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many are of `level`.
    pub fn count(&self, level: Level) -> usize {
        self.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// How many each rule made, by rule name. A rule that made none is not in it.
    pub fn by_rule(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self {
            *counts.entry(diagnostic.rule).or_default() += 1;
        }
        counts
    }

    /// How many files have a finding.
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
