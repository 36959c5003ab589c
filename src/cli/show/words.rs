//! Dates, times and counts in words.

use chrono::{Datelike, Days, NaiveDate};

use crate::value::{Date, DateKind, Qualifier, Range, Time};

/// A date in words; `None` if it names no day.
pub(super) fn of_date(date: &Date) -> Option<String> {
    let (first, last) = (date.earliest(), date.latest());
    if let Some(unit) = first.zip(last).and_then(|(first, last)| unit(first, last))
        && date.kind() != DateKind::Span
    {
        return Some(qualified(unit, date.qualifier()));
    }
    let days = match (date.kind(), first, last) {
        (_, None, None) => return None,
        (_, Some(first), None) => format!("since {}", day(first)),
        (_, None, Some(last)) => format!("until {}", day(last)),
        (DateKind::Span, Some(first), Some(last)) => {
            format!("from {} to {}", day(first), day(last))
        }
        (DateKind::Instant | DateKind::OneOf, Some(first), Some(last)) => {
            format!("between {} and {}", day(first), day(last))
        }
    };
    Some(match date.qualifier() {
        Qualifier::Exact => days,
        Qualifier::Uncertain => format!("{days}, uncertain"),
        Qualifier::Approximate => format!("{days}, approximate"),
        Qualifier::UncertainAndApproximate => format!("{days}, uncertain and approximate"),
    })
}

/// The day, month or year that begins and ends with two days.
fn unit(first: NaiveDate, last: NaiveDate) -> Option<String> {
    if first == last {
        return Some(day(first));
    }
    let starts = first.day() == 1;
    let ends = last.checked_add_days(Days::new(1)).is_none_or(|next| next.day() == 1);
    let months =
        (first.year() == last.year() && starts && ends).then(|| (first.month(), last.month()));
    match months? {
        (first_month, last_month) if first_month == last_month => {
            Some(first.format("%B %Y").to_string())
        }
        (1, 12) => Some(first.format("%Y").to_string()),
        _ => None,
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A time of day in words.
pub(super) fn of_time(time: &Time) -> String {
    let clock = |written: &str| written.trim_end_matches(['?', '~', '%']).to_owned();
    let hours = match time.as_str().split_once('/') {
        Some((from, to)) => format!("between {} and {}", clock(from), clock(to)),
        None => clock(time.as_str()),
    };
    qualified(hours, time.qualifier())
}

fn qualified(words: String, qualifier: Qualifier) -> String {
    match qualifier {
        Qualifier::Exact => words,
        Qualifier::Uncertain => format!("{words}, uncertain"),
        Qualifier::Approximate => format!("about {words}"),
        Qualifier::UncertainAndApproximate => format!("about {words}, uncertain"),
    }
}

/// A count in words.
pub(super) fn of_count(count: Range) -> String {
    let limits = match (count.low(), count.high()) {
        (Some(low), Some(high)) if low == high => return low.to_string(),
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, Some(high)) => Some(format!("at most {high}")),
        (None, None) => None,
    };
    let best = count.best().map(|best| format!("best {best}"));
    let parts: Vec<_> = limits.into_iter().chain(best).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_as_widely_as_it_is_written() {
        let cases = [
            ("2019-08-20", "20 August 2019"),
            ("2019-07-28~", "about 28 July 2019"),
            ("2019-07-28%", "about 28 July 2019, uncertain"),
            ("2019-08", "August 2019"),
            ("2019-08-XX", "August 2019"),
            ("2019-02", "February 2019"),
            ("2019", "2019"),
            ("201X", "between 1 January 2010 and 31 December 2019"),
            ("2019-08-12/2019-08-14", "from 12 August 2019 to 14 August 2019"),
            ("2019-08-12/2019-08-14~", "from 12 August 2019 to 14 August 2019, approximate"),
            ("2019-08/2019-08", "from 1 August 2019 to 31 August 2019"),
            ("2014-06/..", "since 1 June 2014"),
            ("../2014-06", "until 30 June 2014"),
            ("[2019-08-12..2019-08-31]", "between 12 August 2019 and 31 August 2019"),
            ("[2019-08-01..2019-08-31]", "August 2019"),
            ("9999", "9999"),
        ];
        for (text, words) in cases {
            assert_eq!(of_date(&Date::parse(text).unwrap()).as_deref(), Some(words), "{text}");
        }
        assert_eq!(of_date(&Date::parse("XXXX-08").unwrap()), None);
    }

    #[test]
    fn times_and_counts_are_told_as_they_are_written() {
        let times = [
            ("17:45", "17:45"),
            ("17:45~", "about 17:45"),
            ("17:30?/18:00", "between 17:30 and 18:00, uncertain"),
        ];
        for (text, words) in times {
            assert_eq!(of_time(&Time::parse(text).unwrap()), words);
        }
        let count = |low, best, high| of_count(Range::new(low, best, high).unwrap());
        assert_eq!(count(Some(3), Some(3), Some(3)), "3");
        assert_eq!(count(Some(0), None, Some(5)), "0 to 5");
        assert_eq!(count(Some(1), None, None), "at least 1");
        assert_eq!(count(None, None, Some(30)), "at most 30");
        assert_eq!(count(Some(2), Some(2), Some(5)), "2 to 5, best 2");
        assert_eq!(count(None, Some(2), None), "best 2");
    }
}
