//! A key that stands twice in a mapping.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Defect;
use crate::syntax::SyntaxDefect;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-key",
    level: Level::Error,
    page: include_str!("duplicate_key.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    let Defect::Syntax(SyntaxDefect::DuplicateKey { key, first }) = defect else { return None };
    let found = place.finding(&RULE, format!("the key `{key}` is here twice")).label("again here");
    Some(
        found
            .also(place.elsewhere(*first), "first here")
            .help("keep one of the two, or write a list under one key"),
    )
}
