//! Numbers of extra fields, from their source text.

use super::reading::{Reading, in_ascii};
use thiserror::Error;

/// Longest number that is read, in bytes: more digits than any measurement has.
const LONGEST: usize = 64;

/// Characters that separate groups of digits, or precede decimals, in some country: comma,
/// apostrophe, space, no-break space, narrow no-break space.
const SEPARATORS: &str = ",' \u{a0}\u{202f}";

/// Why a text is not a number.
///
/// Spellings that other readers interpret differently are refused by name, so that a value never
/// changes between the record and the tables.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing is written.
    #[error("no number is written")]
    Empty,
    /// `010`: octal to some readers, ten to others.
    #[error("a number has no leading zero, which some readers take for octal")]
    LeadingZero,
    /// `+5`
    #[error("a number has no plus sign")]
    PlusSign,
    /// `1_000`
    #[error("a number has no underscores")]
    Underscore,
    /// `1,000` or `1 000` or `3,5`: separators mean different things in different places.
    #[error("a number has no separators but a decimal point")]
    Separator {
        /// Where the separator is.
        at: usize,
    },
    /// `1e3`
    #[error("a number has no exponent")]
    Exponent,
    /// `0x1F`, `0o17`, `0b1`
    #[error("a number is written in decimal digits")]
    Radix,
    /// `.5` or `5.`: no digit on one side of the point.
    #[error("a digit stands on both sides of the decimal point")]
    BarePoint,
    /// `.inf`, `NaN`, `-Infinity`: not a finite number.
    #[error("not a finite number")]
    NotFinite,
    /// `3.5` where a whole number is wanted.
    #[error("not a whole number")]
    NotWhole,
    /// A whole number beyond 64 bits with sign.
    #[error("a whole number is from {} to {}, as 64 bits hold it", i64::MIN, i64::MAX)]
    TooLarge,
    /// More digits than any measurement has.
    #[error("a number has at most {LONGEST} characters")]
    TooLong,
    /// Not a number.
    #[error("not a number")]
    NotANumber {
        /// Where it stops being one.
        at: usize,
    },
}

/// A regular expression (ECMA 262) that a whole number matches. It also matches some that are too
/// large.
pub const INTEGER_PATTERN: &str = "^-?(0|[1-9][0-9]{0,18})$";

/// A regular expression (ECMA 262) that a decimal number matches. It also matches some that are too
/// long.
pub const DECIMAL_PATTERN: &str = "^-?(0|[1-9][0-9]*)([.][0-9]+)?$";

/// Reads a whole number: an optional `-`, then digits without a leading zero.
///
/// It must fit 64 bits with sign. `-0` is 0.
pub fn parse_integer(text: &str) -> Result<i64, NumberError> {
    match shape(text) {
        Ok(None) => text.parse().map_err(|_| NumberError::TooLarge),
        Ok(Some(_)) => Err(NumberError::NotWhole),
        Err(NumberError::TooLong) if !text.contains('.') => Err(NumberError::TooLarge),
        Err(error) => Err(error),
    }
}

/// Reads a decimal number: as a whole number, then perhaps a point and digits.
///
/// Returns the number, never infinite, NaN or negative zero, and how many digits follow the point.
pub fn parse_decimal(text: &str) -> Result<(f64, u8), NumberError> {
    let decimals = shape(text)?.map_or(0, str::len);
    let value: f64 = text.parse().map_err(|_| NumberError::TooLong)?;
    Ok((value + 0.0, u8::try_from(decimals).unwrap_or(u8::MAX)))
}

/// Checks the shape of a number; returns its digits after the point, if it has one.
fn shape(text: &str) -> Result<Option<&str>, NumberError> {
    if text.trim().is_empty() {
        return Err(NumberError::Empty);
    }
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    if !is_digits(whole) || !decimals.is_none_or(is_digits) {
        return Err(misshapen(text));
    }
    if text.len() > LONGEST {
        return Err(NumberError::TooLong);
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(NumberError::LeadingZero);
    }
    Ok(decimals)
}

fn misshapen(text: &str) -> NumberError {
    let lower = text.to_ascii_lowercase();
    let unsigned = lower.trim_start_matches(['-', '+']);
    let only = |extra: &str| {
        unsigned.starts_with(|c: char| c.is_ascii_digit())
            && unsigned.chars().all(|c| c.is_ascii_digit() || c == '.' || extra.contains(c))
    };
    if matches!(unsigned, ".inf" | "inf" | "infinity" | ".nan" | "nan") {
        NumberError::NotFinite
    } else if is_radix(unsigned) {
        NumberError::Radix
    } else if text.starts_with('+') && only("") {
        NumberError::PlusSign
    } else if is_bare_point(unsigned) {
        NumberError::BarePoint
    } else if unsigned.contains('_') && only("_") {
        NumberError::Underscore
    } else if unsigned.contains('e') && only("e+-") {
        NumberError::Exponent
    } else if only(SEPARATORS)
        && let Some(at) = text.find(|c| SEPARATORS.contains(c))
    {
        NumberError::Separator { at }
    } else {
        NumberError::NotANumber { at: first_odd(text) }
    }
}

/// The number that a text was probably meant to be, where it is refused.
pub fn number_reading(text: &str) -> Option<Reading> {
    let ascii = in_ascii(text.trim());
    let (sign, unsigned) = match ascii.split_at_checked(1)? {
        ("-", rest) => ("-", rest),
        ("+", rest) => ("", rest),
        _ => ("", &*ascii),
    };
    let (number, sure) = unsigned_reading(unsigned)?;
    let meant = format!("{sign}{number}");
    let reads = meant != text && parse_decimal(&meant).is_ok();
    reads.then(|| Reading { text: meant.into(), sure })
}

/// An unsigned number in the spelling that is read, and whether it is the only meaning.
fn unsigned_reading(text: &str) -> Option<(String, bool)> {
    let significant = text.trim_start_matches('0');
    if is_digits(text) && significant.len() < text.len() && text.len() > 1 {
        // Eights to some, tens to others.
        let value = if significant.is_empty() { "0" } else { significant };
        return Some((value.to_owned(), false));
    }
    if let Some(decimals) = text.strip_prefix('.').filter(|decimals| is_digits(decimals)) {
        return Some((format!("0.{decimals}"), true));
    }
    if let Some(whole) = text.strip_suffix('.').filter(|whole| is_digits(whole)) {
        return Some((whole.to_owned(), true));
    }
    if let Some((_, exponent)) = text.split_once(['e', 'E']) {
        // Larger ones are no counts, and would not be written out by anybody.
        let small = exponent.parse().is_ok_and(|exponent: i8| exponent.abs() <= 12);
        return Some((text.parse::<f64>().ok().filter(|_| small)?.to_string(), true));
    }
    grouped(text).or_else(|| parse_decimal(text).is_ok().then(|| (text.to_owned(), true)))
}

/// A number with separators. Of two kinds, the last precedes the decimals. A single comma does too,
/// unless three digits follow: then it marks thousands in some countries and decimals in others.
fn grouped(text: &str) -> Option<(String, bool)> {
    let is_mark = |c: char| SEPARATORS.contains(c) || matches!(c, '_' | '.' | '\u{2019}');
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let (first, last) = (*marks.first()?, *marks.last()?);
    let (whole, decimals) = if first != last {
        text.rsplit_once(last).filter(|_| matches!(last, ',' | '.'))?
    } else if first == ',' && marks.len() == 1 && !in_threes(text, ',') {
        text.split_once(',')?
    } else {
        (text, "")
    };
    let groups_alike = whole.chars().filter(|c| !c.is_ascii_digit()).all(|c| c == first);
    let plain = first == '_' || !whole.contains(first) || in_threes(whole, first);
    if !marks.iter().all(|mark| is_mark(*mark)) || !groups_alike || !plain {
        return None;
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let sure = !(marks.len() == 1 && matches!(first, ',' | '.'));
    match decimals {
        "" => Some((digits, sure)),
        decimals if is_digits(decimals) => Some((format!("{digits}.{decimals}"), true)),
        _ => None,
    }
}

/// Whether a mark divides a number into groups of three digits.
fn in_threes(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().is_some_and(|first| is_digits(first) && first.len() <= 3);
    first && groups.all(|group| is_digits(group) && group.len() == 3)
}

fn is_radix(unsigned: &str) -> bool {
    let digits = ["0x", "0o", "0b"].iter().find_map(|prefix| unsigned.strip_prefix(prefix));
    digits.is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit()))
}

fn is_bare_point(unsigned: &str) -> bool {
    unsigned.strip_prefix('.').is_some_and(is_digits)
        || unsigned.strip_suffix('.').is_some_and(is_digits)
}

/// The offset of the first character that no number has there.
fn first_odd(text: &str) -> usize {
    let mut points = 0;
    let odd = |(at, c): &(usize, char)| {
        points += usize::from(*c == '.');
        !(c.is_ascii_digit() || *c == '-' && *at == 0 || *c == '.' && points == 1 && *at > 0)
    };
    text.char_indices().find(odd).map_or(text.len(), |(at, _)| at)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_readers_disagree_on_is_refused_by_name() {
        let cases = [
            ("", NumberError::Empty),
            ("010", NumberError::LeadingZero),
            ("-007", NumberError::LeadingZero),
            ("00.5", NumberError::LeadingZero),
            ("+5", NumberError::PlusSign),
            ("1_000", NumberError::Underscore),
            ("1,000", NumberError::Separator { at: 1 }),
            ("1.000,5", NumberError::Separator { at: 5 }),
            ("12 000", NumberError::Separator { at: 2 }),
            ("1e3", NumberError::Exponent),
            ("1.5E-3", NumberError::Exponent),
            ("0x1F", NumberError::Radix),
            ("0b1", NumberError::Radix),
            (".5", NumberError::BarePoint),
            ("-5.", NumberError::BarePoint),
            (".inf", NumberError::NotFinite),
            ("-NaN", NumberError::NotFinite),
            ("12 people", NumberError::NotANumber { at: 2 }),
            ("1.2.3", NumberError::NotANumber { at: 3 }),
            ("-", NumberError::NotANumber { at: 1 }),
            ("--5", NumberError::NotANumber { at: 1 }),
            ("٣", NumberError::NotANumber { at: 0 }),
        ];
        for (text, error) in cases {
            assert_eq!(parse_decimal(text), Err(error.clone()), "{text}");
            assert_eq!(parse_integer(text), Err(error), "{text}");
        }
        assert_eq!(parse_integer("3.0"), Err(NumberError::NotWhole));
        assert_eq!(parse_integer("9223372036854775808"), Err(NumberError::TooLarge));
        assert_eq!(parse_integer("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(parse_decimal("-0.50"), Ok((-0.5, 2)));
        assert!(parse_decimal("-0").is_ok_and(|(zero, _)| zero.is_sign_positive()));
    }

    #[test]
    fn other_spellings_have_a_reading_that_is_sure_where_they_mean_one_number() {
        let cases = [
            ("+5", "5", true),
            ("1_000", "1000", true),
            ("1 000", "1000", true),
            ("1'000'000", "1000000", true),
            ("1,000,000", "1000000", true),
            ("1.000.000", "1000000", true),
            ("1,000.5", "1000.5", true),
            ("1.000,5", "1000.5", true),
            ("33,21", "33.21", true),
            ("1e3", "1000", true),
            ("2.5e-1", "0.25", true),
            (".5", "0.5", true),
            ("5.", "5", true),
            ("\u{2212}7", "-7", true),
            ("١٢", "12", true),
            ("３", "3", true),
            ("1,000", "1000", false),
            ("1.000", "1000", false),
            ("010", "10", false),
            ("-007", "-7", false),
        ];
        for (text, meant, sure) in cases {
            let reading = Reading { text: meant.into(), sure };
            assert_eq!(number_reading(text), Some(reading), "{text}");
        }
        for text in ["", "5", "many", "12 people", "1,2,3", "0x1F", "1e99", "NaN", "1,00,000"] {
            assert_eq!(number_reading(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_reads_back(whole: i64, value in -1e12..1e12, decimals in 0_usize..6) {
            prop_assert_eq!(parse_integer(&whole.to_string()), Ok(whole));
            let text = format!("{value:.decimals$}");
            let (read, count) = parse_decimal(&text).unwrap();
            prop_assert_eq!(read.to_bits(), (text.parse::<f64>().unwrap() + 0.0).to_bits());
            prop_assert_eq!(usize::from(count), decimals);
        }

        #[test]
        fn any_text_is_read_or_refused_in_place(text in "\\PC{0,12}|[-+0-9., _exinfa]{0,9}") {
            if let Err(NumberError::NotANumber { at }) = parse_decimal(&text) {
                prop_assert!(text.is_char_boundary(at));
            }
        }
    }
}
