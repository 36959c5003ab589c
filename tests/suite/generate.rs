//! What packages install beside the command: shell completions and manual pages.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::{eventc, stderr, stdout};

/// What bash offers for the last of some words.
fn offered(words: &[&str]) -> Vec<String> {
    const ASK: &str = r#"
        source /dev/stdin
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _eventc eventc "${COMP_WORDS[$COMP_CWORD]}" "${COMP_WORDS[$COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let script = tempfile::NamedTempFile::new().unwrap();
    let completions = eventc(Path::new("."), &["generate", "completions", "bash"]);
    fs::write(&script, &completions.stdout).unwrap();
    let mut bash = Command::new("bash");
    let bash = bash.args(["-c", ASK, "bash", "eventc"]).args(words);
    let output = bash.stdin(script.reopen().unwrap()).output().unwrap();
    assert_eq!(stderr(&output), "");
    stdout(&output).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_options_their_values_rules_and_lists() {
    assert_eq!(offered(&["check", "--fo"]), ["--format"]);
    assert_eq!(offered(&["check", "--format", "s"]), ["short", "sarif"]);
    assert_eq!(offered(&["explain", "invalid-da"]), ["invalid-date"]);
    assert_eq!(offered(&["codes", "sec"]), ["sector"]);
    assert_eq!(offered(&["generate", "completions", "z"]), ["zsh"]);
}

#[test]
fn each_command_has_a_manual_page_with_its_examples() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    eventc(folder.path(), &["generate", "man", "man1"]);
    let help = stdout(&eventc(folder.path(), &["-h"]));
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let commands = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands = commands.filter(|command| !["", "help"].contains(command));
    let commands: Vec<_> = commands.collect();
    assert!(commands.contains(&"check"), "{commands:?}");
    for command in commands {
        let page = fs::read_to_string(pages.join(format!("eventc-{command}.1"))).unwrap();
        let page = page.replace('\\', "");
        let help = stdout(&eventc(folder.path(), &[command, "--help"]));
        let examples = help.lines().filter(|line| line.starts_with("  eventc"));
        assert!(examples.clone().next().is_some(), "{command}");
        for example in examples {
            assert!(page.lines().any(|line| line == example), "{example}\n{page}");
        }
    }
}
