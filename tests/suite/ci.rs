//! What `init` writes for CI, run as CI runs it as far as that goes without a runner.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use serde_yaml_ng::Value;
use tempfile::TempDir;

use crate::changes::{commit, git};
use crate::cli::{eventc, status, stderr};

/// A commit that eventc is built from, as a user would write it.
const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";
const ADDRESS: &str = "https://example.org/eventc.git";

/// The mistakes of a branch: in which file, what stands there, and what is written instead.
const MISTAKES: [(&str, &str, &str); 5] = [
    ("events/2019-08-20-balad.yaml", "\ndate: 2019-08-20", "\ndate: 2019-08-32"),
    ("events/2019-08-20-balad.yaml", "action: {code: ASSAULT,", "action: {code: ASSUALT,"),
    ("events/2019-08-20-balad.yaml", "\nfacility:", "\nfacilty:"),
    ("events/2019-08-20-balad.yaml", "\n    - by: iraqi-civil", "\n     - by: iraqi-civil"),
    ("actors.yaml", "country: IRQ   ", "country: IRK   "),
];

/// A clone of a repository whose main branch holds a project made by `init`, with a branch of a
/// contributor checked out.
struct Checkout {
    folder: TempDir,
    tools: TempDir,
}

impl Checkout {
    fn new() -> Self {
        let (origin, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_eq!(status(&eventc(origin.path(), &["init"])), 0);
        for ci in [".github/workflows/eventc.yml", ".gitlab-ci.yml"] {
            let path = origin.path().join(ci);
            let text = fs::read_to_string(&path).unwrap();
            let text = text.replace("REPOSITORY: \"\"", &format!("REPOSITORY: {ADDRESS}"));
            let text = text.replace("REVISION: \"\"", &format!("REVISION: \"{REVISION}\""));
            fs::write(path, text).unwrap();
        }
        git(origin.path(), &["init", "--quiet", "--initial-branch", "main"]);
        commit(origin.path());
        git(folder.path(), &["clone", "--quiet", origin.path().to_str().unwrap(), "."]);
        git(folder.path(), &["checkout", "--quiet", "-b", "contribution"]);
        Self { folder, tools: tools() }
    }

    fn make_mistakes(&self) {
        for (path, from, to) in MISTAKES {
            let path = self.folder.path().join("datasets/example").join(path);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{from}");
            fs::write(path, text.replacen(from, to, 1)).unwrap();
        }
        commit(self.folder.path());
    }

    /// Runs a script in the checkout, as a runner does.
    fn run(&self, script: &str, variables: &BTreeMap<String, String>) -> Output {
        let mut command = Command::new("bash");
        command.args(["-e", "-o", "pipefail", "-c", script]).current_dir(self.folder.path());
        let path = std::env::var("PATH").unwrap();
        let bin = self.tools.path().join("bin");
        command.env("PATH", format!("{}:{path}", bin.display())).envs(variables);
        command.env("GITHUB_WORKSPACE", self.folder.path());
        command.env("GITHUB_STEP_SUMMARY", self.tools.path().join("summary.md"));
        command.env_remove("CI_MERGE_REQUEST_DIFF_BASE_SHA").envs(variables);
        command.output().unwrap()
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }
}

/// Stands in for the toolchain: `cargo install` installs the eventc that is tested, if it is told to
/// build a fixed commit from its lock file.
fn tools() -> TempDir {
    let tools = tempfile::tempdir().unwrap();
    let bin = tools.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let (eventc, bin_shown) = (env!("CARGO_BIN_EXE_eventc"), bin.display());
    let cargo = format!(
        "#!/bin/sh\n\
         [ \"$1\" != +1.95 ] || shift\n\
         root={bin_shown}/..\n\
         case \"$*\" in\n\
         'install --locked --git {ADDRESS} --rev {REVISION} eventc') ;;\n\
         'install --locked --git {ADDRESS} --rev {REVISION} --root '*' eventc') root=$8 ;;\n\
         *) echo \"not expected: $*\" >&2; exit 1 ;;\n\
         esac\n\
         mkdir -p \"$root/bin\" && ln -sf '{eventc}' \"$root/bin/eventc\"\n"
    );
    for (name, script) in [("cargo", cargo.as_str()), ("rustup", "#!/bin/sh\n")] {
        let path = bin.join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    tools
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value:?}")).to_owned()
}

fn items(value: &Value) -> &[Value] {
    value.as_sequence().unwrap_or_else(|| panic!("no list: {value:?}"))
}

fn variables(value: &Value) -> BTreeMap<String, String> {
    let variables = value.as_mapping().unwrap_or_else(|| panic!("no mapping: {value:?}"));
    variables.iter().map(|(name, value)| (text(name), text(value))).collect()
}

/// Whether a step runs in an event, where nothing is cached.
fn runs(condition: Option<&Value>, event: &str) -> bool {
    let Some(condition) = condition.map(text) else { return true };
    match condition.as_str() {
        "steps.cache.outputs.cache-hit != 'true'" => true,
        "github.event_name == 'pull_request'" => event == "pull_request",
        "github.event_name == 'push'" => event == "push",
        other => panic!("the test does not know `{other}`"),
    }
}

/// Runs the steps of the workflow in an event until one fails; what the last one printed.
fn run_workflow(checkout: &Checkout, event: &str) -> Output {
    let workflow = checkout.page(".github/workflows/eventc.yml");
    let root: &Value = &serde_yaml_ng::from_str(&workflow).unwrap();
    assert_eq!(variables(at(root, &["permissions"]).unwrap())["contents"], "read");
    assert!(at(root, &["on", "pull_request"]).is_some(), "it runs for pull requests");
    let mut variables = variables(at(root, &["env"]).unwrap());
    variables.insert("GITHUB_BASE_REF".to_owned(), "main".to_owned());
    let mut last = None;
    for step in items(at(root, &["jobs", "check", "steps"]).unwrap()) {
        if let Some(action) = at(step, &["uses"]) {
            let (_, commit) = text(action)
                .split_once('@')
                .map(|(name, commit)| (name.to_owned(), commit.to_owned()))
                .unwrap();
            assert_eq!(commit.len(), 40, "an action is pinned by its commit: {commit}");
        }
        let script = at(step, &["run"]).filter(|_| runs(at(step, &["if"]), event));
        if let Some(script) = script.map(text) {
            let output = checkout.run(&script, &variables);
            let failed = !output.status.success();
            last = Some(output);
            if failed {
                break;
            }
        }
    }
    last.unwrap()
}

/// Runs the lines of the GitLab job until one fails, all in one shell.
fn run_job(checkout: &Checkout, merge_request_base: Option<&str>) -> Output {
    let pipeline: Value = serde_yaml_ng::from_str(&checkout.page(".gitlab-ci.yml")).unwrap();
    let job = at(&pipeline, &["eventc"]).unwrap();
    let mut variables = variables(at(job, &["variables"]).unwrap());
    if let Some(base) = merge_request_base {
        variables.insert("CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(), base.to_owned());
    }
    let lines: Vec<_> = items(at(job, &["script"]).unwrap()).iter().map(text).collect();
    checkout.run(&lines.join("\n"), &variables)
}

#[test]
fn the_github_workflow_shows_a_contributor_every_mistake() {
    let checkout = Checkout::new();
    let clean = run_workflow(&checkout, "pull_request");
    assert_eq!(status(&clean), 0, "{}", stderr(&clean));

    checkout.make_mistakes();
    let output = run_workflow(&checkout, "pull_request");
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let log = String::from_utf8(output.stdout).unwrap();
    let annotations: Vec<_> =
        log.lines().filter(|line| line.starts_with("::error file=")).collect();
    assert_eq!(annotations.len(), MISTAKES.len(), "{log}");
    let summary = fs::read_to_string(checkout.tools.path().join("summary.md")).unwrap();
    for rule in ["invalid-date", "unknown-code", "unknown-key", "yaml-syntax"] {
        assert!(log.contains(&format!("title={rule}::")), "{log}");
        assert!(summary.contains(rule), "{summary}");
    }

    // Merged all the same, the push fails too and builds nothing.
    let output = run_workflow(&checkout, "push");
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(!checkout.folder.path().join("dist").exists());
}

#[test]
fn the_gitlab_job_fails_a_merge_request_by_what_it_changes() {
    let checkout = Checkout::new();
    let built = run_job(&checkout, None);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    assert!(checkout.folder.path().join("dist/example/events.csv").exists());
    assert_eq!(checkout.page("gl-code-quality-report.json").trim(), "[]");

    checkout.make_mistakes();
    let output = run_job(&checkout, Some("origin/main"));
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("\nnew: 5 errors"), "{}", stderr(&output));
    let report: serde_json::Value =
        serde_json::from_str(&checkout.page("gl-code-quality-report.json")).unwrap();
    assert_eq!(report.as_array().unwrap().len(), MISTAKES.len());
    // What was there before does not fail the next merge request.
    let output = run_job(&checkout, Some("HEAD"));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_pipeline_that_does_not_know_where_eventc_comes_from_says_so() {
    let checkout = Checkout::new();
    for ci in [".github/workflows/eventc.yml", ".gitlab-ci.yml"] {
        let text = checkout.page(ci).replace(REVISION, "");
        fs::write(checkout.folder.path().join(ci), text).unwrap();
    }
    for output in [run_workflow(&checkout, "push"), run_job(&checkout, None)] {
        assert_eq!(status(&output), 1);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
        assert!(said.contains("EVENTC_REPOSITORY and EVENTC_REVISION are still empty"), "{said}");
    }
}
