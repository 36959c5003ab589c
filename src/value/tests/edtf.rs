//! The dates of other projects' test suites, accepted or refused as each suite wants, and, where
//! this project or the standard wants otherwise, by a rule.
//!
//! The strings and where they come from stand in `tests/data/edtf/`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::value::date_error::RefusedForm;
use crate::value::{Date, DateError};
use serde_json::Value;

/// Why a string that a suite accepts is refused here. The standard is ISO 8601-2:2019, Annex A.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Refusal {
    /// A time of day has a field of its own.
    DateTime,
    /// Several dates at once are several events.
    AllOfSet,
    /// `Y17E7`
    ExponentialYear,
    /// `1950S2`
    SignificantDigits,
    /// Years beyond four digits.
    LongYear,
    /// Codes 25 to 41 in the place of the month.
    SubYearGrouping,
    /// `..` or nothing at both ends: says nothing.
    Undated,
    /// Not in the standard, though suites have it: space after a comma.
    Space,
    /// Not in the standard, though edtf-validate has it: `-1859S5`, more digits than the year has.
    ExcessDigits,
    /// Not in the standard's Annex A, though edtf.js has it: `19`, `193`.
    ShortYear,
    /// Not in the standard, though suites have it: `-20XX`, which could be -0000.
    UnspecifiedNegativeYear,
}

/// The rule by which a string is refused on purpose, told from the string alone.
fn refusal(text: &str) -> Option<Refusal> {
    let digits = text.chars().filter(|c| c.is_ascii_digit() || *c == 'X').count();
    let rules = [
        (text.contains('T'), Refusal::DateTime),
        (text.contains(' '), Refusal::Space),
        (text.starts_with('{'), Refusal::AllOfSet),
        (has_excess_digits(text), Refusal::ExcessDigits),
        (text.contains('S'), Refusal::SignificantDigits),
        (text.contains('E'), Refusal::ExponentialYear),
        (text.starts_with('Y'), Refusal::LongYear),
        (digits == 0, Refusal::Undated),
        (digits < 4, Refusal::ShortYear),
        (
            text.starts_with('-') && text.chars().take(5).any(|c| c == 'X'),
            Refusal::UnspecifiedNegativeYear,
        ),
        (has_grouping(text), Refusal::SubYearGrouping),
    ];
    rules.into_iter().find(|(applies, _)| *applies).map(|(_, rule)| rule)
}

fn has_excess_digits(text: &str) -> bool {
    let Some((year, Ok(digits))) = text.split_once('S').map(|(year, n)| (year, n.parse::<usize>()))
    else {
        return false;
    };
    !year.contains('E') && digits > year.chars().filter(char::is_ascii_digit).count()
}

fn has_grouping(text: &str) -> bool {
    let month = text.trim_start_matches('-').split('-').nth(1);
    month.and_then(|month| month.parse().ok()).is_some_and(|month: u8| month >= 25)
}

/// Whether the reason given is that of the rule.
fn gives(error: &DateError, rule: Refusal) -> bool {
    let form = |wanted| matches!(error, DateError::Refused { form, .. } if *form == wanted);
    match rule {
        Refusal::DateTime => matches!(error, DateError::TimeAttached { .. }),
        Refusal::Undated => *error == DateError::Undated,
        Refusal::Space | Refusal::ShortYear | Refusal::ExcessDigits => {
            matches!(error, DateError::NotEdtf { .. })
        }
        Refusal::AllOfSet => form(RefusedForm::AllOfSet),
        Refusal::ExponentialYear => form(RefusedForm::ExponentialYear),
        Refusal::SignificantDigits => form(RefusedForm::SignificantDigits),
        Refusal::LongYear => form(RefusedForm::LongYear),
        Refusal::SubYearGrouping => form(RefusedForm::SubYearGrouping),
        Refusal::UnspecifiedNegativeYear => form(RefusedForm::UnspecifiedNegativeYear),
    }
}

/// Whether a string that a suite rejects is a date all the same.
///
/// A span's ends are dates of their own precision, and it is wrong only where its end cannot lie
/// on or after its start (ISO 8601-2, 7.14.2). edtf-validate compares the first days of the two,
/// so it misses `2004-06-11/2004-06`; edtf.js takes no seasons as ends, which the standard does
/// not forbid (4.8.1: a season stands where a month does) and edtf-validate takes.
fn is_span_in_order(text: &str) -> bool {
    let ends = text.split_once('/').map(|(from, to)| (Date::parse(from), Date::parse(to)));
    let Some((Ok(from), Ok(to))) = ends else {
        return false;
    };
    from.earliest().zip(to.latest()).is_some_and(|(first, last)| first <= last)
}

fn suite(name: &str) -> BTreeMap<String, Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/edtf").join(name);
    let text = std::fs::read_to_string(path).expect("the suite is beside the tests");
    serde_json::from_str(&text).expect("a suite is lists by name")
}

/// Checks that every string is accepted, or refused by a rule and for its reason; returns how many
/// of each.
fn accepted(strings: &[Value], level: u8) -> (usize, BTreeMap<Refusal, usize>) {
    let mut dates = 0;
    let mut refused = BTreeMap::new();
    for text in strings.iter().map(|value| value.as_str().expect("a string")) {
        match (Date::parse(text), refusal(text)) {
            (Ok(date), None) => {
                dates += 1;
                let level = level.max(level_of(text));
                assert!(date.level() <= level, "{text}: level {}", date.level());
            }
            (Err(error), Some(rule)) => {
                assert!(gives(&error, rule), "{text}: {error:?} for {rule:?}");
                *refused.entry(rule).or_default() += 1;
            }
            (result, rule) => panic!("{text}: {result:?}, though the rule is {rule:?}"),
        }
    }
    (dates, refused)
}

/// Checks that every string is rejected, or is a span in order; returns how many of each.
fn rejected(strings: &[Value]) -> (usize, usize) {
    let (mut none, mut spans) = (0, 0);
    for text in strings.iter().map(|value| value.as_str().expect("a string")) {
        match Date::parse(text) {
            Err(_) => none += 1,
            Ok(_) => {
                assert!(is_span_in_order(text), "{text} is accepted");
                spans += 1;
            }
        }
    }
    (none, spans)
}

/// The level where edtf.js has a lower one than the standard: a negative year is level 1 (A.5.2),
/// a year without digits level 2 (not among the shapes of A.5.5).
fn level_of(text: &str) -> u8 {
    match text {
        _ if text.starts_with("XXXX") => 2,
        _ if text.starts_with('-') => 1,
        _ => 0,
    }
}

#[track_caller]
fn assert_accepted(strings: &[Value], level: u8, dates: usize, refused: &[(Refusal, usize)]) {
    assert_eq!(accepted(strings, level), (dates, refused.iter().copied().collect()));
}
#[test]
fn edtf_js() {
    use Refusal::*;
    let suite = suite("edtf-js.json");
    assert_accepted(&suite["level0"], 0, 22, &[(DateTime, 14), (ShortYear, 3)]);
    assert_accepted(&suite["level_not_said"], 0, 0, &[(DateTime, 17)]);
    assert_accepted(&suite["level1"], 1, 29, &[(LongYear, 4), (Undated, 2)]);
    let level2 = [
        (AllOfSet, 2),
        (ExponentialYear, 2),
        (SignificantDigits, 3),
        (SubYearGrouping, 3),
        (Space, 3),
        (ShortYear, 12),
    ];
    assert_accepted(&suite["level2"], 2, 20, &level2);
    assert_eq!(rejected(&suite["rejected"]), (47, 1));
}

#[test]
fn edtf_validate() {
    use Refusal::*;
    let suite = suite("edtf-validate.json");
    assert_accepted(&suite["level0"], 0, 16, &[(DateTime, 5)]);
    let level1 = [(DateTime, 4), (LongYear, 2), (Undated, 3), (UnspecifiedNegativeYear, 1)];
    assert_accepted(&suite["level1"], 1, 54, &level1);
    let level2 = [
        (AllOfSet, 6),
        (ExponentialYear, 2),
        (SignificantDigits, 5),
        (ExcessDigits, 1),
        (SubYearGrouping, 17),
        (UnspecifiedNegativeYear, 6),
    ];
    assert_accepted(&suite["level2"], 2, 84, &level2);
    assert_eq!(rejected(&suite["rejected_dates"]), (26, 0));
    assert_eq!(rejected(&suite["rejected_datetimes"]), (12, 0));
    assert_eq!(rejected(&suite["rejected_intervals"]), (14, 4));
}

#[test]
fn library_of_congress() {
    use Refusal::*;
    let suite = suite("library-of-congress.json");
    assert_accepted(&suite["level0"], 0, 9, &[(DateTime, 4)]);
    assert_accepted(&suite["level1"], 1, 22, &[(LongYear, 2)]);
    let level2 =
        [(AllOfSet, 3), (ExponentialYear, 1), (SignificantDigits, 3), (SubYearGrouping, 1)];
    assert_accepted(&suite["level2"], 2, 19, &level2);
}

#[test]
fn python_edtf() {
    use Refusal::*;
    let suite = suite("python-edtf.json");
    let refused = [
        (DateTime, 4),
        (ExponentialYear, 2),
        (SignificantDigits, 6),
        (LongYear, 2),
        (SubYearGrouping, 2),
        (Space, 5),
        (UnspecifiedNegativeYear, 2),
    ];
    assert_accepted(&suite["accepted"], 2, 67, &refused);
    assert_eq!(rejected(&suite["rejected"]), (16, 0));
}

/// The first or last day that python-edtf gives, where this project gives one.
fn known_day<'a>(text: &str, day: &'a str, unknown: bool) -> Option<&'a str> {
    let winter = text.ends_with("-24") && day.ends_with("-12-31");
    match day {
        "inf" | "-inf" => None,
        // An unknown end of a span is put at ten years from the other by python-edtf.
        _ if unknown => None,
        // A year without digits is 0000 to 9999 to python-edtf.
        _ if text.starts_with("XXXX") => None,
        // Winter ends on 31 December to python-edtf, and here in the February after.
        _ if winter => Some("2011-02-28"),
        day => Some(day),
    }
}

#[test]
fn first_and_last_days_are_those_of_python_edtf() {
    let mut compared = 0;
    for case in &suite("python-edtf.json")["bounds"] {
        let [text, first, last] = [0, 1, 2].map(|index| case[index].as_str().expect("a string"));
        let Ok(date) = Date::parse(text) else {
            continue;
        };
        let [earliest, latest] =
            [date.earliest(), date.latest()].map(|day| day.map(|day| day.to_string()));
        assert_eq!(earliest.as_deref(), known_day(text, first, text.starts_with('/')), "{text}");
        assert_eq!(latest.as_deref(), known_day(text, last, text.ends_with('/')), "{text}");
        compared += 1;
    }
    assert_eq!(compared, 67);
}

#[test]
fn qualifiers_are_those_of_python_edtf() {
    let cases = &suite("python-edtf.json")["qualifiers"];
    assert_eq!(cases.len(), 26);
    for case in cases {
        let qualifier = Date::parse(case[0].as_str().expect("a string")).unwrap().qualifier();
        let [uncertain, approximate, both] = [1, 2, 3].map(|index| case[index] == true);
        assert_eq!(qualifier.is_uncertain(), uncertain || both, "{case}");
        assert_eq!(qualifier.is_approximate(), approximate || both, "{case}");
    }
}
