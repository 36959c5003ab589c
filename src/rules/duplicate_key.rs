//! A key that appears twice in a mapping.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Span;

rule!("duplicate-key", Error, Defect);

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
