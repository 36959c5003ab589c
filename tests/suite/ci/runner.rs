//! Runs the steps of workflows, of our action and of GitLab jobs as a runner does, as far as that
//! goes without one.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use serde_yaml_ng::Value;
use tempfile::TempDir;

use crate::changes::{commit, git};
use crate::cli::{eventc, status, stderr, stdout};

/// A commit that eventc is compiled from, as a user would write it, and where that is.
pub(super) const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";
const ADDRESS: &str = "https://example.org/eventc.git";

const WORKFLOW: &str = ".github/workflows/eventc.yml";
const PIPELINE: &str = ".gitlab-ci.yml";

/// How a job ended: the status of the first step that failed, and what all of them printed.
#[derive(Debug, Default)]
pub(super) struct Job {
    pub(super) status: i32,
    pub(super) log: String,
}

/// An event that starts the workflow, on `trunk` or from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) name: &'static str,
    /// Whether all findings are to be uploaded.
    pub(super) sarif: bool,
    /// Whether it comes from a fork.
    pub(super) fork: bool,
}

pub(super) const PULL_REQUEST: Event = Event { name: "pull_request", sarif: false, fork: false };
pub(super) const PUSH: Event = Event { name: "push", ..PULL_REQUEST };

impl Event {
    /// What a runner makes of an expression.
    fn value(&self, expression: &str) -> String {
        match expression {
            "github.event.merge_group.base_sha || \
             (github.base_ref && format('refs/remotes/origin/{0}', github.base_ref))" => {
                let base = if self.name == "push" { "" } else { "refs/remotes/origin/trunk" };
                base.to_owned()
            }
            "github.token" | "github.repository" => "known to the runner".to_owned(),
            "inputs.working-directory" => ".".to_owned(),
            other => panic!("the test does not know `{other}`"),
        }
    }

    /// Whether a step or job with this condition runs.
    fn is_met(&self, condition: &str) -> bool {
        match condition {
            "github.event_name == 'push'" => self.name == "push",
            "github.event_name != 'push' || github.ref_type == 'tag' \
             || github.ref_name == github.event.repository.default_branch" => true,
            "steps.cache.outputs.cache-hit != 'true'" => true,
            "!cancelled() && steps.install.outcome == 'success' && inputs.sarif == 'true' \
             && !github.event.pull_request.head.repo.fork" => self.sarif && !self.fork,
            "!cancelled() && steps.sarif.outcome == 'success'" => self.sarif && !self.fork,
            other => panic!("the test does not know `{other}`"),
        }
    }

    /// A text with its expressions replaced.
    fn filled(&self, text: &str) -> String {
        let expression = Regex::new(r"\$\{\{ (.*?) \}\}").unwrap();
        let value = |found: &regex::Captures<'_>| self.value(&found[1]);
        expression.replace_all(text, value).into_owned()
    }
}

/// A clone of a repository whose default branch `trunk` holds a project made by `init`, with two
/// records, and a branch of a contributor checked out.
pub(super) struct Checkout {
    pub(super) folder: TempDir,
    origin: TempDir,
    runner: TempDir,
}

impl Checkout {
    /// With the arguments of `init`.
    pub(super) fn new(arguments: &[&str]) -> Self {
        let [origin, folder, runner] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        assert_eq!(status(&eventc(origin.path(), &[&["init"], arguments].concat())), 0);
        for path in [WORKFLOW, PIPELINE] {
            let path = origin.path().join(path);
            let text = fs::read_to_string(&path).unwrap();
            let text = text.replace("REPOSITORY: \"\"", &format!("REPOSITORY: {ADDRESS}"));
            let text = text.replace("REVISION: \"\"", &format!("REVISION: \"{REVISION}\""));
            fs::write(path, text).unwrap();
        }
        let events = origin.path().join("datasets/example/events");
        let another = fs::read_to_string(events.join("2019-08-20-balad.yaml")).unwrap();
        let another = another.replace("2019-08-20", "2019-07-20");
        fs::write(events.join("2019-07-20-balad.yaml"), another).unwrap();
        git(origin.path(), &["init", "--quiet", "--initial-branch", "trunk"]);
        commit(origin.path());
        git(folder.path(), &["clone", "--quiet", origin.path().to_str().unwrap(), "."]);
        install_tools(&runner.path().join("bin"));
        let checkout = Self { folder, origin, runner };
        checkout.begin_branch();
        checkout
    }

    /// Begins the branch of a contributor anew.
    pub(super) fn begin_branch(&self) {
        let arguments = ["checkout", "--quiet", "--force", "-B", "contribution", "origin/trunk"];
        git(self.folder.path(), &arguments);
    }

    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a text that stands in a file.
    pub(super) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path}: {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.folder.path().join(from), self.folder.path().join(to)).unwrap();
    }

    pub(super) fn commit(&self) {
        commit(self.folder.path());
    }

    /// Commits a change to `trunk` that others made, and merges it as GitHub tests a pull request.
    pub(super) fn merge_what_others_did(&self, path: &str, from: &str, to: &str) {
        let path = self.origin.path().join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).unwrap();
        commit(self.origin.path());
        git(self.folder.path(), &["fetch", "--quiet"]);
        git(self.folder.path(), &["merge", "--quiet", "--message", "x", "origin/trunk"]);
    }

    /// What was written into a file that the runner provides.
    pub(super) fn of_runner(&self, name: &str) -> String {
        fs::read_to_string(self.runner.path().join(name)).unwrap_or_default()
    }

    /// Runs the jobs of the workflow that an event starts, except the release.
    pub(super) fn run_workflow(&self, event: Event) -> Job {
        let root: Value = parsed(&self.text(WORKFLOW));
        let job = at(&root, &["jobs", "check"]).unwrap();
        assert!(event.is_met(text(at(job, &["if"]).unwrap()).trim()));
        let variables = at(&root, &["env"]).map(variables).unwrap_or_default();
        let mut run = Run { checkout: self, event, variables, job: Job::default() };
        run.steps(items(at(job, &["steps"]).unwrap()));
        run.job
    }

    /// Runs the release of the workflow, in the folder whose tables it downloads.
    pub(super) fn run_release(&self) -> Job {
        let root: Value = parsed(&self.text(WORKFLOW));
        let steps = at(&root, &["jobs", "release", "steps"]).unwrap();
        let variables = BTreeMap::new();
        let mut run = Run { checkout: self, event: PUSH, variables, job: Job::default() };
        run.steps(items(steps));
        run.job
    }

    pub(super) fn run_script(&self, script: &str) -> Job {
        ended(&self.run(script, &BTreeMap::new(), "."))
    }

    /// Takes the stand-ins for Python away. Wheels come from a folder then, and from nowhere else.
    pub(super) fn use_real_python(&self) {
        for tool in ["pip", "python3"] {
            fs::remove_file(self.runner.path().join("bin").join(tool)).unwrap();
        }
    }

    /// Runs the lines of the GitLab job until one fails, all in one shell.
    pub(super) fn run_pipeline(&self, merge_request_base: Option<&str>) -> Job {
        let pipeline = parsed(&self.text(PIPELINE));
        let job = at(&pipeline, &["eventc"]).unwrap();
        let mut variables = variables(at(job, &["variables"]).unwrap());
        let folder = self.folder.path().display().to_string();
        variables.insert("CI_PROJECT_DIR".to_owned(), folder);
        if let Some(base) = merge_request_base {
            variables.insert("CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(), base.to_owned());
        }
        let lines: Vec<_> = items(at(job, &["script"]).unwrap()).iter().map(text).collect();
        ended(&self.run(&lines.join("\n"), &variables, "."))
    }

    /// Runs the hook on what is staged, as pre-commit does.
    pub(super) fn run_hook(&self) -> Job {
        git(self.folder.path(), &["add", "--all"]);
        let hook = hook(&self.text(".pre-commit-config.yaml"));
        let runs_always = [("always_run", true), ("pass_filenames", false)];
        for (key, value) in runs_always {
            assert_eq!(hook.get(key).and_then(Value::as_bool), Some(value), "{key}");
        }
        let path = std::env::var("PATH").unwrap();
        let installed = Path::new(env!("CARGO_BIN_EXE_eventc")).parent().unwrap().display();
        let variables = BTreeMap::from([("PATH".to_owned(), format!("{installed}:{path}"))]);
        ended(&self.run(&text(at(&hook, &["entry"]).unwrap()), &variables, "."))
    }

    /// Runs a script in the checkout.
    fn run(&self, script: &str, variables: &BTreeMap<String, String>, folder: &str) -> Output {
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        command.current_dir(self.folder.path().join(folder));
        let path = std::env::var("PATH").unwrap();
        let bin = self.runner.path().join("bin");
        let added = self.of_runner("path").lines().rev().collect::<Vec<_>>().join(":");
        command.env("PATH", format!("{added}:{}:{path}", bin.display()));
        for name in ["CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] {
            command.env_remove(name);
        }
        command.env("NO_COLOR", "1");
        command.env("GITHUB_WORKSPACE", self.folder.path());
        command.env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"));
        command.env("RUNNER_TEMP", self.runner.path());
        command.env("GITHUB_STEP_SUMMARY", self.runner.path().join("summary.md"));
        command.env("GITHUB_PATH", self.runner.path().join("path"));
        command.env("GITHUB_REF_NAME", "1.0.0");
        command.env("PIP_NO_INDEX", "1").envs(variables);
        command.output().unwrap()
    }
}

/// A job that runs.
struct Run<'c> {
    checkout: &'c Checkout,
    event: Event,
    variables: BTreeMap<String, String>,
    job: Job,
}

impl Run<'_> {
    fn steps(&mut self, steps: &[Value]) {
        for step in steps {
            let condition = at(step, &["if"]).map(text).unwrap_or_default();
            let goes_on = condition.contains("!cancelled()");
            let is_met = condition.is_empty() || self.event.is_met(condition.trim());
            if is_met && (self.job.status == 0 || goes_on) {
                self.step(step);
            }
        }
    }

    fn step(&mut self, step: &Value) {
        if let Some(action) = at(step, &["uses"]).map(text) {
            let (name, version) = action.split_once('@').unwrap();
            if name.ends_with("/eventc") {
                let action = fs::read_to_string(repository().join("action.yml")).unwrap();
                self.steps(items(at(&parsed(&action), &["runs", "steps"]).unwrap()));
                return;
            }
            assert_eq!(version.len(), 40, "an action is pinned by its commit: {action}");
            self.job.log.push_str(&format!("uses {name}\n"));
            return;
        }
        let mut environment = self.variables.clone();
        for (name, value) in at(step, &["env"]).map(variables).unwrap_or_default() {
            environment.insert(name, self.event.filled(&value));
        }
        let script = text(at(step, &["run"]).unwrap());
        assert!(!script.contains("${{"), "a script takes values from variables: {script}");
        let folder = at(step, &["working-directory"]).map(text).unwrap_or_default();
        let ended = ended(&self.checkout.run(&script, &environment, &self.event.filled(&folder)));
        self.job.log.push_str(&ended.log);
        if self.job.status == 0 {
            self.job.status = ended.status;
        }
    }
}

fn ended(output: &Output) -> Job {
    Job { status: status(output), log: stdout(output) + &stderr(output) }
}

/// What stands in for a toolchain and a package registry. `cargo install` and `pip install` install
/// the eventc that is tested, if they are told to compile a fixed commit from its lock file, or to
/// take the wheel of this version.
fn install_tools(bin: &Path) {
    fs::create_dir(bin).unwrap();
    let (eventc, version) = (env!("CARGO_BIN_EXE_eventc"), env!("CARGO_PKG_VERSION"));
    let cargo = format!(
        "#!/bin/sh\n\
         [ \"$1\" != +1.95 ] || shift\n\
         root=$(dirname \"$0\")/..\n\
         case \"$*\" in\n\
         'install --locked --git {ADDRESS} --rev {REVISION} eventc') ;;\n\
         'install --locked --git {ADDRESS} --rev {REVISION} --root '*' eventc') root=$8 ;;\n\
         *) echo \"not expected: $*\" >&2; exit 1 ;;\n\
         esac\n\
         mkdir -p \"$root/bin\" && ln -sf '{eventc}' \"$root/bin/eventc\"\n"
    );
    let pip = format!(
        "#!/bin/sh\n\
         case \"$*\" in\n\
         'install '*' --only-binary :all: eventc=={version}') ;;\n\
         *) echo \"not expected: $*\" >&2; exit 1 ;;\n\
         esac\n\
         ln -sf '{eventc}' \"$(dirname \"$0\")/eventc\"\n"
    );
    // Makes an environment that has nothing but `pip`.
    let python = "#!/bin/sh\n\
         [ \"$1 $2 $3\" = '-I -m venv' ] || { echo \"not expected: $*\" >&2; exit 1; }\n\
         mkdir -p \"$4/bin\" && cp \"$(dirname \"$0\")/pip\" \"$4/bin/pip\"\n";
    let zip = "#!/bin/sh\necho \"zip $*\"; : > \"$2\"\n";
    let gh = "#!/bin/sh\necho \"gh $*\"\n";
    let tools = [
        ("cargo", &*cargo),
        ("rustup", "#!/bin/sh\n"),
        ("pip", &*pip),
        ("python3", python),
        ("zip", zip),
        ("gh", gh),
    ];
    for (name, script) in tools {
        let path = bin.join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// The hook that checks, in a configuration of pre-commit.
pub(super) fn hook(configuration: &str) -> Value {
    let repositories = parsed(configuration);
    let repository = &items(at(&repositories, &["repos"]).unwrap())[0];
    items(at(repository, &["hooks"]).unwrap())[0].clone()
}

/// The folder of this repository.
pub(super) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn parsed(yaml: &str) -> Value {
    serde_yaml_ng::from_str(yaml).unwrap()
}

pub(super) fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value:?}")).to_owned()
}

pub(super) fn items(value: &Value) -> &[Value] {
    value.as_sequence().unwrap_or_else(|| panic!("no list: {value:?}"))
}

fn variables(value: &Value) -> BTreeMap<String, String> {
    let variables = value.as_mapping().unwrap_or_else(|| panic!("no mapping: {value:?}"));
    variables.iter().map(|(name, value)| (text(name), text(value))).collect()
}
