//! Rounds of fixes, until there is none left to make.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Findings, Fix, Level};
use crate::source::{FileId, Files, Location, ReadError, World};

use super::round::{Reason, Round};

/// Most rounds that are tried. What a fix makes possible, the next round does; a third is rare.
pub const ROUNDS: usize = 16;

/// Which fixes are wanted.
pub struct Wanted<'a> {
    /// Also those that are guesses.
    pub unsafe_fixes: bool,
    /// Those of findings of this level or a worse one.
    pub level: Level,
    /// Whether a file may be changed, by its path.
    pub may_change: &'a dyn Fn(&str) -> bool,
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
    /// How many findings were fixed.
    pub count: usize,
    /// The fixes that were left out, in the order of the findings.
    pub left_out: Vec<LeftOut>,
    /// How many of the findings left have a fix that is a guess, where guesses are not wanted.
    pub guesses: usize,
    /// Whether every fix was made or left out; else [`ROUNDS`] were too few.
    pub finished: bool,
}

/// Path, rule and message: two findings that share them differ only in their place.
type Kind = (String, &'static str, String);

fn kind(finding: &Diagnostic, files: &Files) -> Kind {
    let path = files.path(finding.location.file).to_owned();
    (path, finding.rule, finding.message.as_str().to_owned())
}

/// Decides round by round what is fixed, and remembers what was not to be.
pub struct Fixer<'a> {
    wanted: &'a Wanted<'a>,
    /// What was left out of the texts as they are.
    left_out: BTreeMap<Diagnostic, Reason>,
    /// The findings when the first guesses were made: what appears later depends on a guess.
    before_guesses: Option<BTreeSet<Kind>>,
    fixed: usize,
    finished: bool,
}

impl<'a> Fixer<'a> {
    /// A fixer that has done nothing yet.
    pub fn new(wanted: &'a Wanted<'a>) -> Self {
        let before_guesses = None;
        Self { wanted, left_out: BTreeMap::new(), before_guesses, fixed: 0, finished: false }
    }

    /// Makes as many fixes as are proven and do not conflict, those of the worst findings first. Guesses
    /// are made only once no safe fix is left. `None` if there is no fix to make.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn round<'f>(
        &mut self,
        findings: &'f Findings,
        files: &'f Files,
        world: &dyn World,
    ) -> Result<Option<Round<'f>>, ReadError> {
        let wanted = || findings.iter().filter(|finding| self.is_wanted(finding, files));
        let is_safe = |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.safe);
        let mut candidates: Vec<_> = wanted().filter(is_safe).collect();
        if candidates.is_empty() {
            candidates = wanted().collect();
        }
        candidates.sort_by_key(|finding| finding.level);
        if self.before_guesses.is_none() && candidates.iter().any(|finding| !is_safe(finding)) {
            self.before_guesses = Some(findings.iter().map(|it| kind(it, files)).collect());
        }
        let mut round = Round::new(findings, files);
        round.run(&candidates, world)?;
        for (finding, reason) in &round.left_out {
            self.left_out.insert((*finding).clone(), *reason);
        }
        self.finished = round.made.is_empty();
        Ok(Some(round).filter(|round| !round.made.is_empty()))
    }

    /// Judges a round by the findings after it, and returns whether every fix worked. If not, the caller
    /// must undo the round; the next one leaves out the fixes that failed.
    pub fn accept(&mut self, round: &Round<'_>, findings: &Findings, files: &Files) -> bool {
        let failed = round.failed(findings, files);
        if failed.is_empty() {
            self.fixed += round.made.len();
            // In other texts another fix may be possible.
            self.left_out.clear();
            return true;
        }
        self.left_out.retain(|_, reason| matches!(reason, Reason::StillFound | Reason::Wrong));
        self.left_out.extend(failed.into_iter().map(|(finding, reason)| (finding.clone(), reason)));
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
        let rests_on_guess = self
            .before_guesses
            .as_ref()
            .is_some_and(|known| !known.contains(&kind(finding, files)));
        fix.is_some_and(|fix| self.may_make(finding, fix, files))
            && !rests_on_guess
            && !self.left_out.contains_key(finding)
    }

    fn may_make(&self, finding: &Diagnostic, fix: &Fix, files: &Files) -> bool {
        let may_change = |file: FileId| (self.wanted.may_change)(files.path(file));
        let edits = fix.edits.iter().map(|edit| edit.location.file);
        finding.level <= self.wanted.level
            && !fix.edits.is_empty()
            && edits.chain([finding.location.file]).all(may_change)
    }
}
