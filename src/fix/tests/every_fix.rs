//! What the fixes of findings write.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Level};
use crate::fix::{Fixer, Reason, Wanted};
use crate::rules::{Check, Rule};
use crate::source::{Memory, World};
use crate::tests::project::{DATASET, checked, repository_without_events};
use crate::tests::records::{Case, cases, pages};

/// A project of few records, into which the files of a case are laid.
fn project(files: &[(String, String)]) -> Memory {
    let mut world = repository_without_events();
    for id in ["2019-08-12-al-saqr", "2019-08-20-balad"] {
        let event = format!("id: {id}\ndate: 2019-08\naction: ASSAULT\ncertainty: possible\n");
        world.write(format!("{DATASET}/events/{id}.yaml"), event);
    }
    for (path, text) in files {
        world.write(path.clone(), text.as_bytes());
    }
    world
}

/// A file without the marks that say what is found in it.
fn without_marks(text: &str) -> String {
    let mut clean = String::new();
    for line in text.lines() {
        let end = ["# error: [", "# warning: [", "# info: ["]
            .iter()
            .filter_map(|mark| line.find(mark))
            .min();
        let kept = line[..end.unwrap_or(line.len())].trim_end();
        if end.is_none() || !kept.is_empty() {
            clean.push_str(kept);
            clean.push('\n');
        }
    }
    clean
}

/// Makes the safe fixes that go together, and then the guesses where they are wanted; returns the
/// findings that these fix, and those whose fix could not be made.
fn apply(world: &mut Memory, unsafe_fixes: bool) -> (Vec<Diagnostic>, Vec<(Diagnostic, Reason)>) {
    let (mut made, mut left_out) = (Vec::new(), Vec::new());
    let passes = if unsafe_fixes { &[false, true][..] } else { &[false] };
    for unsafe_fixes in passes {
        let wanted =
            Wanted { unsafe_fixes: *unsafe_fixes, level: Level::Info, may_change: &|_| true };
        let checked = checked(world);
        let round = Fixer::new(&wanted).round(&checked.findings, &checked.files, world).unwrap();
        let Some(round) = round else { continue };
        for (path, bytes) in round.texts() {
            world.write(path, bytes);
        }
        made.extend(round.made.iter().copied().cloned());
        left_out
            .extend(round.left_out.iter().map(|(finding, reason)| ((*finding).clone(), *reason)));
    }
    (made, left_out)
}

/// Findings as rule and message, with how often each is made.
fn counted<'f>(
    findings: impl IntoIterator<Item = &'f Diagnostic>,
) -> BTreeMap<(&'f str, &'f str), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule, finding.message.as_str())).or_default() += 1;
    }
    counts
}

/// Whether a rule judges what a record says, which it can only where the record could be read.
fn judges(finding: &Diagnostic) -> bool {
    let rule = Rule::named(finding.rule).unwrap();
    matches!(rule.check, Check::Event(_) | Check::Evidence(_))
}

/// How many fixes the findings of a case have, and what is wrong after all of them were made: a
/// finding that was not fixed, or an error that was not there before.
fn make_fixes(page: &Path, case: &Case) -> (usize, String) {
    let laid = |(path, text): &(String, String)| (path.clone(), without_marks(text));
    let files: Vec<_> = case.files.iter().map(laid).collect();
    let mut world = project(&files);
    let before = checked(&world);
    let (fixed, left_out) = apply(&mut world, true);
    if fixed.is_empty() && left_out.is_empty() {
        return (0, String::new());
    }
    let after = checked(&world);
    let (counts, left) = (counted(&before.findings), counted(&after.findings));
    let unread = before.findings.iter().any(|of| of.level == Level::Error && !judges(of));
    // What could not be read may be wrong in itself, once it can be.
    let lost = before.findings.iter().any(|of| of.rule == "yaml-syntax");
    let was_unread =
        |finding: &Diagnostic| unread && judges(finding) || lost && finding.rule != "yaml-syntax";
    let is_new = |finding: &&Diagnostic| {
        let key = (finding.rule, finding.message.as_str());
        let more = left[&key] > counts.get(&key).copied().unwrap_or(0);
        more && finding.level == Level::Error && !was_unread(finding)
    };
    let mut faults: Vec<_> = after
        .findings
        .iter()
        .filter(is_new)
        .map(|new| format!("new {}: {}", new.rule, new.message))
        .collect();
    let left_out = left_out.iter().map(|(finding, _)| format!("left out: {}", finding.message));
    faults.extend(left_out);
    for (key, times) in counted(&fixed) {
        // What shows only after a first fix is not counted before.
        let Some(before) = counts.get(&key) else { continue };
        if left.get(&key).is_some_and(|left| left + times > *before) {
            faults.push(format!("not fixed: {key:?}"));
        }
    }
    if faults.is_empty() {
        return (fixed.len(), String::new());
    }
    let mut told = format!("{}, {:?}: {faults:#?}\n", page.display(), case.title);
    for (path, _) in &files {
        told.push_str(&String::from_utf8(world.read(path).unwrap().unwrap()).unwrap());
    }
    (fixed.len(), told)
}

#[test]
fn fixes_fix_their_findings_and_bring_no_error() {
    let pages: Vec<_> = pages("src/rules").into_iter().chain(pages("tests/records")).collect();
    let cases = pages.iter().flat_map(|page| {
        let cases = cases(&fs::read_to_string(page).unwrap());
        // What a rule's page says to write instead has nothing to fix.
        cases.into_iter().filter(|case| case.title != "Instead").map(move |case| (page, case))
    });
    let cases: Vec<_> = cases.collect();
    let made: Vec<_> = cases.par_iter().map(|(page, case)| make_fixes(page, case)).collect();
    let faults: String = made.iter().map(|(_, faults)| faults.as_str()).collect();
    assert!(faults.is_empty(), "\n{faults}");
    assert!(made.iter().map(|(fixes, _)| fixes).sum::<usize>() > 60, "many findings have a fix");
}

/// Holds what fixes write against a page of `tests/fixes`.
fn hold(page: &str, unsafe_fixes: bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixes").join(page);
    let mut failures = String::new();
    for case in cases(&fs::read_to_string(path).unwrap()) {
        let [(path, broken), (_, fixed)] = &case.files[..] else {
            panic!("{:?} has not two blocks", case.title)
        };
        let mut world = project(&[(path.clone(), broken.clone())]);
        apply(&mut world, unsafe_fixes);
        let written = String::from_utf8(world.read(path).unwrap().unwrap()).unwrap();
        if written != *fixed {
            failures.push_str(&format!("{page}, {:?}:\n{written}\n", case.title));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn a_safe_fix_writes_the_only_meaning() {
    hold("safe.md", false);
}

#[test]
fn a_guess_writes_what_was_probably_meant() {
    hold("guess.md", true);
}
