//! Records with the findings written beside them.
//!
//! A page holds files as fenced YAML blocks. `# error: [rule]` at the end of a line, or `warning` or
//! `info`, says that the rule finds something there, and that no line without such a mark has a finding; a line that
//! holds only the mark speaks of the next line. A section without marks is clean.
//!
//! A block that begins with "```yaml before" is a file as it was: the section is then a change of the
//! project, and what it causes is held against the marks.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check::compare;
use crate::dataset::Selection;
use crate::rules::RULES;
use crate::tests::lines::first_wide_line;
use crate::tests::project::{
    DATASET, Found, checked, findings, found, repository, repository_with_schema,
    repository_without_events,
};

/// A section of a page: files that are laid into the project together.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(crate) title: String,
    /// Path and text of each.
    pub(crate) files: Vec<(String, String)>,
    /// Files as they were before a change.
    before: Vec<(String, String)>,
}

/// The sections of a page that hold files.
pub(crate) fn cases(page: &str) -> Vec<Case> {
    let mut cases = vec![Case::default()];
    let mut open: Option<(String, String)> = None;
    let mut is_before = false;
    for line in page.lines() {
        match &mut open {
            Some(_) if line.trim_end() == "```" => {
                let file = open.take().unwrap();
                let case = cases.last_mut().unwrap();
                if is_before { &mut case.before } else { &mut case.files }.push(file);
            }
            Some((_, text)) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line.starts_with("```yaml") => {
                let path = line["```yaml".len()..].trim();
                let before = path.strip_prefix("before");
                is_before = before.is_some();
                let path = before.unwrap_or(path).trim();
                let event = format!("{DATASET}/events/example.yaml");
                open = Some((if path.is_empty() { event } else { path.to_owned() }, String::new()));
            }
            None => {
                if let Some(title) = line.strip_prefix("## ") {
                    cases.push(Case { title: title.to_owned(), ..Case::default() });
                }
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    cases.retain(|case| !case.files.is_empty());
    cases
}

/// What the marks of a file expect.
fn expected(path: &str, text: &str) -> Vec<Found> {
    let mut expected = Vec::new();
    for (position, line) in text.lines().enumerate() {
        for level in ["error", "warning", "info"] {
            for (at, mark) in line.match_indices(&format!("# {level}: [")) {
                let rules = line[at + mark.len()..].split_once(']').expect("a mark is closed").0;
                let number = position + if line[..at].trim().is_empty() { 2 } else { 1 };
                let number = u32::try_from(number).unwrap();
                let found = rules.split(',').map(|rule| format!("{level}: {}", rule.trim()));
                expected.extend(found.map(|found| (path.to_owned(), number, found)));
            }
        }
    }
    expected
}

/// Lays the files of a case into the project and holds the findings against the marks.
fn run(page: &Path, case: &Case) -> Result<Vec<Found>, String> {
    let replaces = case.files.iter().any(|(path, _)| !path.contains("/events/"));
    let mut world = if replaces { repository_without_events() } else { repository() };
    let mut before = world.clone();
    for (path, text) in &case.before {
        before.write(path.clone(), text.as_bytes());
    }
    let mut wanted = Vec::new();
    for (path, text) in &case.files {
        wanted.extend(expected(path, text));
        world.write(path.clone(), text.as_bytes());
    }
    wanted.sort();
    // What is only worth knowing is held against the marks of its own page.
    let own = format!("info: {}", page.file_stem().unwrap().to_str().unwrap().replace('_', "-"));
    let laid = |path: &str| case.files.iter().any(|(laid, _)| laid == path);
    let matters = |found: &Found| {
        let is_own = found.2 == own && laid(&found.0);
        !found.2.starts_with("info: ") || is_own || wanted.contains(found)
    };
    let checked = match case.before[..] {
        [] => checked(&world),
        _ => compare(&before, &world, &Selection::default()).unwrap().after,
    };
    if let Some(line) = first_wide_line(&checked, &world) {
        return Err(format!("{}, \"{}\"\n  does not fit: {line}\n", page.display(), case.title));
    }
    let found: Vec<_> = found(&checked, &world).into_iter().filter(matters).collect();
    if found == wanted {
        return Ok(wanted);
    }
    let only = |these: &[Found], those: &[Found]| {
        let missing = these.iter().filter(|one| !those.contains(one));
        missing.map(|(path, line, rule)| format!("\n    {path}:{line}: {rule}")).collect::<String>()
    };
    let (page, title) = (page.display(), &case.title);
    let (extra, missed) = (only(&found, &wanted), only(&wanted, &found));
    Err(format!(
        "{page}, \"{title}\"\n  found and not marked:{extra}\n  marked and not found:{missed}\n"
    ))
}

/// Runs every case of some pages; returns what was found in each.
fn run_all(pages: &[PathBuf]) -> Vec<(PathBuf, String, Vec<Found>)> {
    let mut ran = Vec::new();
    let mut failures = String::new();
    for page in pages {
        let cases = cases(&fs::read_to_string(page).unwrap());
        assert!(!cases.is_empty(), "{} has no example", page.display());
        for case in cases {
            match run(page, &case) {
                Ok(found) => ran.push((page.clone(), case.title, found)),
                Err(failure) => failures.push_str(&failure),
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    ran
}

pub(crate) fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ext| ext == "md")).collect();
    pages.sort();
    pages
}

/// The rules whose examples no text can show; the tests of files and commands do.
const OF_PATHS: [&str; 2] = ["stale-schema", "unreadable-file"];

#[test]
fn the_examples_of_rule_pages_show_what_they_say() {
    let mut pages = pages("src/rules");
    let is_of_path =
        |page: &PathBuf| OF_PATHS.iter().any(|rule| page.ends_with(format!("{rule}.md")));
    pages.retain(|page| !is_of_path(page));
    let ran = run_all(&pages);
    for rule in RULES.iter().filter(|rule| !OF_PATHS.contains(&rule.name)) {
        let of_rule: Vec<_> =
            ran.iter().filter(|(page, _, _)| page.file_stem().unwrap() == rule.name).collect();
        let example = of_rule.iter().find(|(_, title, _)| title == "Example");
        let (_, _, found) = example.unwrap_or_else(|| panic!("{} has no example", rule.name));
        let own = format!("{}: {}", rule.level.name(), rule.name);
        assert!(
            found.iter().any(|(_, _, rule)| *rule == own),
            "the example of {} does not show it",
            rule.name
        );
        let instead = of_rule.iter().find(|(_, title, _)| title == "Instead");
        let (_, _, found) =
            instead.unwrap_or_else(|| panic!("{} does not say what to write instead", rule.name));
        assert!(found.is_empty(), "what {} says to write instead has findings", rule.name);
    }
}

#[test]
fn records_have_the_findings_that_are_marked() {
    let ran = run_all(&pages("tests/records"));
    assert!(ran.len() > 10, "the pages hold cases");
}

#[test]
fn the_repository_itself_is_clean() {
    assert_eq!(findings(&repository_with_schema()), []);
}

/// Each value of an event may be held against every other.
#[test]
fn an_event_without_end_is_read_in_part_and_reported_once() {
    let mut world = repository();
    let record = |claims: &str, actors: &str| {
        format!(
            "id: example\ndate: 2019-08-20\nactor: [{actors}]\naction: ASSAULT\ncertainty: possible\nclaims:\n  tv7-2019-08-21:\n{claims}"
        )
    };
    let count = |number: usize| format!("    - says: {{injuries: {number}..}}\n");
    let claims: String = (0..5_000).map(count).collect();
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).unwrap());
    let letters = |number: usize| [letter(number / 676), letter(number / 26), letter(number)];
    let actor = |number: usize| {
        format!("{{code: IGO{}, certainty: possible}}, ", String::from_iter(letters(number)))
    };
    let coded: String = (0..5_000).map(actor).collect();
    let one = "{code: IGOAAA, certainty: possible}";
    for text in [record(&claims, one), record("    - affirms: [event]\n", &coded)] {
        world.write(format!("{DATASET}/events/example.yaml"), text.as_bytes());
        let found: Vec<_> = findings(&world).into_iter().map(|(_, _, found)| found).collect();
        assert_eq!(found, ["error: limit-exceeded"]);
    }
}
