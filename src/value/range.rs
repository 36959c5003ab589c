//! Counts that are known only within limits.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

use super::number::{NumberError, number_reading, parse_integer};
use super::reading::{Reading, in_ascii};

/// A count of people or things: the least, the best and the most it may be, each perhaps unknown.
///
/// The shorthand `3` is exactly three: low, best and high alike. `0..5` has no best, `1..` no
/// high, `..30` no low. Counts fit 64 bits with sign, as their columns do, and none is negative.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, Serialize)]
pub struct Range {
    low: Option<i64>,
    best: Option<i64>,
    high: Option<i64>,
}

/// Why a text, or three numbers, are not a [`Range`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RangeError {
    /// Nothing is written, or only `..`: an unknown count is left out.
    #[error("no count is written")]
    Empty,
    /// A part is not a number.
    #[error("{error}")]
    NotANumber {
        /// Where it starts.
        at: usize,
        /// Why it is not a number.
        error: NumberError,
        /// What was probably meant: `3..5` for `3-5`.
        reading: Option<Reading>,
    },
    /// A count that is said to be only about right: `about 20`, `~8`.
    #[error("about {count} is no exact count")]
    About {
        /// The count.
        count: i64,
    },
    /// A count below 0.
    #[error("{count} is below zero")]
    Negative {
        /// The count.
        count: i64,
    },
    /// The low is above the high.
    #[error("the low {low} is above the high {high}")]
    LowAboveHigh {
        /// The low.
        low: i64,
        /// The high.
        high: i64,
    },
    /// The best is below the low or above the high.
    #[error("the best {best} is outside low and high")]
    BestOutside {
        /// The best.
        best: i64,
    },
}

impl Range {
    /// A regular expression (ECMA 262) that the shorthand matches. It also matches counts that are
    /// too large or out of order.
    pub const PATTERN: &'static str =
        "^((-?0|[1-9][0-9]{0,18})([.][.](-?0|[1-9][0-9]{0,18})?)?|[.][.](-?0|[1-9][0-9]{0,18}))$";

    /// A range of these limits, checked: at least one is known, and they are in order.
    pub fn new(low: Option<i64>, best: Option<i64>, high: Option<i64>) -> Result<Self, RangeError> {
        if let Some(count) = [low, best, high].into_iter().flatten().find(|count| *count < 0) {
            return Err(RangeError::Negative { count });
        }
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            return Err(RangeError::LowAboveHigh { low, high });
        }
        match best {
            Some(best) if low.is_some_and(|low| best < low) || high.is_some_and(|h| best > h) => {
                Err(RangeError::BestOutside { best })
            }
            None if low.is_none() && high.is_none() => Err(RangeError::Empty),
            _ => Ok(Self { low, best, high }),
        }
    }

    /// A range that is one known count.
    pub fn exactly(count: i64) -> Result<Self, RangeError> {
        Self::new(Some(count), Some(count), Some(count))
    }

    /// Reads the shorthand: `3`, `0..5`, `1..`, `..30`.
    pub fn parse(text: &str) -> Result<Self, RangeError> {
        let number = |part: &str, at: usize| {
            if part.is_empty() {
                return Ok(None);
            }
            let refuse = |error| match about(text) {
                Some(count) => RangeError::About { count },
                None => RangeError::NotANumber { at, error, reading: reading(text) },
            };
            parse_integer(part).map(Some).map_err(refuse)
        };
        match text.split_once("..") {
            Some((low, high)) => Self::new(number(low, 0)?, None, number(high, low.len() + 2)?),
            None => number(text, 0)?.ok_or(RangeError::Empty).and_then(Self::exactly),
        }
    }

    /// The least it may be.
    pub fn low(&self) -> Option<i64> {
        self.low
    }

    /// The best estimate.
    pub fn best(&self) -> Option<i64> {
        self.best
    }

    /// The most it may be.
    pub fn high(&self) -> Option<i64> {
        self.high
    }

    /// Whether the two have the same limits. The best figure does not matter: it is an opinion on
    /// where the count lies between them.
    pub fn is_same(&self, other: &Self) -> bool {
        self.limits() == other.limits()
    }

    /// Whether every count it allows is allowed by `other`. A range is inside itself.
    pub fn is_inside(&self, other: &Self) -> bool {
        let ((low, high), (their_low, their_high)) = (self.limits(), other.limits());
        low >= their_low && high <= their_high
    }

    /// Whether some count is allowed by both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((low, high), (their_low, their_high)) = (self.limits(), other.limits());
        low <= their_high && their_low <= high
    }

    /// The least and the most it allows. An open low is 0, since nothing counts below it; an open
    /// high has no limit. A best alone allows itself: it is all that is said.
    fn limits(&self) -> (i64, i64) {
        match (self.low, self.best, self.high) {
            (None, Some(best), None) => (best, best),
            (low, _, high) => (low.unwrap_or(0), high.unwrap_or(i64::MAX)),
        }
    }
}

impl fmt::Display for Range {
    /// The shorthand where there is one, else the mapping: `{low: 0, best: 2, high: 5}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = |count: Option<i64>| count.map_or(String::new(), |count| count.to_string());
        if self.best.is_none() {
            return write!(f, "{}..{}", written(self.low), written(self.high));
        }
        if self.low == self.best && self.best == self.high {
            return f.write_str(&written(self.best));
        }
        let named = [("low", self.low), ("best", self.best), ("high", self.high)];
        let known: Vec<String> = named
            .into_iter()
            .filter_map(|(name, count)| count.map(|count| format!("{name}: {count}")))
            .collect();
        write!(f, "{{{}}}", known.join(", "))
    }
}

/// Words and marks before a count that say on which side of it the true one lies, longer ones first:
/// whether it is the least or the most, how far from that the limit is, and whether that is all they
/// can mean.
const BEFORE: [(&str, bool, i64, bool); 37] = [
    ("at least", true, 0, true),
    ("no fewer than", true, 0, true),
    ("no less than", true, 0, true),
    ("not fewer than", true, 0, true),
    ("not less than", true, 0, true),
    ("a minimum of", true, 0, true),
    ("minimum", true, 0, true),
    ("min.", true, 0, true),
    ("min", true, 0, true),
    (">=", true, 0, true),
    ("=>", true, 0, true),
    ("\u{2265}", true, 0, true),
    ("\u{2a7e}", true, 0, true),
    ("more than", true, 1, false),
    ("greater than", true, 1, false),
    ("upwards of", true, 0, false),
    ("over", true, 1, false),
    ("above", true, 1, false),
    (">", true, 1, true),
    ("at most", false, 0, true),
    ("no more than", false, 0, true),
    ("not more than", false, 0, true),
    ("a maximum of", false, 0, true),
    ("as many as", false, 0, true),
    ("maximum", false, 0, true),
    ("max.", false, 0, true),
    ("max", false, 0, true),
    ("up to", false, 0, true),
    ("<=", false, 0, true),
    ("=<", false, 0, true),
    ("\u{2264}", false, 0, true),
    ("fewer than", false, 1, false),
    ("less than", false, 1, false),
    ("under", false, 1, false),
    ("below", false, 1, false),
    ("<", false, 1, true),
    ("exactly", true, i64::MIN, true),
];

/// Words and marks after a count, likewise.
const AFTER: [(&str, bool); 9] = [
    ("or more", true),
    ("and more", true),
    ("or over", true),
    ("at least", true),
    ("plus", true),
    ("+", true),
    ("or fewer", false),
    ("or less", false),
    ("at most", false),
];

/// Words and marks for a count that is only about right.
const ABOUT: [&str; 15] = [
    "approximately",
    "approx.",
    "approx",
    "about",
    "around",
    "circa",
    "ca.",
    "ca",
    "c.",
    "roughly",
    "some",
    "nearly",
    "almost",
    "~",
    "\u{2248}",
];

/// Counts in words.
const IN_WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// What stands behind a word or mark, unless the word goes on.
fn behind<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let is_word = mark.ends_with(char::is_alphabetic);
    let rest = text.strip_prefix(mark)?;
    (!is_word || !rest.starts_with(char::is_alphabetic)).then(|| rest.trim())
}

/// The count that a text says is only about right: 20 for `about 20` and `~20`.
fn about(text: &str) -> Option<i64> {
    let text = in_ascii(text).trim().to_lowercase();
    let rest = ABOUT.iter().find_map(|mark| behind(&text, mark));
    parse_integer(&count_reading(rest?)?.0).ok()
}

/// A range in another spelling: `3-5`, `3 to 5`, `30+`, `at least 30`, `<5`, `1,000`.
fn reading(text: &str) -> Option<Reading> {
    let text = in_ascii(text).trim().to_lowercase();
    if text.len() > LONGEST {
        return None;
    }
    one_sided(&text).or_else(|| both_sides(&text))
}

/// Longest text that is taken for a count in another spelling, in bytes.
const LONGEST: usize = 100;

fn one_sided(text: &str) -> Option<Reading> {
    let after = AFTER.iter().find_map(|(mark, is_least)| {
        Some((text.strip_suffix(mark)?.trim_end(), *is_least, 0, true))
    });
    let before = BEFORE.iter().find_map(|(mark, is_least, off, sure)| {
        Some((behind(text, mark)?, *is_least, *off, *sure))
    });
    let (count, is_least, off, sure) = before.or(after)?;
    let (count, count_sure) = count_reading(count)?;
    if off == i64::MIN {
        return Some(Reading { text: count.into(), sure: count_sure });
    }
    let count: i64 = count.parse().ok()?;
    let limit = if is_least { count.checked_add(off)? } else { count - off };
    let meant = if is_least { format!("{limit}..") } else { format!("..{limit}") };
    (limit >= 0).then(|| Reading { text: meant.into(), sure: sure && count_sure })
}

fn both_sides(text: &str) -> Option<Reading> {
    let bare = behind(text, "between").map(|rest| rest.split_once(" and "));
    let bare = bare.or_else(|| Some(behind(text, "from")?.split_once(" to ")));
    let split = match bare {
        Some(split) => Some((split?, true)),
        None => ["...", "..", "-", " to ", " till "]
            .iter()
            .find_map(|mark| Some((text.split_once(mark)?, true)))
            .or_else(|| [";", "/"].iter().find_map(|mark| Some((text.split_once(mark)?, false)))),
    };
    let Some(((low, high), split_sure)) = split else {
        let (count, sure) = count_reading(text)?;
        return Some(Reading { text: count.into(), sure });
    };
    let (low, high) = (low.trim(), high.trim());
    if low.is_empty() {
        return None;
    }
    let (low, low_sure) = count_reading(low)?;
    let (high, high_sure) = if high.is_empty() { Default::default() } else { count_reading(high)? };
    let in_order = high.is_empty() || low.parse::<i64>().ok()? <= high.parse().ok()?;
    let sure = split_sure && low_sure && (high_sure || high.is_empty());
    // A pair in the wrong order may be something else than two limits.
    (in_order || split_sure).then(|| Reading { text: format!("{low}..{high}").into(), sure })
}

/// A whole number in the spelling that is read, and whether it is the only meaning.
fn count_reading(text: &str) -> Option<(String, bool)> {
    let (number, sure) = match number_reading(text) {
        Some(reading) => (reading.text.into(), reading.sure),
        None => match IN_WORDS.iter().position(|word| *word == text) {
            Some(count) => (count.to_string(), true),
            None => (text.to_owned(), true),
        },
    };
    parse_integer(&number).is_ok_and(|count| count >= 0).then_some((number, sure))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range(text: &str) -> Range {
        Range::parse(text).unwrap()
    }

    #[test]
    fn the_shorthand_says_which_limits_are_known() {
        let cases = [
            ("3", (Some(3), Some(3), Some(3))),
            ("0..5", (Some(0), None, Some(5))),
            ("1..", (Some(1), None, None)),
            ("..30", (None, None, Some(30))),
        ];
        for (text, limits) in cases {
            let range = range(text);
            assert_eq!((range.low(), range.best(), range.high()), limits);
            assert_eq!(range.to_string(), text);
        }
        let mapping = |low, best, high| Range::new(low, best, high).unwrap().to_string();
        assert_eq!(mapping(Some(0), Some(2), Some(5)), "{low: 0, best: 2, high: 5}");
        assert_eq!(mapping(None, Some(2), None), "{best: 2}");
        assert_eq!(size_of::<Range>(), 48);
    }

    #[test]
    fn what_is_not_a_range_says_why() {
        let not = |at, error, reading: Option<&str>| RangeError::NotANumber {
            at,
            error,
            reading: reading.map(Into::into),
        };
        let odd = |at| NumberError::NotANumber { at };
        let cases = [
            ("", RangeError::Empty),
            ("..", RangeError::Empty),
            ("-3", RangeError::Negative { count: -3 }),
            ("9223372036854775808", not(0, NumberError::TooLarge, None)),
            ("5..3", RangeError::LowAboveHigh { low: 5, high: 3 }),
            (
                "3..010",
                RangeError::NotANumber {
                    at: 3,
                    error: NumberError::LeadingZero,
                    reading: Some(Reading { text: "3..10".into(), sure: false }),
                },
            ),
            ("1 000", not(0, NumberError::Separator { at: 1 }, Some("1000"))),
            (
                "1,000–2,000",
                RangeError::NotANumber {
                    at: 0,
                    error: odd(1),
                    reading: Some(Reading { text: "1000..2000".into(), sure: false }),
                },
            ),
            ("3-5", not(0, odd(1), Some("3..5"))),
            ("3 to 5", not(0, odd(1), Some("3..5"))),
            ("30+", not(0, odd(2), Some("30.."))),
            ("3...5", not(3, NumberError::BarePoint, Some("3..5"))),
            ("several", not(0, odd(0), None)),
            (">=6", not(0, odd(0), Some("6.."))),
            ("> 6", not(0, odd(0), Some("7.."))),
            ("\u{2265}6", not(0, odd(0), Some("6.."))),
            ("At least six", not(0, odd(0), Some("6.."))),
            ("6 or more", not(0, odd(1), Some("6.."))),
            ("<5", not(0, odd(0), Some("..4"))),
            ("up to 30", not(0, odd(0), Some("..30"))),
            ("between 3 and 5", not(0, odd(0), Some("3..5"))),
            ("<0", not(0, odd(0), None)),
            ("maximal", not(0, odd(0), None)),
            ("dozens", not(0, odd(0), None)),
            ("approx. 20", RangeError::About { count: 20 }),
            ("~8", RangeError::About { count: 8 }),
            ("c. 1 000", RangeError::About { count: 1000 }),
            ("2.5", not(0, NumberError::NotWhole, None)),
        ];
        for (text, error) in cases {
            assert_eq!(Range::parse(text), Err(error), "{text}");
        }
        let outside = Range::new(Some(1), Some(9), Some(5));
        assert_eq!(outside, Err(RangeError::BestOutside { best: 9 }));
        assert_eq!(Range::new(None, None, None), Err(RangeError::Empty));
    }

    #[test]
    fn ranges_compare_by_low_and_high() {
        assert!(range("13..30").overlaps(&range("20..40")), "the example of the design");
        assert!(!range("13..30").is_inside(&range("20..40")));
        assert!(range("2").is_inside(&range("1..")));
        assert!(!range("1..").is_inside(&range("1..5")));
        assert!(range("..30").is_same(&range("0..30")));
        assert!(!range("1..2").overlaps(&range("3")));
        let best = |count| Range::new(None, Some(count), None).unwrap();
        assert!(!best(3).overlaps(&best(4)) && best(3).is_same(&range("3")));
    }

    fn any_range() -> impl Strategy<Value = Range> {
        (proptest::option::of(0..20_i64), proptest::option::of(0..20_i64), any::<bool>())
            .prop_filter_map("in order", |(low, high, best)| {
                let best = low.or(high).filter(|_| best);
                Range::new(low, best, high).ok()
            })
    }

    proptest! {
        #[test]
        fn inside_implies_overlapping_and_both_ways_is_same(a in any_range(), b in any_range()) {
            prop_assert!(a.is_inside(&a) && a.overlaps(&a) && a.is_same(&a));
            prop_assert!(!a.is_inside(&b) || a.overlaps(&b));
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
            prop_assert_eq!(a.is_same(&b), a.is_inside(&b) && b.is_inside(&a));
        }

        #[test]
        fn what_is_displayed_as_shorthand_reads_back(range in any_range()) {
            let text = range.to_string();
            let mapping = text.starts_with('{');
            prop_assert!(mapping || Range::parse(&text) == Ok(range), "{}", text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}|[-0-9.,+ to–]{0,9}") {
            if let Err(RangeError::NotANumber { reading: Some(reading), .. }) = Range::parse(&text) {
                let again = Range::parse(&reading.text);
                prop_assert!(!matches!(again, Err(RangeError::NotANumber { .. })), "{:?}", reading);
            }
        }
    }
}
