//! The findings of two runs, held against each other.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Findings, Level};

/// How the findings of a run differ from those of an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Found later only, or of a worse level than before.
    pub new: usize,
    /// Found earlier only.
    pub mended: usize,
    /// Found both times.
    pub unchanged: usize,
}

/// The findings of two runs, by what came of them.
#[derive(Debug)]
pub struct Comparison {
    /// Found later only, or of a worse level than before.
    pub new: Findings,
    /// Found earlier only, so that places are those of the earlier run.
    pub mended: Findings,
    /// Found both times, as the later run found them.
    pub unchanged: Findings,
}

impl Comparison {
    /// Holds the findings of a later run against those of an earlier one. They are alike if they
    /// have one fingerprint.
    pub fn new(earlier: Findings, later: Findings) -> Self {
        let levels = |findings: &Findings| -> BTreeMap<_, Level> {
            findings.fingerprinted().map(|(print, found)| (print, found.level)).collect()
        };
        let (was, is) = (levels(&earlier), levels(&later));
        let (unchanged, new) =
            later.partition(|print, found| was.get(&print).is_some_and(|was| *was <= found.level));
        let (_, mended) = earlier.partition(|print, _| is.contains_key(&print));
        Self { new, mended, unchanged }
    }

    /// How many of each there are.
    pub fn counts(&self) -> Changes {
        Changes { new: self.new.len(), mended: self.mended.len(), unchanged: self.unchanged.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Sink};
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
    fn every_finding_is_new_mended_or_unchanged() {
        use Level::{Error, Info, Warning};
        let was = [
            (Error, 1, "moved"),
            (Error, 2, "mended"),
            (Warning, 3, "worse"),
            (Warning, 4, "better"),
        ];
        let is =
            [(Error, 11, "moved"), (Error, 12, "new"), (Error, 13, "worse"), (Info, 14, "better")];
        let compared = Comparison::new(findings(&was), findings(&is));
        assert_eq!(places(&compared.new), [12, 13]);
        assert_eq!(places(&compared.mended), [2]);
        assert_eq!(places(&compared.unchanged), [11, 14]);
        assert_eq!(compared.counts(), Changes { new: 2, mended: 1, unchanged: 2 });
        let same = Comparison::new(findings(&was), findings(&was));
        assert_eq!(same.counts(), Changes { new: 0, mended: 0, unchanged: 4 });
    }
}
