//! A claim that says nothing.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Defect;

pub(super) static RULE: Rule = Rule {
    name: "empty-claim",
    level: Level::Error,
    page: include_str!("empty_claim.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    let (message, label, help) = match defect {
        Defect::EmptyClaim => (
            "this claim says nothing",
            "no statement and no note",
            "add `affirms`, `says`, `denies`, `declines` or a `note`",
        ),
        Defect::NoClaims => (
            "this source has no claims",
            "nothing stands under it",
            "add what it says, or remove it",
        ),
        _ => return None,
    };
    Some(place.finding(&RULE, message).label(label).help(help))
}
