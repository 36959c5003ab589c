//! The contract with readers: which tables, columns and types the shipped codebook has.

use std::fmt::Write as _;
use std::{env, fs};

use crate::emit::release::FORMAT_VERSION;
use crate::table::descriptions;
use crate::tests::project::{checked, repository};

const CONTRACT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/contract.txt");
const CHANGELOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/CHANGELOG.md");

/// The tables as they are now.
fn now() -> String {
    let mut text = format!("format_version {FORMAT_VERSION}\n");
    for table in descriptions(&checked(&repository()).codebook) {
        let _ = writeln!(text, "\n{} (key {})", table.name, table.key.join(", "));
        for column in &table.columns {
            let name = &*column.name;
            let other = table.references.iter().find(|(own, _)| *own == name);
            let other = other.map(|(_, other)| format!(", a key of {other}")).unwrap_or_default();
            let _ = writeln!(text, "  {name} {:?}{other}", column.kind);
        }
    }
    text
}

/// Whether the tables of a version may still change: no release has them yet. A release gives the
/// section "Unreleased" of the changelog its own heading.
fn may_change(changelog: &str, version: u32) -> bool {
    let unreleased = changelog.split("\n## ").find(|section| section.starts_with("Unreleased\n"));
    let text = unreleased.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    text.contains(&format!("`format_version` {version}."))
}

/// What is written of the tables says the same as they do. Of tables that a release has, it may be
/// written anew only under a new version.
#[test]
fn tables_change_only_with_a_version_and_a_line_in_the_changelog() {
    let (now, changelog) = (now(), fs::read_to_string(CHANGELOG).unwrap());
    let written = fs::read_to_string(CONTRACT).unwrap_or_default();
    if written == now {
        return;
    }
    assert!(
        may_change(&changelog, FORMAT_VERSION),
        "a release has the tables of format_version {FORMAT_VERSION}, and they are other ones now: raise \
         `FORMAT_VERSION`, and say in CHANGELOG.md under \"Unreleased\" what changed and that this is \
         \"`format_version` {}.\"",
        FORMAT_VERSION + 1
    );
    if env::var_os("EVENTC_UPDATE").is_some() {
        fs::write(CONTRACT, &now).unwrap();
        return;
    }
    let lines = |text: &str, other: &str| {
        let of_other: Vec<_> = other.lines().collect();
        let only = text.lines().filter(|line| !of_other.contains(line));
        only.collect::<Vec<_>>().join("\n")
    };
    panic!(
        "the tables changed. Gone:\n{}\nNew:\n{}\nIf that is meant, say it in CHANGELOG.md and run \
         `EVENTC_UPDATE=1 cargo test --lib contract`",
        lines(&written, &now),
        lines(&now, &written)
    );
}

#[test]
fn a_version_may_change_until_it_is_released() {
    let changelog = "# Changelog\n\n## Unreleased\n\n- Lists are last. This is\n  `format_version` 12.\n\n\
                     ## 0.2.0\n\n- `format_version` 11.\n";
    assert!(may_change(changelog, 12));
    assert!(!may_change(changelog, 11), "it is released");
    assert!(!may_change(changelog, 13), "nobody has said so");
    assert!(!may_change(changelog, 1));
}
