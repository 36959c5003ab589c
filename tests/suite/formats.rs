//! The formats of `check`, as the services that read them meet them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{eventc, status, stderr};
use crate::runner::commands;

/// A repository with a project in a folder of it, and a record in which three things are wrong.
fn repository() -> TempDir {
    let repository = tempfile::tempdir().unwrap();
    let made = eventc(repository.path(), &["init", "data/my events"]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    let record = "id: broken\ndate: 2019-02-30\naction: ASSUALT\ncertainty: possible\nfoo: 1\n";
    fs::write(repository.path().join("data/my events").join(BROKEN), record).unwrap();
    repository
}

const BROKEN: &str = "datasets/example/events/broken.yaml";
const IN_REPOSITORY: &str = "data/my events/datasets/example/events/broken.yaml";

/// Checks the project as CI does, with the variables of a service set.
fn check(repository: &TempDir, format: &str, variables: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    command.current_dir(repository.path().join("data/my events/datasets"));
    for name in ["GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).args(["check", "--format", format]);
    let output = command.output().unwrap();
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    output
}

/// The formats that `check` offers.
pub(crate) fn formats() -> Vec<String> {
    let help = eventc(Path::new("."), &["check", "--help"]);
    let (_, formats) = stdout(&help).split_once("--format <FORMAT>").unwrap();
    let (formats, _) = formats.split_once("[default: text]").unwrap();
    let formats =
        formats.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'));
    let formats: Vec<_> = formats.map(|(name, _)| name.to_owned()).collect();
    assert!(formats.len() >= 9, "{formats:?}");
    formats
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn every_format_goes_to_standard_output_and_only_the_summary_to_standard_error() {
    let repository = repository();
    for format in formats() {
        let output = check(&repository, &format, &[]);
        for rule in ["invalid-date", "unknown-code", "unknown-key"] {
            assert!(stdout(&output).contains(rule), "{format}: {}", stdout(&output));
        }
        let summary = "3 errors in 1 file; checked 1 dataset, 2 records, 5 claims\n\
                       1 has a suggestion that may be wrong: read it before applying it with \
                       `--fix --unsafe-fixes`\n";
        assert_eq!(stderr(&output), summary, "{format}");
    }
}

#[test]
fn infos_are_counted_in_every_format_and_shown_on_request() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(status(&eventc(folder.path(), &["init"])), 0);
    let actors = folder.path().join("datasets/example/actors.yaml");
    let text = fs::read_to_string(&actors).unwrap();
    fs::write(&actors, text + "nobody: {name: Nobody}\n").unwrap();
    let record = "id: bare\ndate: 2019-08-20\naction: ASSAULT\ncertainty: probable\n";
    fs::write(folder.path().join("datasets/example/events/bare.yaml"), record).unwrap();
    let run = |arguments: &[&str]| eventc(folder.path(), arguments);
    let (info, error) = ("nothing refers to the actor `nobody`", "no claim supports");
    let hidden = "1 error in 1 file; 1 info not shown (`check --level info` shows it); checked ";
    for format in formats() {
        let default = run(&["check", "--format", &format]);
        assert!(!stdout(&default).contains(info) && stdout(&default).contains(error), "{format}");
        assert!(stderr(&default).starts_with(hidden), "{format}: {}", stderr(&default));
        let asked = run(&["check", "--format", &format, "--level", "info"]);
        assert!(stdout(&asked).contains(info) && stdout(&asked).contains(error), "{format}");
        assert!(stderr(&asked).starts_with("1 error, 1 info in 2 files; checked "), "{format}");
        let quiet = run(&["check", "--format", &format, "--level", "info", "--quiet"]);
        assert!(!stdout(&quiet).contains(info) && stdout(&quiet).contains(error), "{format}");
        assert_eq!(stderr(&quiet), "", "{format}");
        assert_eq!([&default, &asked, &quiet].map(status), [1; 3], "{format}");
    }
    let json: Value = serde_json::from_slice(&run(&["check", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["summary"]["infos"], 1, "the summary counts what is not shown");
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 1);
    let build = run(&["build"]);
    assert!(!stdout(&build).contains(info) && stderr(&build).starts_with(hidden));
    let build = run(&["build", "--quiet"]);
    assert!(stdout(&build).contains(error) && stderr(&build).is_empty());
}

#[test]
fn github_is_told_of_files_as_the_repository_names_them_and_gets_a_summary() {
    let repository = repository();
    let summary = repository.path().join("summary.md");
    fs::write(&summary, "of an earlier command\n").unwrap();
    let variables = [("GITHUB_WORKSPACE", repository.path()), ("GITHUB_STEP_SUMMARY", &summary)];
    let output = check(&repository, "github", &variables);
    let found: Vec<_> = commands(stdout(&output))
        .into_iter()
        .map(|command| {
            (command.name, command.properties["title"].clone(), command.properties["file"].clone())
        })
        .collect();
    let error = |rule: &str| ("error".to_owned(), rule.to_owned(), IN_REPOSITORY.to_owned());
    assert_eq!(found, ["invalid-date", "unknown-code", "unknown-key"].map(error));
    let page = fs::read_to_string(&summary).unwrap();
    assert!(page.starts_with("of an earlier command\n### eventc\n\n3 errors in 1 file;"), "{page}");
    assert!(page.contains("\nhelp: did you mean `ASSAULT`"), "{page}");
}

#[test]
fn a_step_summary_stays_below_the_limit_whatever_stands_in_it() {
    let repository = repository();
    let summary = repository.path().join("summary.md");
    for before in [(1 << 20) - 2_000, (1 << 20) - 1_100] {
        fs::write(&summary, "x".repeat(before)).unwrap();
        check(&repository, "github", &[("GITHUB_STEP_SUMMARY", &summary)]);
        let page = fs::read_to_string(&summary).unwrap();
        assert!(page.len() < 1 << 20 && page.contains("3 errors in 1 file;"), "{}", page.len());
    }
    assert!(fs::read_to_string(&summary).unwrap().contains("... and 3 more"));
}

#[test]
fn gitlab_gets_what_its_schema_requires_and_no_fingerprint_twice() {
    let repository = repository();
    let output = check(&repository, "gitlab", &[("CI_PROJECT_DIR", repository.path())]);
    let issues: Vec<Value> = serde_json::from_str(stdout(&output)).unwrap();
    let mut fingerprints = BTreeSet::new();
    for issue in &issues {
        assert!(issue["description"].is_string() && issue["check_name"].is_string(), "{issue}");
        assert!(["info", "minor", "major"].contains(&issue["severity"].as_str().unwrap()));
        assert_eq!(issue["location"]["path"], IN_REPOSITORY);
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0, "{issue}");
        assert!(fingerprints.insert(issue["fingerprint"].as_str().unwrap()), "{issue}");
    }
    assert_eq!(issues.len(), 3);
    assert!(issues[1]["description"].as_str().unwrap().contains("; did you mean `ASSAULT`"));
}

#[test]
fn sarif_has_the_rules_and_fingerprints_that_survive_line_moves() {
    let repository = repository();
    let workspace = [("GITHUB_WORKSPACE", repository.path())];
    let run = || {
        let output = check(&repository, "sarif", &workspace);
        let sarif: Value = serde_json::from_str(stdout(&output)).unwrap();
        sarif["runs"][0].clone()
    };
    let fingerprints = |run: &Value| -> Vec<String> {
        let results = run["results"].as_array().unwrap().iter();
        results.map(|result| result["partialFingerprints"].to_string()).collect()
    };
    let before = run();
    let result = &before["results"][1];
    let driver = &before["tool"]["driver"];
    let address = env!("CARGO_PKG_REPOSITORY");
    let is_public = !address.contains("/__no_address_yet__/");
    assert_eq!(driver.get("informationUri"), is_public.then(|| address.into()).as_ref());
    let rules = &driver["rules"];
    assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], "unknown-code");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], IN_REPOSITORY.replace(' ', "%20"));
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["startColumn"]),
        (&3.into(), &9.into())
    );
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "ASSAULT");

    let path = repository.path().join(IN_REPOSITORY);
    let record = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("# Two lines\n# more.\n{record}")).unwrap();
    let after = run();
    assert_eq!(after["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
    assert_eq!(fingerprints(&after), fingerprints(&before));
}

#[test]
fn what_was_checked_is_what_the_paths_hold() {
    let repository = repository();
    let project = repository.path().join("data/my events");
    let clean = "datasets/example/events/2019-08-20-balad.yaml";
    let output = eventc(&project, &["check", clean]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).starts_with("no problems in 1 file;"), "{}", stderr(&output));
    for path in ["README.md", "datasets/example/events/README.md", "datasets/empty"] {
        if path.ends_with("empty") {
            fs::create_dir(project.join(path)).unwrap();
        } else {
            fs::write(project.join(path), "").unwrap();
        }
        let output = eventc(&project, &["check", path]);
        assert_eq!(status(&output), 2, "{path}");
        let expected = format!("nothing was checked: `{path}` has no record, registry or codebook");
        assert!(stderr(&output).contains(&expected), "{}", stderr(&output));
    }
}
