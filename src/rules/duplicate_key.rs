//! A key that appears twice in a mapping.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-key",
    level: Level::Error,
    page: include_str!("duplicate_key.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(
    key: &str,
    first: Span,
    removal: Option<Span>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let found = place.finding(&RULE, format!("the key `{key}` appears twice")).label("again here");
    let found = found.also(place.elsewhere(first), "first here");
    match removal {
        Some(removal) => {
            let fix = Fix::safe("remove the second, which has the same value");
            found.fix(fix.replace(place.elsewhere(removal), ""))
        }
        None => found.help("keep one of the two, or write a list under one key"),
    }
}
