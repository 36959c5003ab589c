//! Both sides of a merge in one file.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(super) static RULE: Rule = Rule {
    name: "merge-conflict",
    level: Level::Error,
    page: include_str!("merge_conflict.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "a merge conflict was not resolved").label("git's marker");
    found.help("keep the right lines of both sides and delete the marker lines; only the first side was checked")
}
