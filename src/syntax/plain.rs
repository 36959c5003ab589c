//! What other YAML readers make of a text without quotes.

use std::sync::LazyLock;

use regex::Regex;

/// What some YAML reader takes an unquoted text for, in place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherReading {
    /// `yes`, `NO`, `on`: a truth value.
    Boolean(bool),
    /// `~`, `null`: nothing at all.
    Nothing,
    /// `1e3`, `1_000`, `0x1F`, `2`: a number.
    Number,
    /// `010`: the number here where digits count eights; ten where they do not.
    Octal(u64),
    /// `12:30`: the number here, because digits count sixties.
    Sexagesimal(u64),
    /// `2019-08-20`: a day, with or without a time.
    Date,
    /// `=` and `<<`: marks of their own.
    Mark,
}

/// What some reader of YAML 1.1 or 1.2 takes `text` for when it stands without quotes; `None` if
/// it is a text to all of them.
///
/// Both versions are in use: YAML 1.1 in PyYAML and Ruby, 1.2 in editors and JavaScript.
pub fn other_reading(text: &str) -> Option<OtherReading> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
        return if text.len() <= LONGEST_WORD { word(text) } else { None };
    }
    // Most are ids that begin with a day.
    if !text.bytes().all(is_in_patterns) {
        return None;
    }
    if DATE.is_match(text) {
        return Some(OtherReading::Date);
    }
    if let Some(fields) = SEXAGESIMAL.captures(text) {
        let is_clock = fields[1].starts_with('0') && fields.get(2).is_none();
        return sixties(&fields[1]).filter(|_| !is_clock).map(OtherReading::Sexagesimal);
    }
    if let Some(digits) = OCTAL.captures(text) {
        let value = u64::from_str_radix(&digits[1], 8);
        return Some(value.map_or(OtherReading::Number, OtherReading::Octal));
    }
    NUMBER.is_match(text).then_some(OtherReading::Number)
}

/// Whether a byte can stand in what one of the patterns below matches.
const fn is_in_patterns(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b'x' | b'o' | b'i' | b'I' | b'n' | b'N'
        | b't' | b'T' | b'Z' | b'+' | b'-' | b'.' | b':' | b'_' | b' ' | b'\t')
}

fn pattern(alternatives: &[&str]) -> Regex {
    Regex::new(&format!("^(?:{})$", alternatives.join("|"))).expect("the pattern is valid")
}

/// `2019-08-20`, or that and a time of day (<https://yaml.org/type/timestamp.html>).
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?";
    let with_time = format!(r"[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}([Tt]|[ \t]+){time}");
    pattern(&["[0-9]{4}-[0-9]{2}-[0-9]{2}", &with_time])
});

/// `12:30` and `12:30:45.5` (<https://yaml.org/type/int.html>), without those that begin with 0 and
/// have no fraction: `09:30` is a text to all.
static SEXAGESIMAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(&[r"[-+]?([0-9]+(?::[0-5]?[0-9])+)(\.[0-9]*)?"]));

/// `010`: eight to YAML 1.1.
static OCTAL: LazyLock<Regex> = LazyLock::new(|| pattern(&["[-+]?(0[0-9]+)"]));

/// The other numbers of YAML 1.1 (<https://yaml.org/type/float.html>) and of the core schema of YAML
/// 1.2 (10.3.2).
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)",
        "[-+]?(0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+)",
        r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9_]*[0-9][0-9_]*)([eE][-+]?[0-9]+)?",
    ])
});

/// The number that fields of sixties make.
fn sixties(fields: &str) -> Option<u64> {
    fields
        .split(':')
        .try_fold(0_u64, |value, field| value.checked_mul(60)?.checked_add(field.parse().ok()?))
}

/// Bytes of `false`, the longest of the words.
const LONGEST_WORD: usize = 5;

fn word(text: &str) -> Option<OtherReading> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            OtherReading::Boolean(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            OtherReading::Boolean(false)
        }
        "~" | "null" | "Null" | "NULL" => OtherReading::Nothing,
        "=" | "<<" => OtherReading::Mark,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;

    proptest! {
        #[test]
        fn what_patterns_match_has_only_their_bytes(
            text in prop::sample::select(vec![&*DATE, &*SEXAGESIMAL, &*OCTAL, &*NUMBER])
                .prop_flat_map(|pattern| string_regex(pattern.as_str().trim_matches(['^', '$'])).unwrap())
        ) {
            prop_assert!(text.bytes().all(is_in_patterns), "{text}");
        }
    }

    #[test]
    fn what_readers_disagree_on_is_known() {
        use OtherReading::{Boolean, Date, Mark, Nothing, Number, Octal, Sexagesimal};
        let cases: [(&str, OtherReading); 28] = [
            ("NO", Boolean(false)),
            ("y", Boolean(true)),
            ("True", Boolean(true)),
            ("~", Nothing),
            ("Null", Nothing),
            ("=", Mark),
            ("2", Number),
            ("-7", Number),
            ("+5", Number),
            ("1.10", Number),
            (".5", Number),
            ("5.", Number),
            ("1e3", Number),
            ("1.5E-3", Number),
            ("1_000", Number),
            ("0x1F", Number),
            ("0o17", Number),
            ("0b1_0", Number),
            (".inf", Number),
            ("-.INF", Number),
            ("08", Number),
            ("010", Octal(8)),
            ("12:30", Sexagesimal(750)),
            ("12:30:45", Sexagesimal(45_045)),
            ("2019-08-20", Date),
            ("2019-8-2 17:45:00", Date),
            ("2019-08-20T17:45:00Z", Date),
            ("99999999999999999999", Number),
        ];
        for (text, reading) in cases {
            assert_eq!(other_reading(text), Some(reading), "{text}");
        }
    }

    #[test]
    fn what_all_readers_take_for_a_text_is_left_alone() {
        let texts = [
            "",
            "NOR",
            "no one",
            "nO",
            "none",
            "nil",
            "-",
            "+",
            ".",
            "..",
            "1..5",
            "..30",
            "0.1.0",
            "2019-08",
            "2019-8-2",
            "2019-08-20~",
            "09:30",
            "12:75",
            "1:2:",
            "17:45~",
            "1e",
            "e3",
            "0x",
            "0b2",
            "_1",
            "1,000",
            "3-5",
            "A",
            "B2",
            "Q169",
            "2019-08-20-balad",
            "é",
            "٣",
            "1:é",
        ];
        for text in texts {
            assert_eq!(other_reading(text), None, "{text}");
        }
    }
}
