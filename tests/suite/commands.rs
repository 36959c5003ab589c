//! The commands that begin a project, a record and a search, as a stranger uses them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{eventc, status, stderr};
use crate::formats::formats;

/// A project made by `init`.
fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let made = eventc(project.path(), &["init"]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    project
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The files under a folder, hidden ones too: path to text.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut folders = vec![folder.to_owned()];
    let mut texts = BTreeMap::new();
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                texts.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    texts
}

/// What `check --format json` finds: rule, line and the text there.
fn findings(project: &Path) -> Vec<(String, String)> {
    let output = eventc(project, &["check", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = json["diagnostics"].as_array().unwrap().iter().map(|found| {
        let text = fs::read_to_string(project.join(found["file"].as_str().unwrap())).unwrap();
        let line = usize::try_from(found["line"].as_u64().unwrap()).unwrap();
        let rule = found["rule"].as_str().unwrap().to_owned();
        (rule, text.lines().nth(line - 1).unwrap().to_owned())
    });
    found.collect()
}

#[test]
fn a_stranger_comes_from_nothing_to_tables() {
    let project = project();
    assert_eq!(findings(project.path()), [], "a new project is clean");

    let new = eventc(project.path(), &["new", "2024-05-01-somewhere"]);
    assert_eq!(status(&new), 0, "{}", stderr(&new));
    let path = project.path().join(stdout(&new).trim_end());
    assert!(stderr(&new).contains("next: fill it in; `eventc check datasets/"), "{}", stderr(&new));

    let missing = |line: &str| ("wrong-type".to_owned(), line.to_owned());
    assert_eq!(findings(project.path()), [missing("action:"), missing("certainty:")]);
    let skeleton = fs::read_to_string(&path).unwrap();
    assert!(skeleton.contains("\ndate: 2024-05-01\n"), "{skeleton}");

    let filled = skeleton.replace("\naction:", "\naction: UNK");
    let filled = filled.replace("\ncertainty:", "\ncertainty: unjudged");
    fs::write(&path, filled).unwrap();
    let built = eventc(project.path(), &["build"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    let events = fs::read_to_string(project.path().join("dist/example/events.csv")).unwrap();
    assert!(events.contains("2024-05-01-somewhere"), "{events}");
}

#[test]
fn an_unfinished_record_blocks_no_build_and_is_counted() {
    let project = project();
    let path = project.path().join("datasets/example/events/2024-05-01-somewhere.yaml");
    let unfinished = "id: 2024-05-01-somewhere\ndate: 2024-05-01\naction: RAD\n";
    fs::write(&path, unfinished).unwrap();
    let refused = eventc(project.path(), &["build"]);
    assert_eq!(status(&refused), 1, "{}", stderr(&refused));

    let draft = "sources: [\"https://somewhere.example/\"]\ncoding: {status: draft}\n";
    fs::write(&path, format!("{unfinished}{draft}")).unwrap();
    let built = eventc(project.path(), &["build"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    assert!(stdout(&built).contains("this is an error when it is finished"), "{}", stdout(&built));
    for told in ["2 warnings in 1 file", "2 records (1 draft), ", "; left out 1 draft\n"] {
        assert!(stderr(&built).contains(told), "{told}: {}", stderr(&built));
    }
    let built = |name| fs::read_to_string(project.path().join("dist/example").join(name)).unwrap();
    for table in ["events.csv", "claims.csv", "sources.csv"] {
        assert!(!built(table).contains("somewhere"), "{table}");
    }
    assert!(built("manifest.json").contains("\"drafts\": 1"), "{}", built("manifest.json"));
    let json = stdout(&eventc(project.path(), &["check", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["summary"]["events"], &json["summary"]["drafts"]), (&2.into(), &1.into()));

    let other = project.path().join("datasets/other");
    fs::create_dir_all(other.join("events")).unwrap();
    let description = "dataset: other\ntitle: Other\nversion: '1'\nlicense: CC0-1.0\n";
    fs::write(other.join("dataset.yaml"), description).unwrap();
    fs::write(other.join("events/begun.yaml"), "id: begun\ncoding: {status: draft}\n").unwrap();
    let rest = eventc(project.path(), &["build"]);
    assert_eq!(status(&rest), 0, "{}", stderr(&rest));
    assert!(stderr(&rest).contains("did not build `other`: it has only drafts"));
    assert!(!project.path().join("dist/other").exists());
    fs::remove_dir_all(other).unwrap();

    let event = fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
    event.filter(|other| *other != path).for_each(|other| fs::remove_file(other).unwrap());
    let refused = eventc(project.path(), &["build"]);
    assert_eq!(status(&refused), 2, "an empty build replaces no other: {}", stderr(&refused));
}

#[test]
fn init_writes_the_template_and_the_shipped_codebook_and_what_editors_need_on_request() {
    let mut written = texts(project().path());
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut template = texts(&repository.join("templates/project"));
    let codebook = written.remove("schema/codebook.yaml").unwrap();
    let body = |text: &str| {
        text.lines().skip_while(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>()
    };
    let shipped = fs::read_to_string(repository.join("schema/codebook.yaml")).unwrap();
    assert_eq!(body(&codebook), body(&shipped));
    template.retain(|path, _| !path.starts_with(".vscode/"));
    assert!(written.keys().eq(template.keys()), "{:?}", written.keys());
    for (path, text) in template.iter().filter(|(_, text)| !text.contains('@')) {
        assert_eq!(&written[path], text);
    }

    let with_editor = tempfile::tempdir().unwrap();
    assert_eq!(status(&eventc(with_editor.path(), &["init", "--editor"])), 0);
    let later = project();
    let added = eventc(later.path(), &["init", "--editor"]);
    assert_eq!(status(&added), 0, "{}", stderr(&added));
    let with_editor = texts(with_editor.path());
    assert_eq!(texts(later.path()), with_editor);
    let settings: Value = serde_json::from_str(&with_editor[".vscode/settings.json"]).unwrap();
    let schemas = settings["yaml.schemas"].as_object().unwrap();
    for path in schemas.keys() {
        assert!(with_editor.contains_key(path.trim_start_matches("./")), "{path}");
    }
    assert_eq!(with_editor.len(), written.len() + 1 + 2 + schemas.len());
    let again = eventc(later.path(), &["init", "--editor"]);
    assert_eq!(status(&again), 2);
    assert!(stderr(&again).contains("eventc schema json-schema"), "{}", stderr(&again));
}

/// What the keeper of a spreadsheet starts from is asked for nothing more, and fits on a screen.
#[test]
fn a_minimal_project_is_five_small_files_without_findings() {
    let project = tempfile::tempdir().unwrap();
    let made = eventc(project.path(), &["init", "--minimal"]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    let written = texts(project.path());
    assert!(written.len() <= 5, "{:?}", written.keys());
    assert!(written.values().all(|text| text.lines().count() <= 40));
    let codebook = &written["schema/codebook.yaml"];
    assert!(codebook.lines().count() <= 10 && !codebook.contains("policy"), "{codebook}");

    let checked = eventc(project.path(), &["check", "--level", "info"]);
    assert_eq!((status(&checked), stdout(&checked).as_str()), (0, ""));
    let built = eventc(project.path(), &["build"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    let events = fs::read_to_string(project.path().join("dist/incidents/events.csv")).unwrap();
    let head = events.lines().next().unwrap();
    for absent in ["attribution", "contested", "denials", "origins", "action_root"] {
        assert!(!head.contains(absent), "{absent}: {head}");
    }
    let shown = eventc(project.path(), &["show", "2023-04-03-djibo"]);
    for absent in ["supported", "attribut", "origin", "word"] {
        assert!(!stdout(&shown).contains(absent), "{absent}: {}", stdout(&shown));
    }
    assert_eq!(status(&eventc(project.path(), &["new", "2024-05-01-somewhere"])), 0);
}

#[test]
fn init_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("README.md"), "mine").unwrap();
    fs::write(folder.path().join(".gitignore"), "mine").unwrap();
    let before = texts(folder.path());
    let refused = eventc(folder.path(), &["init"]);
    assert_eq!(status(&refused), 2);
    assert!(
        stderr(&refused).contains("`.gitignore`, `README.md` exist already"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(texts(folder.path()), before, "nothing was written");

    let beside = eventc(folder.path(), &["init", "deep/inside"]);
    assert_eq!(status(&beside), 0, "{}", stderr(&beside));
    let again = eventc(folder.path(), &["init", "deep/inside"]);
    assert_eq!(status(&again), 2);
    assert!(stderr(&again).contains("is a project already"), "{}", stderr(&again));
}

/// The keys in a section of the codebook's page, in their order, each with whether it is required.
fn keys(page: &str, section: &str) -> Vec<(String, bool)> {
    let rows = page.split(&format!("\n### {section}\n")).nth(1).unwrap();
    let rows = rows.lines().take_while(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(key, row)| (key.to_owned(), row.contains("| yes |"))).collect()
}

#[test]
fn a_skeleton_has_every_key_in_its_order_and_its_example_is_right() {
    let project = project();
    let id = "someday-somewhere";
    assert_eq!(status(&eventc(project.path(), &["new", id])), 0);
    let path = project.path().join(format!("datasets/example/events/{id}.yaml"));
    let skeleton = fs::read_to_string(&path).unwrap();
    let lines: Vec<_> = skeleton.lines().collect();
    let mut before = 0;
    let page = stdout(&eventc(project.path(), &["schema", "markdown"]));
    // The shipped codebook declares no ids of others.
    for (key, required) in keys(&page, "event").into_iter().filter(|(key, _)| key != "ids") {
        let line = if required { format!("{key}:") } else { format!("# {key}:") };
        let at = lines.iter().position(|found| found.starts_with(&line));
        let at = at.unwrap_or_else(|| panic!("no line `{line}`"));
        assert!(at > before, "`{line}` stands too early");
        before = at;
    }
    let (fields, claims) = skeleton.split_once("\n# claims:\n").unwrap();
    for (field, _) in keys(&page, "Extra fields") {
        let key = format!("\n# {field}:\n");
        assert_eq!((fields.matches(&key).count(), claims.matches(&key).count()), (1, 0), "{field}");
    }
    let (example, _) = claims.split_once("# The keys of a claim:\n").unwrap();
    let example = example.replace("\n# ", "\n").replacen("# ", "", 1);
    let record = format!(
        "id: {id}\ndate: 2019-08\naction: ASSAULT\ncertainty: possible\nclaims:\n{example}"
    );
    fs::write(&path, record).unwrap();
    let sources = project.path().join("datasets/example/sources.yaml");
    let known = fs::read_to_string(&sources).unwrap();
    fs::write(
        &sources,
        format!("{known}herald-2019-08-21: {{publisher: Herald, date: 2019-08-21}}\n"),
    )
    .unwrap();
    let checked = eventc(project.path(), &["check"]);
    assert_eq!(status(&checked), 0, "{}", stderr(&checked));
}

#[test]
fn new_says_why_it_writes_nothing() {
    let project = project();
    let datasets = project.path().join("datasets");
    for (arguments, words) in [
        (&["new", "Al Qāʾim"][..], "write `al-qaim`"),
        (&["new", "../etc"], "cannot be an event's id"),
        (
            &["new", "2019-08-20-balad"],
            "an event `2019-08-20-balad` already, in `datasets/example/",
        ),
        (&["new", "a", "--dataset", "exmaple"], "did you mean `example`?"),
    ] {
        let before = texts(&datasets);
        let output = eventc(project.path(), arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert_eq!(texts(&datasets), before, "{arguments:?}");
    }
    fs::create_dir(datasets.join("second")).unwrap();
    fs::copy(datasets.join("example/dataset.yaml"), datasets.join("second/dataset.yaml")).unwrap();
    let ambiguous = eventc(project.path(), &["new", "a"]);
    assert!(stderr(&ambiguous).contains("`--dataset`: example, second"), "{}", stderr(&ambiguous));
    let inside = eventc(&datasets.join("second"), &["new", "a"]);
    assert_eq!(stdout(&inside).replace('\\', "/"), "events/a.yaml\n", "{}", stderr(&inside));
    assert!(datasets.join("second/events/a.yaml").exists());
}

#[test]
fn a_second_coder_begins_beside_the_first_and_sees_nothing_of_it() {
    let project = project();
    let events = project.path().join("datasets/example/events");
    fs::create_dir(events.join("2019")).unwrap();
    let (id, first) = ("2019-08-20-balad", events.join("2019/2019-08-20-balad.yaml"));
    fs::rename(events.join("2019-08-20-balad.yaml"), &first).unwrap();
    let record = fs::read_to_string(&first).unwrap();
    let record = record.replace("by: eventc-maintainers", "by: a");
    fs::write(&first, record).unwrap();
    let new = eventc(project.path(), &["new", id, "--coder", "b"]);
    let written = stdout(&new).trim_end().replace('\\', "/");
    assert_eq!(written, format!("datasets/example/events/2019/{id}.b.yaml"), "{}", stderr(&new));
    let skeleton = fs::read_to_string(project.path().join(&written)).unwrap();
    let values = skeleton.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let values: Vec<_> = values.collect();
    let id_line = format!("id: {id}");
    assert_eq!(values, [&id_line, "date:", "action:", "certainty:", "coding: {by: b}"]);
    let filled = "action: ASSAULT\ndate: 2019-08-20\ncertainty: possible\ncoding: {by: b}\n";
    fs::write(project.path().join(&written), format!("id: {id}\n{filled}")).unwrap();
    let built = eventc(project.path(), &["build"]);
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    let codings = project.path().join("dist/example/codings.csv");
    let codings = fs::read_to_string(codings).unwrap();
    let of = |coder: &str| codings.lines().any(|row| row.starts_with(&format!("{id},{coder},")));
    assert!(of("a") && of("b"), "{codings}");
    for (arguments, words) in [
        (
            &["new", id, "--coder", "a"][..],
            "`a` has coded `2019-08-20-balad` already, in `datasets",
        ),
        (&["new", id, "--coder", "b"], "already"),
        (&["new", "2019-08-20-balad.c"], "write `eventc new 2019-08-20-balad --coder c`"),
        (&["new", id, "--coder", "../c"], "cannot be a coder's name"),
        (&["new", id, "--coder", "Aïcha"], "write `aicha`"),
        (&["new", id], "`eventc new 2019-08-20-balad --coder NAME`"),
    ] {
        let output = eventc(project.path(), arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
    fs::rename(&first, project.path().join(&written).with_file_name(format!("{id}.a.yaml")))
        .unwrap();
    let built = eventc(project.path(), &["build"]);
    assert!(stderr(&built).contains("1 event is not adjudicated"), "{}", stderr(&built));
    assert!(stdout(&built).contains("warning[unadjudicated-event]"), "{}", stdout(&built));
    let adjudicated = eventc(project.path(), &["new", id]);
    assert_eq!(stdout(&adjudicated).trim_end().replace('\\', "/"), written.replace(".b.", "."));
    let skeleton = fs::read_to_string(&first).unwrap();
    assert!(skeleton.contains("\ncoding: {status: adjudicated}\n"), "{skeleton}");
    assert!(stderr(&eventc(project.path(), &["new", id])).contains("already"));
}

#[test]
fn a_coders_record_counts_when_it_is_finished() {
    let project = project();
    let new = eventc(project.path(), &["new", "2019-09-01-x", "--coder", "b"]);
    assert_eq!(status(&new), 0, "{}", stderr(&new));
    let path = project.path().join(stdout(&new).trim_end());
    let is_reported = || {
        let checked = eventc(project.path(), &["check"]);
        stdout(&checked).contains("[unadjudicated-event]")
    };
    assert!(!is_reported(), "one that is only begun");
    let with = |coding: &str| {
        let record = "id: 2019-09-01-x\naction: ASSAULT\ndate: 2019-09-01\ncertainty: possible";
        fs::write(&path, format!("{record}\ncoding: {{{coding}}}\n")).unwrap();
    };
    with("by: b, status: draft");
    assert!(!is_reported(), "a draft");
    with("by: b");
    assert!(is_reported());
}

#[test]
fn codes_are_found_outside_a_project_too() {
    let folder = tempfile::tempdir().unwrap();
    let printed = |arguments: &[&str]| stdout(&eventc(folder.path(), arguments));
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/codes");
    let lists = fs::read_dir(lists).unwrap().count();
    assert_eq!(printed(&["codes"]).lines().count(), lists + 1);
    assert!(printed(&["codes", "sector"]).contains("\nCOP   Police"));
    let everywhere = printed(&["codes", "air strike"]);
    for (code, list) in [("\nASSAULT.aerial ", " plover-events "), ("\n195 ", " cameo ")] {
        let row = everywhere.split(code).nth(1).and_then(|rest| rest.lines().next());
        assert!(row.is_some_and(|row| row.contains(list)), "{code}: {everywhere}");
    }
    for words in [&["plover", "air strike"][..], &["plover", "air", "strike"], &["plover", "195"]] {
        let found = printed(&[&["codes"], words].concat());
        assert!(found.starts_with("ASSAULT.aerial  Aerial attack\n"), "{words:?}: {found}");
        assert!(found.contains("\n  definition   Attacks from a manned aircraft"), "{found}");
    }
    let json = printed(&["codes", "plover", "195", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["codes"][0]["code"], "ASSAULT.aerial");
    assert_eq!(json["codes"][0]["found_in"], "crosswalk");
    let nothing = eventc(folder.path(), &["codes", "plovr"]);
    assert_eq!(status(&nothing), 2);
    assert!(stderr(&nothing).contains("did you mean the list `plover`?"), "{}", stderr(&nothing));
}

#[test]
fn names_of_registries_and_composite_codes_are_found_with_codes() {
    let project = project();
    let other = project.path().join("datasets/other");
    fs::create_dir(&other).unwrap();
    let actors = "us-dod: {name: Department of Defense, aliases: [Pentagon], country: USA}\n";
    fs::write(other.join("actors.yaml"), actors).unwrap();
    fs::write(other.join("places.yaml"), "broken: [\n").unwrap();
    let found = |words: &[&str]| {
        let output = eventc(project.path(), &[&["codes"], words].concat());
        assert_eq!(status(&output), 0, "{words:?}: {}", stderr(&output));
        stdout(&output)
    };
    for words in [&["pentagon"][..], &["Pentagn"], &["of", "DEFENSE"]] {
        let shown = found(words);
        assert!(shown.contains("us-dod  Department of Defense  Pentagon"), "{shown}");
        assert!(shown.contains("actor in datasets/other/actors.yaml:1"), "{shown}");
    }
    assert!(found(&["balad"]).contains("place in datasets/example/places.yaml:"));
    assert!(!found(&["country", "iraq"]).contains("datasets/"), "only the list that is named");
    let shown = found(&["ISRGOVLKD"]);
    assert!(shown.starts_with("ISRGOVLKD  Israel (Government, LKD)\n"), "{shown}");
    for line in ["  ISR  Israel (country)\n", "  GOV  Government (sector)\n", "  LKD  in no list"] {
        assert!(shown.contains(line), "{shown}");
    }
    for (words, code) in [("Syrian government", "SYRGOV"), ("army of Iraq", "IRQMIL")] {
        assert!(found(&[words]).starts_with(&format!("{code}  ")), "{words}");
    }
    let json: Value = serde_json::from_str(&found(&["IRQPRM", "--format", "json"])).unwrap();
    assert_eq!(json["composite"]["groups"][0]["label"], "Iraq");
    let json: Value = serde_json::from_str(&found(&["pentagon", "--format", "json"])).unwrap();
    assert_eq!((&json["entries"][0]["id"], &json["codes"]), (&"us-dod".into(), &json!([])));
}

#[test]
fn a_list_of_the_project_is_shown_with_what_bounds_its_codes() {
    let project = project();
    let list = "list: harm\nversion: \"3\"\norigin: our own\nextends: relation\ncodes:\n  \
                old-harm: {label: Old harm, valid: ../2010, replaced_by: harm}\n  \
                harm: {label: Harm, doc: Something hurts.}\n";
    fs::create_dir(project.path().join("schema/codes")).unwrap();
    fs::write(project.path().join("schema/codes/harm.yaml"), list).unwrap();
    let printed = |arguments: &[&str]| stdout(&eventc(project.path(), arguments));
    let lists = printed(&["codes"]);
    let shown = lists.lines().find(|line| line.starts_with("harm ")).unwrap();
    let shown: Vec<_> = shown.split_whitespace().collect();
    assert_eq!(shown[1..], ["3", "24", "-", "relation", "schema/codes/harm.yaml"]);
    assert!(printed(&["codes", "harm"]).contains("Replaced by harm. Valid ../2010."));
    let found = printed(&["codes", "harm", "old-harm"]);
    assert!(found.contains("  replaced by  harm\n  valid        ../2010\n"), "{found}");
}

#[test]
fn schemas_for_editors_are_those_of_the_codebook_and_said_to_be_stale() {
    let project = project();
    assert_eq!(status(&eventc(project.path(), &["init", "--editor"])), 0);
    let kept = |name: &str| fs::read(project.path().join("schema/json").join(name)).unwrap();
    let printed = |arguments: &[&str]| {
        let output = eventc(project.path(), arguments);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        output.stdout
    };
    assert!(printed(&["schema", "json-schema"]) == kept("event.json"));
    assert!(printed(&["schema", "json-schema", "places"]) == kept("places.json"));
    assert_eq!(status(&eventc(project.path(), &["build"])), 0);
    let page = fs::read_to_string(project.path().join("dist/example/codebook.md")).unwrap();
    let (tables, _) = page.split_once("\n## Certainty\n").unwrap();
    let whole = String::from_utf8(printed(&["schema", "markdown"])).unwrap();
    let (_, tables) = tables.split_once("\n## Tables\n").unwrap();
    assert!(whole.contains(tables) && whole.contains("\n## Records\n"));
    assert!(!page.contains("\n## Records\n"), "they are for coders");

    let codebook = project.path().join("schema/codebook.yaml");
    let text = fs::read_to_string(&codebook).unwrap();
    let changed = text.replace("  facility:\n", "  facility_hit:\n");
    let check_schemas = ["schema", "json-schema", "--check"];
    printed(&check_schemas);
    fs::write(&codebook, &changed).unwrap();
    fs::remove_file(project.path().join("schema/json/places.json")).unwrap();
    for format in formats() {
        let told = stdout(&eventc(project.path(), &["check", "--format", &format]));
        assert!(told.contains("JSON Schemas for editors are stale: `event.json`"), "{told}");
    }
    let short = stdout(&eventc(project.path(), &["check", "--format", "short"]));
    assert!(short.contains("schema/json/event.json:1:1: warning[stale-schema]: "), "{short}");
    fs::write(&codebook, changed.clone() + "fields: {}\n").unwrap();
    let told = stdout(&eventc(project.path(), &["check"]));
    assert!(told.contains("duplicate-key") && !told.contains("stale-schema"), "{told}");
    fs::write(&codebook, changed).unwrap();

    let path = project.path();
    let whole = path.canonicalize().unwrap().join("schema/json");
    for (here, folder) in [(path, Path::new("schema/json")), (&path.join("datasets"), &whole)] {
        let compared = eventc(here, &check_schemas);
        let line = |name: &str, what: &str| format!("{}: {what}\n", folder.join(name).display());
        let lines = line("event.json", "stale") + &line("places.json", "missing");
        assert_eq!((status(&compared), stdout(&compared)), (1, lines), "{}", stderr(&compared));
        assert!(stderr(&compared).starts_with("2 of 7 files are stale or missing; "));
    }
    assert!(!path.join("schema/json/places.json").exists(), "nothing was written");
    printed(&["schema", "json-schema", "--update"]);
    assert!(String::from_utf8(kept("event.json")).unwrap().contains("\"facility_hit\""));
    printed(&check_schemas);
    printed(&["schema", "json-schema", "--update", "--out", "elsewhere"]);
    assert!(!path.join("elsewhere").exists(), "who has no schemas gets none");
    let told = stdout(&eventc(path, &["check"]));
    assert!(!told.contains("stale-schema"), "{told}");
}
