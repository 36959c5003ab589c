//! What a dataset and its records say about rules: levels and excuses.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Rule, expired_excuse, invalid_excuse};
use crate::dataset::{Dataset, FiledEvent};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Excuse, LevelChoice};
use crate::source::{FileId, Location, Span};

/// What a dataset and its records say about rules.
#[derive(Debug)]
pub(super) struct Judgement<'d> {
    dataset: &'d Dataset,
    levels: BTreeMap<&'d str, Level>,
    /// The records that excuse themselves from a rule in a file, in order.
    excuses: BTreeMap<(FileId, &'d str), BTreeSet<Span>>,
    today: NaiveDate,
}

impl<'d> Judgement<'d> {
    /// What a dataset says on a day.
    pub(super) fn of(dataset: &'d Dataset, today: NaiveDate) -> Self {
        let chosen = dataset.description.levels.iter();
        let levels = chosen.map(|chosen| (&*chosen.rule.value, level_of(chosen.level))).collect();
        let mut excuses: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (filed, excuse) in all_excuses(dataset) {
            if !has_expired(excuse, today) {
                let rule = (filed.file, &*excuse.rule.value);
                excuses.entry(rule).or_default().insert(filed.event.span);
            }
        }
        Self { dataset, levels, excuses, today }
    }

    /// The level of a rule here. One that is not excusable keeps its own.
    pub(super) fn level(&self, rule: &Rule) -> Level {
        match self.levels.get(rule.name) {
            Some(level) if rule.is_excusable() => *level,
            _ => rule.level,
        }
    }

    /// Whether a record excuses a finding.
    pub(super) fn excuses(&self, rule: &Rule, finding: &Diagnostic) -> bool {
        let Location { file, span } = finding.location;
        let Some(records) = self.excuses.get(&(file, rule.name)) else { return false };
        // Records do not overlap, so it lies in the last that begins before it, or in none.
        let mut before = records.range(..=Span::new(span.start, u32::MAX));
        rule.is_excusable() && before.next_back().is_some_and(|record| span.end <= record.end)
    }

    /// What is wrong with the levels and excuses themselves.
    pub(super) fn findings(&self) -> Vec<(&'static Rule, Diagnostic)> {
        let mut found = Vec::new();
        for chosen in &self.dataset.description.levels {
            if let Some(file) = self.dataset.description_file {
                let place = Location::new(file, chosen.rule.span);
                found.extend(invalid_excuse::find(&chosen.rule.value, place));
            }
        }
        for (filed, excuse) in all_excuses(self.dataset) {
            let place = Location::new(filed.file, excuse.rule.span);
            found.extend(invalid_excuse::find(&excuse.rule.value, place));
            found.extend(invalid_excuse::of_end(excuse, filed.file, self.today));
            if has_expired(excuse, self.today) {
                found.push(expired_excuse::find(excuse, filed.file, self.today));
            }
        }
        found
    }
}

fn all_excuses(dataset: &Dataset) -> impl Iterator<Item = (&FiledEvent, &Excuse)> {
    dataset
        .events
        .iter()
        .flat_map(|filed| filed.event.allow.iter().map(move |excuse| (filed, excuse)))
}

/// An excuse without a last day never expires.
fn has_expired(excuse: &Excuse, today: NaiveDate) -> bool {
    excuse.until.value.latest().is_some_and(|last| last < today)
}

pub(super) const fn level_of(choice: LevelChoice) -> Level {
    match choice {
        LevelChoice::Error => Level::Error,
        LevelChoice::Warning => Level::Warning,
        LevelChoice::Info => Level::Info,
    }
}
