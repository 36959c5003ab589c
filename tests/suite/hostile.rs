//! Text that wants to be obeyed, driven through every command, format and stream.
//!
//! A stranger chooses values, keys, ids, file and folder names, code lists and registries; whoever
//! runs eventc may pass on arguments and a project's path that a stranger chose. What comes out is
//! read as a terminal, a CI runner and the readers of each format read it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use eventc::{Finding, Project};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use tempfile::TempDir;

use crate::changes::{commit, git};
use crate::formats::formats;
use crate::runner::commands;

/// What attacks are made of. Each carries the word of what it wants to forge.
const HOSTILE: &[&str] = &[
    "\u{1b}[31mforged\u{1b}[0m \u{1b}]0;forged\u{7} \u{1b}]8;;https://forged.example\u{7}x",
    "\u{9b}2Jforged\u{8}\u{8}\u{7f}",
    "::error file=forged.yaml,line=1::forged",
    "x\n::error::forged",
    "x\r::add-mask::e",
    " \u{3000}::stop-commands::forged",
    "x\u{2028}::error::forged\u{85}::error::forged",
    "%0A::error::forged%0D%0A::error::forged",
    "forged ##[error]forged",
    "###[add-matcher]forged.json",
    "##vso[task.complete result=Succeeded;]forged ##teamcity[forged]",
    "section_start:1560896352:forged\r\u{1b}[0Kforged",
    "[forged](https://forged.example) ![forged](https://forged.example/x.png)",
    "<img src=https://forged.example onerror=forged()> <script>forged</script> <!-- forged",
    "@forged #1 GH-1 forged/forged#1 https://forged.example www.forged.example",
    "` `` ``` ```` ````` forged\n```\n# forged\n| a | b \\| c |\n***forged***",
    "]]><forged a=\"b\" c='d'>&forged;&#0;</failure></testcase></testsuite><?forged?>",
    "{0} {forged} [forged](1) \\[x](https://forged.example)",
    "\"},{\"forged\":\"\\\"\\u0000",
    "\u{202e}degrof\u{2066}x\u{2069} \u{200b}f\u{200d}orged\u{feff}\u{ad}\u{e0041}",
    "for\0ged",
    "= 1+1 -- --format json ${FORGED} $(forged) `forged`",
];

/// A text that is longer than anything that should be printed whole.
fn long() -> String {
    "forged ".repeat(500)
}

/// Everything hostile in one place of a record or registry: as quoted text, which can hold it all.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A record with the hostile text at every place that takes one.
fn record(h: &str, id: &str) -> String {
    let h = quoted(h);
    format!(
        "id: {id}\ntitle: {h}\ndate: {h}\ntime: {h}\nsummary: {h}\nactor: {h}\n\
         action: {{code: {h}, certainty: {h}, because: {h}}}\n\
         target: [{{code: {h}, {h}: {h}}}, {h}]\n\
         location: {{place: {h}, precision: {h}, latitude: {h}}}\ncertainty: {h}\n\
         {h}: {h}\ninjuries: {h}\npartner: [{h}]\n{h}: {h}\n\
         claims:\n  {h}:\n    - {{by: {h}, via: {h}, says: {{{h}: {h}, actor: {h}}}, denies: [{h}]}}\n\
         \x20   - {{about: {h}, affirms: {h}, note: {h}, date: {h}}}\n\
         related:\n  - {{event: {h}, as: {h}}}\ncoding: {{by: {h}, date: {h}, status: {h}}}\n\
         allow: [{{rule: {h}, because: {h}, until: {h}}}]\n"
    )
}

/// A record that is read whole, so that rules about evidence speak of it; claimants and notes are
/// free text.
fn sound_record(h: &str, number: usize, day: u8) -> String {
    let h = quoted(h);
    format!(
        "id: sound-{number}\ntitle: {h}\ndate: 2019-08-{day}\ncoding: {{by: {h}}}\nbecause: {h}\nactor: {{code: ISR, certainty: confirmed}}\n\
         action: ASSAULT\ncertainty: confirmed\nclaims:\n  tv7-2019-08-21:\n\
         \x20   - {{by: {h}, says: {{actor: USA}}, note: {h}}}\n\
         \x20   - {{by: {h}, denies: {{actor: ISR}}}}\n"
    )
}

/// The names that a file system takes.
fn is_name(text: &str) -> bool {
    !text.contains(['/', '\0']) && text.len() < 200
}

/// A project in a folder with a hostile name, with all that is hostile in it.
fn project(folder: &Path) -> PathBuf {
    let root = folder.join("x\n::error::forged\u{1b}[2J ##[error]");
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let texts: Vec<_> = HOSTILE.iter().map(|text| (*text).to_owned()).chain([long()]).collect();
    let registry = |entry: &dyn Fn(&str) -> String| {
        texts.iter().map(|h| format!("{}: {}\n", quoted(h), entry(&quoted(h)))).collect::<String>()
    };
    let actors =
        registry(&|h| format!("{{name: {h}, kind: {h}, aliases: [{h}], {h}: {h}, country: {h}}}"));
    let places = registry(&|h| format!("{{name: {h}, latitude: {h}, within: {h}}}"));
    let sources = registry(&|h| format!("{{publisher: {h}, date: {h}, url: {h}, cites: [{h}]}}"));
    let known = "tv7-2019-08-21: {publisher: TV7, date: 2019-08-21}\n";
    let mut names = vec!["plain".to_owned()];
    names.extend(texts.iter().filter(|text| is_name(text)).cloned());
    for dataset in &names {
        let h = quoted(dataset);
        let path = |rest: &str| format!("datasets/{dataset}/{rest}");
        write(&path("dataset.yaml"), &format!("title: {h}\nlevels: {{{h}: {h}}}\n{h}: {h}\n"));
        write(&path("sources.yaml"), known);
        write(&path(&format!("events/{dataset}.yaml")), &record(dataset, &h));
    }
    write("datasets/plain/actors.yaml", &actors);
    write("datasets/plain/places.yaml", &places);
    write("datasets/plain/sources.yaml", &(sources + known));
    for (number, h) in texts.iter().enumerate() {
        write(&format!("datasets/plain/events/{number}.yaml"), &record(h, &quoted(h)));
        write(&format!("datasets/plain/events/sound-{number}.yaml"), &sound_record(h, number, 20));
        write(
            &format!("datasets/plain/events/sound-{number}.b.yaml"),
            &sound_record(h, number, 21),
        );
        // Unquoted, where nothing keeps it from being YAML, a comment or neither.
        write(
            &format!("datasets/plain/events/raw-{number}.yaml"),
            &format!("# {h}\nid: {h}\n{h}: x\n"),
        );
        write(&format!("schema/codes/list-{number}.yaml"), &code_list(h, number));
    }
    root
}

fn code_list(h: &str, number: usize) -> String {
    let h = quoted(h);
    format!(
        "list: list-{number}\nversion: {h}\norigin: {h}\n{h}: {h}\ncolumns: {{note: text}}\ncodes:\n  \
         A{number}: {{label: {h}, doc: {h}, aliases: [{h}], note: {h}, parent: {h}}}\n  {h}: {{label: {h}}}\n"
    )
}

fn run(folder: &Path, arguments: &[&OsStr]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    command.current_dir(folder).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"]
    {
        command.env_remove(name);
    }
    command.env("GITHUB_STEP_SUMMARY", folder.join("../summary.md"));
    command.output().unwrap()
}

/// What a terminal would obey or not show. Colour is taken out first.
fn assert_plain(printed: &[u8], of: &dyn std::fmt::Debug) -> String {
    let text = str::from_utf8(printed).unwrap_or_else(|error| panic!("{of:?}: {error}"));
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (colour, rest) = part.split_once('m').unwrap_or_else(|| panic!("{of:?}: {part:?}"));
        assert!(colour.chars().all(|c| c.is_ascii_digit() || c == ';'), "{of:?}: {part:?}");
        plain.push_str(rest);
    }
    let obeyed = |c: char| {
        c.is_control() && c != '\n'
            || "\u{ad}\u{200b}\u{200d}\u{2028}\u{202e}\u{2066}\u{2069}\u{feff}\u{e0041}".contains(c)
    };
    assert!(!plain.contains(obeyed), "{of:?}: {plain}");
    plain
}

/// The same, and nothing that a runner would obey.
fn assert_harmless(printed: &[u8], of: &dyn std::fmt::Debug) -> String {
    let plain = assert_plain(printed, of);
    assert_eq!(commands(&plain), [], "{of:?}");
    plain
}

fn assert_markdown(page: &str) {
    let mut in_code = false;
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Heading { .. } | Tag::Paragraph)
            | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph)
            | Event::Code(_) => {}
            Event::Text(text) => assert!(in_code || !text.contains("forged"), "{text}"),
            other => panic!("{other:?} in {page}"),
        }
    }
}

fn assert_xml(xml: &str) {
    let document = roxmltree::Document::parse(xml).unwrap();
    let known = ["testsuites", "testsuite", "testcase", "failure", "system-out"];
    for node in document.descendants().filter(|node| node.is_element()) {
        assert!(known.contains(&node.tag_name().name()), "{node:?}");
    }
}

/// Only annotations, as many as GitHub takes, of files that are there.
fn assert_annotations(root: &Path, log: &str) {
    let annotations = commands(log);
    assert!((10..=30).contains(&annotations.len()), "{annotations:?}");
    let check = Project::open(root).check().unwrap();
    let places: Vec<_> = check.findings().iter().map(|found| (found, found.to_string())).collect();
    assert!(places.iter().all(|(found, _)| root.join(&found.path).exists()));
    for annotation in annotations {
        assert!(["error", "warning", "notice"].contains(&&*annotation.name), "{annotation:?}");
        let (file, rule) = (&annotation.properties["file"], &annotation.properties["title"]);
        let is_told = |(found, shown): &(&Finding, String)| {
            shown.starts_with(&format!("{file}:")) && found.rule == rule
        };
        assert!(places.iter().any(is_told), "{annotation:?}");
        let keys: Vec<_> = annotation.properties.keys().map(String::as_str).collect();
        let known = ["col", "endColumn", "endLine", "file", "line", "title"];
        assert!(keys.iter().all(|key| known.contains(key)), "{annotation:?}");
    }
}

#[test]
fn check_obeys_nothing_in_any_format() {
    let folder = TempDir::new().unwrap();
    let root = project(folder.path());
    for format in formats() {
        let arguments = ["check", "--format", &format].map(OsStr::new);
        let output = run(&root, &arguments);
        let of = format.as_str();
        assert_eq!(
            output.status.code(),
            Some(1),
            "{of}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_harmless(&output.stderr, &of);
        let stdout = assert_plain(&output.stdout, &of);
        match of {
            "github" => assert_annotations(&root, &stdout),
            _ => assert_eq!(commands(&stdout), [], "{of}"),
        }
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        match of {
            "json" | "gitlab" | "sarif" => drop(json(&stdout)),
            "rdjsonl" => stdout.lines().for_each(|line| drop(json(line))),
            "junit" => assert_xml(&stdout),
            "markdown" => assert_markdown(&stdout),
            "github" => {
                let summary = fs::read(folder.path().join("summary.md")).unwrap();
                assert_markdown(&assert_harmless(&summary, &"summary"));
            }
            "text" | "short" => {
                let all = assert_harmless(&[output.stdout, output.stderr].concat(), &of);
                let longest = all.lines().map(|line| line.chars().count()).max().unwrap();
                assert!(longest < 4_000, "{longest} characters in a line of {of}");
            }
            other => panic!("what `{other}` prints is not looked at"),
        }
    }
    let coloured = run(&root, &["check", "--color", "always"].map(OsStr::new));
    assert_harmless(&coloured.stdout, &"colour");
}

#[test]
fn no_command_obeys_what_is_in_a_project() {
    let folder = TempDir::new().unwrap();
    let root = project(folder.path());
    let words: &[&[&str]] = &[
        &["agree", "plain"],
        &["agree", "--color", "always"],
        &["agree", "--format", "json"],
        &["build"],
        &["codes"],
        &["codes", "list-0"],
        &["codes", "forged"],
        &["codes", "forged", "--format", "json"],
        &["codes", "--format", "json", "--color", "always"],
        &["codes", "list-4", "A4", "--color", "always"],
        &["new", "2019-01-01-x"],
        &["new", "2019-01-01-x", "--dataset", "plain"],
        &["init"],
        &["check", "schema/codes/list-3.yaml"],
        &["schema", "markdown"],
        &["schema", "json-schema"],
        &["show", "sound-2"],
        &["show", "sound-9", "--color", "always"],
        &["show", "sound-14", "--format", "json"],
        &["show", "sound-14", "--format", "markdown"],
    ];
    for words in words {
        let arguments: Vec<_> = words.iter().map(OsStr::new).collect();
        let output = run(&root, &arguments);
        assert_ne!(output.status.code(), None, "{words:?}");
        assert_harmless(&output.stdout, words);
        assert_harmless(&output.stderr, words);
    }
}

#[test]
fn nothing_is_obeyed_in_what_a_change_resolved_and_caused() {
    let folder = TempDir::new().unwrap();
    let root = project(folder.path());
    git(&root, &["init", "--quiet"]);
    commit(&root);
    let events = root.join("datasets/plain/events");
    for number in 0..HOSTILE.len() {
        let raw = events.join(format!("raw-{number}.yaml"));
        let text = fs::read_to_string(&raw).unwrap();
        fs::write(raw, text + "forged: [\n").unwrap();
        let right =
            format!("id: \"{number}\"\ndate: 2019-08-20\naction: ASSAULT\ncertainty: possible\n");
        fs::write(events.join(format!("{number}.yaml")), right).unwrap();
    }
    let words = ["check", "--changed-since", "HEAD"];
    let output = run(&root, &words.map(OsStr::new));
    assert_harmless(&output.stdout, &words);
    let said = assert_harmless(&output.stderr, &words);
    assert!(said.contains("\nno longer reported: ") && said.contains("\nnew: "), "{said}");
}

#[test]
fn no_command_obeys_its_arguments() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("project");
    fs::create_dir_all(root.join("datasets/plain")).unwrap();
    fs::write(root.join("datasets/plain/dataset.yaml"), "title: x\n").unwrap();
    let not_utf8 = OsStr::from_bytes(b"forged\xff\x1b[31m\n::error::forged");
    let long = long();
    let hostile = HOSTILE.iter().copied().chain([&*long]).filter(|text| !text.contains('\0'));
    for h in hostile.map(OsStr::new).chain([not_utf8]) {
        let [agree, check, build, new, codes, explain, init, schema, show] =
            ["agree", "check", "build", "new", "codes", "explain", "init", "schema", "show"]
                .map(OsStr::new);
        let [format, dataset, since] = ["--format", "--dataset", "--changed-since"].map(OsStr::new);
        let lines: &[&[&OsStr]] = &[
            &[h],
            &[agree, h],
            &[agree, OsStr::new("--out"), h],
            &[check, h],
            &[check, format, h],
            &[check, OsStr::new("--changed-since"), h],
            &[check, since, h],
            &[build, h],
            &[new, h],
            &[new, OsStr::new("x"), dataset, h],
            &[new, OsStr::new("x"), OsStr::new("--coder"), h],
            &[codes, h],
            &[explain, h],
            &[init, h],
            &[schema, OsStr::new("json-schema"), h],
            &[show, h],
            &[show, OsStr::new("x"), OsStr::new("--only"), h],
        ];
        for line in lines {
            let output = run(&root, line);
            assert_ne!(output.status.code(), None, "{line:?}");
            assert_harmless(&output.stdout, line);
            assert_harmless(&output.stderr, line);
        }
    }
}
