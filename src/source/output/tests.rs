//! How outputs are committed, and what is never replaced.

use std::cell::RefCell;
use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

use super::*;

const MARK: &str = r#"{"generator": "eventc 9"}"#;

fn write(output: &mut OutputDirectory, name: &str, text: &str) {
    let mut file = output.create(name).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.flush().unwrap();
}

fn silent(_: &str) {}

fn open(folder: &Path) -> Outputs {
    Outputs::open(folder, &silent).unwrap()
}

/// An output with a manifest and a file.
fn staged(outputs: &Outputs, name: &str, file: &str) -> OutputDirectory {
    let mut output = outputs.stage(name).unwrap();
    write(&mut output, OutputDirectory::MANIFEST, MARK);
    write(&mut output, file, "new");
    output
}

/// Commits the output `out` with a manifest and a file.
fn committed(folder: &Path, file: &str) {
    let outputs = open(folder);
    let output = staged(&outputs, "out", file);
    outputs.commit(&[output], &silent).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        // Stays where a folder cannot be locked.
        .filter(|name| name != ".eventc.lock")
        .collect();
    names.sort();
    names
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    (folder, dist)
}

#[test]
fn nothing_shows_before_the_commit_and_the_old_goes_as_a_whole() {
    let (_folder, dist) = place();
    let target = dist.join("out");
    let outputs = open(&dist);
    let first = staged(&outputs, "out", "a.csv");
    assert!(!target.exists());
    outputs.commit(&[first], &silent).unwrap();
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);

    let outputs = open(&dist);
    let second = staged(&outputs, "out", "b.csv");
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);
    outputs.commit(&[second], &silent).unwrap();
    assert_eq!(names(&target), ["b.csv", "manifest.json"]);
    assert_eq!(names(&dist), ["out"], "neither the staged nor the old one is left");
}

#[test]
fn an_output_that_is_not_committed_leaves_nothing() {
    let (_folder, dist) = place();
    let outputs = open(&dist);
    staged(&outputs, "out", "a.csv");
    drop(outputs);
    assert!(names(&dist).is_empty());
}

#[test]
fn a_second_writer_waits_says_for_whom_and_then_goes_on() {
    let (_folder, dist) = place();
    let first = open(&dist);
    let (told, heard) = mpsc::channel();
    let second = {
        let dist = dist.clone();
        std::thread::spawn(move || {
            let outputs = Outputs::open(&dist, &|line| told.send(line.to_owned()).unwrap());
            let outputs = outputs.unwrap();
            let output = staged(&outputs, "out", "b.csv");
            outputs.commit(&[output], &silent).unwrap();
        })
    };
    let line = heard.recv_timeout(Duration::from_secs(60)).unwrap();
    let process = std::process::id();
    let shown = dist.display();
    assert_eq!(line, format!("waiting for process {process}, which writes to `{shown}`"));
    let output = staged(&first, "out", "a.csv");
    first.commit(&[output], &silent).unwrap();
    second.join().unwrap();
    assert!(heard.recv().is_err(), "it is said once");
    assert_eq!(names(&dist.join("out")), ["b.csv", "manifest.json"]);
    assert_eq!(names(&dist), ["out"]);
}

#[test]
fn what_a_killed_process_left_is_removed_and_nothing_else() {
    let (_folder, dist) = place();
    committed(&dist, "a.csv");
    // Killed while it wrote, while it removed, and as soon as it had begun.
    for killed in ["a/new/out", "a/earlier", "b/removed/out", "c"] {
        let (name, below) = killed.split_once('/').unwrap_or((killed, ""));
        fs::create_dir_all(dist.join(format!(".eventc.{name}.partial")).join(below)).unwrap();
    }
    for name in ["a", "b"] {
        fs::write(dist.join(format!(".eventc.{name}.partial/process")), "1").unwrap();
    }
    fs::write(dist.join(".eventc.a.partial/new/out/events.csv"), "event_id").unwrap();
    // Not ours, though named so.
    for (folder, file) in [(".eventc.mine.partial", "new"), (".eventc.notes.partial", "process")] {
        fs::create_dir(dist.join(folder)).unwrap();
        fs::write(dist.join(folder).join(file), "").unwrap();
    }
    fs::write(dist.join(".eventc.notes.partial/thesis.txt"), "").unwrap();
    fs::write(dist.join(".eventc.file.partial"), "").unwrap();

    drop(open(&dist));
    let rest = [".eventc.file.partial", ".eventc.mine.partial", ".eventc.notes.partial", "out"];
    assert_eq!(names(&dist), rest);
    assert_eq!(names(&dist.join(".eventc.notes.partial")), ["process", "thesis.txt"]);
}

#[test]
fn an_output_that_a_killed_process_moved_aside_is_put_back() {
    let (_folder, dist) = place();
    committed(&dist, "a.csv");
    let killed = dist.join(".eventc.killed.partial");
    for folder in ["new/out", "earlier"] {
        fs::create_dir_all(killed.join(folder)).unwrap();
    }
    fs::write(killed.join("process"), "1").unwrap();
    fs::rename(dist.join("out"), killed.join("earlier/out")).unwrap();

    let told = RefCell::new(Vec::new());
    drop(Outputs::open(&dist, &|line| told.borrow_mut().push(line.to_owned())).unwrap());
    assert_eq!(names(&dist), ["out"]);
    assert_eq!(names(&dist.join("out")), ["a.csv", "manifest.json"]);
    let shown = dist.join("out").display().to_string();
    let line = format!("put `{shown}` back, which a killed process had moved aside");
    assert_eq!(*told.borrow(), [line]);
}

#[test]
fn without_an_exchange_the_old_is_moved_aside_and_comes_back_when_the_new_cannot_take_its_place() {
    let (_folder, dist) = place();
    committed(&dist, "a.csv");
    let target = dist.join("out");
    let outputs = open(&dist);
    let output = staged(&outputs, "out", "b.csv");
    output.place.by_renames().unwrap();
    assert_eq!(names(&target), ["b.csv", "manifest.json"]);
    let way = Way::ByRenames(ErrorKind::Unsupported.into());
    output.place.take_back(&way).unwrap();
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);

    fs::remove_dir_all(&output.place.staged).unwrap();
    assert!(output.place.by_renames().is_err());
    assert_eq!(names(&target), ["a.csv", "manifest.json"]);
    drop(outputs);
    assert_eq!(names(&dist), ["out"]);
}

#[test]
fn of_several_outputs_all_are_replaced_or_none() {
    let (_folder, dist) = place();
    committed(&dist, "a.csv");
    let outputs = open(&dist);
    let both = [staged(&outputs, "new", "b.csv"), staged(&outputs, "out", "b.csv")];
    let last = staged(&outputs, "foreign", "b.csv");
    fs::create_dir(dist.join("foreign")).unwrap();
    fs::write(dist.join("foreign/notes.txt"), "mine").unwrap();
    let [new, out] = both;
    let error = outputs.commit(&[new, out, last], &silent).unwrap_err();
    assert!(matches!(error, OutputError::Foreign { .. }));
    assert_eq!(names(&dist), ["foreign", "out"]);
    assert_eq!(names(&dist.join("out")), ["a.csv", "manifest.json"]);
    assert_eq!(names(&dist.join("foreign")), ["notes.txt"]);
}

#[cfg(unix)]
#[test]
fn who_holds_the_old_folder_open_finds_none_of_the_new_in_it() {
    let (_folder, dist) = place();
    committed(&dist, "a.csv");
    let held = File::open(dist.join("out")).unwrap();
    let outputs = open(&dist);
    let output = staged(&outputs, "out", "b.csv");
    outputs.place(std::slice::from_ref(&output), &mut Vec::new()).unwrap();
    let named = |name| {
        let flags = rustix::fs::OFlags::RDONLY;
        rustix::fs::openat(&held, name, flags, rustix::fs::Mode::empty()).is_ok()
    };
    assert!(named("a.csv") && !named("b.csv"));
    drop(outputs);
    assert!(!named("a.csv") && !named("b.csv"));
}

#[test]
fn folders_above_are_made_and_an_empty_folder_is_used() {
    let (folder, _) = place();
    let deep = folder.path().join("a folder/build");
    committed(&deep, "a.csv");
    assert_eq!(names(&deep.join("out")), ["a.csv", "manifest.json"]);
    fs::create_dir_all(folder.path().join("empty/out")).unwrap();
    committed(&folder.path().join("empty/"), "a.csv");
    assert_eq!(names(&folder.path().join("empty/out")), ["a.csv", "manifest.json"]);
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let cases: [(&str, &[(&str, &str)]); 5] = [
        ("thesis.docx", &[("thesis.docx", "")]),
        ("index.html", &[("index.html", ""), ("manifest.json", r#"{"name": "web page"}"#)]),
        ("manifest.json", &[("manifest.json", "not json")]),
        ("manifest.json", &[("manifest.json", r#"{"generator": "eventcetera"}"#)]),
        (".git", &[(".git/config", ""), ("manifest.json", MARK)]),
    ];
    for (sign, files) in cases {
        let (_folder, dist) = place();
        let target = dist.join("out");
        for (path, text) in files {
            let path = target.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let before = names(&target);
        match open(&dist).stage("out") {
            Err(OutputError::Foreign { found, .. }) => assert_eq!(found, sign),
            other => panic!("{sign}: {other:?}"),
        }
        assert_eq!(names(&target), before);
        assert_eq!(names(&dist), ["out"]);
    }
}

#[test]
fn what_is_no_folder_is_refused() {
    let (folder, dist) = place();
    fs::write(&dist, "").unwrap();
    assert!(matches!(Outputs::open(&dist, &silent), Err(OutputError::NotAFolder { .. })));
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("out"), "").unwrap();
    assert!(matches!(open(&other).stage("out"), Err(OutputError::NotAFolder { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_but_above_an_absolute_path() {
    let (folder, dist) = place();
    fs::create_dir_all(&dist).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("dist", &link).unwrap();
    let with_slash = folder.path().join("link/");
    for path in [&link, &with_slash] {
        assert!(matches!(Outputs::open(path, &silent), Err(OutputError::Link { .. })));
    }
    committed(&link.join("below"), "a.csv");
    std::os::unix::fs::symlink("below", dist.join("out")).unwrap();
    assert!(matches!(open(&dist).stage("out"), Err(OutputError::Link { .. })));
    assert_eq!(names(&dist), ["below", "out"]);
}

#[test]
fn only_plain_names_once_each_and_never_without_a_manifest() {
    let (_folder, dist) = place();
    let outputs = open(&dist);
    let mut output = outputs.stage("out").unwrap();
    for name in ["", "..", ".hidden", "a/b", "a b", "ä"] {
        let error = output.create(name).unwrap_err();
        assert!(matches!(error, OutputError::FileName { .. }), "{name}");
    }
    write(&mut output, "events_geo.parquet", "");
    assert!(matches!(output.create("events_geo.parquet"), Err(OutputError::Io { .. })));
    let refused = outputs.commit(&[output], &silent);
    assert!(matches!(refused, Err(OutputError::Unmarked { .. })));
    assert!(names(&dist).is_empty());
}

#[cfg(unix)]
#[test]
fn permissions_are_those_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, dist) = place();
    committed(&dist, "a.csv");
    let plain = folder.path().join("plain");
    fs::create_dir(&plain).unwrap();
    fs::write(plain.join("a.csv"), "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&dist.join("out")), mode(&plain));
    assert_eq!(mode(&dist.join("out/a.csv")), mode(&plain.join("a.csv")));
}
