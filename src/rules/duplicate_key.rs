//! A key that stands twice in a mapping.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::form::Defect;
use crate::syntax::SyntaxDefect;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-key",
    level: Level::Error,
    page: include_str!("duplicate_key.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    let Defect::Syntax(SyntaxDefect::DuplicateKey { key, first, removal }) = defect else {
        return None;
    };
    let found = place.finding(&RULE, format!("the key `{key}` is here twice")).label("again here");
    let found = found.also(place.elsewhere(*first), "first here");
    Some(match removal {
        Some(removal) => {
            let fix = Fix::safe("remove the second, which says the same");
            found.fix(fix.replace(place.elsewhere(*removal), ""))
        }
        None => found.help("keep one of the two, or write a list under one key"),
    })
}
