//! Real repositories, read and refused.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::*;
use crate::source::disk::tests::project;

/// Runs git in a folder as a person would, apart from whoever runs the tests.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]);
    command.current_dir(folder).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository whose only commit holds these files.
fn committed(files: &[(&str, &str)]) -> (TempDir, Disk) {
    let (folder, disk) = project(files);
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path());
    (folder, disk)
}

/// Commits all that stands in a folder, ignored files too.
fn commit(folder: &Path) {
    git(folder, &["add", "--all", "--force", "."]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "x"]);
}

fn refused(disk: &Disk, revision: &str) -> String {
    let opened = Revision::open(disk, revision);
    opened.map(|opened| opened.commit().to_owned()).expect_err(revision).to_string()
}

#[test]
fn a_revision_answers_as_the_disk_does() {
    let files = [
        (".gitignore", "*.bak\n/datasets/drafts/\n"),
        ("datasets/.gitignore", "!keep.bak\nlocal.yaml\n"),
        ("datasets/b/x y.yaml", "1\r\n"),
        ("datasets/b-c/x.yaml", "2"),
        ("datasets/b/a/ä\n.yaml", "3"),
        ("datasets/b/keep.bak", "\u{feff}"),
        ("datasets/b/local.yaml", ""),
        ("datasets/b/a.bak", ""),
        ("datasets/drafts/a.yaml", ""),
        ("datasets/.hidden/a.yaml", ""),
        ("datasets/Z.yaml", ""),
        ("schema/codebook.yaml", "x"),
    ];
    let (_folder, disk) = committed(&files);
    let revision = Revision::open(&disk, "HEAD").unwrap();
    for folder in ["datasets", "datasets/b", "datasets/drafts", "nowhere", "datasets/Z.yaml"] {
        assert_eq!(revision.list(folder).unwrap(), disk.list(folder).unwrap(), "{folder}");
    }
    for (path, _) in files {
        assert_eq!(revision.read(path).unwrap(), disk.read(path).unwrap(), "{path}");
    }
    for path in ["nowhere", "datasets/Z.yaml/x", "../x", "/etc/passwd", ""] {
        assert_eq!(revision.read(path).unwrap(), None, "{path}");
    }
    assert!(revision.read("datasets").unwrap_err().reason.contains("folder"));
}

#[test]
fn a_project_may_be_a_folder_of_the_repository_and_new_in_it() {
    let (folder, _) = committed(&[("p q/datasets/a.yaml", "1"), ("datasets/b.yaml", "2")]);
    let disk = Disk::new(folder.path().join("p q"));
    fs::write(folder.path().join("p q/datasets/a.yaml"), "changed").unwrap();
    fs::write(folder.path().join("p q/datasets/untracked.yaml"), "new").unwrap();
    let revision = Revision::open(&disk, "HEAD").unwrap();
    assert_eq!(revision.files("datasets").unwrap(), ["datasets/a.yaml"]);
    assert_eq!(revision.read("datasets/a.yaml").unwrap().unwrap(), b"1");

    let new = folder.path().join("new");
    fs::create_dir_all(new.join("datasets")).unwrap();
    let revision = Revision::open(&Disk::new(new), "HEAD").unwrap();
    assert!(revision.files("datasets").unwrap().is_empty());
}

#[test]
fn before_the_first_commit_there_is_nothing() {
    let (folder, disk) = project(&[("datasets/a.yaml", "1")]);
    git(folder.path(), &["init", "--quiet"]);
    let revision = Revision::open(&disk, "HEAD").unwrap();
    assert!(revision.files("datasets").unwrap().is_empty());
    assert_eq!((revision.commit(), revision.is_merge_base()), ("", false));
    assert_eq!(refused(&disk, "main"), "git knows no revision of this name");
}

#[test]
fn work_is_held_against_the_revision_that_it_was_built_on() {
    let (folder, disk) = committed(&[("datasets/a.yaml", "1")]);
    git(folder.path(), &["checkout", "--quiet", "-b", "work"]);
    git(folder.path(), &["checkout", "--quiet", "main"]);
    fs::write(folder.path().join("datasets/later.yaml"), "on main since").unwrap();
    commit(folder.path());
    git(folder.path(), &["checkout", "--quiet", "work"]);
    fs::write(folder.path().join("datasets/a.yaml"), "2").unwrap();
    commit(folder.path());

    let main = Revision::open(&disk, "main").unwrap();
    assert!(main.is_merge_base());
    assert_eq!(main.files("datasets").unwrap(), ["datasets/a.yaml"]);
    let before = Revision::open(&disk, "HEAD~1").unwrap();
    assert!(!before.is_merge_base());
    assert_eq!(before.commit(), main.commit());
    assert_eq!(before.read("datasets/a.yaml").unwrap().unwrap(), b"1");
}

#[test]
fn what_is_no_revision_is_said_and_never_taken_for_an_option() {
    let (folder, disk) = committed(&[("datasets/a.yaml", "1")]);
    let output = format!("--output={}", folder.path().join("written").display());
    let blob = "HEAD:datasets/a.yaml";
    for name in ["nowhere", "", "-h", "--all", "--git-dir", &output, "^HEAD", "HEAD..HEAD", blob] {
        assert_eq!(refused(&disk, name), "git knows no revision of this name", "{name}");
    }
    assert!(!folder.path().join("written").exists());
    git(folder.path(), &["checkout", "--quiet", "--orphan", "apart"]);
    fs::write(folder.path().join("datasets/a.yaml"), "another beginning").unwrap();
    commit(folder.path());
    assert!(refused(&disk, "main").starts_with("it has no commit in common"));

    let (_folder, elsewhere) = project(&[("datasets/a.yaml", "1")]);
    let words = refused(&elsewhere, "HEAD");
    assert!(words.starts_with("git has no repository here to compare with: "), "{words}");
}

#[test]
fn a_history_that_was_cut_off_is_told_how_to_fetch() {
    let (folder, _) = committed(&[("datasets/a.yaml", "1")]);
    commit(folder.path());
    let copy = tempfile::tempdir().unwrap();
    let origin = format!("file://{}", folder.path().display());
    git(copy.path(), &["clone", "--quiet", "--depth", "1", &origin, "."]);
    let words = refused(&Disk::new(copy.path().to_owned()), "HEAD~1");
    assert!(words.contains("fetch-depth: 0"), "{words}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_listed_as_on_disk() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    type Make = fn(&Path);
    let cases: [(&str, Make); 4] = [
        ("datasets/d/x.yaml", |at| std::os::unix::fs::symlink("/etc/passwd", at).unwrap()),
        ("datasets/d/x", |at| std::os::unix::fs::symlink("/etc", at).unwrap()),
        ("datasets/d/.gitignore", |at| std::os::unix::fs::symlink("/dev/zero", at).unwrap()),
        ("datasets/d/\u{fffd}.yaml", |at| {
            fs::write(at.with_file_name(OsStr::from_bytes(b"\xE9.yaml")), "").unwrap();
        }),
    ];
    for (path, make) in cases {
        let (folder, disk) = committed(&[("datasets/d/a.yaml", "x")]);
        make(&folder.path().join(path));
        commit(folder.path());
        let revision = Revision::open(&disk, "HEAD").unwrap();
        let (here, there) = (disk.list("datasets").unwrap(), revision.list("datasets").unwrap());
        assert_eq!(here, there, "{path}");
        assert!(here.iter().any(|listed| *listed.path == *path && listed.obstacle.is_some()));
        if path.ends_with("/x") {
            let refused = revision.read("datasets/d/x/passwd").unwrap_err();
            assert!(refused.reason.contains("symbolic link"));
        }
    }
}

#[test]
fn a_file_beyond_the_limit_is_told_without_reading_it() {
    let (folder, disk) = committed(&[("datasets/a.yaml", "x")]);
    let huge = fs::File::create(folder.path().join("datasets/huge.yaml")).unwrap();
    huge.set_len(MAX_FILE_BYTES as u64 * 4).unwrap();
    commit(folder.path());
    let revision = Revision::open(&disk, "HEAD").unwrap();
    let read = revision.read("datasets/huge.yaml").unwrap().unwrap();
    assert_eq!(read.len(), MAX_FILE_BYTES + 1, "its length is told, its content is not read");
    assert_eq!(revision.read("datasets/a.yaml").unwrap().unwrap(), b"x");
}

#[test]
fn a_repository_within_has_no_files_and_a_missing_object_is_an_error() {
    let (folder, disk) = committed(&[("datasets/a.yaml", "text")]);
    let inner = folder.path().join("datasets/inner");
    fs::create_dir_all(&inner).unwrap();
    fs::write(inner.join("b.yaml"), "").unwrap();
    git(&inner, &["init", "--quiet"]);
    commit(&inner);
    commit(folder.path());
    let revision = Revision::open(&disk, "HEAD").unwrap();
    assert_eq!(revision.files("datasets").unwrap(), ["datasets/a.yaml"]);

    let Some(Object::File { name, .. }) = revision.find("datasets/a.yaml").unwrap() else {
        panic!("it is a file")
    };
    let object = format!(".git/objects/{}/{}", &name[..2], &name[2..]);
    fs::remove_file(folder.path().join(object)).unwrap();
    let revision = Revision::open(&disk, "HEAD").unwrap();
    assert!(revision.read("datasets/a.yaml").unwrap_err().reason.contains("incomplete"));
    assert!(revision.read("datasets/a.yaml").is_err(), "and it does not hang when asked again");
}

#[cfg(unix)]
#[test]
fn nothing_in_a_repository_runs() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, disk) = committed(&[
        (".gitattributes", "*.yaml diff=evil filter=evil merge=evil\n"),
        ("datasets/a.yaml", "text"),
    ]);
    let trap = folder.path().join("trap.sh");
    let caught = folder.path().join("caught");
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $@\" >> '{}'\n", caught.display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.to_str().unwrap();
    for hook in
        ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"]
    {
        fs::copy(trap, folder.path().join(".git/hooks").join(hook)).unwrap();
    }
    let remote = format!("ext::{trap} %S");
    for (key, value) in [
        ("core.fsmonitor", trap),
        ("core.pager", trap),
        ("pager.rev-parse", trap),
        ("core.sshCommand", trap),
        ("core.askPass", trap),
        ("core.editor", trap),
        ("core.gitProxy", trap),
        ("core.alternateRefsCommand", trap),
        ("credential.helper", trap),
        ("diff.external", trap),
        ("diff.evil.textconv", trap),
        ("diff.evil.command", trap),
        ("filter.evil.smudge", trap),
        ("filter.evil.clean", trap),
        ("filter.evil.process", trap),
        ("gpg.program", trap),
        ("alias.cat-file", &format!("!{trap}")),
        ("alias.ls-tree", &format!("!{trap}")),
        ("protocol.ext.allow", "always"),
        ("remote.origin.url", &remote),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
    ] {
        git(folder.path(), &["config", key, value]);
    }
    let _ = fs::remove_file(&caught);
    let revision = Revision::open(&disk, "HEAD").unwrap();
    assert_eq!(revision.read("datasets/a.yaml").unwrap().unwrap(), b"text");
    // An object that the repository promises to fetch is not fetched.
    let missing = "0123456789012345678901234567890123456789";
    assert!(Revision::open(&disk, missing).is_err());
    assert!(revision.objects.lock().unwrap().blob(missing, 4).is_err());
    assert!(!caught.exists(), "{}", fs::read_to_string(&caught).unwrap());

    // The trap is a good one: git on its own falls into it.
    let _ =
        Command::new("git").current_dir(folder.path()).args(["cat-file", "-p", missing]).output();
    assert!(caught.exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_looks_like_the_inside_of_a_repository_is_not_one() {
    let (folder, _) = committed(&[("p/datasets/a.yaml", "text")]);
    let inside = folder.path().join("p");
    git(&inside, &["init", "--quiet", "--bare", "."]);
    git(&inside, &["config", "core.bare", "false"]);
    let words = refused(&Disk::new(inside), "HEAD");
    assert!(words.contains("safe.bareRepository"), "{words}");
}
