//! Pull requests to a project that `init` made, each checked before its commit by the hook and after
//! it by the action.

use std::fs;

use regex::Regex;

use super::EVENT;
use super::runner::{Checkout, Job, PULL_REQUEST};

const ACTORS: &str = "datasets/example/actors.yaml";
const PLACES: &str = "datasets/example/places.yaml";
const CODEBOOK: &str = "schema/codebook.yaml";
const SECOND: &str = "datasets/example/events/2019-08-19-balad.yaml";

/// A pull request: what it changes, and what checks must find. A check with an error has status 1,
/// else 0.
struct PullRequest {
    name: &'static str,
    change: fn(&Checkout),
    /// The errors and warnings of the hook.
    hook: &'static [&'static str],
    /// Those of the action.
    action: &'static [&'static str],
}

const PULL_REQUESTS: &[PullRequest] = &[
    PullRequest {
        name: "a misspelled code",
        change: |checkout| checkout.replace(EVENT, "{code: ASSAULT,", "{code: ASSUALT,"),
        hook: &["error: unknown-code"],
        action: &["error: unknown-code"],
    },
    PullRequest {
        name: "an actor that is not registered",
        change: |checkout| checkout.replace(EVENT, "target: {code: pmf,", "target: {code: badr,"),
        hook: &["error: unknown-actor", "warning: recoded"],
        action: &["error: unknown-actor", "warning: recoded"],
    },
    PullRequest {
        name: "an actor renamed in the registry",
        change: |checkout| checkout.replace(ACTORS, "\npmf:\n", "\nhashd:\n"),
        hook: &["error: removed-id"],
        action: &["error: removed-id"],
    },
    PullRequest {
        name: "a cited source deleted",
        change: |checkout| {
            let sources = checkout.text("datasets/example/sources.yaml");
            let rest = sources.find("iraqi-state-tv").unwrap();
            checkout.write("datasets/example/sources.yaml", &sources[rest..]);
        },
        hook: &["error: removed-id"],
        action: &["error: removed-id"],
    },
    PullRequest {
        name: "a record deleted",
        change: |checkout| {
            fs::remove_file(checkout.folder.path().join(EVENT)).unwrap();
        },
        hook: &["warning: removed-id"],
        action: &["warning: removed-id"],
    },
    PullRequest {
        name: "an id that another file has",
        change: |checkout| checkout.write(SECOND, &checkout.text(EVENT)),
        hook: &["error: duplicate-id"],
        action: &["error: duplicate-id"],
    },
    PullRequest {
        name: "a merge conflict",
        change: |checkout| {
            let ours = "<<<<<<< HEAD\ninjuries: 1..\n=======\ninjuries: 2..\n>>>>>>> theirs\n";
            let event = checkout.text(EVENT);
            let line = event.lines().find(|line| line.starts_with("injuries:")).unwrap();
            checkout.replace(EVENT, &format!("{line}\n"), ours);
        },
        hook: &["error: merge-conflict"],
        action: &["error: merge-conflict"],
    },
    PullRequest {
        name: "a file renamed without its id",
        change: |checkout| checkout.rename(EVENT, SECOND),
        hook: &["error: id-mismatch"],
        action: &["error: id-mismatch"],
    },
    PullRequest {
        name: "a weaker policy, and a certainty that needs it",
        change: |checkout| {
            overstate(checkout);
            let codebook = checkout.text(CODEBOOK);
            let policy = codebook.find("\npolicy:").unwrap();
            checkout.write(CODEBOOK, &format!("{}\n", &codebook[..policy]));
        },
        hook: &["warning: weakened-check"],
        action: &["error: unsupported-certainty", "warning: weakened-check"],
    },
    PullRequest {
        name: "a lower level, and the error that it hides",
        change: |checkout| {
            overstate(checkout);
            let levels = "levels: {unsupported-certainty: info}\ncodebook:";
            checkout.replace("datasets/example/dataset.yaml", "codebook:", levels);
        },
        hook: &["warning: weakened-check"],
        action: &["error: unsupported-certainty", "warning: weakened-check"],
    },
    PullRequest {
        name: "a list of one's own that has the misspelled code",
        change: |checkout| {
            checkout.replace(EVENT, "{code: ASSAULT,", "{code: ASSUALT,");
            checkout.replace(CODEBOOK, "action: plover-events", "action: ours");
            let list = "list: ours\nversion: \"1\"\norigin: Ours\nextends: plover-events\n\
                        codes:\n  ASSUALT: {label: Ours}\n";
            checkout.write("schema/codes/ours.yaml", list);
        },
        hook: &["warning: recoded", "warning: weakened-check"],
        action: &["error: unknown-code", "warning: recoded", "warning: weakened-check"],
    },
    PullRequest {
        name: "the README alone",
        change: |checkout| checkout.write("README.md", "# Ours\n"),
        hook: &[],
        action: &[],
    },
    PullRequest {
        name: "a misspelled code, saved with Windows line ends",
        change: |checkout| {
            let text = checkout.text(EVENT).replace("{code: ASSAULT,", "{code: ASSUALT,");
            checkout.write(EVENT, &text.replace('\n', "\r\n"));
        },
        hook: &["error: unknown-code"],
        action: &["error: unknown-code"],
    },
    PullRequest {
        name: "a right record",
        change: |checkout| checkout.write(SECOND, &second(checkout)),
        hook: &[],
        action: &[],
    },
    // The last, because the others would start from what is renamed.
    PullRequest {
        name: "a place that others renamed meanwhile",
        change: |checkout| checkout.write(SECOND, &second(checkout)),
        hook: &[],
        action: &["error: unknown-reference"],
    },
];

/// A right record, of another day.
fn second(checkout: &Checkout) -> String {
    checkout.text(EVENT).replace("2019-08-20", "2019-08-19")
}

/// Codes the action as surely as its claims do not support.
fn overstate(checkout: &Checkout) {
    checkout.replace(EVENT, "ASSAULT, certainty: possible}", "ASSAULT, certainty: confirmed}");
}

/// The rules of errors and warnings in the output of a check, as text or as annotations.
fn found(job: &Job) -> Vec<String> {
    let mut found: Vec<_> = job.log.lines().filter_map(finding).collect();
    found.sort();
    found.dedup();
    found
}

fn finding(line: &str) -> Option<String> {
    let finding =
        Regex::new(r"^(?:::(error|warning) .*?title=(.*?)::|(error|warning)\[(.*?)\])").unwrap();
    let found = finding.captures(line)?;
    let of = |alternatives: [usize; 2]| alternatives.iter().find_map(|at| found.get(*at));
    Some(format!("{}: {}", of([1, 3])?.as_str(), of([2, 4])?.as_str()))
}

#[test]
fn the_hook_and_the_action_find_what_a_pull_request_breaks() {
    let mut wrong = Vec::new();
    let checkout = Checkout::new(&[]);
    for PullRequest { name, change, hook, action } in PULL_REQUESTS {
        checkout.begin_branch();
        change(&checkout);
        let mut held = |by: &str, expected: &[&str], job: &Job| {
            let fails = expected.iter().any(|finding| finding.starts_with("error"));
            if found(job) != expected || job.status != i32::from(fails) {
                wrong.push(format!("{name}: the {by} ended with {}:\n{}", job.status, job.log));
            }
        };
        held("hook", hook, &checkout.run_hook());
        checkout.commit();
        if name.contains("meanwhile") {
            checkout.merge_what_others_did(PLACES, "balad-air-base:", "balad-base:");
        }
        held("action", action, &checkout.run_workflow(PULL_REQUEST));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
