//! Rounds of fixes, until there is none left to make.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Findings, Fix};
use crate::source::{FileId, Files, Location, ReadError, World};

use super::round::Round;

/// Most rounds that are tried. What a fix makes possible, the next round does; a third is rare.
pub const ROUNDS: usize = 16;

/// Which fixes are wanted.
pub struct Wanted<'a> {
    /// Also those that are guesses.
    pub unsafe_fixes: bool,
    /// Whether a file may be changed, by its path.
    pub may_change: &'a dyn Fn(&str) -> bool,
}

/// Why a fix was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A file that it edits is gone, or is not UTF-8 everywhere.
    Undecoded,
    /// It could not be shown that all that it does not touch reads as before.
    Unproven,
    /// What it should mend would be found again.
    Unmended,
}

/// A fix that was not made although it is wanted.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// The rule that offers it.
    pub rule: &'static str,
    /// Where its finding is.
    pub location: Location,
    /// Why.
    pub reason: Reason,
}

/// What came of fixing.
#[derive(Debug)]
pub struct Fixed {
    /// How many findings were mended.
    pub count: usize,
    /// The fixes that were left out, in the order of the findings.
    pub left_out: Vec<LeftOut>,
    /// How many of the findings left have a fix that is a guess, where guesses are not wanted.
    pub guesses: usize,
    /// Whether every fix was made or left out; else [`ROUNDS`] were too few.
    pub finished: bool,
}

/// Decides round by round what is fixed, and remembers what was not to be.
pub struct Fixer<'a> {
    wanted: &'a Wanted<'a>,
    /// What was left out of the texts as they are.
    left_out: BTreeMap<Diagnostic, Reason>,
    fixed: usize,
    finished: bool,
}

impl<'a> Fixer<'a> {
    /// A fixer that has done nothing yet.
    pub fn new(wanted: &'a Wanted<'a>) -> Self {
        Self { wanted, left_out: BTreeMap::new(), fixed: 0, finished: false }
    }

    /// Makes the edits of as many fixes as go together and are proved, the worst findings' first.
    /// `None` where there is none to make.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn round<'f>(
        &mut self,
        findings: &'f Findings,
        files: &'f Files,
        world: &dyn World,
    ) -> Result<Option<Round<'f>>, ReadError> {
        let mut candidates: Vec<_> =
            findings.iter().filter(|finding| self.is_wanted(finding, files)).collect();
        candidates.sort_by_key(|finding| finding.level);
        let mut round = Round::new(findings, files);
        round.run(&candidates, world)?;
        for (finding, reason) in &round.left_out {
            self.left_out.insert((*finding).clone(), *reason);
        }
        self.finished = round.made.is_empty();
        Ok(Some(round).filter(|round| !round.made.is_empty()))
    }

    /// Takes note of what is found after a round, and says whether all was mended that should be.
    /// If not, the round is to be undone; another will leave out what did not mend.
    pub fn accept(&mut self, round: &Round<'_>, findings: &Findings, files: &Files) -> bool {
        let unmended = round.unmended(findings, files);
        if unmended.is_empty() {
            self.fixed += round.made.len();
            // In other texts another fix may be possible.
            self.left_out.clear();
            return true;
        }
        self.left_out.retain(|_, reason| *reason == Reason::Unmended);
        let unmended = unmended.into_iter().map(|finding| (finding.clone(), Reason::Unmended));
        self.left_out.extend(unmended);
        false
    }

    /// What came of it, where `findings` are left.
    pub fn finish(self, findings: &Findings, files: &Files) -> Fixed {
        let left_out = findings.iter().filter_map(|finding| {
            let reason = *self.left_out.get(finding)?;
            Some(LeftOut { rule: finding.rule, location: finding.location, reason })
        });
        let is_guess = |finding: &&Diagnostic| {
            let fix = finding.fix.as_ref().filter(|fix| !fix.safe && !self.wanted.unsafe_fixes);
            fix.is_some_and(|fix| self.may_make(finding, fix, files))
        };
        Fixed {
            count: self.fixed,
            left_out: left_out.collect(),
            guesses: findings.iter().filter(is_guess).count(),
            finished: self.finished,
        }
    }

    fn is_wanted(&self, finding: &Diagnostic, files: &Files) -> bool {
        let fix = finding.fix.as_ref().filter(|fix| fix.safe || self.wanted.unsafe_fixes);
        fix.is_some_and(|fix| self.may_make(finding, fix, files))
            && !self.left_out.contains_key(finding)
    }

    fn may_make(&self, finding: &Diagnostic, fix: &Fix, files: &Files) -> bool {
        let may_change = |file: FileId| (self.wanted.may_change)(files.path(file));
        let edits = fix.edits.iter().map(|edit| edit.location.file);
        !fix.edits.is_empty() && edits.chain([finding.location.file]).all(may_change)
    }
}
