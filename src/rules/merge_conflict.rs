//! Both sides of a merge in one file.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Defect;
use crate::syntax::SyntaxDefect;

pub(super) static RULE: Rule = Rule {
    name: "merge-conflict",
    level: Level::Error,
    page: include_str!("merge_conflict.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    let Defect::Syntax(SyntaxDefect::MergeConflict { .. }) = defect else { return None };
    let found = place.finding(&RULE, "a merge conflict was not resolved").label("git's marker");
    Some(found.help("keep what is right of the two sides and delete the marker lines; the first side was checked"))
}
