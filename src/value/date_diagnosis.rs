//! Finding out why a text is not a date.

use chrono::NaiveDate;
use edtf_core::{Bound, Edtf};

use super::date_digits::{Written, pieces, written_dates};
use super::date_edtf::read;
use super::date_error::{DateError, RefusedForm};
use super::date_reading::{Readings, readings};

/// Finds the reason behind `error`, which [`read`] gave for `text`.
pub(super) fn diagnose(text: &str, error: DateError) -> DateError {
    if text.trim().is_empty() {
        return DateError::Empty;
    }
    if let Some(attached) = time_attached(text) {
        return attached;
    }
    let DateError::NotEdtf { at, .. } = error else {
        return error;
    };
    if text.bytes().all(|byte| matches!(byte, b'.' | b'/')) && text.contains('/') {
        return DateError::Undated;
    }
    calendar_fault(text, at).or_else(|| end_before_start(text)).unwrap_or_else(|| {
        let Readings { dates, sure } = readings(text);
        DateError::NotEdtf { at, readings: dates, sure }
    })
}

fn time_attached(text: &str) -> Option<DateError> {
    let starts_time = |at: usize| {
        let mut rest = text[at..].chars();
        let mark = rest.next();
        let digit = rest.next().is_some_and(|next| next.is_ascii_digit());
        digit && (matches!(mark, Some('T' | 't')) || mark == Some(' ') && text[at..].contains(':'))
    };
    let at = text.find(['T', 't', ' ']).filter(|at| starts_time(*at))?;
    let (date, time) = text.split_at(at);
    read(date).ok()?;
    let readings = if time.contains('/') { Vec::new() } else { vec![date.into()] };
    Some(DateError::TimeAttached { at, readings })
}

fn calendar_fault(text: &str, at: usize) -> Option<DateError> {
    written_dates(text).find_map(|date| fault_of(text, &date, at))
}

fn fault_of(text: &str, date: &Written, at: usize) -> Option<DateError> {
    if date.month == Some(0) || date.day == Some(0) {
        let zeros = if date.month == Some(0) { date.month_at } else { date.day_at };
        return Some(DateError::Zero { at: zeros, readings: without_zeros(text) });
    }
    let missing = |month: &u8| matches!(month, 13..=20 | 42..) || *month > 12 && date.has_day;
    if let Some(month) = date.month.filter(missing) {
        let readings = readings(text).dates;
        return Some(DateError::NoSuchMonth { at: date.month_at, month, readings });
    }
    if date.negative && date.year.is_none() {
        let form = RefusedForm::UnspecifiedNegativeYear;
        return Some(DateError::Refused { at: date.year_at, form });
    }
    if let (Some(month), Some(day)) = (date.month, date.day) {
        let days = days_in(date.year.unwrap_or(2000), month);
        if day > days {
            return Some(DateError::NoSuchDay { at: date.day_at, day, days });
        }
    }
    let blamed = at == date.month_at || date.has_day && at == date.day_at;
    (blamed && date.month_at > 0).then_some(DateError::NoSuchDate { at })
}

/// A date with `00` for month or day, written without.
fn without_zeros(text: &str) -> Vec<Box<str>> {
    let known = text.trim_end_matches("-00");
    let reading = known.replacen("-00-", "-XX-", 1);
    if read(&reading).is_ok() { vec![reading.into()] } else { Vec::new() }
}

fn days_in(year: i32, month: u8) -> u8 {
    let exists = |day: &u8| NaiveDate::from_ymd_opt(year, month.into(), (*day).into()).is_some();
    (28..=31).rev().find(exists).unwrap_or(31)
}

fn end_before_start(text: &str) -> Option<DateError> {
    pieces(text, &[',', '[', ']', '{', '}']).find_map(|(start, piece)| {
        let separator = if piece.contains('/') { "/" } else { ".." };
        let (from, to) = piece.split_once(separator)?;
        let first = Edtf::parse(from).ok()?.bounds().earliest;
        let last = Edtf::parse(to).ok()?.bounds().latest;
        let (Bound::Date(first), Bound::Date(last)) = (first, last) else {
            return None;
        };
        let at = start + from.len() + separator.len();
        (first > last).then_some(DateError::EndBeforeStart { at })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Date;

    fn error(text: &str) -> DateError {
        Date::parse(text).unwrap_err()
    }

    #[test]
    fn the_calendar_says_what_it_lacks() {
        let day = |at, day, days| DateError::NoSuchDay { at, day, days };
        assert_eq!(error("2019-02-30"), day(8, 30, 28));
        assert_eq!(error("2020-02-30"), day(8, 30, 29));
        assert_eq!(error("2019-08-20/2019-~09-31"), day(20, 31, 30));
        assert_eq!(error("15XX-02-30"), day(8, 30, 29));
        let month = |at, month, readings: &[&str]| DateError::NoSuchMonth {
            at,
            month,
            readings: readings.iter().map(|each| (*each).into()).collect(),
        };
        assert_eq!(error("2019-13"), month(5, 13, &[]));
        assert_eq!(error("2019-20-08"), month(5, 20, &["2019-08-20"]));
        assert!(!error("2019-20-08").is_sure());
        assert_eq!(error("2019-21-05"), month(5, 21, &["2019-05-21"]));
        assert_eq!(error("15XX-02-3X"), DateError::NoSuchDate { at: 8 });
        assert_eq!(error("2019-2X"), DateError::NoSuchDate { at: 5 });
        assert_eq!(error("2019-09/2019-08"), DateError::EndBeforeStart { at: 8 });
        assert_eq!(error("[2019-09..2019-08]"), DateError::EndBeforeStart { at: 10 });
    }

    #[test]
    fn zeros_and_times_are_left_out() {
        let cases = [
            ("2019-08-00", "2019-08"),
            ("2019-00-00", "2019"),
            ("2019-00-20", "2019-XX-20"),
            ("2019-08-20T17:45:00Z", "2019-08-20"),
            ("2019-08-20 17:45", "2019-08-20"),
        ];
        for (text, reading) in cases {
            let error = error(text);
            assert_eq!(error.readings(), [reading.into()], "{text}");
            let zero = matches!(error, DateError::Zero { .. });
            assert_eq!(zero, !text.contains(':'), "{text}");
            assert_eq!(error.is_sure(), zero, "a time that is left out is lost: {text}");
        }
        let at = error("2019-08-20/2019-08-21T17:45").at();
        assert_eq!(at, Some(21));
    }

    #[test]
    fn a_refused_form_is_named_and_placed() {
        let cases = [
            ("{2018,2019}", 0, RefusedForm::AllOfSet),
            ("Y17E7", 3, RefusedForm::ExponentialYear),
            ("1950S2", 4, RefusedForm::SignificantDigits),
            ("2019/2020-34", 10, RefusedForm::SubYearGrouping),
            ("2019-08/2019-09-20..", 18, RefusedForm::BoundedEnd),
            ("Y12019", 0, RefusedForm::LongYear),
            ("-20XX", 0, RefusedForm::UnspecifiedNegativeYear),
        ];
        for (text, at, form) in cases {
            assert_eq!(error(text), DateError::Refused { at, form }, "{text}");
        }
    }

    #[test]
    fn an_interval_needs_a_date_and_a_date_some_text() {
        assert_eq!(error("../.."), DateError::Undated);
        assert_eq!(error("/"), DateError::Undated);
        assert_eq!(error(" "), DateError::Empty);
        assert_eq!(error(&"9".repeat(300)), DateError::TooLong { bytes: 300, most: 256 });
    }
}
