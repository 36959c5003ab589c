//! Running the rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::defects::{Diagnose, RuleFinding};
use super::file_report::FileReport;
use super::gathered::Gathered;
use super::judgement::Judgement;
use super::reports::Reports;
use super::{
    Check, DefectPlace, RULES, Rule, ambiguous_scalar, flow_comma, limit_exceeded, mentions,
};
use crate::dataset::{Binding, Change, Project, RevisedDataset, RevisedEvent};
use crate::diagnostic::{Diagnostic, Findings, Level, Sink};
use crate::form::{Defect, FileDefects, Limit};
use crate::record::RecordDefect;
use crate::schema::{Codebook, SchemaDefect};
use crate::source::{FileId, Files, Location, Spanned};

/// Runs every rule over a project and returns the findings in the order of the files.
///
/// `change` is the project before and after, for the rules that judge a change. `today` decides which
/// entries of `allow` have expired. `reports` is what was found in events by themselves.
pub fn run(
    project: Project<'_>,
    (schema, strays): (&[FileDefects<SchemaDefect>], &[FileDefects<RecordDefect>]),
    change: Option<&Change<'_>>,
    today: NaiveDate,
    reports: &mut Reports,
) -> Findings {
    let Project { codebook, datasets, files } = project;
    let (mut all, mut allowed) = (Vec::new(), Vec::new());
    let beside = word_defects(codebook, schema).into_iter().chain(word_defects(codebook, strays));
    for (rule, found) in without_knock_ons(beside.collect()) {
        all.push((rule.level, found));
    }
    for dataset in datasets {
        let judgement = Judgement::of(dataset, today);
        let binding = Binding { codebook, dataset };
        let mut of_events = reports.of_dataset(dataset);
        let mut found: Vec<_> = of_events.take_findings().collect();
        for file in &dataset.files {
            let words = word_defects(codebook, std::slice::from_ref(file));
            reports.add_of_text(file.file, &words);
            found.extend(words);
        }
        let FileReport { unresolved, claimants, used, blocks, .. } = of_events;
        let gathered = Gathered::new(binding, (unresolved, claimants), used, blocks);
        found.extend(visit_dataset(binding, &gathered));
        let shard = dataset.shard;
        reports.mentions.extend(shard.map(|shard| mentions::mentions(binding, &gathered, shard)));
        let revised = change.into_iter().flat_map(|change| &change.datasets);
        for revised in revised.filter(|revised| revised.after.dataset.name == dataset.name) {
            found.extend(compare_events(revised));
        }
        found.extend(judgement.findings(RULES));
        found.extend(dataset.searched_out().into_iter().map(|place| searched_out(codebook, place)));
        judge_each(&judgement, without_knock_ons(found), &mut all, &mut allowed);
    }
    let lists = codebook.lists.iter().filter(|list| list.is_searched_out());
    let lists = lists.map(|list| searched_out(codebook, list.location()));
    all.extend(lists.map(|(rule, finding)| (rule.level, finding)));
    gather(limited(codebook, all), allowed, files)
}

/// Judges findings that were made elsewhere, for each dataset of a project, by `levels` and `allow`.
pub fn judge(project: Project<'_>, found: Vec<Vec<RuleFinding>>, today: NaiveDate) -> Findings {
    let (mut all, mut allowed) = (Vec::new(), Vec::new());
    for (dataset, found) in project.datasets.iter().zip(found) {
        judge_each(&Judgement::of(dataset, today), found, &mut all, &mut allowed);
    }
    gather(all, allowed, project.files)
}

fn judge_each(
    judgement: &Judgement<'_>,
    found: Vec<RuleFinding>,
    all: &mut Vec<(Level, Diagnostic)>,
    allowed: &mut Vec<Diagnostic>,
) {
    for (rule, finding) in found {
        let Some(level) = judgement.level(rule) else { continue };
        match judgement.allows(rule, &finding) {
            true => allowed.push(finding),
            false if level == Level::Error && judgement.is_of_draft(rule, &finding) => {
                all.push((Level::Warning, finding.help(DRAFT)));
            }
            false => all.push((level, finding)),
        }
    }
}

fn gather(all: Vec<(Level, Diagnostic)>, allowed: Vec<Diagnostic>, files: &Files) -> Findings {
    let mut sink = Sink::new();
    for (level, finding) in all {
        sink.push(level, finding);
    }
    for finding in allowed {
        sink.allow(finding);
    }
    sink.finish(files)
}

const DRAFT: &str = "the record is a draft: this is an error when it is finished";

/// The finding that the number of searches for a suggestion was exceeded at a place.
fn searched_out(codebook: &Codebook, place: Location) -> RuleFinding {
    let place = DefectPlace { codebook, file: place.file, span: place.span };
    (&limit_exceeded::RULE, limit_exceeded::diagnostic(Limit::NameGuesses, place))
}

/// Leaves out the findings of a file beyond the limit. The finding that says so has the worst level of
/// those left out.
fn limited(codebook: &Codebook, mut all: Vec<(Level, Diagnostic)>) -> Vec<(Level, Diagnostic)> {
    let most = Limit::Findings.most();
    let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
    for (_, finding) in &all {
        *counts.entry(finding.location.file).or_default() += 1;
    }
    if counts.values().all(|count| *count <= most) {
        return all;
    }
    all.sort_by(|(_, one), (_, other)| {
        one.location.cmp(&other.location).then_with(|| one.cmp(other))
    });
    let (mut kept, mut left_out) = (Vec::new(), BTreeMap::new());
    let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
    for (level, finding) in all {
        let location = finding.location;
        let count = counts.entry(location.file).or_default();
        *count += 1;
        if *count <= most {
            kept.push((level, finding));
        } else {
            let (worst, _) = left_out.entry(location.file).or_insert((level, location));
            *worst = level.min(*worst);
        }
    }
    kept.extend(left_out.into_values().map(|(level, Location { file, span })| {
        let place = DefectPlace { codebook, file, span };
        (level, limit_exceeded::diagnostic(Limit::Findings, place))
    }));
    kept
}

/// Runs the rules that look at a dataset as a whole, or at its registries. A shard is not compared with others.
fn visit_dataset(binding: Binding<'_>, gathered: &Gathered<'_>) -> Vec<RuleFinding> {
    let run = |rule: &&'static Rule| {
        let mut found = Vec::new();
        match rule.check {
            Check::Registries(check) | Check::Records(_, check) => check(binding, &mut found),
            Check::Gathered(check) => check(binding, gathered, &mut found),
            _ => {}
        }
        if let Some(across) = rule.across.filter(|_| binding.dataset.shard.is_none()) {
            (across.check)(binding, gathered, &mut found);
        }
        let rule = *rule;
        found.into_iter().map(move |finding| (rule, finding))
    };
    // Those that search for what was meant come one after another, or it would be chance which of them searches last, when
    // no more may be searched for.
    let (searching, others): (Vec<&Rule>, Vec<&Rule>) =
        RULES.iter().partition(|rule| matches!(rule.check, Check::Gathered(_)));
    let (mut found, others): (Vec<_>, Vec<_>) = rayon::join(
        || searching.iter().flat_map(run).collect(),
        || others.par_iter().flat_map_iter(run).collect(),
    );
    found.extend(others);
    found
}

/// Reports defects, each by its rule.
fn word_defects<Own: Diagnose>(
    codebook: &Codebook,
    files: &[FileDefects<Own>],
) -> Vec<RuleFinding> {
    let of_file = |FileDefects { file, defects }: &FileDefects<Own>| {
        let words = |defect: &Spanned<Defect<Own>>| {
            defect.value.diagnostic(DefectPlace { codebook, file: *file, span: defect.span })
        };
        defects.iter().filter_map(words).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

/// Leaves out findings that disappear when another is fixed: how other programs read a text that has an
/// error itself, and findings about the part of a text before the comma that ended it.
fn without_knock_ons(mut found: Vec<RuleFinding>) -> Vec<RuleFinding> {
    let places_of = |is_one: &dyn Fn(&Rule) -> bool| {
        let these = found.iter().filter(|(rule, _)| is_one(rule));
        these.map(|(_, finding)| finding.location).collect::<Vec<_>>()
    };
    let start = |place: Location| (place.file, place.span.start);
    let wrong: BTreeSet<_> = places_of(&|rule| rule.level == Level::Error).into_iter().collect();
    let cut: BTreeSet<_> =
        places_of(&|rule| rule.name == flow_comma::RULE.name).into_iter().map(start).collect();
    found.retain(|(rule, finding)| match rule.name {
        name if name == flow_comma::RULE.name => true,
        name if name == ambiguous_scalar::RULE.name && wrong.contains(&finding.location) => false,
        _ => !cut.contains(&start(finding.location)),
    });
    found
}

/// Compares each event with its state before the change.
fn compare_events(dataset: &RevisedDataset<'_>) -> Vec<RuleFinding> {
    let visit = |revised: RevisedEvent<'_>| {
        let mut all = Vec::new();
        for rule in RULES {
            if let Check::Revised(check) = rule.check {
                let mut found = Vec::new();
                check(revised, &mut found);
                all.extend(found.into_iter().map(|finding| (*rule, finding)));
            }
        }
        all
    };
    // What a draft says was never published.
    let is_finished = |revised: &RevisedEvent<'_>| {
        !revised.before.filed.is_draft() && !revised.after.filed.is_draft()
    };
    dataset.events().into_par_iter().filter(is_finished).flat_map_iter(visit).collect()
}
