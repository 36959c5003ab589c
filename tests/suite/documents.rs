//! The documents under `docs/` say what the code does.

use std::fs;
use std::path::Path;

use crate::cli::{event_path, eventc, project, stdout};
use crate::readme::check_output;
use crate::shown::Page;

#[test]
fn each_defect_of_the_record_given_to_every_tool_is_found_once() {
    let mut page = Page::read("docs/diagnostics.md");
    let record = page.block("yaml broken").to_owned();
    let printed = check_output(&record);
    page.hold("text check", &printed);

    let project = project();
    fs::write(event_path(&project, "broken"), record).unwrap();
    let short = stdout(&eventc(project.path(), &["check", "--format", "short"]));
    let mut found: Vec<_> = short
        .lines()
        .filter_map(|line| {
            let (_, place) = line.split_once("/broken.yaml:")?;
            let (line, rest) = place.split_once(':')?;
            let (_, finding) = rest.split_once(": ")?;
            let (level, rest) = finding.split_once('[')?;
            let (rule, _) = rest.split_once(']')?;
            Some(format!("| {line} | {level}: {rule} |"))
        })
        .collect();
    found.sort();
    let rows = page.part("defects").lines().filter(|line| line.starts_with('|'));
    let told: Vec<_> = rows.skip(2).map(|row| row.rsplit_once(" | ").unwrap().0).collect();
    let told: Vec<_> = told.iter().map(|row| format!("{row} |")).collect();
    assert_eq!(found, told);
}

#[test]
fn the_pages_about_show_and_agree_have_what_these_print() {
    for path in ["docs/show.md", "docs/agreement.md"] {
        let mut page = Page::read(path);
        let commands = page.commands();
        for info in &commands {
            let arguments: Vec<_> = info.split(' ').skip(2).collect();
            let output = eventc(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
            page.hold(info, &String::from_utf8(output.stdout).unwrap());
        }
        assert_eq!(commands.len(), 1, "{path}");
    }
}

#[test]
fn the_index_links_every_page() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let index = fs::read_to_string(docs.join("README.md")).unwrap();
    for entry in fs::read_dir(docs).unwrap() {
        let page = entry.unwrap().file_name().into_string().unwrap();
        let link = format!("- [{page}]({page}): ");
        assert!(page == "README.md" || index.matches(&link).count() == 1, "{page}");
    }
}
