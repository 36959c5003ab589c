//! Dates in EDTF.

use std::fmt;
use std::ops::{Range, RangeInclusive};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};

use super::Qualifier;
use super::date_diagnosis::diagnose;
use super::date_edtf::{bounds, kind, precision, read};
use super::date_error::DateError;
use super::date_kind::{DateKind, DatePrecision};

/// The years whose days the tables can hold: Python and many databases have no others.
pub const TABLE_YEARS: RangeInclusive<i32> = 1..=9999;

/// Whether the tables can hold a day.
pub fn is_in_tables(day: &NaiveDate) -> bool {
    TABLE_YEARS.contains(&day.year())
}

/// Longest date read, in bytes. A one-of set of twenty days takes 221; a bound keeps the work that
/// a text of `X` digits costs small.
const LONGEST: usize = 256;

/// The pattern of one date of [`Date::PATTERN`], which intervals have two of.
macro_rules! one_date {
    () => {
        "[?~%]?-?[0-9X]{4}[?~%]?(-[?~%]?[0-9X]{2}[?~%]?){0,2}"
    };
}

/// A date in EDTF (ISO 8601-2:2019, Annex A), without a time of day.
///
/// Level 0, level 1, and of level 2 the component qualifiers (`2019-~08-20`), `X` digits anywhere
/// (`201X-08`) and one-of sets (`[2019-08-20..2019-08-22]`). The standard's other forms are
/// refused by name ([`RefusedForm`](super::date_error::RefusedForm)). Years run from -9999 to 9999, written
/// with four digits: the column `year` has 16 bits, and `Y`-prefixed years may lie outside it.
///
/// A date keeps its text and the days it may have fallen on. It is never padded: `2019-08` is
/// August 2019, not its first day.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(try_from = "Box<str>")]
pub struct Date {
    text: Box<str>,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    kind: DateKind,
    precision: Option<DatePrecision>,
    qualifier: Qualifier,
    level: u8,
}

/// A date is kept as its text.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl TryFrom<Box<str>> for Date {
    type Error = DateError;

    fn try_from(text: Box<str>) -> Result<Self, DateError> {
        Self::parse(&text)
    }
}

impl Date {
    /// A regular expression (ECMA 262) that every date matches, for tools that cannot parse EDTF.
    /// It also matches many texts that are no date, since it knows no calendar and EDTF is not
    /// regular.
    pub const PATTERN: &'static str = concat!(
        "^(",
        one_date!(),
        "|(",
        one_date!(),
        "|[.][.])?/(",
        one_date!(),
        "|[.][.])?|\\[[-0-9X?~%., ]+\\])$",
    );

    /// Reads a date. The error says what is wrong and, where it can tell, what was meant.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        if text.len() > LONGEST {
            return Err(DateError::TooLong { bytes: text.len(), most: LONGEST });
        }
        match day(text) {
            Some(day) => Ok(Self {
                text: text.into(),
                earliest: Some(day),
                latest: Some(day),
                kind: DateKind::Instant,
                precision: Some(DatePrecision::Day),
                qualifier: Qualifier::Exact,
                level: 0,
            }),
            None => Self::of_edtf(text),
        }
    }

    fn of_edtf(text: &str) -> Result<Self, DateError> {
        let edtf = read(text).map_err(|error| diagnose(text, error))?;
        let (earliest, latest) = bounds(&edtf);
        Ok(Self {
            text: text.into(),
            earliest,
            latest,
            kind: kind(&edtf),
            precision: precision(&edtf),
            qualifier: Qualifier::from_flags(edtf.is_uncertain(), edtf.is_approximate()),
            level: edtf.level(),
        })
    }

    /// The level of EDTF that it takes, from 0 to 2.
    #[cfg(test)]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day it may have fallen on, proleptic Gregorian.
    ///
    /// None where the date has no such day: an open (`..`) or unknown (empty) start, or a year
    /// whose first digit is not given (`XXXX-08`), for which the standard's 0000 would be a
    /// placeholder. `?` and `~` do not widen a date (ISO 8601-2, 8.4.2, note). A season's months
    /// are those of the northern meteorological year, winter ending in the next; the standard
    /// leaves them to the place, so where they matter, months are the better date.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.earliest
    }

    /// The last day it may have fallen on; otherwise as [`Date::earliest`].
    pub fn latest(&self) -> Option<NaiveDate> {
        self.latest
    }

    /// Whether it is one date, a span, or one of several.
    pub fn kind(&self) -> DateKind {
        self.kind
    }

    /// Its precision. For a span, that of the coarser end; for a set, the smallest calendar unit
    /// that holds all its days. None where a date in it does not give the first digit of its year.
    pub fn precision(&self) -> Option<DatePrecision> {
        self.precision
    }

    /// How sure it is: the qualifiers of all its components together.
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// The year, where its first and last day share one.
    pub fn year(&self) -> Option<i32> {
        let year = self.earliest?.year();
        (self.latest?.year() == year).then_some(year)
    }

    /// The month, where its first and last day share one.
    pub fn month(&self) -> Option<u32> {
        let month = self.earliest?.month();
        (self.year().is_some() && self.latest?.month() == month).then_some(month)
    }

    /// Whether the two cover the same days, by their bounds.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.earliest, self.latest) == (other.earliest, other.latest)
    }

    /// Whether every day of it is a day of `other`, by their bounds; a bound that is missing is
    /// beyond every day. A date is inside itself.
    pub fn is_inside(&self, other: &Self) -> bool {
        let starts = other.earliest.is_none_or(|theirs| self.earliest.is_some_and(|e| e >= theirs));
        let ends = other.latest.is_none_or(|theirs| self.latest.is_some_and(|e| e <= theirs));
        starts && ends
    }

    /// Whether the two share a day, by their bounds; a bound that is missing is beyond every day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<NaiveDate>, start: Option<NaiveDate>| {
            end.zip(start).is_some_and(|(end, start)| end < start)
        };
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }
}

/// The day of a date that is written `2019-08-20`. Nearly every date of a dataset is, and what EDTF makes
/// of it takes ten times as long.
fn day(text: &str) -> Option<NaiveDate> {
    let digits = |range: Range<usize>| {
        text.as_bytes()[range].iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    if text.len() != 10 || !text.is_ascii() || (&text[4..5], &text[7..8]) != ("-", "-") {
        return None;
    }
    let year = i32::try_from(digits(0..4)?).ok().filter(|year| TABLE_YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, digits(5..7)?, digits(8..10)?)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_date_is_small() {
        assert!(size_of::<Date>() <= 32);
    }

    #[test]
    fn a_date_says_its_days_kind_and_precision() {
        let cases = [
            ("2019-08-20", "2019-08-20", "2019-08-20", "instant", "day"),
            ("2019-08", "2019-08-01", "2019-08-31", "instant", "month"),
            ("2019-08-XX", "2019-08-01", "2019-08-31", "instant", "month"),
            ("2019-08-2X", "2019-08-20", "2019-08-29", "instant", "month"),
            ("2019-22", "2019-06-01", "2019-08-31", "instant", "season"),
            ("2019-24", "2019-12-01", "2020-02-29", "instant", "season"),
            ("2019-XX-20", "2019-01-20", "2019-12-20", "instant", "year"),
            ("201X~", "2010-01-01", "2019-12-31", "instant", "decade"),
            ("201X-08-20", "2010-08-20", "2019-08-20", "instant", "decade"),
            ("20XX", "2000-01-01", "2099-12-31", "instant", "century"),
            ("2XX9", "2009-01-01", "2999-12-31", "instant", "millennium"),
            ("XXXX-08-20", "-", "-", "instant", "-"),
            ("2019-08-20/2019-09", "2019-08-20", "2019-09-30", "span", "month"),
            ("2014-06/..", "2014-06-01", "-", "span", "month"),
            ("/2019-08-20", "-", "2019-08-20", "span", "day"),
            ("XXXX-08/2019", "-", "2019-12-31", "span", "-"),
            ("[2019-08-20..2019-08-22]", "2019-08-20", "2019-08-22", "one_of", "month"),
            ("[2019-08-31..2019-09-01]", "2019-08-31", "2019-09-01", "one_of", "month"),
            ("[2019-12-01..2020-01-01]", "2019-12-01", "2020-01-01", "one_of", "year"),
            ("[2019-08-20,2019-09..]", "2019-08-20", "-", "one_of", "month"),
        ];
        for (text, earliest, latest, kind, precision) in cases {
            let date = date(text);
            let day = |day: Option<NaiveDate>| day.map_or("-".into(), |day| day.to_string());
            assert_eq!(
                (day(date.earliest()), day(date.latest())),
                (earliest.into(), latest.into())
            );
            assert_eq!(date.kind().as_str(), kind, "{text}");
            assert_eq!(date.precision().map_or("-", DatePrecision::as_str), precision, "{text}");
        }
    }

    #[test]
    fn a_year_is_given_where_first_and_last_day_share_it() {
        let years =
            [("2019-08", Some(2019)), ("2019-08/2019-09", Some(2019)), ("-0044", Some(-44))];
        let none = [("2019-24", None), ("201X", None), ("2019/..", None)];
        for (text, year) in years.into_iter().chain(none) {
            assert_eq!(date(text).year(), year, "{text}");
        }
    }

    #[test]
    fn dates_compare_by_their_bounds() {
        assert!(date("2019-08-20?").is_inside(&date("2019-08")));
        assert!(!date("2019-08").is_inside(&date("2019-08-20")));
        assert!(date("2019-08-20").is_inside(&date("2014-06/..")));
        assert!(!date("2014-06/..").is_inside(&date("2014/2030")));
        assert!(date("2019-08/2019-09").overlaps(&date("2019-09/2019-10")));
        assert!(!date("2019-08").overlaps(&date("2019-09/..")));
        assert!(date("2019-08-20~").is_same(&date("2019-08-20")));
    }

    /// Mostly dates: digits, separators and marks in the order in which EDTF has them.
    fn nearly_dates() -> impl Strategy<Value = String> {
        let single =
            "[?~%]?-?[0-2X][0-9X]{3}[?~%]?(-[?~%]?[0-3X][0-9X][?~%]?(-[0-3X][0-9X]?[?~]?)?)?";
        let mark = proptest::sample::select(vec!["", "/", "..", ",", "/..", "T", " to "]);
        let bracket = proptest::sample::select(vec![("", ""), ("[", "]"), ("{", "}")]);
        (single, mark, single, bracket, any::<bool>()).prop_map(
            |(a, mark, b, (open, close), two)| {
                let b = if two { b } else { String::new() };
                format!("{open}{a}{mark}{b}{close}")
            },
        )
    }

    fn single_date() -> impl Strategy<Value = String> {
        let qualifier = proptest::sample::select(vec!["", "", "?", "~", "%"]);
        (2015..2022, 1..=12, 1..=28, 0..8, qualifier).prop_map(|(year, month, day, shape, mark)| {
            let date = match shape {
                0 => format!("{year}"),
                1 => format!("{year}-{month:02}"),
                2 => format!("{year}-{month:02}-XX"),
                3 => format!("{year}-2{}", 1 + day % 4),
                4 => format!("{}X", year / 10),
                5 => format!("XXXX-{month:02}"),
                _ => format!("{year}-{month:02}-{day:02}"),
            };
            date + mark
        })
    }

    fn dates() -> impl Strategy<Value = Date> {
        (single_date(), single_date(), 0..6).prop_filter_map("a date", |(a, b, form)| {
            let text = match form {
                0 => format!("{a}/{b}"),
                1 => format!("{a}/.."),
                2 => format!("/{a}"),
                3 => format!("[{a},{b}]"),
                _ => a,
            };
            Date::parse(&text).ok()
        })
    }

    #[test]
    fn a_day_that_is_read_by_its_digits_is_what_edtf_makes_of_it() {
        let mut days = 0;
        for year in (0..10_000).step_by(7) {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let text = format!("{year:04}-{month:02}-{day:02}");
                if super::day(&text).is_some() {
                    days += 1;
                    assert_eq!(Date::parse(&text), Date::of_edtf(&text), "{text}");
                }
            }
        }
        assert_eq!(days, 521_566);
        for text in ["2019-8-020", "2019-08-2X", "+019-08-20", "2019/08/20", "2019-08-2é"] {
            assert_eq!(super::day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn dates_hold_together(a in dates(), b in dates()) {
            prop_assert_eq!(Date::parse(a.as_str()), Ok(a.clone()));
            prop_assert!(a.earliest().zip(a.latest()).is_none_or(|(from, to)| from <= to));
            prop_assert!(a.is_inside(&a) && a.overlaps(&a));
            prop_assert!(!a.is_inside(&b) || a.overlaps(&b));
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
            prop_assert_eq!(a.is_same(&b), a.is_inside(&b) && b.is_inside(&a));
        }

        #[test]
        fn what_is_no_date_is_refused_in_place_with_readings_that_are(
            text in prop_oneof![nearly_dates(), "\\PC{0,20}", "[0-9/. aeguAst-]{0,12}"]
        ) {
            if let Err(error) = Date::parse(&text) {
                prop_assert!(error.at().is_none_or(|at| text.is_char_boundary(at)), "{:?}", error);
                for reading in error.readings() {
                    prop_assert!(Date::parse(reading).is_ok() && **reading != *text);
                }
            }
        }
    }
}
