//! Where a build writes, and how it gets there.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::cli::{eventc, status, stderr};

/// A project of one dataset, `incidents`.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = eventc(folder.path(), &["--quiet", "init", "--minimal", "."]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    folder
}

fn refused(project: &Path, arguments: &[&str]) -> String {
    let output = eventc(project, arguments);
    let printed = stderr(&output);
    assert_eq!(status(&output), 2, "{printed}");
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn it_writes_to_the_folder_that_it_is_told() {
    let project = project();
    for out in ["plain", "no such/folder with spaces", "deep/../plain", "plain/", "."] {
        let built = eventc(project.path(), &["build", "--out", out]);
        assert_eq!(status(&built), 0, "{}", stderr(&built));
        let folder = project.path().join(out).join("incidents");
        assert!(folder.join("manifest.json").is_file(), "{out}");
        fs::remove_dir_all(folder).unwrap();
        fs::create_dir_all(project.path().join("deep")).unwrap();
    }
}

#[test]
fn it_writes_through_no_link() {
    let (project, elsewhere) = (project(), tempfile::tempdir().unwrap());
    let dist = project.path().join("dist");
    std::os::unix::fs::symlink(elsewhere.path(), &dist).unwrap();
    for out in [&["build"][..], &["build", "--out", "dist/"], &["build", "--out", "dist/below"]] {
        let printed = refused(project.path(), out);
        assert!(printed.contains("dist` is a symbolic link") && printed.contains("--out"));
    }
    fs::remove_file(&dist).unwrap();
    fs::create_dir(&dist).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dist.join("incidents")).unwrap();
    assert!(refused(project.path(), &["build"]).contains("incidents` is a symbolic link"));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn what_stands_in_the_way_is_named_with_the_way_round() {
    let project = project();
    fs::write(project.path().join("dist"), "").unwrap();
    let printed = refused(project.path(), &["build"]);
    assert!(printed.contains("dist` is no folder; choose one with `--out`"), "{printed}");
    let printed = refused(project.path(), &["build", "--out", "/proc"]);
    if cfg!(target_os = "linux") {
        assert!(printed.contains("`/proc`") && printed.contains("(os error "), "{printed}");
        assert!(printed.contains("choose another folder with `--out`"), "{printed}");
    }
}

#[test]
fn a_build_waits_for_another_and_no_longer_than_that_lives() {
    let project = project();
    let dist = project.path().join("dist");
    fs::create_dir(&dist).unwrap();
    let lock = File::open(&dist).unwrap();
    lock.lock().unwrap();
    let mut build = Command::new(env!("CARGO_BIN_EXE_eventc"))
        .arg("build")
        .current_dir(project.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(build.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.starts_with("waiting for another process, which writes to")));
    assert_eq!(fs::read_dir(&dist).unwrap().count(), 0, "it does not begin before");
    drop(lock);
    assert_eq!(lines.filter(|line| line.starts_with("waiting")).count(), 0);
    assert!(build.wait().unwrap().success());
    assert!(dist.join("incidents/manifest.json").is_file());
}
