//! What the last run over a project asked, was told and said.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use super::checked::Checked;
use super::verdict::{Counts, Verdict};
use crate::diagnostic::{Diagnostic, Findings};
use crate::rules::{RULES, Rule};
use crate::source::{Compared, Digest, Files, Look, Paths, Trace, TraceChange};

/// The last run over a project, held against the project as it stands.
#[derive(Debug)]
pub struct LastRun {
    asked: Asked,
    /// A digest of what the run asked and was told that left this.
    left: Digest,
    /// What the last one was told otherwise.
    change: TraceChange,
    compared: Compared,
    /// What it said, as bytes; nothing where that is not known.
    said: Vec<u8>,
}

/// What a run asked and was told. It is large, and the next one hardly differs.
#[derive(Debug, Deserialize, Serialize)]
struct Asked {
    trace: Trace,
    /// The path of each of its files, in its order.
    paths: Paths,
}

/// What a run said.
#[derive(Deserialize, Serialize)]
struct Said<C, F> {
    datasets: C,
    /// The rule of each finding, by its position among all rules.
    rules: Vec<usize>,
    findings: F,
}

/// What stands before what a run said.
#[derive(Deserialize, Serialize)]
struct Head {
    /// A digest of what was asked and told, as it was left.
    of: Digest,
    /// What this run was told otherwise.
    change: TraceChange,
}

/// What is left for the next run.
#[derive(Debug)]
pub struct Leave {
    /// What was asked and told; `None` where what was left of an earlier run will do.
    pub asked: Option<Vec<u8>>,
    /// What was said.
    pub said: Vec<u8>,
}

impl LastRun {
    /// What was left of it.
    pub fn read(asked: &[u8], said: Option<Vec<u8>>, look: &Look<'_>) -> Option<Self> {
        let mut asked: Asked = postcard::from_bytes(asked).ok()?;
        let (left, mut change) = (asked.trace.digest(), asked.trace.no_change());
        let mut said = said.unwrap_or_default();
        let head = postcard::take_from_bytes(&said).ok();
        match head.filter(|(head, _): &(Head, _)| head.of == left) {
            Some((head, rest)) => {
                asked.trace.make(&head.change)?;
                change = head.change;
                said.drain(..said.len() - rest.len());
            }
            None => said.clear(),
        }
        let compared = asked.trace.compared(look);
        Some(Self { asked, left, change, compared, said })
    }

    /// What it asked, and how the answers of today compare.
    pub(super) const fn answers(&self) -> (&Trace, &Compared) {
        (&self.asked.trace, &self.compared)
    }

    /// What it said, with a digest of what it asked and was told; `None` where another run would not be told the same.
    pub fn verdict(&self) -> Option<(Verdict, Digest)> {
        let said = self.compared.is_same.then_some(&self.said)?;
        let said: Said<Vec<Counts>, Findings> = postcard::from_bytes(said).ok()?;
        Some((said.verdict(Files::of(self.asked.paths.clone()))?, self.asked.trace.digest()))
    }

    /// What is to be left of it anew, because the file system now says of more than one in so many files or bytes that
    /// nothing touched them.
    pub fn renewed(&self, look: &Look<'_>, share: usize) -> Option<Leave> {
        let Asked { trace, paths } = &self.asked;
        if !self.compared.is_worth_keeping(trace, share) {
            return None;
        }
        let asked = postcard::to_stdvec(&(trace.clone().with_stamps(look), paths)).ok()?;
        let mut said = Head::of(trace.digest(), trace.no_change())?;
        said.extend(&self.said);
        Some(Leave { asked: Some(asked), said })
    }

    /// What a run leaves of itself. Where it was told the same as the `last` one but of one in so many files, what it asked
    /// need not be written again.
    pub fn leave(
        (checked, counts): (&Checked, &[Counts]),
        last: Option<&Self>,
        look: &Look<'_>,
        share: usize,
    ) -> Option<Leave> {
        let (trace, paths) = (&checked.trace, checked.files.paths());
        let said = postcard::to_stdvec(&Said::of(checked, counts)).ok()?;
        let last = last.filter(|last| {
            last.asked.paths == *paths && !last.compared.is_worth_keeping(&last.asked.trace, share)
        });
        let change =
            last.and_then(|last| Some((last, last.asked.trace.change(&last.change, trace, look)?)));
        let few = change.filter(|(_, change)| change.len() * share <= trace.files());
        let (asked, mut bytes) = match few {
            Some((last, change)) => (None, Head::of(last.left, change)?),
            None => {
                let trace = trace.clone().with_stamps(look);
                (
                    Some(postcard::to_stdvec(&(&trace, paths)).ok()?),
                    Head::of(trace.digest(), trace.no_change())?,
                )
            }
        };
        bytes.extend(said);
        Some(Leave { asked, said: bytes })
    }
}

impl Head {
    fn of(left: Digest, change: TraceChange) -> Option<Vec<u8>> {
        postcard::to_stdvec(&Self { of: left, change }).ok()
    }
}

impl<'c> Said<&'c [Counts], &'c Findings> {
    fn of(checked: &'c Checked, counts: &'c [Counts]) -> Self {
        let positions = RULES.iter().enumerate().map(|(at, rule)| (rule.name, at));
        let positions: HashMap<_, _, RandomState> = positions.collect();
        let position =
            |finding: &Diagnostic| positions.get(finding.rule).copied().unwrap_or(RULES.len());
        Self {
            datasets: counts,
            rules: checked.findings.iter().map(position).collect(),
            findings: &checked.findings,
        }
    }
}

impl Said<Vec<Counts>, Findings> {
    /// The verdict; `None` where it is not one of this eventc.
    fn verdict(self, files: Files) -> Option<Verdict> {
        let mut findings = self.findings;
        for (finding, rule) in findings.iter_mut().zip(self.rules) {
            finding.rule = RULES.get(rule)?.name;
        }
        let rules = Rule::of_run(false);
        Some(Verdict { files, datasets: self.datasets, rules, findings, changes: None })
    }
}
