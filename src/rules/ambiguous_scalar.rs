//! Text without quotes that other YAML programs read as something else.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::syntax::{self, OtherReading};

rule!("ambiguous-scalar", Warning, Defect);

pub(super) fn diagnostic(
    written: &str,
    reading: OtherReading,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let message = format!("other YAML programs read `{written}` as {}", what(reading));
    let found = place.finding(&RULE, message).label("text without quotes");
    match reading {
        // `null` is rarely meant as a word; in quotes it would be published as one.
        OtherReading::Nothing => found.help(
            "leave the key out if nothing is known, or put the word in quotes if you mean the word",
        ),
        _ => {
            let quoted = syntax::in_quotes(written);
            let fix = Fix::safe(format!("write it in quotes: `{quoted}`"));
            found.fix(fix.replace(place.location(), quoted))
        }
    }
}

fn what(reading: OtherReading) -> String {
    match reading {
        OtherReading::Boolean(yes) => format!("`{yes}`"),
        OtherReading::Nothing => "nothing".to_owned(),
        OtherReading::Number => "a number".to_owned(),
        OtherReading::Octal(value) | OtherReading::Sexagesimal(value) => {
            format!("the number {value}")
        }
        OtherReading::Date => "a date".to_owned(),
        OtherReading::Mark => "YAML syntax".to_owned(),
    }
}
