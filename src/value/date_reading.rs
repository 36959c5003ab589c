//! What was probably meant by a text that is not a date.

use super::date_edtf::read;
use super::reading::in_ascii;

/// The months as English spells them; three letters or more of one name it.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What a text that is not a date may have meant.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// The dates in EDTF, the likelier first, without repeats.
    pub(super) dates: Vec<Box<str>>,
    /// Whether there is exactly one, which is surely the same date in another spelling.
    pub(super) sure: bool,
}

/// Dates that `text` may have meant.
///
/// Each can be read from the text alone; nothing is taken from where or when it was written, so
/// `03/04/2019` has two readings and `20/08/19` none.
pub(super) fn readings(text: &str) -> Readings {
    let plain = plain(text);
    let mut found = Readings::default();
    let sure = |dates: Vec<String>| dates.into_iter().map(|date| (date, true));
    let candidates = [(tight(&plain), true)]
        .into_iter()
        .chain(numbers(&plain))
        .chain(sure(month_name(&plain).into_iter().collect()))
        .chain(decade(&plain))
        .chain(sure(two_dates(&plain)))
        .chain(sure(shortened_end(&plain).into_iter().collect()));
    for (candidate, sure) in candidates {
        let known = found.dates.iter().any(|reading| **reading == *candidate);
        if candidate != text && !known && read(&candidate).is_ok() {
            found.sure = sure && found.dates.is_empty();
            found.dates.push(candidate.into());
        }
    }
    found
}

/// The text in ASCII digits and hyphens, with no space around it.
fn plain(text: &str) -> String {
    in_ascii(text.trim())
}

/// The text as EDTF spells it: no spaces, `X` for an unknown digit, `%` for both qualifiers.
fn tight(text: &str) -> String {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    compact
        .replace(['x', 'u', 'U'], "X")
        .replace("-??", "-XX")
        .replace("?~", "%")
        .replace("~?", "%")
}

/// Numbers between `-`, `/`, `.` or spaces, or eight digits in a row; and whether they can mean
/// only one date. A day before the month, after the year, is never sure: the slip may be another.
fn numbers(text: &str) -> Vec<(String, bool)> {
    let fields: Vec<&str> = text.split(['-', '/', '.', ' ']).collect();
    if fields.iter().any(|field| !is_digits(field)) {
        return Vec::new();
    }
    match fields[..] {
        [all] if all.len() == 8 => vec![(join(&all[..4], &all[4..6], &all[6..]), true)],
        [year, month] if year.len() == 4 => year_month(year, month),
        [month, year] if year.len() == 4 => year_month(year, month),
        [year, month, day] if year.len() == 4 => {
            let ordered = join(year, month, day);
            let swapped = join(year, day, month);
            if read(&ordered).is_ok() { vec![(ordered, true)] } else { vec![(swapped, false)] }
        }
        [a, b, year] if year.len() == 4 => vec![(join(year, b, a), true), (join(year, a, b), true)],
        _ => Vec::new(),
    }
}

fn year_month(year: &str, month: &str) -> Vec<(String, bool)> {
    let is_month = month.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    if is_month { vec![(format!("{year}-{month:0>2}"), true)] } else { Vec::new() }
}

fn join(year: &str, month: &str, day: &str) -> String {
    format!("{year}-{month:0>2}-{day:0>2}")
}

fn is_digits(field: &str) -> bool {
    !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit())
}

/// `20 August 2019`, `Aug 20th, 2019`, `Aug 2019`.
fn month_name(text: &str) -> Option<String> {
    let words = text.split([' ', ',', '-', '.', '/']).filter(|word| !word.is_empty());
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let slot = match digits.len() {
            0 if month.is_none() => {
                month = Some(month_number(word)?);
                continue;
            }
            1 | 2 => &mut day,
            4 => &mut year,
            _ => return None,
        };
        if !is_digits(digits) || slot.replace(digits).is_some() {
            return None;
        }
    }
    let (year, month) = (year?, month?);
    Some(day.map_or(format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:0>2}")))
}

fn month_number(word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    let stem = if word == "sept" { "sep" } else { word.as_str() };
    let index = MONTHS.iter().position(|month| month.starts_with(stem))?;
    (stem.len() >= 3).then_some(index + 1)
}

/// `2010s`, `201`: a decade. `1900s` may be a decade or a century, and `193` a year.
fn decade(text: &str) -> Vec<(String, bool)> {
    let digits = text.strip_suffix(['s', 'S']).unwrap_or(text);
    if !is_digits(digits) {
        return Vec::new();
    }
    match digits.len() {
        3 if digits.len() == text.len() => vec![(format!("{digits}X"), false)],
        4 if digits.len() < text.len() && digits.ends_with("00") => {
            vec![(format!("{}XX", &digits[..2]), true), (format!("{}X", &digits[..3]), true)]
        }
        4 if digits.len() < text.len() && digits.ends_with('0') => {
            vec![(format!("{}X", &digits[..3]), true)]
        }
        _ => Vec::new(),
    }
}

/// Two dates with a word or mark between: a span, and for `..` perhaps one of the days.
fn two_dates(text: &str) -> Vec<String> {
    const SEPARATORS: [&str; 5] = [" to ", " until ", " and ", " - ", ".."];
    let split = |separator| text.split_once(separator).map(|(from, to)| (from, separator, to));
    let Some((from, separator, to)) = SEPARATORS.into_iter().find_map(split) else {
        return Vec::new();
    };
    let (from, to) = (from.trim(), to.trim());
    match separator {
        " and " => vec![format!("[{from},{to}]"), format!("{from}/{to}")],
        ".." => vec![format!("{from}/{to}"), format!("[{from}..{to}]")],
        _ => vec![format!("{from}/{to}")],
    }
}

/// `2019-08-20/22`: an end that leaves out what it shares with the start. ISO 8601-1 allows it,
/// EDTF does not.
fn shortened_end(text: &str) -> Option<String> {
    let (from, to) = text.split_once('/')?;
    let shared = from.len().checked_sub(to.len()).and_then(|length| from.get(..length))?;
    (shared.ends_with('-') && shared.len() > 4).then(|| format!("{from}/{shared}{to}"))
}

#[cfg(test)]
mod tests {
    use crate::value::{Date, DateError};

    #[test]
    fn other_spellings_have_readings_and_ambiguous_ones_have_all() {
        let cases: [(&str, &[&str]); 37] = [
            ("٢٠١٩-٠٨-٢٠", &["2019-08-20"]),
            ("20/08/2019", &["2019-08-20"]),
            ("08/20/2019", &["2019-08-20"]),
            ("03/04/2019", &["2019-04-03", "2019-03-04"]),
            ("04/04/2019", &["2019-04-04"]),
            ("2019/08/20", &["2019-08-20"]),
            ("2019/03/04", &["2019-03-04"]),
            ("20-08-2019", &["2019-08-20"]),
            ("20.8.2019", &["2019-08-20"]),
            ("20/08/19", &[]),
            ("31/02/2019", &[]),
            ("2019-8-20", &["2019-08-20"]),
            ("2019-8", &["2019-08"]),
            ("2019/08", &["2019-08"]),
            ("08/2019", &["2019-08"]),
            ("20190820", &["2019-08-20"]),
            ("Aug 20 2019", &["2019-08-20"]),
            ("20 August 2019", &["2019-08-20"]),
            ("August 3rd, 2019", &["2019-08-03"]),
            ("Sept. 2019", &["2019-09"]),
            ("20-Aug-2019", &["2019-08-20"]),
            ("Au 2019", &[]),
            ("2019-08-20 ", &["2019-08-20"]),
            ("[2019-08-20, 2019-08-21]", &["[2019-08-20,2019-08-21]"]),
            ("2019–08–20", &["2019-08-20"]),
            ("2019-08-xx", &["2019-08-XX"]),
            ("2019-08-??", &["2019-08-XX"]),
            ("2019-08?~", &["2019-08%"]),
            ("2010s", &["201X"]),
            ("1900s", &["19XX", "190X"]),
            ("193", &["193X"]),
            ("19", &[]),
            ("2019-08-20..2019-08-22", &["2019-08-20/2019-08-22", "[2019-08-20..2019-08-22]"]),
            ("2019-08-20 to 2019-08-22", &["2019-08-20/2019-08-22"]),
            ("2019-08-20/22", &["2019-08-20/2019-08-22"]),
            ("2019-08-20/09-02", &["2019-08-20/2019-09-02"]),
            ("yesterday", &[]),
        ];
        for (text, readings) in cases {
            let error = Date::parse(text).unwrap_err();
            let found: Vec<&str> = error.readings().iter().map(AsRef::as_ref).collect();
            assert_eq!(found, readings, "{text}");
            assert!(matches!(error, DateError::NotEdtf { .. }), "{text}: {error:?}");
            assert_eq!(error.is_sure(), readings.len() == 1 && text != "193", "{text}");
        }
    }
}
