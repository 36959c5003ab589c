//! Releases, verified as a stranger does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::changes::{commit, git};
use crate::cli::{eventc, status, stderr, stdout};
use crate::shown::Page;

/// A repository with one commit, its release in `downloaded/` of a clone, and the clone.
fn published() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (origin, clone) = (folder.path().join("origin"), folder.path().join("clone"));
    fs::create_dir(&origin).unwrap();
    let run = |arguments: &[&str]| {
        let output = eventc(&origin, arguments);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    };
    run(&["init", "--minimal"]);
    git(&origin, &["init", "--quiet"]);
    commit(&origin);
    run(&["build"]);
    // The work goes on: what is checked out is another commit than that of the release.
    let event = origin.join("datasets/incidents/events/2023-04-03-djibo.yaml");
    let text = fs::read_to_string(&event).unwrap();
    fs::write(event, text.replace("killed: 3..5", "killed: 4")).unwrap();
    commit(&origin);
    git(folder.path(), &["clone", "--quiet", "origin", "clone"]);
    fs::rename(origin.join("dist/incidents"), clone.join("downloaded")).unwrap();
    (folder, clone)
}

/// Changes a file of a release, and its checksums with it.
fn change(release: &Path, name: &str, old: &str, new: &str) {
    let path = release.join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{text}");
    let changed = text.replacen(old, new, 1);
    let digest = |text: &str| -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let sums = release.join("SHA256SUMS");
    let lines = fs::read_to_string(&sums).unwrap();
    fs::write(sums, lines.replace(&digest(&text), &digest(&changed))).unwrap();
    fs::write(path, changed).unwrap();
}

fn rebuild(folder: &Path) -> Output {
    eventc(folder, &["verify", "downloaded", "--rebuild"])
}

#[test]
fn a_stranger_builds_a_release_again_from_a_clone() {
    let (_folder, clone) = published();
    let verified = rebuild(&clone);
    assert_eq!(status(&verified), 0, "{}{}", stdout(&verified), stderr(&verified));
    assert!(stderr(&verified).contains("verified downloaded ("), "{}", stderr(&verified));
    assert!(stderr(&verified).contains(" gives the same bytes\n"), "{}", stderr(&verified));

    change(&clone.join("downloaded"), "codebook.md", "arson", "arsenic");
    let changed = rebuild(&clone);
    assert_eq!(status(&changed), 1, "{}", stderr(&changed));
    let line = "downloaded/codebook.md: differs from the one built again from line ";
    assert!(stdout(&changed).contains(line), "{}", stdout(&changed));
    assert_eq!(stdout(&changed).lines().count(), 1, "{}", stdout(&changed));
}

#[test]
fn a_release_without_one_of_its_files_is_no_rebuilt_one() {
    let (_folder, clone) = published();
    let release = clone.join("downloaded");
    fs::remove_file(release.join("README.md")).unwrap();
    let sums = fs::read_to_string(release.join("SHA256SUMS")).unwrap();
    let others: String = sums
        .lines()
        .filter(|line| !line.ends_with("README.md"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(release.join("SHA256SUMS"), others).unwrap();
    let found = rebuild(&clone);
    assert_eq!(status(&found), 1, "{}", stderr(&found));
    assert_eq!(stdout(&found), "downloaded/README.md: is missing; the one built again has it\n");
}

#[test]
fn what_cannot_be_built_again_is_said_with_status_2() {
    let (_folder, clone) = published();
    let event = "HEAD~1:datasets/incidents/events/2023-04-03-djibo.yaml";
    let object =
        Command::new("git").args(["rev-parse", event]).current_dir(&clone).output().unwrap();
    let object = String::from_utf8(object.stdout).unwrap();
    let (folder, file) = object.trim().split_at(2);
    let object = clone.join(".git/objects").join(folder).join(file);
    let aside = clone.join("aside");
    fs::rename(&object, &aside).unwrap();
    let in_parts = rebuild(&clone);
    assert_eq!((status(&in_parts), stdout(&in_parts)), (2, String::new()), "{}", stderr(&in_parts));
    assert!(stderr(&in_parts).contains("djibo.yaml"), "{}", stderr(&in_parts));
    fs::rename(&aside, &object).unwrap();
    let release = clone.join("downloaded");
    let manifest = fs::read_to_string(release.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let named = manifest["source"]["commit"].as_str().unwrap().to_owned();
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = eventc(elsewhere.path(), &["verify", release.to_str().unwrap(), "--rebuild"]);
    assert_eq!(status(&outside), 2);
    assert!(stderr(&outside).contains("run this in a clone of the repository"));
    assert!(stderr(&outside).contains("verified "), "what could be verified was");

    let missing = format!("{:0>40}", 1);
    let steps = [
        (format!("\"{named}\""), format!("\"{missing}\""), "may bring it"),
        (format!("\"{missing}\""), "\"main; echo\"".to_owned(), "it names no commit"),
        ("\"main; echo\"".to_owned(), "null".to_owned(), "it names no commit"),
        ("\"eventc 0".to_owned(), "\"eventc 9".to_owned(), "only the same version"),
    ];
    for (old, new, words) in steps {
        change(&release, "manifest.json", &old, &new);
        let refused = rebuild(&clone);
        assert_eq!(status(&refused), 2, "{new}: {}", stderr(&refused));
        let told = stderr(&refused).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn every_release_of_a_folder_is_verified_and_no_text_of_one_reaches_the_terminal() {
    let (_folder, clone) = published();
    let dist = clone.join("dist");
    fs::create_dir(&dist).unwrap();
    fs::rename(clone.join("downloaded"), dist.join("one")).unwrap();
    fs::create_dir(dist.join("two")).unwrap();
    for file in fs::read_dir(dist.join("one")).unwrap().map(|file| file.unwrap()) {
        fs::copy(file.path(), dist.join("two").join(file.file_name())).unwrap();
    }
    let both = eventc(&clone, &["verify", "dist"]);
    assert_eq!((status(&both), stderr(&both).matches("verified dist/").count()), (0, 2));
    change(&dist.join("two"), "events.csv", "2023-04-03-djibo", "\u{1b}]0;x\u{7}\u{202e}");
    let found = eventc(&clone, &["verify", "dist"]);
    assert_eq!(status(&found), 1);
    assert!(!stdout(&found).contains(['\u{1b}', '\u{7}', '\u{202e}']), "{}", stdout(&found));
    let line = "dist/two/events.parquet, row 1, column `event_id`: is `2023-04-03-djibo`, and ";
    assert!(stdout(&found).contains(line), "{}", stdout(&found));
    let empty = eventc(&clone, &["verify", "schema"]);
    assert_eq!(status(&empty), 2);
    assert!(stderr(&empty).contains("no release of eventc"), "{}", stderr(&empty));
}

#[test]
fn the_page_shows_what_is_printed() {
    let (_folder, clone) = published();
    let events = clone.join("downloaded/events.csv");
    let text = fs::read_to_string(&events).unwrap();
    fs::write(events, text.replace("djibo", "Djibo")).unwrap();
    let found = eventc(&clone, &["verify", "downloaded"]);
    assert_eq!(status(&found), 1);
    Page::read("docs/verify.md").hold("text verify", &stdout(&found));
}
