//! A value of the right type that is impossible.

use std::fmt::Display;

use super::DefectPlace;
use super::suggest::{closed_fix, closed_word_fix, reading_fix, word_fix};
use crate::diagnostic::Diagnostic;
use crate::form::InvalidValue;
use crate::spelling;
use crate::value::{
    CoordinateError, Figure, FormatError, IdentifierError, RangeError, Reading, TimeError,
};

rule!("invalid-value", Error, Defect);

pub(super) fn of_word(words: &[&'static str], written: &str, place: DefectPlace<'_>) -> Diagnostic {
    let choice: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    let found = place.finding(&RULE, format!("`{written}` is not one of {}", choice.join(", ")));
    let found = found.label("not one of the choices");
    let flag = flag_meant(written).map(|flag| match &*flag.text {
        // Readers of YAML 1.1 take `off` for `false`, and some write that.
        "false" if words.contains(&"off") => Reading { text: "off".into(), ..flag },
        _ => flag,
    });
    let flag = flag.filter(|flag| words.contains(&&*flag.text));
    if flag.is_some() {
        return with_reading(found, flag.as_ref(), place);
    }
    if let Some((meant, sure)) = other_word(written).filter(|(meant, _)| words.contains(meant)) {
        return found.fix(closed_fix(meant, sure, place.location()));
    }
    match spelling::closest(written, words.iter().copied()) {
        Some(meant) => {
            let known = words.iter().copied();
            found.fix(closed_word_fix(written, meant, known, place.location()))
        }
        None => found,
    }
}

/// What other programs call the types of values, each with the word here and whether it says as much.
const OTHER_WORDS: [(&str, &str, bool); 34] = [
    ("string", "text", true),
    ("str", "text", true),
    ("char", "text", true),
    ("varchar", "text", true),
    ("character", "text", true),
    ("free text", "text", true),
    ("int", "integer", true),
    ("int32", "integer", true),
    ("int64", "integer", true),
    ("bigint", "integer", true),
    ("long", "integer", true),
    ("whole number", "integer", true),
    ("float", "number", true),
    ("float64", "number", true),
    ("double", "number", true),
    ("decimal", "number", true),
    ("numeric", "number", true),
    ("real", "number", true),
    ("bool", "boolean", true),
    ("flag", "boolean", true),
    ("logical", "boolean", true),
    ("yes/no", "boolean", true),
    ("day", "date", true),
    ("timestamp", "datetime", true),
    ("date-time", "datetime", true),
    ("uri", "url", true),
    ("link", "url", true),
    ("enum", "code", false),
    ("category", "code", false),
    ("categorical", "code", false),
    ("factor", "code", false),
    ("choice", "code", false),
    ("count", "range", false),
    ("interval", "range", false),
];

fn other_word(written: &str) -> Option<(&'static str, bool)> {
    let written = written.trim().to_lowercase();
    let (_, meant, sure) = OTHER_WORDS.iter().find(|(word, ..)| *word == written)?;
    Some((meant, *sure))
}

/// The flag that a word means: YAML 1.1 reads these words, in any case, as true or false. `1` and `0`
/// are only likely to be meant as flags.
fn flag_meant(written: &str) -> Option<Reading> {
    match written.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "on" => Some("true".into()),
        "false" | "no" | "n" | "off" => Some("false".into()),
        "1" => Some(Reading { text: "true".into(), sure: false }),
        "0" => Some(Reading { text: "false".into(), sure: false }),
        _ => None,
    }
}

pub(super) fn diagnostic(value: &InvalidValue, place: DefectPlace<'_>) -> Diagnostic {
    match value {
        InvalidValue::Identifier { error, reading } => of_id(error, reading.as_deref(), place),
        InvalidValue::Time(error) => {
            let found = labelled("this is not a time of day", error, place);
            with_reading(found, time_reading(error), place)
        }
        InvalidValue::Range(error) => of_range(error, place),
        InvalidValue::Coordinate(error) => {
            let found = labelled("this is not a coordinate in decimal degrees", error, place);
            with_reading(found, coordinate_reading(error), place)
        }
        InvalidValue::ExchangedCoordinates { latitude, longitude } => {
            let there = place.elsewhere(longitude.span);
            let message = "latitude and longitude are swapped";
            let found = labelled(message, &"beyond 90 degrees", place).also(there, "a latitude");
            let other = format!("`latitude: {}, longitude: {latitude}`", longitude.value);
            found.help(format!("did you mean {other}?"))
        }
        InvalidValue::Format(FormatError { format, reading }) => {
            let message = format!("this is not {}", format.what());
            let found =
                place.finding(&RULE, message).label(format!("such as {}", format.example()));
            with_reading(found, reading.as_ref(), place)
        }
        InvalidValue::Number { error, reading } => {
            let found = labelled("this is not a number", error, place);
            match reading {
                Some(_) => with_reading(found, reading.as_ref(), place),
                None => found.help("write it in digits, such as `4` or `-2.5`"),
            }
        }
        InvalidValue::Placeholder { written, is_figure } => {
            of_placeholder(written, *is_figure, place)
        }
        InvalidValue::Unfilled => {
            let found =
                place.finding(&RULE, "this is still to be filled in").label("a placeholder");
            found
                .help("write what belongs here; a key that is not required can be left out instead")
        }
        InvalidValue::Years { first, last } => {
            let label = format!("the tables hold the years {first} to {last}");
            labelled("this date is in a year that the tables cannot hold", &label, place)
        }
        InvalidValue::ListText(error) => labelled("this text cannot be in a list", error, place)
            .help("use another character, such as `/`"),
        InvalidValue::Pattern(error) => labelled("this is not a valid pattern", error, place)
            .help("write a regular expression without look-around, such as `[A-Z]{2}-[0-9]+`"),
        InvalidValue::NoMatch { pattern } => {
            let label = format!("the whole value must match `{pattern}`");
            labelled("this does not match the pattern of the codebook", &label, place)
        }
        InvalidValue::Bounds { min, max } => {
            labelled("this is outside the bounds of its field", &bounds(*min, *max), place)
        }
    }
}

fn of_id(error: &IdentifierError, meant: Option<&str>, place: DefectPlace<'_>) -> Diagnostic {
    let found = labelled("this is not a valid id", error, place).help(match error {
        IdentifierError::NoFileName | IdentifierError::NoText => "choose another id",
        _ => "an id has lower-case letters, digits, `.`, `_` and `-`, and begins with a letter or digit",
    });
    match meant {
        Some(meant) => found.fix(word_fix(meant, place.location())),
        None => found,
    }
}

fn of_placeholder(written: &str, is_figure: bool, place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("`{written}` is a placeholder for a number that is not known");
    let found = place.finding(&RULE, message).label("no real value");
    let found = found.help("leave the key out if nothing is known");
    if is_figure {
        found.help(format!("if this is the real count, write `{{best: {written}}}`"))
    } else {
        found
    }
}

fn bounds(min: Option<Figure>, max: Option<Figure>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("must be from {min} to {max}"),
        (Some(min), None) => format!("must be {min} or more"),
        (None, Some(max)) => format!("must be {max} or less"),
        (None, None) => "must be another number".to_owned(),
    }
}

fn of_range(error: &RangeError, place: DefectPlace<'_>) -> Diagnostic {
    let found = labelled("this is not a count", error, place);
    match error {
        RangeError::NotANumber { reading: Some(reading), .. } => {
            with_reading(found, Some(reading), place)
        }
        RangeError::About { count } => found.help(format!(
            "write `{{best: {count}}}` for an estimate without limits, or the limits themselves, such as \
             `{{low: ..., best: {count}, high: ...}}`"
        )),
        RangeError::LowAboveHigh { low, high } => {
            found.help(format!(
                "if the two are swapped, write `{high}..{low}`, or `low: {high}` and `high: {low}` beside `best`"
            ))
        }
        RangeError::BestOutside { best } => found.help(format!(
            "check the three: `low` is {best} or less, `high` is {best} or more, or `best` is another"
        )),
        _ => found.help(COUNT_HELP),
    }
}

fn labelled(message: &str, label: &dyn Display, place: DefectPlace<'_>) -> Diagnostic {
    place.finding(&RULE, message).label(label.to_string())
}

fn with_reading(
    found: Diagnostic,
    reading: Option<&Reading>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    match reading {
        Some(meant) => found.fix(reading_fix(&meant.text, meant.sure, place.location())),
        None => found,
    }
}

fn time_reading(error: &TimeError) -> Option<&Reading> {
    match error {
        TimeError::NotATime { reading, .. } => reading.as_ref(),
        _ => None,
    }
}

/// How to write a count that is not exactly known.
const COUNT_HELP: &str = "write `12`, `1..5`, `12..` for at least 12 or `..30` for at most 30; leave the key out \
    if nothing is known, and put words such as `dozens` in a `note`";

fn coordinate_reading(error: &CoordinateError) -> Option<&Reading> {
    match error {
        CoordinateError::DecimalComma { reading }
        | CoordinateError::DegreeSigns { reading }
        | CoordinateError::NotANumber { reading, .. } => reading.as_ref(),
        _ => None,
    }
}
