//! The documents under `docs/` tell what the code does.

use std::fmt::Write as _;

use crate::project::{DATASET, findings, repository};
use crate::readme::check_output;
use crate::shown::Page;
use eventc::rules::RULES;

#[test]
fn the_index_of_rules_lists_every_rule_with_its_level() {
    let mut index = String::from(
        "| rule | level | what it reports |\n\
         |---|---|---|\n",
    );
    for rule in RULES {
        let (name, level) = (rule.name, rule.level.name());
        let page = format!("../src/rules/{}.md", name.replace('-', "_"));
        let summary = rule.summary().replace('\n', " ").replace('|', "\\|");
        writeln!(index, "| [{name}]({page}) | {level} | {summary} |").unwrap();
    }
    Page::read("docs/rules.md").hold_part("rules", &index);
}

#[test]
fn each_defect_of_the_record_given_to_every_tool_is_found_once() {
    let mut page = Page::read("docs/diagnostics.md");
    let record = page.block("yaml broken").to_owned();
    let printed = check_output(&record);
    page.hold("text check", &printed);

    let path = format!("{DATASET}/events/broken.yaml");
    let mut world = repository();
    world.write(path.clone(), record.as_bytes());
    let found = findings(&world).into_iter().filter(|(file, _, _)| *file == path);
    let found: Vec<_> = found.map(|(_, line, rule)| format!("| {line} | {rule} |")).collect();
    let rows = page.part("defects").lines().filter(|line| line.starts_with('|'));
    let told: Vec<_> = rows.skip(2).map(|row| row.rsplit_once(" | ").unwrap().0).collect();
    let told: Vec<_> = told.iter().map(|row| format!("{row} |")).collect();
    assert_eq!(found, told);
}
