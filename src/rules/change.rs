//! Reports what a change removes or weakens, once each, with the findings that it causes.

use std::collections::BTreeMap;

use super::cause::{Cause, Effects};
use super::{Check, RULES, Rule};
use crate::dataset::Change;
use crate::diagnostic::{Diagnostic, Findings, Sink};
use crate::source::{FileId, Files, Location};

/// The findings that are new after a change, together with those about the change itself.
///
/// A new finding that the change caused is counted in the finding about its cause, which takes the
/// worst level of them. `text` reads a file.
pub fn tell(
    change: &Change<'_>,
    new: Findings,
    text: &dyn Fn(FileId) -> Option<String>,
) -> Findings {
    let mut causes = Vec::new();
    for rule in RULES {
        if let Check::Change(check) = rule.check {
            let from = causes.len();
            check(change, RULES, &mut causes);
            for cause in &mut causes[from..] {
                cause.finding.level = rule.level;
            }
        }
    }
    if causes.is_empty() {
        return new;
    }
    let files = change.after.files;
    let mut found: Vec<Vec<Diagnostic>> = causes.iter().map(|_| Vec::new()).collect();
    let index = Index::new(&causes, change);
    let mut names = Names { text, last: None };
    let (_, rest) = new.partition(|_, finding| match index.cause_of(finding, files, &mut names) {
        Some(at) => {
            found[at].push(finding.clone());
            true
        }
        None => false,
    });
    let mut sink = Sink::new();
    for (Cause { finding, .. }, effects) in causes.into_iter().zip(found) {
        let level = effects.iter().map(|effect| effect.level).min();
        let level = level.map_or(finding.level, |worst| worst.min(finding.level));
        sink.push(level, with_effects(finding, &effects));
    }
    rest.with(sink.finish(files), files)
}

/// Adds the number of its effects to a finding, and points at the first.
fn with_effects(mut finding: Diagnostic, effects: &[Diagnostic]) -> Diagnostic {
    let Some(first) = effects.first() else { return finding };
    let count = match effects.len() {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    finding.message =
        format!("{}, which causes {count} elsewhere", finding.message.as_str()).into();
    let label = match effects.len() {
        1 => format!("caused by this: {}", first.message.as_str()),
        count => format!("the first of {count}: {}", first.message.as_str()),
    };
    finding.also(first.location, label)
}

/// A dataset (`None` for all) and the position of a cause.
type OfDataset<'c> = (Option<&'c str>, usize);

/// Causes by their effects.
struct Index<'c> {
    by_name: BTreeMap<(&'static str, &'c str), Vec<OfDataset<'c>>>,
    /// The cause of findings about the evidence of a record, by its file and where it begins.
    by_record: BTreeMap<FileId, BTreeMap<u32, usize>>,
    /// Where records begin.
    records: BTreeMap<FileId, Vec<u32>>,
}

impl<'c> Index<'c> {
    fn new(causes: &'c [Cause], change: &Change<'_>) -> Self {
        let mut index =
            Self { by_name: BTreeMap::new(), by_record: BTreeMap::new(), records: BTreeMap::new() };
        for filed in change.after.datasets.iter().flat_map(|dataset| &dataset.events) {
            index.records.entry(filed.file).or_default().push(filed.span.start);
        }
        for (at, cause) in causes.iter().enumerate() {
            match &cause.effects {
                Effects::None => {}
                Effects::Names { names, dataset, rules } => {
                    let all =
                        rules.iter().flat_map(|rule| names.iter().map(move |name| (rule, name)));
                    for (rule, name) in all {
                        let known = index.by_name.entry((*rule, name.as_str())).or_default();
                        known.push((dataset.as_deref(), at));
                    }
                }
                Effects::Evidence(records) => {
                    for record in records {
                        let of_file = index.by_record.entry(record.file).or_default();
                        of_file.entry(record.span.start).or_insert(at);
                    }
                }
            }
        }
        index
    }

    fn cause_of(
        &self,
        finding: &Diagnostic,
        files: &Files,
        names: &mut Names<'_>,
    ) -> Option<usize> {
        let rule = Rule::named(finding.rule)?;
        let place = finding.location;
        if matches!(rule.check, Check::Evidence(_)) {
            let begins = self.records.get(&place.file)?;
            let at = begins.partition_point(|start| *start <= place.span.start).checked_sub(1)?;
            return self.by_record.get(&place.file)?.get(&begins[at]).copied();
        }
        // Only a few rules need the text of the file.
        let asks = self.by_name.range((rule.name, "")..).next();
        asks.filter(|((asking, _), _)| *asking == rule.name)?;
        let name = names.at(place)?;
        let path = files.path(place.file);
        let within = path.strip_prefix("datasets/").and_then(|rest| rest.split('/').next());
        let known = self.by_name.get(&(rule.name, name.as_str()))?;
        known.iter().find(|(of, _)| of.is_none() || *of == within).map(|(_, at)| *at)
    }
}

/// Reads the text at a place. Findings come file by file, so keeping one text is enough.
struct Names<'t> {
    text: &'t dyn Fn(FileId) -> Option<String>,
    last: Option<(FileId, Option<String>)>,
}

impl Names<'_> {
    fn at(&mut self, place: Location) -> Option<String> {
        if self.last.as_ref().is_none_or(|(file, _)| *file != place.file) {
            self.last = Some((place.file, (self.text)(place.file)));
        }
        let text = self.last.as_ref()?.1.as_deref()?;
        Some(text.get(place.span.range())?.trim_matches(['\'', '"']).to_owned())
    }
}
