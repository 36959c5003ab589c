//! Lines for a narrow terminal.

use std::process::Command;

use crate::cli::{project, stderr, stdout};

/// What a command prints in lines of `columns`, on both streams.
fn printed(arguments: &[&str], columns: usize) -> String {
    let project = project();
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    command.current_dir(project.path()).args(arguments).env("COLUMNS", columns.to_string());
    let output = command.output().unwrap();
    stdout(&output) + &stderr(&output)
}

const COMMANDS: [&[&str]; 13] = [
    &["--help"],
    &["check", "--help"],
    &["show", "--help"],
    &["check"],
    &["check", "--format", "nothing"],
    &["check", "no-such-folder-and-no-such-file-anywhere-in-this-project"],
    &["explain"],
    &["explain", "unknown-code"],
    &["explain", "unknown-cod"],
    &["codes"],
    &["codes", "air strike"],
    &["codes", "plover", "no such word in any of the lists"],
    &["show", "2019-08-20-balad"],
];

#[test]
fn lines_of_words_fit_sixty_columns() {
    for arguments in COMMANDS {
        let printed = printed(arguments, 60);
        let mut in_code = false;
        for line in printed.lines() {
            in_code ^= line.starts_with("```");
            let is_word = !line.trim().trim_start_matches("url ").trim().contains(' ');
            assert!(line.chars().count() <= 60 || is_word || in_code, "{arguments:?}: {line}");
        }
    }
}

#[test]
fn a_line_of_one_column_ends_nothing() {
    for arguments in COMMANDS {
        let printed = printed(arguments, 1);
        assert!(!printed.is_empty() && !printed.contains("defect"), "{arguments:?}: {printed}");
    }
}

#[test]
fn nothing_is_broken_where_the_width_is_unknown() {
    for columns in ["", "0", "wide"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
        let output = command.args(["explain"]).env("COLUMNS", columns).output().unwrap();
        assert!(stdout(&output).lines().any(|line| line.len() > 150), "{columns}");
    }
}
