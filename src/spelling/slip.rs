//! Words that are a few slips of the keyboard apart.

use super::look_alike::look_alike;

/// The known word nearest to `written`, if one is near enough to be a likely slip and no other is as
/// near: of two, neither is known to be meant.
///
/// Case, look-alike characters and the difference between `-`, `_`, `.` and a space count for nothing;
/// otherwise a slip is one inserted, missing, wrong or swapped letter. Where none is near, the only
/// word that begins with what was written is taken for what it was cut short from. What may be meant
/// at all, `may_mean` says.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(written);
    if folded.is_empty() || written.len() > LONGEST {
        return None;
    }
    let known = known.into_iter().filter(|word| word.len() <= LONGEST);
    let known: Vec<_> = known.map(|candidate| (fold(candidate), candidate)).collect();
    let near = known
        .iter()
        .filter_map(|(word, candidate)| Some((slips(&folded, word)?, word, *candidate)));
    let near: Vec<_> = near.collect();
    let Some((least, nearest, candidate)) = near.iter().min_by_key(|(slips, ..)| *slips) else {
        return only_beginning_with(&folded, &known);
    };
    let is_rival = |(slips, word, _): &(usize, &String, &str)| slips == least && word != nearest;
    (!near.iter().any(is_rival)).then_some(*candidate)
}

/// Whether a known word may be meant by a written one that is near it.
///
/// Never where their digits differ: `src-100` and `src-10` are two of a series, and so are the
/// articles of two days. Nor because of digits that they share, for one date makes different names
/// alike: of `ap-2019-08-26` and `bbc-2019-08-26` it is `ap` and `bbc` that must be near, and long
/// enough that one slip does not make one of the other by chance. Both are folded.
fn may_mean(written: &str, known: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let numbers = digits(written);
    if numbers.is_empty() && !known.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let (one, other) = (letters(written), letters(known));
    let (_, long) = order(one.chars().count(), other.chars().count());
    numbers == digits(known)
        && (one == other
            || long >= SHORTEST_SLIP && strsim::osa_distance(&one, &other) <= allowed(long))
}

/// Longer words, in bytes, are not compared: no name is longer, and the time grows with the square.
pub const LONGEST: usize = 100;

/// Letters that are compared to see how near two words are.
pub const fn effort(written: &str, known: &str) -> usize {
    const TO_FOLD: usize = 16;
    match (written.len(), known.len()) {
        (one, other) if one > LONGEST || other > LONGEST => 1,
        // Their lengths alone tell them apart.
        (one, other) if one > 2 * other + 2 || other > 2 * one + 2 => TO_FOLD,
        (one, other) => TO_FOLD + one * other,
    }
}

/// Shorter words are one slip from too many others.
const SHORTEST_SLIP: usize = 4;

/// The known word from which `written` is one slip away or none, if there is only one such and it is
/// long enough not to be so by chance.
pub fn only_slip<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > LONGEST {
        return None;
    }
    let folded = fold(written);
    let one_away = |known: &&str| known.len() <= LONGEST && is_one_away(&folded, &fold(known));
    let mut near = known.into_iter().filter(one_away);
    let only = near.next().filter(|only| only.chars().count() >= SHORTEST_SLIP)?;
    near.next().is_none().then_some(only)
}

/// Whether a known word is one slip away from a written one, or none.
pub fn is_slip(written: &str, known: &str) -> bool {
    is_one_away(&fold(written), &fold(known))
}

fn is_one_away(written: &str, known: &str) -> bool {
    slips(written, known).is_some_and(|slips| slips <= 1)
}

/// Shorter beginnings fit too many words by chance.
const SHORTEST_BEGINNING: usize = 3;

fn only_beginning_with<'k>(written: &str, known: &[(String, &'k str)]) -> Option<&'k str> {
    let fits = |word: &str| word.starts_with(written) && may_mean(written, word);
    let mut found = known.iter().filter(|(word, _)| fits(word));
    let only = found.next().filter(|_| written.chars().count() >= SHORTEST_BEGINNING)?;
    found.next().is_none().then_some(only.1)
}

/// How many slips a word of so many letters may have: more make another word of it.
const fn allowed(letters: usize) -> usize {
    if letters < 9 { 1 } else { 2 }
}

/// How many slips lie between two folded words, or `None` if they are too many.
fn slips(written: &str, known: &str) -> Option<usize> {
    let (short, long) = order(written.chars().count(), known.chars().count());
    let allowed = allowed(long);
    if long - short > allowed || !may_mean(written, known) {
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

/// A word as it is compared: small letters, Latin look-alikes, one separator.
pub fn fold(word: &str) -> String {
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
        assert_eq!(nearest("acton"), None, "as near to `actor` as to `action`");
        assert_eq!(nearest("acttion"), Some("action"));
        assert_eq!(nearest("source"), Some("source_language"), "cut short");
        assert_eq!(nearest("аcttion"), Some("action"), "a Cyrillic letter");
        assert_eq!(nearest("fatalities"), None);
        assert_eq!(closest("uncertain", ["certain"]), None, "the opposite");
        assert_eq!(closest("probable", ["improbable"]), None);
        assert_eq!(nearest("x"), None);
        assert_eq!(nearest(""), None);
        let ids = ["src-10", "actor-15", "bbc-2019-08-26", "reuters-2019-08-26", "tv7-2019-08-21"];
        for other in
            ["src-100", "src-1", "actor-5", "ap-2019-08-26", "reuters-2019-08-27", "tv-2019-08-21"]
        {
            assert_eq!(closest(other, ids), None, "{other}");
        }
        assert_eq!(closest("reuter-2019-08-26", ids), Some("reuters-2019-08-26"));
        assert_eq!(closest("tv7-20190821", ids), Some("tv7-2019-08-21"), "separators");
        assert_eq!(only_slip("certianty", keys), Some("certainty"));
        assert_eq!(only_slip("dates", keys), Some("date"));
        assert_eq!(only_slip("actin", keys), Some("action"), "two from `actor`");
        assert_eq!(only_slip("tite", keys), None, "one from `time` as well as from `title`");
        assert_eq!(only_slip("i", keys), None, "too short to tell");
    }
}
