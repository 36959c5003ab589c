//! Many known words, made ready to be searched for those near a written one.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::slip::{LONGEST, effort, fold};

/// Some words, and how much may still be spent on searching them.
///
/// It narrows down: which of the words it finds is meant, if any, is for [`super::closest`] to say.
/// Searches are to be made one after another, or what the last of them finds would be chance.
#[derive(Debug)]
pub struct Index {
    /// By the number of letters, then in the order given.
    words: Vec<Word>,
    /// Positions in `words`, by the folded words.
    by_word: Vec<u32>,
    found: Mutex<BTreeMap<String, Vec<usize>>>,
    left: AtomicUsize,
    spent: AtomicBool,
}

#[derive(Debug)]
struct Word {
    folded: Box<str>,
    letters: usize,
    counts: Counts,
    /// Among the words given.
    position: usize,
}

/// How often letters occur, several letters counted together. Words that differ much in it are far
/// from each other however the letters stand.
type Counts = [u8; 32];

/// Letters that a search of any index may compare: some thousand misspelled words, held against some
/// thousand names of which hundreds are near.
const BASE: usize = 20_000_000;

/// How often all letters of an index may be compared beside, so that the time grows no faster than
/// what is read.
const TIMES: usize = 100;

/// Letters compared in the time that it takes to pass a word over.
const PASSED_OVER: usize = 2;

impl Index {
    /// An index of some words.
    pub fn new<'k>(words: impl IntoIterator<Item = &'k str>) -> Self {
        let mut indexed: Vec<_> = words
            .into_iter()
            .enumerate()
            .filter(|(_, word)| word.len() <= LONGEST)
            .map(|(position, word)| Word::new(position, word))
            .collect();
        indexed.sort_by_key(|word| word.letters);
        let mut by_word: Vec<_> = (0_u32..).take(indexed.len()).collect();
        by_word.sort_by_key(|at| &indexed[*at as usize].folded);
        let letters: usize = indexed.iter().map(|word| word.letters).sum();
        Self {
            words: indexed,
            by_word,
            found: Mutex::default(),
            left: AtomicUsize::new(BASE + TIMES * letters),
            spent: AtomicBool::new(false),
        }
    }

    /// The words that may be near a written one or begin with it: their positions among those given,
    /// in that order. None for a written word that is too long, or where too much was searched for.
    pub fn near(&self, written: &str) -> Vec<usize> {
        let Ok(mut found) = self.found.lock() else { return Vec::new() };
        if let Some(found) = found.get(written) {
            return found.clone();
        }
        if written.is_empty() || written.len() > LONGEST || self.is_spent() {
            return Vec::new();
        }
        let near = self.search(&Word::new(0, written));
        found.insert(written.to_owned(), near.clone());
        near
    }

    /// Whether as much was searched for as may be, and something was not.
    pub fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed)
    }

    fn search(&self, written: &Word) -> Vec<usize> {
        let from = self.words.partition_point(|word| word.letters < shortest(written.letters));
        let like =
            self.words[from..].partition_point(|word| word.letters <= written.letters * 3 / 2 + 1);
        let mut near: Vec<&Word> = self.words[from..from + like]
            .iter()
            .filter(|word| surplus(&written.counts, &word.counts) <= most_slips(written, word))
            .collect();
        let word_at = |at: &u32| &self.words[*at as usize];
        let first = self.by_word.partition_point(|at| word_at(at).folded < written.folded);
        let longer = self.by_word[first..].iter().map(word_at);
        near.extend(longer.take_while(|word| word.folded.starts_with(&*written.folded)));
        let compared = near.iter().map(|word| effort(&written.folded, &word.folded));
        let cost = like * PASSED_OVER + compared.sum::<usize>();
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(cost), Ordering::Relaxed);
        if cost > left {
            self.spent.store(true, Ordering::Relaxed);
            return Vec::new();
        }
        let mut positions: Vec<_> = near.iter().map(|word| word.position).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}

impl Word {
    fn new(position: usize, word: &str) -> Self {
        let folded: Box<str> = fold(word).into();
        let mut counts = Counts::default();
        for letter in folded.chars() {
            let count = &mut counts[letter as usize % 32];
            *count = count.saturating_add(1);
        }
        Self { letters: folded.chars().count(), folded, counts, position }
    }
}

/// The most slips that may lie between two words for one to be meant by the other.
fn most_slips(one: &Word, other: &Word) -> usize {
    (one.letters.max(other.letters) / 3).max(1)
}

const fn shortest(letters: usize) -> usize {
    (letters * 2 / 3).saturating_sub(1)
}

/// How many letters one word has that the other lacks, or the other way round: at least so many slips
/// lie between them.
fn surplus(one: &Counts, other: &Counts) -> usize {
    let pairs = || one.iter().zip(other);
    let more: usize = pairs().map(|(a, b)| usize::from(a.saturating_sub(*b))).sum();
    let less: usize = pairs().map(|(a, b)| usize::from(b.saturating_sub(*a))).sum();
    more.max(less)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::slip::closest;
    use super::*;

    #[test]
    fn a_search_ends_when_too_much_was_searched_for() {
        let words: Vec<_> = (0..2_000).map(|n| format!("{n:0>90}")).collect();
        let index = Index::new(words.iter().map(String::as_str));
        assert!(!index.near(&words[0]).is_empty());
        let searched = (0..2_000).take_while(|n| !index.near(&format!("{n:0>89}x")).is_empty());
        let searched = searched.count();
        assert!((1..200).contains(&searched), "{searched}");
        assert!(index.is_spent());
        assert!(!index.near(&words[0]).is_empty(), "what was found is still known");
        assert!(Index::new(["a"]).near(&"a".repeat(LONGEST + 1)).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_not_near(
            known in prop::collection::vec("[a-e1-3_é]{0,12}", 0..20),
            written in "[a-e1-3._É]{0,12}",
        ) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let near = Index::new(known.iter().copied()).near(&written);
            let near = near.into_iter().map(|at| known[at]);
            prop_assert_eq!(closest(&written, near), closest(&written, known.iter().copied()));
        }
    }
}
