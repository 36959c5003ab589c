//! A value that appears twice in one list.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-value",
    level: Level::Error,
    page: include_str!("duplicate_value.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(written: Option<&str>, first: Span, place: DefectPlace<'_>) -> Diagnostic {
    let what = written.map_or_else(|| "this value".to_owned(), |written| format!("`{written}`"));
    let found = place.finding(&RULE, format!("{what} appears twice in one list"));
    found
        .label("again here")
        .also(place.elsewhere(first), "first here")
        .help("keep one of the two, or write how they differ")
}
