//! A value of the right kind that cannot be.

use std::fmt::Display;

use super::suggest::word_fix;
use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::form::{Defect, InvalidValue};
use crate::spelling;
use crate::value::{CoordinateError, RangeError, TimeError};

pub(super) static RULE: Rule = Rule {
    name: "invalid-value",
    level: Level::Error,
    page: include_str!("invalid_value.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    match defect {
        Defect::InvalidValue(value) => Some(of_value(value, place)),
        Defect::UnknownWord { words, written } => {
            let choice: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            let found =
                place.finding(&RULE, format!("`{written}` is none of {}", choice.join(", ")));
            let found = found.label("not one of the choices");
            let meant = flag_meant(written).filter(|flag| words.contains(flag));
            Some(match meant.or_else(|| spelling::closest(written, words.iter().copied())) {
                Some(meant) => found.fix(word_fix(meant, place.location())),
                None => found,
            })
        }
        _ => None,
    }
}

/// The flag that a word means which other YAML readers take for one.
fn flag_meant(written: &str) -> Option<&'static str> {
    match written.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "1" => Some("true"),
        "no" | "n" | "off" | "0" => Some("false"),
        _ => None,
    }
}

fn of_value(value: &InvalidValue, place: DefectPlace<'_>) -> Diagnostic {
    match value {
        InvalidValue::Identifier(error) => {
            let help = "an id has lower-case letters, digits, `.`, `_` and `-`, and begins with a letter or digit";
            labelled("this is not an id", error, place).help(help)
        }
        InvalidValue::Time(error) => {
            let found = labelled("this is not a time of day", error, place);
            with_reading(found, time_reading(error), place)
        }
        InvalidValue::Range(error) => {
            let found = labelled("this is not a count", error, place);
            match range_reading(error) {
                Some(reading) => with_reading(found, Some(reading), place),
                None => found.help(COUNT_HELP),
            }
        }
        InvalidValue::Coordinate(error) => {
            let found = labelled("this is not a coordinate in decimal degrees", error, place);
            match error {
                CoordinateError::OutOfRange { most: 90 } => {
                    found.help("latitude and longitude may have been exchanged")
                }
                _ => with_reading(found, coordinate_reading(error), place),
            }
        }
        InvalidValue::Number(error) => labelled("this is not a number", error, place)
            .help("write it in digits, such as `4` or `-2.5`"),
        InvalidValue::Years { first, last } => {
            let label = format!("the tables hold days of the years {first} to {last}");
            labelled("this date is in a year that no table can hold", &label, place)
        }
        InvalidValue::ListText(error) => labelled("this text cannot stand in a list", error, place)
            .help("write another mark, such as `/`"),
        InvalidValue::Pattern(error) => labelled("this is not a pattern", error, place)
            .help("write a regular expression without look-around, such as `[A-Z]{2}-[0-9]+`"),
        InvalidValue::NoMatch { pattern } => {
            let label = format!("must match `{pattern}` whole");
            labelled("this is not what the pattern of its field allows", &label, place)
        }
        InvalidValue::Bounds { min, max } => {
            let bounds = match (min, max) {
                (Some(min), Some(max)) => format!("from {min} to {max}"),
                (Some(min), None) => format!("{min} or more"),
                (None, Some(max)) => format!("{max} or less"),
                (None, None) => "another number".to_owned(),
            };
            labelled("this is outside the bounds of its field", &format!("must be {bounds}"), place)
        }
    }
}

fn labelled(message: &str, label: &dyn Display, place: DefectPlace<'_>) -> Diagnostic {
    place.finding(&RULE, message).label(label.to_string())
}

fn with_reading(found: Diagnostic, reading: Option<&str>, place: DefectPlace<'_>) -> Diagnostic {
    match reading {
        Some(meant) => found
            .fix(Fix::guess(format!("did you mean `{meant}`?")).replace(place.location(), meant)),
        None => found,
    }
}

fn time_reading(error: &TimeError) -> Option<&str> {
    match error {
        TimeError::NotATime { reading, .. } => reading.as_deref(),
        _ => None,
    }
}

/// How to write what is known of a count.
const COUNT_HELP: &str = "write `12`, `1..5`, `12..` for at least 12 or `..30` for at most 30; leave the key out \
    where nothing is known, and put words such as `dozens` in a `note`";

fn range_reading(error: &RangeError) -> Option<&str> {
    match error {
        RangeError::NotANumber { reading, .. } => reading.as_deref(),
        _ => None,
    }
}

fn coordinate_reading(error: &CoordinateError) -> Option<&str> {
    match error {
        CoordinateError::DecimalComma { reading } | CoordinateError::DegreeSigns { reading } => {
            reading.as_deref()
        }
        _ => None,
    }
}
