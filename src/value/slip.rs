//! Whether one slip can explain a malformed date or time in more than one way.

use chrono::{NaiveDate, NaiveTime};

/// Whether adding, removing or changing one digit or mark turns `written` into a complete date or
/// time other than `meant`: `2019-08-2` may stand for `2019-08-20` as well as for `2019-08-02`.
pub fn may_be_another(written: &str, meant: &str) -> bool {
    if loses_digits(written, meant) {
        return true;
    }
    let (of_written, of_meant) = (pieces(written), pieces(meant));
    if of_written.len() == of_meant.len() {
        return of_written
            .into_iter()
            .zip(of_meant)
            .any(|(one, other)| is_near_another(one, other));
    }
    is_near_another(written, meant)
}

/// Whether a date leaves out figures that are written: a time of day after it, or part of another
/// date.
fn loses_digits(written: &str, meant: &str) -> bool {
    let count = |text: &str, digit: char| text.matches(digit).count();
    let is_date = meant.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    let is_lost = |digit| count(written, digit) > count(meant, digit);
    is_date
        && !meant.contains(':')
        && written.len() <= 64
        && ('1'..='9').any(is_lost)
        && super::Date::parse(meant).is_ok()
}

/// The dates of an interval or a set, without their qualifiers.
fn pieces(text: &str) -> Vec<&str> {
    let ends = text.split(['/', ',', '[', ']', '{', '}']).flat_map(|piece| piece.split(".."));
    ends.map(|piece| piece.trim_matches(['?', '~', '%', ' '])).collect()
}

fn is_near_another(written: &str, meant: &str) -> bool {
    if written == meant || written.len() > LONGEST || !written.is_ascii() {
        return false;
    }
    let marks = "0123456789-:";
    let mut near = Vec::new();
    for at in 0..=written.len() {
        let (before, behind) = written.split_at(at);
        let rest = behind.get(1..);
        near.extend(marks.chars().map(|mark| format!("{before}{mark}{behind}")));
        if let Some(rest) = rest {
            near.push(format!("{before}{rest}"));
            near.extend(marks.chars().map(|mark| format!("{before}{mark}{rest}")));
        }
        if let (Some(first), Some(second)) = (behind.get(..1), behind.get(1..2)) {
            near.push(format!("{before}{second}{first}{}", &behind[2..]));
        }
    }
    near.iter().any(|near| near != meant && near != written && is_full(near))
}

/// Length in bytes of the longest text that can be one slip away from a complete date or time.
const LONGEST: usize = "2019-08-20".len() + 1;

fn is_full(text: &str) -> bool {
    let has_shape = |shape: &str| {
        let fits = |(c, like): (char, char)| c == like || like == '0' && c.is_ascii_digit();
        text.len() == shape.len() && text.chars().zip(shape.chars()).all(fits)
    };
    if has_shape("0000-00-00") {
        return NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
    }
    if has_shape("0000-00") {
        return matches!(text[5..].parse(), Ok(1..=12));
    }
    has_shape("00:00") && NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_slip_may_have_made_is_not_told_apart() {
        for (written, meant, is_ambiguous) in [
            ("2019-08-2", "2019-08-02", true),
            ("2019-08-01~/2019-08-2~", "2019-08-01~/2019-08-02~", true),
            ("2019-8-2/2019-8-3", "2019-08-02/2019-08-03", false),
            ("2019-1-20", "2019-01-20", true),
            ("2019-8-20", "2019-08-20", false),
            ("2019-8-2", "2019-08-02", false),
            ("2019/08/20", "2019-08-20", false),
            ("2019-20-08", "2019-08-20", true),
            ("2019-08-00", "2019-08", true),
            ("2019-08-20T17:45", "2019-08-20", true),
            ("20 August 2019", "2019-08-20", false),
            ("20190820", "2019-08-20", false),
            ("5:45", "05:45", true),
            ("17.45", "17:45", false),
            ("5:45 pm", "17:45", false),
        ] {
            assert_eq!(may_be_another(written, meant), is_ambiguous, "{written}");
        }
    }
}
