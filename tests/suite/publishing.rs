//! What the release workflow, the script that it runs and the packages must agree on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_yaml_ng::Value;

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn targets(jobs: &Value, job: &str) -> BTreeSet<String> {
    let matrix = &jobs[job]["strategy"]["matrix"]["include"];
    let target = |entry: &Value| entry["target"].as_str().unwrap().to_owned();
    matrix.as_sequence().unwrap().iter().map(target).collect()
}

#[test]
fn each_target_is_built_and_has_its_npm_package() {
    let workflow: Value = serde_yaml_ng::from_str(&page(".github/workflows/release.yml")).unwrap();
    let built = targets(&workflow["jobs"], "build");
    let script = page(".ci/release");
    let (_, table) = script.split_once("NPM_PLATFORMS = {").unwrap();
    let (table, _) = table.split_once('}').unwrap();
    let packed: BTreeSet<_> =
        table.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect();
    assert_eq!(built, packed);
    let linux = built.iter().filter(|target| target.contains("linux")).cloned().collect();
    assert_eq!(targets(&workflow["jobs"], "image"), linux);
}

#[test]
fn only_cargo_toml_has_the_version() {
    let package: serde_json::Value = serde_json::from_str(&page("npm/package.json")).unwrap();
    assert_eq!(package["version"], "0.0.0", "`.ci/release` fills it in");
    assert!(package.get("optionalDependencies").is_none(), "they name the version too");
}

#[test]
fn every_action_is_pinned_by_its_commit() {
    for path in ["release.yml", "ci.yml"] {
        let workflow = page(&format!(".github/workflows/{path}"));
        for line in workflow.lines().filter(|line| line.contains("uses: ")) {
            let (_, pin) = line.split_once('@').unwrap();
            let (commit, version) = pin.split_once(" # v").unwrap();
            assert!(commit.len() == 40 && !version.is_empty(), "{line}");
        }
    }
}
