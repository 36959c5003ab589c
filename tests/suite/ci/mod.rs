//! What `init` writes for checks, run as services run it as far as that goes without them.

mod pull_requests;
mod runner;

use std::fs;

use crate::changes::git;

use self::runner::{
    Checkout, Event, Job, PULL_REQUEST, PUSH, REVISION, at, hook, items, parsed, repository, text,
};

const EVENT: &str = "datasets/example/events/2019-08-20-balad.yaml";

/// The mistakes of a branch: in which file, what stands there, and what is written instead.
const MISTAKES: [(&str, &str, &str); 5] = [
    (EVENT, "\ndate: 2019-08-20", "\ndate: 2019-08-32"),
    (EVENT, "action: {code: ASSAULT,", "action: {code: ASSUALT,"),
    (EVENT, "\nfacility:", "\nfacilty:"),
    (EVENT, "\n    - by: iraqi-civil", "\n     - by: iraqi-civil"),
    ("datasets/example/actors.yaml", "country: IRQ   ", "country: IRK   "),
];

fn make_mistakes(checkout: &Checkout) {
    for (path, from, to) in MISTAKES {
        checkout.replace(path, from, to);
    }
    checkout.commit();
}

fn annotations(job: &Job) -> usize {
    job.log.lines().filter(|line| line.starts_with("::error file=")).count()
}

#[test]
fn the_github_workflow_shows_a_contributor_every_mistake() {
    for arguments in [&[][..], &["--from", "git"]] {
        let checkout = Checkout::new(arguments);
        let clean = checkout.run_workflow(PULL_REQUEST);
        assert_eq!(clean.status, 0, "{}", clean.log);

        make_mistakes(&checkout);
        for name in ["pull_request", "merge_group"] {
            let job = checkout.run_workflow(Event { name, ..PULL_REQUEST });
            assert_eq!((job.status, annotations(&job)), (1, MISTAKES.len()), "{}", job.log);
        }
        let summary = checkout.of_runner("summary.md");
        for rule in ["invalid-date", "unknown-code", "unknown-key", "yaml-syntax"] {
            assert!(summary.contains(rule), "{summary}");
        }

        // Merged all the same, the push fails too and builds nothing.
        let job = checkout.run_workflow(PUSH);
        assert_eq!(job.status, 1, "{}", job.log);
        assert!(!checkout.folder.path().join("dist").exists());
    }
}

#[test]
fn a_push_builds_the_tables_and_a_tag_releases_an_archive_of_each_dataset() {
    let checkout = Checkout::new(&[]);
    let job = checkout.run_workflow(PUSH);
    assert_eq!(job.status, 0, "{}", job.log);
    assert!(job.log.ends_with("uses actions/upload-artifact\n"), "{}", job.log);
    assert!(checkout.folder.path().join("dist/example/events.csv").exists());

    let release = checkout.run_release();
    assert_eq!(release.status, 0, "{}", release.log);
    let told = "zip -qr example.zip example/\n\
                gh release create 1.0.0 --verify-tag --generate-notes ./example.zip\n";
    assert!(release.log.ends_with(told), "{}", release.log);
}

#[test]
fn all_findings_are_uploaded_when_asked_but_not_from_a_fork() {
    let checkout = Checkout::new(&[]);
    make_mistakes(&checkout);
    let asked = Event { sarif: true, ..PULL_REQUEST };
    let from_fork = checkout.run_workflow(Event { fork: true, ..asked });
    assert_eq!((from_fork.status, checkout.of_runner("eventc.sarif").len()), (1, 0));

    let job = checkout.run_workflow(asked);
    assert_eq!(job.status, 1, "{}", job.log);
    assert!(job.log.ends_with("uses github/codeql-action/upload-sarif\n"), "{}", job.log);
    let sarif: serde_json::Value =
        serde_json::from_str(&checkout.of_runner("eventc.sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!(errors, MISTAKES.len());
}

/// Until there is a release, a package of the name is somebody else's.
#[test]
fn nothing_is_installed_while_there_is_no_release() {
    if !env!("CARGO_PKG_REPOSITORY").contains("/__no_address_yet__/") {
        return;
    }
    let checkout = Checkout::new(&[]);
    let action = parsed(&fs::read_to_string(repository().join("action.yml")).unwrap());
    let install = text(at(&items(at(&action, &["runs", "steps"]).unwrap())[0], &["run"]).unwrap());
    let jobs = [
        checkout.run_script(&format!("unset PIP_NO_INDEX\n{install}")),
        checkout.run_pipeline(None),
    ];
    for job in jobs {
        assert_eq!(job.status, 2, "{}", job.log);
        assert!(job.log.contains("eventc has no release yet"), "{}", job.log);
    }
}

#[test]
fn a_tag_with_the_name_of_the_base_is_not_the_base() {
    let checkout = Checkout::new(&[]);
    make_mistakes(&checkout);
    git(checkout.folder.path(), &["tag", "origin/trunk"]);
    let job = checkout.run_workflow(PULL_REQUEST);
    assert_eq!((job.status, annotations(&job)), (1, MISTAKES.len()), "{}", job.log);
}

#[test]
fn what_lies_in_the_repository_does_not_stand_in_for_eventc() {
    let checkout = Checkout::new(&["--from", "git"]);
    checkout.write(".eventc/bin/eventc", "#!/bin/sh\n");
    git(checkout.folder.path(), &["add", "--force", ".eventc"]);
    checkout.commit();
    let job = checkout.run_pipeline(None);
    assert_eq!(job.status, 2, "{}", job.log);
    assert!(job.log.contains(".eventc is not to be committed"), "{}", job.log);
}

/// A project's own hook, and the one that this repository offers.
#[test]
fn the_hook_is_the_same_wherever_it_comes_from() {
    let offered = parsed(&fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).unwrap());
    let offered = &items(&offered)[0];
    let written = hook(&Checkout::new(&[]).text(".pre-commit-config.yaml"));
    for key in ["id", "name", "entry", "pass_filenames", "always_run", "files", "types"] {
        assert_eq!(written.get(key), offered.get(key), "{key}");
    }
}

#[test]
fn the_gitlab_job_fails_a_merge_request_by_what_it_changes() {
    let checkout = Checkout::new(&["--from", "git"]);
    let built = checkout.run_pipeline(None);
    assert_eq!(built.status, 0, "{}", built.log);
    assert!(checkout.folder.path().join("dist/example/events.csv").exists());
    assert_eq!(checkout.text("gl-code-quality-report.json").trim(), "[]");

    make_mistakes(&checkout);
    let job = checkout.run_pipeline(Some("origin/trunk"));
    assert_eq!(job.status, 1, "{}", job.log);
    assert!(job.log.contains("\nnew: 5 errors"), "{}", job.log);
    let report: serde_json::Value =
        serde_json::from_str(&checkout.text("gl-code-quality-report.json")).unwrap();
    assert_eq!(report.as_array().unwrap().len(), MISTAKES.len());
    // What was there before does not fail the next merge request.
    let job = checkout.run_pipeline(Some("HEAD"));
    assert_eq!(job.status, 0, "{}", job.log);
}

#[test]
fn a_job_that_does_not_know_where_eventc_comes_from_says_so() {
    let checkout = Checkout::new(&["--from", "git"]);
    for path in [".github/workflows/eventc.yml", ".gitlab-ci.yml"] {
        checkout.replace(path, REVISION, "");
    }
    for job in [checkout.run_workflow(PUSH), checkout.run_pipeline(None)] {
        assert_eq!(job.status, 2);
        let said = "EVENTC_REPOSITORY or EVENTC_REVISION is still empty";
        assert!(job.log.contains(said), "{}", job.log);
    }
}

#[test]
#[ignore = "needs PIP_FIND_LINKS: a folder with the wheel of this version"]
fn the_action_installs_a_wheel_and_runs_nothing_that_lies_in_the_repository() {
    let checkout = Checkout::new(&[]);
    checkout.use_real_python();
    for module in ["venv.py", "pip.py", "ensurepip.py", "eventc.py"] {
        checkout.write(module, "raise SystemExit('this was run')\n");
    }
    make_mistakes(&checkout);
    let job = checkout.run_workflow(PULL_REQUEST);
    assert_eq!((job.status, annotations(&job)), (1, MISTAKES.len()), "{}", job.log);
}
