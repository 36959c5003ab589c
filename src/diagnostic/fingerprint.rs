//! An identity of a finding that stays from run to run.

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::source::Files;

use super::{Diagnostic, Printable};

/// The identity of a finding, which stays when its lines move.
///
/// It is a hash of the rule, the path of the file and the message, but not of the line. Equal findings in
/// one file are numbered in order. If one of several equal findings is fixed, the last number
/// disappears; if a file is renamed, its findings get other fingerprints.
///
/// It prints as 32 hexadecimal digits.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of a finding with `ordinal` equal findings before it.
    fn new(path: &str, diagnostic: &Diagnostic, ordinal: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [diagnostic.rule, path, diagnostic.message.as_str()] {
            // The length keeps texts apart that would be alike side by side.
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.update(&ordinal.to_le_bytes());
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        Self(bytes)
    }
}

/// The fingerprint of each finding. Findings of one file are adjacent.
pub(super) fn fingerprints(diagnostics: &[Diagnostic], files: &Files) -> Vec<Fingerprint> {
    let of_files = diagnostics.chunk_by(|a, b| a.location.file == b.location.file);
    let of_files: Vec<_> = of_files.collect();
    let path = |found: &[Diagnostic]| files.path(found[0].location.file);
    of_files.into_par_iter().flat_map_iter(|found| of_file(found, path(found))).collect()
}

/// The fingerprint of each finding of a file.
fn of_file(diagnostics: &[Diagnostic], path: &str) -> Vec<Fingerprint> {
    let mut alike: HashMap<(&str, &Printable), u64, RandomState> = HashMap::default();
    let mut all = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let ordinal = alike.entry((diagnostic.rule, &diagnostic.message)).or_default();
        all.push(Fingerprint::new(path, diagnostic, *ordinal));
        *ordinal += 1;
    }
    all
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::{Findings, Level, Sink};
    use crate::source::{Location, Span};

    /// Rule, file, place and message of a finding.
    type Case = (&'static str, usize, u32, &'static str);

    const BEFORE: &[Case] = &[
        ("unknown-code", 0, 10, "`X` is no code"),
        ("unknown-code", 0, 20, "`X` is no code"),
        ("unknown-code", 1, 10, "`X` is no code"),
        ("missing-key", 0, 10, "`X` is no code"),
        ("missing-key", 0, 10, "`Y` is no code"),
    ];

    fn findings(cases: &[Case]) -> Findings {
        let mut files = Files::default();
        let ids = [files.add("a.yaml"), files.add("b.yaml")];
        let mut sink = Sink::new();
        for (rule, file, start, message) in cases {
            let location = Location::new(ids[*file], Span::at(*start));
            sink.push(Level::Error, Diagnostic::new(rule, location, *message));
        }
        sink.finish(&files)
    }

    fn set(findings: &Findings) -> BTreeSet<Fingerprint> {
        findings.fingerprinted().map(|(fingerprint, _)| fingerprint).collect()
    }

    #[test]
    fn each_finding_has_its_own_and_keeps_it_while_lines_move() {
        let before = set(&findings(BEFORE));
        assert_eq!(before.len(), BEFORE.len());
        let moved: Vec<_> = BEFORE.iter().map(|(r, f, start, m)| (*r, *f, start + 7, *m)).collect();
        assert_eq!(set(&findings(&moved)), before);
    }

    #[test]
    fn what_is_not_shown_leaves_the_others_their_names() {
        let mut findings = findings(BEFORE);
        let before = set(&findings);
        findings.retain(|_, diagnostic| diagnostic.location.span.start == 20);
        assert_eq!(findings.len(), 1);
        assert!(set(&findings).is_subset(&before));
    }

    #[test]
    fn one_more_or_less_among_those_alike_changes_one_name() {
        let more = [BEFORE, &[("unknown-code", 0, 15, "`X` is no code")]].concat();
        let (before, after) = (set(&findings(BEFORE)), set(&findings(&more)));
        assert!(before.is_subset(&after) && after.len() == before.len() + 1);
    }

    #[test]
    fn a_fingerprint_is_the_same_in_every_version() {
        let first = findings(&BEFORE[..1]);
        let (fingerprint, _) = first.fingerprinted().next().unwrap();
        assert_eq!(fingerprint.to_string(), "38704994a9c26cd7708c52437ea5e39c");
    }
}
