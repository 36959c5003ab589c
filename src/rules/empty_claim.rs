//! A claim that says nothing.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;

rule!("empty-claim", Error, Defect);

pub(super) fn of_claim(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "this claim says nothing").label("no statement and no note");
    found.help("add `affirms`, `says`, `denies`, `declines` or a `note`")
}

pub(super) fn of_source(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "this source has no claims").label("nothing below it");
    found.help("add what the source says, or remove it")
}
