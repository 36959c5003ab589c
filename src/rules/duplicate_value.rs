//! A value that appears twice in one list.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

rule!("duplicate-value", Error, Defect);

pub(super) fn diagnostic(written: Option<&str>, first: Span, place: DefectPlace<'_>) -> Diagnostic {
    let what = written.map_or_else(|| "this value".to_owned(), |written| format!("`{written}`"));
    let found = place.finding(&RULE, format!("{what} appears twice in one list"));
    found
        .label("again here")
        .also(place.elsewhere(first), "first here")
        .help("keep one of the two, or write how they differ")
}
