//! The key by which names are compared.

use std::borrow::Cow;
use std::iter;

use caseless::Caseless;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::LIST_SEPARATOR;
use crate::spelling::{is_invisible, skeleton};

/// The key of a name: two names are the same if their keys are equal. A key is for comparison, not
/// for display.
///
/// Publishers, claimants, names, aliases and labels are compared by key, so that `The New York
/// Times` is one voice however it is typed: in any case, composed or decomposed, in full width,
/// with a no-break space or two blanks between the words, with invisible characters. Letters are
/// compared by Unicode's compatibility case folding (NFKC and case folding, Unicode Standard D146),
/// which knows no language: a Turkish `İ` and `i` stay apart.
///
/// A key can stand in a list, so it does not contain [`LIST_SEPARATOR`].
pub fn name_key(name: &str) -> String {
    // Most names have no other letters, and all that folding does to these is to make them small.
    if name.is_ascii() {
        let mut key = in_one_line(name);
        key.make_ascii_lowercase();
        return key;
    }
    let seen = match name.contains(is_invisible) {
        true => Cow::Owned(name.replace(is_invisible, "")),
        false => Cow::Borrowed(name),
    };
    in_one_line(&composed(Cow::Owned(folded(&composed(seen)))))
}

/// A text in the form NFKC. Most are: to see that takes a tenth of the time of composing one.
fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text,
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfkc().collect()),
    }
}

/// A text without differences of case. Most letters of most names are ASCII, which need not be looked up.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_ascii() {
            true => folded.push(character.to_ascii_lowercase()),
            false => folded.extend(iter::once(character).default_case_fold()),
        }
    }
    folded
}

/// Words with one blank between them, as a text that can stand in a list.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.contains(LIST_SEPARATOR) {
        true => line.replace(LIST_SEPARATOR, "/"),
        false => line,
    }
}

/// The key of a name's appearance: names with equal keys look alike.
pub fn look_alike_key(name: &str) -> String {
    // Look-alikes depend on the case, so the letters are joined before it is folded.
    name_key(&skeleton(name))
}

/// Whether the words of one of two names are all among those of the other, without punctuation and also
/// abbreviated: `Djibo town` and `Djibo`, `J.N.I.M.` and `JNIM`, `Govt of Syria` and `Government of Syria`.
pub fn holds_name(one: &str, other: &str) -> bool {
    let (one, other) = (bare_words(one), bare_words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_word = |word: &&String| word.chars().nth(SHORTEST - 1).is_some();
    let in_long = |word: &String| long.iter().any(|known| is_same_word(word, known));
    short.iter().any(|word| is_word(&word)) && short.iter().all(in_long)
}

/// Least letters of a word that says something by itself.
const SHORTEST: usize = 3;

fn bare_words(name: &str) -> Vec<String> {
    let key = name_key(name);
    let words = key.split(|c: char| c.is_whitespace() || "-/(),".contains(c));
    let bare = words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    bare.filter(|word| !word.is_empty()).collect()
}

/// Whether two words are one, or one abbreviates the other: it has the first and last letter, and others
/// in their order.
fn is_same_word(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut letters = long.chars();
    let mut is_within = || short.chars().all(|letter| letters.any(|known| known == letter));
    let ends = |word: &str| (word.chars().next(), word.chars().next_back());
    short == long || short.chars().count() >= SHORTEST && ends(short) == ends(long) && is_within()
}

#[cfg(test)]
mod tests {
    use caseless::default_case_fold_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_name_has_one_key_however_it_is_typed() {
        let alike = [
            ["The New York Times", "the  new york\u{A0}TIMES "],
            ["The New York Times", "Ｔｈｅ\u{3000}Ｎｅｗ Ｙｏｒｋ Ｔｉｍｅｓ"],
            ["École des Mines", "e\u{301}cole des mines"],
            ["Straße", "STRASSE"],
            ["Σίσυφος", "ΣΊΣΥΦΟΣ"],
            ["Al\u{200B}-Manar", "al-manar"],
            ["می\u{200C}خواهم", "میخواهم"],
            ["Jane\tDoe\n", "jane doe"],
        ];
        for [one, other] in alike {
            assert_eq!(name_key(one), name_key(other));
        }
        let apart = [["TV7", "TV 7"], ["Rudaw", "Rûdaw"], ["علي", "علی"], ["İzmir", "izmir"]];
        for [one, other] in apart {
            assert_ne!(name_key(one), name_key(other));
        }
    }

    #[test]
    fn a_name_is_held_by_a_longer_one() {
        for (one, other) in [
            ("Djibo town", "Djibo"),
            ("J.N.I.M.", "JNIM"),
            ("Govt of Syria", "Government of Syria"),
            ("Army (Mali)", "army of Mali"),
        ] {
            assert!(holds_name(one, other) && holds_name(other, one), "{one}");
        }
        for (one, other) in
            [("Djibo", "Dori"), ("of", "Army of Mali"), ("", "x"), ("Mali", "Military")]
        {
            assert!(!holds_name(one, other) && !holds_name(other, one), "{one}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,20}") {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&key), key.clone());
            prop_assert!(!key.contains(LIST_SEPARATOR));
        }

        #[test]
        fn a_key_is_the_same_without_the_short_ways(
            name in "[\\x00-\\x7f]{0,20}|\\PC{0,20}|[a-zß-ÿ\u{200B}\u{301}Α-ωİＡ-Ｚ]{0,9}"
        ) {
            let seen: String = name.chars().filter(|c| !is_invisible(*c)).nfkc().collect();
            let folded: String = default_case_fold_str(&seen).nfkc().collect();
            prop_assert_eq!(name_key(&name), in_one_line(&folded));
        }
    }
}
