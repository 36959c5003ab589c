//! Comparing the findings of two runs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Diagnostic, Findings, Level};

/// The numbers by which the findings of a run differ from those of an earlier run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Found later only, or of a worse level than before.
    pub new: usize,
    /// Found earlier only, without findings that disappeared with their record.
    pub no_longer_reported: usize,
    /// Found both times.
    pub unchanged: usize,
}

/// The findings of two runs, compared.
#[derive(Debug)]
pub struct Comparison {
    /// Found later only, or of a worse level than before.
    pub new: Findings,
    /// Found earlier only. The places are those of the earlier run.
    pub no_longer_reported: Findings,
    /// Found both times, in the form of the later run.
    pub unchanged: Findings,
}

impl Comparison {
    /// Compares the findings of a later run with those of an earlier one, by fingerprint.
    pub fn new(earlier: Findings, later: Findings) -> Self {
        let levels = |findings: &Findings| -> BTreeMap<_, Level> {
            findings.fingerprinted().map(|(print, found)| (print, found.level)).collect()
        };
        let (was, is) = (levels(&earlier), levels(&later));
        let (unchanged, new) =
            later.partition(|print, found| was.get(&print).is_some_and(|was| *was <= found.level));
        let (_, no_longer_reported) = earlier.partition(|print, _| is.contains_key(&print));
        Self { new, no_longer_reported, unchanged }
    }

    /// Also matches findings that differ only in their message: those of one rule at one place. For an
    /// earlier and a later finding, the functions return the current path of its file and the text of
    /// its line.
    #[must_use]
    pub fn by_place(
        self,
        was: &mut dyn FnMut(&Diagnostic) -> Option<(String, String)>,
        is: &mut dyn FnMut(&Diagnostic) -> Option<(String, String)>,
    ) -> Self {
        let earlier: BTreeSet<_> = self.no_longer_reported.iter().map(|found| found.rule).collect();
        let later: BTreeSet<_> = self.new.iter().map(|found| found.rule).collect();
        let both: BTreeSet<_> = earlier.intersection(&later).copied().collect();
        let mut left: BTreeMap<_, Vec<Level>> = BTreeMap::new();
        for found in self.no_longer_reported.iter().filter(|found| both.contains(found.rule)) {
            if let Some(place) = was(found) {
                left.entry((found.rule, place)).or_default().push(found.level);
            }
        }
        let mut same: BTreeMap<_, usize> = BTreeMap::new();
        let (unchanged, new) = self.new.partition(|_, found| {
            let place = both.contains(found.rule).then(|| is(found)).flatten();
            let Some(key) = place.map(|place| (found.rule, place)) else { return false };
            let Some(levels) = left.get_mut(&key) else { return false };
            let Some(at) = levels.iter().position(|was| *was <= found.level) else { return false };
            levels.swap_remove(at);
            *same.entry(key).or_default() += 1;
            true
        });
        let (_, no_longer_reported) = self.no_longer_reported.partition(|_, found| {
            let place = both.contains(found.rule).then(|| was(found)).flatten();
            let count = place.and_then(|place| same.get_mut(&(found.rule, place)));
            let Some(count) = count.filter(|count| **count > 0) else { return false };
            *count -= 1;
            true
        });
        Self { new, no_longer_reported, unchanged: self.unchanged.joined(unchanged) }
    }

    /// The number of each.
    pub fn counts(&self) -> Changes {
        Changes {
            new: self.new.len(),
            no_longer_reported: self.no_longer_reported.len(),
            unchanged: self.unchanged.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::source::{Files, Location, Span};

    /// Findings in one file: level, place and message.
    fn findings(found: &[(Level, u32, &str)]) -> Findings {
        let mut files = Files::default();
        let file = files.add("a.yaml");
        let mut sink = Sink::new();
        for (level, at, message) in found {
            let place = Location::new(file, Span::at(*at));
            sink.push(*level, Diagnostic::new("unknown-code", place, *message));
        }
        sink.finish(&files)
    }

    fn places(findings: &Findings) -> Vec<u32> {
        findings.iter().map(|found| found.location.span.start).collect()
    }

    #[test]
    fn every_finding_is_new_unchanged_or_no_longer_reported() {
        use Level::{Error, Info, Warning};
        let was = [
            (Error, 1, "moved"),
            (Error, 2, "gone"),
            (Warning, 3, "worse"),
            (Warning, 4, "better"),
        ];
        let is =
            [(Error, 11, "moved"), (Error, 12, "new"), (Error, 13, "worse"), (Info, 14, "better")];
        let compared = Comparison::new(findings(&was), findings(&is));
        assert_eq!(places(&compared.new), [12, 13]);
        assert_eq!(places(&compared.no_longer_reported), [2]);
        assert_eq!(places(&compared.unchanged), [11, 14]);
        assert_eq!(compared.counts(), Changes { new: 2, no_longer_reported: 1, unchanged: 2 });
        let same = Comparison::new(findings(&was), findings(&was));
        assert_eq!(same.counts(), Changes { new: 0, no_longer_reported: 0, unchanged: 4 });
    }
}
