//! What a YAML 1.2 reader makes of a plain scalar.

use serde_json::{Number, Value};

/// The value of a scalar without quotes by the core schema of YAML 1.2.2 (10.3.2). The infinities
/// and not-a-number, which JSON lacks, are the largest and smallest number and 0.
pub fn resolve_plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Value::from(0),
        _ => {}
    }
    integer(text).or_else(|| float(text)).unwrap_or_else(|| Value::from(text))
}

fn integer(text: &str) -> Option<Value> {
    let radix = |prefix, radix| {
        let digits = text.strip_prefix(prefix)?;
        let is_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        // Longer ones overflow and are kept as the nearest number that there is.
        is_digits.then(|| u64::from_str_radix(digits, radix).map_or(f64::MAX.into(), Value::from))
    };
    let decimal = || {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_digits = !unsigned.is_empty() && unsigned.bytes().all(|b| b.is_ascii_digit());
        is_digits.then(|| text.parse::<i64>().map_or_else(|_| nearest(text), Value::from))
    };
    radix("0o", 8).or_else(|| radix("0x", 16)).or_else(decimal)
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, and the infinities.
fn float(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Some(Value::from(if text.starts_with('-') { f64::MIN } else { f64::MAX }));
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_mantissa =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let is_exponent = exponent.is_none_or(|exponent| {
        let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !power.is_empty() && digits(power)
    });
    (is_mantissa && is_exponent).then(|| nearest(text))
}

/// The nearest number in double precision.
fn nearest(text: &str) -> Value {
    let number = text.parse::<f64>().unwrap_or(0.0).clamp(f64::MIN, f64::MAX);
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scalars_are_those_of_the_core_schema() {
        let numbers = [
            ("0", json!(0)),
            ("010", json!(10)),
            ("+12", json!(12)),
            ("-19", json!(-19)),
            ("0o14", json!(12)),
            ("0xC", json!(12)),
            ("1.5", json!(1.5)),
            ("-0.0", json!(-0.0)),
            ("12e03", json!(12000.0)),
            ("-2E+05", json!(-200_000.0)),
            (".5", json!(0.5)),
            ("5.", json!(5.0)),
            ("true", json!(true)),
            ("FALSE", json!(false)),
            ("~", Value::Null),
            ("Null", Value::Null),
            (".inf", json!(f64::MAX)),
            ("123456789012345678901", json!(123_456_789_012_345_680_000.0)),
        ];
        for (text, value) in numbers {
            assert_eq!(resolve_plain(text), value, "{text}");
        }
        let texts = [
            "NO",
            "yes",
            "on",
            "2019-08-20",
            "12:30",
            "1_000",
            "0b1",
            "1..",
            "..5",
            ".",
            "-",
            "+",
            "e3",
            "1e",
            "0x",
            "0o8",
            "tRUE",
            "nULL",
            "1.2.3",
            "+-1",
            "١",
        ];
        for text in texts {
            assert_eq!(resolve_plain(text), json!(text), "{text}");
        }
    }
}
