//! What other YAML readers make of a text without quotes.

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
    word(text).or_else(|| is_date(text).then_some(OtherReading::Date)).or_else(|| number(text))
}

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

/// `2019-08-20`, or that and a time of day.
fn is_date(text: &str) -> bool {
    let (date, time) = match text.find(['T', 't', ' ', '\t']) {
        Some(end) => (&text[..end], text[end + 1..].trim_start()),
        None => (text, ""),
    };
    let fields: Vec<_> = date.split('-').map(|field| digits(field).unwrap_or(0)).collect();
    match (&fields[..], time) {
        ([4, 2, 2], "") => true,
        ([4, 1..=2, 1..=2], time) => {
            let clock = time.split(['.', 'Z', '+', '-', ' ']).next().unwrap_or_default();
            let clock: Vec<_> = clock.split(':').map(|field| digits(field).unwrap_or(0)).collect();
            matches!(clock[..], [1..=2, 2, 2])
        }
        _ => false,
    }
}

fn number(text: &str) -> Option<OtherReading> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") || radix(unsigned) {
        return Some(OtherReading::Number);
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if unsigned.contains(':') {
        return sexagesimal(unsigned);
    }
    let whole = digits(unsigned).is_some();
    if whole && unsigned.len() > 1 && unsigned.starts_with('0') {
        let value = u64::from_str_radix(unsigned, 8);
        return Some(value.map_or(OtherReading::Number, OtherReading::Octal));
    }
    is_decimal(unsigned).then_some(OtherReading::Number)
}

/// `0x1F`, `0o17`, `0b101`.
fn radix(unsigned: &str) -> bool {
    let Some((radix, digits)) = unsigned.split_at_checked(2) else { return false };
    let all = |known: fn(char) -> bool| {
        !digits.is_empty() && digits.chars().all(|c| known(c) || c == '_')
    };
    match radix {
        "0x" => all(|c| c.is_ascii_hexdigit()),
        "0o" => all(|c| c.is_digit(8)),
        "0b" => all(|c| c.is_digit(2)),
        _ => false,
    }
}

/// Digits, a point or underscores among them, and perhaps an exponent.
fn is_decimal(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let grouped = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let counts = whole.contains(|c: char| c.is_ascii_digit())
        || decimals.contains(|c: char| c.is_ascii_digit());
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    counts && grouped(whole) && grouped(decimals) && exponent.is_none_or(|e| digits(e).is_some())
}

/// `12:30` and `12:30:45.5`: hours to readers of clocks, sixties to YAML 1.1. A first digit of 0 is
/// one only where there is a fraction, so `09:30` is a text to all.
fn sexagesimal(unsigned: &str) -> Option<OtherReading> {
    let (fields, fraction) = match unsigned.split_once('.') {
        Some((fields, fraction)) => (fields, Some(fraction)),
        None => (unsigned, None),
    };
    if fraction.is_some_and(|fraction| !fraction.is_empty() && digits(fraction).is_none())
        || fraction.is_none() && unsigned.starts_with('0')
    {
        return None;
    }
    let mut value: u64 = 0;
    for (position, field) in fields.split(':').enumerate() {
        let count: u64 = field.parse().ok().filter(|_| digits(field).is_some())?;
        if position > 0 && (field.len() > 2 || count >= 60) {
            return None;
        }
        value = value.checked_mul(60)?.checked_add(count)?;
    }
    Some(OtherReading::Sexagesimal(value))
}

/// How many digits a text has, if it has nothing else.
fn digits(text: &str) -> Option<usize> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

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
