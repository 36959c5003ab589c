//! What a misspelled word was probably meant to be.
//!
//! Does: rank known words by how near they are to a written one.
//!
//! Must never: change anything by itself; a guess is shown, or adopted by a reader that has
//! reported it.

mod encoding;
mod look_alike;

pub use encoding::{Garbled, garbled};
pub use look_alike::{LookAlike, is_invisible, is_mixed, look_alike, skeleton};

/// The known word nearest to `written`, if one is near enough to be a likely slip.
///
/// Case, look-alike characters and the difference between `-`, `_`, `.` and a space count for nothing; otherwise a slip is
/// one inserted, missing, wrong or swapped letter for every three letters. Among equally near words
/// the one with more letters in common and in place wins, then the first. Where none is near, the
/// only word that begins with what was written is taken for what it was cut short from.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(written);
    if folded.is_empty() {
        return None;
    }
    let known: Vec<_> = known.into_iter().map(|candidate| (fold(candidate), candidate)).collect();
    let near = known
        .iter()
        .filter_map(|(word, candidate)| Some((slips(&folded, word)?, word, *candidate)));
    let closeness = |word: &str| strsim::jaro_winkler(&folded, word);
    let closest = near.min_by(|(slips, word, _), (fewest, nearest, _)| {
        slips.cmp(fewest).then_with(|| closeness(nearest).total_cmp(&closeness(word)))
    });
    closest.map(|(_, _, candidate)| candidate).or_else(|| only_beginning_with(&folded, &known))
}

/// Whether two words differ in nothing but case, look-alike characters and separators.
pub fn is_same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// Shorter words are one slip from too many others.
const SHORTEST_SLIP: usize = 4;

/// The known word from which `written` is one slip away or none, if there is only one such and it is
/// long enough not to be so by chance.
pub fn only_slip<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(written);
    let one_away = |known: &&str| slips(&folded, &fold(known)).is_some_and(|slips| slips <= 1);
    let mut near = known.into_iter().filter(one_away);
    let only = near.next().filter(|only| only.chars().count() >= SHORTEST_SLIP)?;
    near.next().is_none().then_some(only)
}

/// Shorter beginnings fit too many words by chance.
const SHORTEST_BEGINNING: usize = 3;

fn only_beginning_with<'k>(written: &str, known: &[(String, &'k str)]) -> Option<&'k str> {
    let mut found = known.iter().filter(|(word, _)| word.starts_with(written));
    let only = found.next().filter(|_| written.chars().count() >= SHORTEST_BEGINNING)?;
    found.next().is_none().then_some(only.1)
}

/// How many slips lie between two folded words, or `None` if they are too many.
fn slips(written: &str, known: &str) -> Option<usize> {
    let (short, long) = order(written.chars().count(), known.chars().count());
    let allowed = (long / 3).max(1);
    if long - short > allowed {
        return None;
    }
    if is_opposite(written, known) || is_opposite(known, written) {
        return None;
    }
    let slips = strsim::osa_distance(written, known);
    // A word all of whose letters are wrong is another word, however short it is.
    (slips <= allowed && slips < long).then_some(slips)
}

/// Beginnings that turn a word into its opposite.
const NEGATIONS: [&str; 5] = ["un", "in", "im", "non", "dis"];

/// Whether one word is another with a negation before it: `uncertain` is no slip of `certain`.
fn is_opposite(negated: &str, word: &str) -> bool {
    let rest = |negation| negated.strip_prefix(negation).map(|rest| rest.trim_start_matches('_'));
    NEGATIONS.into_iter().filter_map(rest).any(|rest| rest == word)
}

fn order(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

fn fold(word: &str) -> String {
    let seen = look_alike(word);
    let word = seen.as_ref().map_or(word, |seen| &seen.latin);
    word.chars()
        .map(|c| if matches!(c, '-' | ' ' | '.') { '_' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let keys =
            ["id", "title", "date", "time", "actor", "action", "certainty", "source_language"];
        let nearest = |written| closest(written, keys);
        assert_eq!(nearest("certianty"), Some("certainty"), "swapped letters");
        assert_eq!(nearest("Certainty"), Some("certainty"), "case");
        assert_eq!(nearest("source-language"), Some("source_language"), "separator");
        assert_eq!(nearest("titel"), Some("title"));
        assert_eq!(nearest("dat"), Some("date"));
        assert_eq!(nearest("acton"), Some("action"), "a letter left out before a wrong one");
        assert_eq!(nearest("source"), Some("source_language"), "cut short");
        assert_eq!(nearest("аcton"), Some("action"), "a Cyrillic letter");
        assert_eq!(nearest("fatalities"), None);
        assert_eq!(closest("uncertain", ["certain"]), None, "the opposite");
        assert_eq!(closest("probable", ["improbable"]), None);
        assert_eq!(nearest("x"), None);
        assert_eq!(nearest(""), None);
        assert_eq!(only_slip("certianty", keys), Some("certainty"));
        assert_eq!(only_slip("dates", keys), Some("date"));
        assert_eq!(only_slip("actin", keys), Some("action"), "two from `actor`");
        assert_eq!(only_slip("tite", keys), None, "one from `time` as well as from `title`");
        assert_eq!(only_slip("i", keys), None, "too short to tell");
    }
}
