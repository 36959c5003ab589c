//! Both sides of a merge in one file.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;

rule!("merge-conflict", Error, Defect);

pub(super) fn diagnostic(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "a merge conflict was not resolved").label("git's marker");
    found.help("keep the right lines of both sides and delete the marker lines; only the first side was checked")
}
