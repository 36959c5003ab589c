//! The version and the address of eventc stand in Cargo.toml alone. Everything else derives them, but
//! pages, whose install lines are held to it.

use std::path::Path;

use ignore::WalkBuilder;
use regex::Regex;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const ADDRESS: &str = env!("CARGO_PKG_REPOSITORY");

/// Where else they may stand: the lock file derives from the manifest, the changelog tells of every
/// release.
const HOLDERS: [&str; 3] = ["Cargo.toml", "Cargo.lock", "CHANGELOG.md"];

/// The texts of this repository, by path.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let files = walk.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    let text = |path: std::path::PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        Some((name, std::fs::read_to_string(path).ok()?))
    };
    files.filter_map(text).collect()
}

#[test]
fn the_version_and_the_address_stand_in_one_place_and_pages_agree_with_it() {
    let written = [
        // As pip, npm, cargo, file names, Docker and people write it.
        (Regex::new(r"\beventc(?:==|@v?| v?|-v?|:)(\d+\.\d+\.\d+)\b").unwrap(), VERSION),
        (Regex::new(r"(https://[\w.]+/[\w.-]+/eventc)\b").unwrap(), ADDRESS),
    ];
    let in_manifest = Regex::new(r#"(?m)^\s*"?version"?\s*[=:]\s*"(\d+\.\d+\.\d+)""#).unwrap();
    let mut wrong = Vec::new();
    for (path, text) in texts().iter().filter(|(path, _)| !HOLDERS.contains(&&**path)) {
        let is_page = path == "README.md" || path.starts_with("docs/");
        for (pattern, right) in &written {
            let found = pattern.captures_iter(text).map(|found| found.get(1).unwrap().as_str());
            let found = found.filter(|found| !is_page || found != right);
            wrong.extend(found.map(|found| format!("{path}: {found}")));
        }
        if path.ends_with(".toml") || path.ends_with(".json") {
            let found = in_manifest.captures_iter(text).map(|found| found[1].to_owned());
            wrong.extend(
                found.filter(|found| found == VERSION).map(|found| format!("{path}: {found}")),
            );
        }
    }
    assert!(wrong.is_empty(), "derive these from Cargo.toml:\n{}", wrong.join("\n"));
    assert!(texts().iter().any(|(path, _)| path == ".github/workflows/ci.yml"), "hidden files too");
}
