//! The choices of a dataset and its records about rules: `levels` and `allow`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Rule, expired_allow, invalid_allow, limit_exceeded};
use crate::dataset::{Dataset, EventSummary};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Allow, LevelChoice};
use crate::source::{FileId, Location, Span};

/// The levels that a dataset chose for rules, and the rules that its records allow.
#[derive(Debug)]
pub(super) struct Judgement<'d> {
    dataset: &'d Dataset,
    levels: BTreeMap<&'d str, Option<Level>>,
    /// The records of a file that allow a rule, in order.
    allows: BTreeMap<(FileId, &'d str), BTreeSet<Span>>,
    /// The parts of a file that are drafts, in order.
    drafts: BTreeMap<FileId, BTreeSet<Span>>,
    today: NaiveDate,
}

impl<'d> Judgement<'d> {
    /// The choices of a dataset that hold on a day.
    pub(super) fn of(dataset: &'d Dataset, today: NaiveDate) -> Self {
        let chosen = dataset.description.levels.iter();
        let levels = chosen.map(|chosen| (&*chosen.rule.value, level_of(chosen.level))).collect();
        let mut allows: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (filed, allow) in allow_entries(dataset) {
            if !has_expired(allow, today) {
                let rule = (filed.file, &*allow.rule.value);
                allows.entry(rule).or_default().insert(filed.span);
            }
        }
        let mut drafts: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for filed in dataset.events.iter().filter(|filed| filed.is_draft()) {
            drafts.entry(filed.file).or_default().insert(filed.part);
        }
        Self { dataset, levels, allows, drafts, today }
    }

    /// The level of a rule in this dataset; `None` if it is off. A rule that is not allowable keeps its
    /// own.
    pub(super) fn level(&self, rule: &Rule) -> Option<Level> {
        match self.levels.get(rule.name) {
            Some(level) if rule.is_allowable() => *level,
            _ => Some(rule.level),
        }
    }

    /// Whether a record allows a finding.
    pub(super) fn allows(&self, rule: &Rule, finding: &Diagnostic) -> bool {
        let Location { file, span } = finding.location;
        rule.is_allowable() && lies_in(self.allows.get(&(file, rule.name)), span)
    }

    /// Whether a finding is about a draft, which stands in no table, so that no error of it is one of the
    /// data. What a limit stopped may be of the whole file.
    pub(super) fn is_of_draft(&self, rule: &Rule, finding: &Diagnostic) -> bool {
        let Location { file, span } = finding.location;
        rule.name != limit_exceeded::RULE.name && lies_in(self.drafts.get(&file), span)
    }

    /// Findings about the entries of `levels` and `allow` themselves. `rules` are all rules.
    pub(super) fn findings(&self, rules: &[&Rule]) -> Vec<(&'static Rule, Diagnostic)> {
        let mut found = Vec::new();
        for chosen in &self.dataset.description.levels {
            if let Some(file) = self.dataset.description_file {
                let place = Location::new(file, chosen.rule.span);
                found.extend(invalid_allow::find(rules, &chosen.rule.value, place));
            }
        }
        for (filed, allow) in allow_entries(self.dataset) {
            let place = Location::new(filed.file, allow.rule.span);
            found.extend(invalid_allow::find(rules, &allow.rule.value, place));
            found.extend(invalid_allow::of_end(allow, filed.file, self.today));
            if has_expired(allow, self.today) {
                found.push(expired_allow::find(allow, filed.file, self.today));
            }
        }
        found
    }
}

fn allow_entries(dataset: &Dataset) -> impl Iterator<Item = (&EventSummary, &Allow)> {
    dataset.events.iter().flat_map(|filed| filed.allow().iter().map(move |allow| (filed, allow)))
}

/// Whether a place lies in one of the records of its file. They do not overlap, so only the last one that
/// begins before the place can hold it.
fn lies_in(records: Option<&BTreeSet<Span>>, place: Span) -> bool {
    let before = records.and_then(|all| all.range(..=Span::new(place.start, u32::MAX)).next_back());
    before.is_some_and(|record| place.end <= record.end)
}

/// An entry without a last day never expires.
fn has_expired(allow: &Allow, today: NaiveDate) -> bool {
    allow.until.value.latest().is_some_and(|last| last < today)
}

/// The level of that name; `None` for `off`.
pub(super) fn level_of(choice: LevelChoice) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.name() == choice.as_str())
}
