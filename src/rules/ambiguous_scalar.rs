//! A text without quotes that other readers of YAML take for something else.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::syntax::{self, OtherReading};

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-scalar",
    level: Level::Warning,
    page: include_str!("ambiguous_scalar.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(
    written: &str,
    reading: OtherReading,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let message = format!("other readers of YAML take `{written}` for {}", what(reading));
    let found = place.finding(&RULE, message).label("a text without quotes");
    match reading {
        // Whoever writes `null` rarely means the word, so the quotes would publish what is none.
        OtherReading::Nothing => found.help(
            "leave the key out where nothing is known; put the word in quotes if it is meant",
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
        OtherReading::Nothing => "nothing at all".to_owned(),
        OtherReading::Number => "a number".to_owned(),
        OtherReading::Octal(value) | OtherReading::Sexagesimal(value) => {
            format!("the number {value}")
        }
        OtherReading::Date => "a date".to_owned(),
        OtherReading::Mark => "a mark of YAML".to_owned(),
    }
}
