//! A change that makes the checks less strict.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cause::{Cause, Effects, begins, untouched};
use super::judgement::level_of;
use super::weakened_schema::{self, NAME};
use super::{Check, Rule};
use crate::dataset::{Change, Dataset, EventSummary, FiledEvent, RevisedDataset, levels_before};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Allow, LevelOf, Referent, SourceEntry, SourceKind};
use crate::schema::{Code, Codebook, Role};
use crate::source::{Location, Span};
use crate::value::name_key;

pub(super) static RULE: Rule = Rule {
    name: NAME,
    level: Level::Warning,
    page: include_str!("weakened-check.md"),
    check: Check::Change(check),
    across: None,
};

fn check(change: &Change<'_>, rules: &[&Rule], causes: &mut Vec<Cause>) {
    weakened_schema::find(change, causes);
    for dataset in change.after.datasets {
        let levels = levels_before(&dataset.name, change.before.datasets, change.after.datasets);
        let name = |revised: &&RevisedDataset<'_>| revised.after.dataset.name == dataset.name;
        let revised = change.datasets.iter().find(name);
        of_levels(rules, &levels, dataset, causes);
        of_allows(revised, dataset, causes);
        if let Some(revised) = revised {
            of_sources(revised, causes);
        }
    }
}

/// Rules that have a lower level in a dataset than before, or are off.
fn of_levels(rules: &[&Rule], before: &[LevelOf], after: &Dataset, causes: &mut Vec<Cause>) {
    let Some(file) = after.description_file else { return };
    let level_in = |levels: &[LevelOf], rule: &Rule| {
        let chosen = levels.iter().rfind(|of| *of.rule.value == *rule.name);
        chosen.map_or(Some(rule.level), |of| level_of(of.level))
    };
    for rule in rules.iter().filter(|rule| rule.is_allowable()) {
        let was = level_in(before, rule);
        let is = level_in(&after.description.levels, rule);
        // The worst level is the first, and `off`, which is none, is below all.
        if is.map(Reverse) < was.map(Reverse) {
            let chosen = after.description.levels.iter().rfind(|of| *of.rule.value == *rule.name);
            let span = chosen.map_or(Span::at(0), |of| of.rule.span);
            let was = was.map_or("off", Level::name);
            let lowered = match is {
                Some(is) => format!("`{}` was lowered from {was} to {}", rule.name, is.name()),
                None => format!("`{}` was switched off", rule.name),
            };
            causes.push(Cause::alone(
                NAME,
                Location::new(file, span),
                lowered,
                format!("{was} before"),
                "say in the change why the rule matters less here, or use `allow` in single records",
            ));
        }
    }
}

/// Rules that a record now allows, or allows for longer than before.
fn of_allows(revised: Option<&RevisedDataset<'_>>, after: &Dataset, causes: &mut Vec<Cause>) {
    let mut before: BTreeMap<Location, &EventSummary> = BTreeMap::new();
    for event in revised.into_iter().flat_map(RevisedDataset::events) {
        before.insert(begins(&event.after.filed), event.before.filed.summary);
    }
    for filed in &after.events {
        for allow in filed.allow() {
            let was = before.get(&begins(filed)).into_iter().flat_map(|was| was.allow());
            let was = was.filter(|was| was.rule.value == allow.rule.value).map(last_day).max();
            let rule = &allow.rule.value;
            let message = match was {
                None => format!("`{rule}` is now allowed in this record"),
                Some(was) if was < last_day(allow) => {
                    format!("`{rule}` is now allowed for longer in this record")
                }
                Some(_) => continue,
            };
            causes.push(Cause::alone(
                NAME,
                Location::new(filed.file, allow.rule.span),
                message,
                format!("until {}", allow.until.value.as_str()),
                "check the reason in `because`: findings of this rule in this record are hidden",
            ));
        }
    }
}

/// The last day of an entry; one without end lasts longest.
fn last_day(allow: &Allow) -> NaiveDate {
    allow.until.value.latest().unwrap_or(NaiveDate::MAX)
}

/// Sources whose claims now weigh differently.
fn of_sources(revised: &RevisedDataset<'_>, causes: &mut Vec<Cause>) {
    let (was, is) = (&revised.before.dataset.sources, &revised.after.dataset.sources);
    for entry in was.entries() {
        let Some(now) = is.get(revised.current(Referent::Source, &entry.id.value)) else {
            continue;
        };
        let place = now.location();
        let counted = (
            revised.before.dataset.counted_publisher(entry).map(|publisher| &*publisher.name),
            revised.after.dataset.counted_publisher(now).map(|publisher| &*publisher.name),
        );
        let current = |id: &str| revised.current(Referent::Source, id).to_owned();
        let actor = |id: &str| revised.current(Referent::Actor, id).to_owned();
        let then = weights((&entry.entry, counted.0), revised.before.codebook, (current, actor));
        let after = weights(
            (&now.entry, counted.1),
            revised.after.codebook,
            (str::to_owned, str::to_owned),
        );
        let is_other = |(was, is): &(&(&str, String), &(&str, String))| match was.0 {
            PUBLISHER | COUNTED => name_key(&was.1) != name_key(&is.1),
            _ => was.1 != is.1,
        };
        let changed = then.iter().zip(&after).find(is_other);
        let Some(((key, was), (_, is))) = changed else { continue };
        let shown = |value: &str| match value {
            "" => "nothing".to_owned(),
            value => format!("`{value}`"),
        };
        let message = format!(
            "`{key}` of the source `{}` changed from {} to {}",
            now.id.value,
            shown(was),
            shown(is)
        );
        let finding = Diagnostic::new(NAME, place, message)
            .label("every claim in it is now weighed differently")
            .help("check that this is a correction, and review the events that use the source");
        let id = &*now.id.value;
        let cites = |filed: FiledEvent<'_>| {
            let mut claims = filed.event.claims.iter();
            claims.any(|claim| {
                *claim.source.value == *id
                    || claim.via.as_ref().is_some_and(|via| *via.value == *id)
            })
        };
        causes.push(Cause { finding, effects: Effects::Evidence(untouched(revised, cites)) });
    }
}

/// The key for the publisher of a source.
const PUBLISHER: &str = "publisher";

/// The key for the publisher that a source counts as.
const COUNTED: &str = "origin";

/// The properties of a source that decide how its claims weigh: key and value.
fn weights(
    (source, counted): (&SourceEntry, Option<&str>),
    codebook: &Codebook,
    (current, actor): (impl Fn(&str) -> String, impl Fn(&str) -> String),
) -> Vec<(&'static str, String)> {
    let reliability = |code: Code| codebook.list(Role::SourceReliability).entry(code).code.as_ref();
    let mut cites: Vec<_> = source.cites.iter().map(|cited| current(&cited.value)).collect();
    cites.sort();
    vec![
        (PUBLISHER, source.publisher.as_deref().unwrap_or_default().to_owned()),
        (COUNTED, counted.unwrap_or_default().to_owned()),
        ("of", source.of.as_ref().map_or_else(String::new, |of| actor(&of.value))),
        ("kind", source.kind.map_or("", SourceKind::as_str).to_owned()),
        ("reliability", source.reliability.map_or("", reliability).to_owned()),
        ("cites", cites.join(", ")),
        ("unseen", if source.unseen { "true" } else { "" }.to_owned()),
    ]
}
