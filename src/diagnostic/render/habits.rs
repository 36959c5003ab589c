//! One habit that shows at several places of a file, as one finding.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Fix, Level, Printable};
use crate::source::FileId;

/// Least findings that are shown as one. Two are as easily read one by one.
const LEAST: usize = 3;

/// Longest help that each label repeats, in bytes; of a longer one, a label has only the values.
const SHORT_HELP: usize = 60;

/// What the findings of a habit have in common: file, rule, level, and all that is said of them but for
/// the values, which stand in backticks.
type Habit<'d> = (FileId, &'static str, Level, Vec<String>, Option<(bool, String)>);

/// The findings of each habit as one, at the place of the first: every other place has a label with what
/// the first does not say. Findings that point at other places stay as they are.
pub(super) fn joined<'d>(findings: &[&'d Diagnostic]) -> Vec<Cow<'d, Diagnostic>> {
    let mut habits: BTreeMap<Habit<'_>, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if finding.labels.is_empty() {
            habits.entry(habit(finding)).or_default().push(at);
        }
    }
    let mut joined: BTreeMap<usize, Vec<&Diagnostic>> = BTreeMap::new();
    let mut is_told = vec![false; findings.len()];
    for places in habits.into_values().filter(|places| places.len() >= LEAST) {
        places[1..].iter().for_each(|at| is_told[*at] = true);
        joined.insert(places[0], places.iter().map(|at| findings[*at]).collect());
    }
    let shown = findings.iter().enumerate().filter(|(at, _)| !is_told[*at]);
    shown
        .map(|(at, finding)| match joined.get(&at) {
            Some(all) => Cow::Owned(as_one(all)),
            None => Cow::Borrowed(*finding),
        })
        .collect()
}

fn habit(finding: &Diagnostic) -> Habit<'static> {
    let said = finding.help.iter().chain(&finding.label).chain([&finding.message]);
    let fix = finding.fix.as_ref().map(|fix| (fix.safe, without_values(&fix.title)));
    let Diagnostic { location, rule, level, .. } = finding;
    (location.file, *rule, *level, said.map(without_values).collect(), fix)
}

/// A text without what stands in its backticks.
fn without_values(text: &Printable) -> String {
    text.as_str().split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// The values in the backticks of a help that another does not have, each with its backticks, and that
/// were not said yet.
fn values_apart(help: &Printable, first: &Printable, said: &[String]) -> Option<String> {
    let values = |text: &Printable| {
        let values = text.as_str().split('`').skip(1).step_by(2);
        values.map(|value| format!("`{value}`")).collect::<Vec<_>>()
    };
    let mut apart = Vec::new();
    for (value, of_first) in values(help).into_iter().zip(values(first)) {
        let is_said = said.iter().any(|said| said.contains(&value)) || apart.contains(&value);
        if value != of_first && !is_said {
            apart.push(value);
        }
    }
    (!apart.is_empty()).then(|| apart.join(", "))
}

fn as_one(all: &[&Diagnostic]) -> Diagnostic {
    let first = all[0];
    let is_same =
        |of: fn(&Diagnostic) -> Vec<&Printable>| all.iter().all(|one| of(one) == of(first));
    let same_message = is_same(|one| vec![&one.message]);
    let same_title = is_same(|one| one.fix.iter().map(|fix| &fix.title).collect());
    let in_full = |help: &Printable| help.as_str().len() <= SHORT_HELP;
    let is_told_below = |at: usize| {
        !in_full(&first.help[at]) || all.iter().all(|one| one.help[at] == first.help[at])
    };
    let label = |one: &Diagnostic| {
        let title = one.fix.iter().map(|fix| &fix.title).filter(|_| !same_title);
        let said = if same_message { one.label.as_ref() } else { Some(&one.message) };
        let said = said.into_iter().chain(title).map(|said| said.as_str().to_owned());
        let mut said: Vec<_> = said.collect();
        for (at, help) in one.help.iter().enumerate() {
            if !is_told_below(at) {
                said.push(help.as_str().to_owned());
            } else if one.location != first.location {
                said.extend(values_apart(help, &first.help[at], &said));
            }
        }
        said.join("; ")
    };
    let mut one = Diagnostic::new(first.rule, first.location, first.message.clone());
    one.level = first.level;
    if !same_message {
        one.message = format!("{}; {} more like it", first.message, all.len() - 1).into();
    }
    one.label = Some(label(first).into());
    one = all[1..].iter().fold(one, |one, other| one.also(other.location, label(other)));
    let below = first.help.iter().enumerate().filter(|(at, _)| is_told_below(*at));
    one.help = below.map(|(_, help)| help.clone()).collect();
    if let Some(fix) = &first.fix {
        let title = if same_title { fix.title.clone() } else { "write these instead".into() };
        let edits = all.iter().filter_map(|one| one.fix.as_ref());
        let edits = edits.flat_map(|fix| fix.edits.iter().cloned()).collect();
        one.fix = Some(Fix { safe: fix.safe, title, edits });
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Files, Location, Span};

    #[test]
    fn a_habit_is_told_once_with_all_its_places() {
        let mut files = Files::default();
        let (one, other) = (files.add("a.yaml"), files.add("b.yaml"));
        let finding = |file, at, message: &str| {
            let place = Location::new(file, Span::new(at, at + 1));
            let fix = Fix::guess(format!("did you mean `{at}`?")).replace(place, "x");
            Diagnostic::new("unknown-code", place, message).label("not in the list").fix(fix)
        };
        let all = [
            finding(one, 0, "`A` is not a code"),
            finding(one, 2, "`B` is not a code"),
            finding(one, 4, "something else"),
            finding(one, 6, "`C` is not a code"),
            finding(other, 0, "`A` is not a code"),
            finding(other, 2, "`A` is not a code"),
        ];
        let joined = joined(&all.iter().collect::<Vec<_>>());
        let said: Vec<_> =
            joined.iter().map(|one| (one.message.as_str(), one.labels.len())).collect();
        let expected = [
            ("`A` is not a code; 2 more like it", 2),
            ("something else", 0),
            ("`A` is not a code", 0),
            ("`A` is not a code", 0),
        ];
        assert_eq!(said, expected);
        let labels: Vec<_> = joined[0].labels.iter().map(|label| label.message.as_str()).collect();
        assert_eq!(labels[1], "`C` is not a code; did you mean `6`?");
        assert_eq!(joined[0].fix.as_ref().map(|fix| fix.edits.len()), Some(3));
    }
}
