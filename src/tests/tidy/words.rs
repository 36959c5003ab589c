//! The words that were given up, as CONTRIBUTING.md lists them, are used nowhere.

use std::fs;
use std::path::{Path, PathBuf};

use super::root;

/// Where no word that was given up may stand.
const SEARCHED: [&str; 5] = ["README.md", "docs", "src", "templates", "tests"];

/// What names files by words of others, and the texts of others.
const EXEMPT: [&str; 2] = ["src/dataset/stray.rs", "templates/licenses/"];

/// What a word may end in.
const ENDINGS: [&str; 9] = ["", "e", "s", "es", "d", "ed", "ing", "ies", "ied"];

#[test]
fn words_that_were_given_up_stay_away() {
    let given_up = given_up();
    assert!(!given_up.is_empty(), "CONTRIBUTING.md lists no word that was given up");
    let mut found = Vec::new();
    for path in SEARCHED.iter().flat_map(|place| files(&root().join(place))) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let path = path.strip_prefix(root()).unwrap().display().to_string();
        if EXEMPT.iter().any(|exempt| path.starts_with(exempt)) {
            continue;
        }
        // A line that reads or tells of a former key names it.
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.contains("former"));
        for (line, number) in lines {
            let words = given_up.iter().filter(|word| holds(line, word));
            found.extend(words.map(|word| format!("{path}:{number}: `{word}`: {}", line.trim())));
        }
    }
    assert!(found.is_empty(), "words that were given up:\n{}", found.join("\n"));
}

#[test]
fn a_word_is_found_in_names_and_in_its_forms() {
    assert!(holds("let is_waltzed = true;", "waltz") && holds("WaltzedText", "waltz"));
    assert!(!holds("a cancan", "can"));
    assert!(holds("trouncing it", "trounce") && holds("two tallies", "tally"));
    assert!(holds("struct WaltzOf", "Waltz") && !holds("a slow waltz", "Waltz"));
    assert!(holds("staged.waltz()?", ".waltz(") && !holds("the waltz", ".waltz("));
}

/// The first column of the second table under the heading Glossary: words and pieces of code in backticks.
fn given_up() -> Vec<String> {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let glossary = text.lines().skip_while(|line| line.trim_start_matches('#') != " Glossary");
    let glossary: Vec<_> = glossary.skip(1).take_while(|line| !line.starts_with('#')).collect();
    let mut tables =
        glossary.split(|line| !line.starts_with('|')).filter(|table| !table.is_empty());
    let rows = tables.nth(1).unwrap_or_default().iter().skip(2);
    let words = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    words.map(str::to_owned).collect()
}

/// Whether a line holds a word, by itself or in an identifier, or a piece of code as it is. A word
/// in capitals is one of code, and another than the word in small letters.
fn holds(line: &str, word: &str) -> bool {
    if !word.chars().all(char::is_alphabetic) {
        return line.contains(word);
    }
    let is_lower = word.chars().all(char::is_lowercase);
    let stem = word.trim_end_matches(['e', 'y']);
    words(line).into_iter().any(|found| {
        let found = if is_lower { found.to_lowercase() } else { found.to_owned() };
        found == word
            || is_lower && found.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end))
    })
}

/// The words of a text, and those of its identifiers.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for run in text.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty()) {
        let mut start = 0;
        let mut was_lower = false;
        for (at, letter) in run.char_indices() {
            if letter.is_uppercase() && was_lower {
                words.push(&run[start..at]);
                start = at;
            }
            was_lower = letter.is_lowercase();
        }
        words.push(&run[start..]);
    }
    words
}

fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let inside = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path());
    inside.flat_map(|path| files(&path)).collect()
}
