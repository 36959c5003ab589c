//! A code that its list has replaced by another.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::form::Defect;
use crate::syntax;

pub(super) static RULE: Rule = Rule {
    name: "retired-code",
    level: Level::Warning,
    page: include_str!("retired_code.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    let Defect::RetiredCode { list, code, written, at } = defect else { return None };
    let list = place.codebook.list_named(list)?;
    let found = list.find(code)?;
    let (retired, successor) = (list.entry(found), list.entry(list.successor(found)?));
    let message = format!("the code `{code}` of the list `{}` is retired", list.name);
    let instead = format!("{}{}{}", &written[..*at], successor.code, &written[at + code.len()..]);
    let title = format!("write `{instead}` ({})", successor.label);
    Some(
        place
            .finding(&RULE, message)
            .label(format!("replaced by `{}`", successor.code))
            .also(retired.location, "retired here")
            .fix(Fix::safe(title).replace(place.location(), syntax::text_scalar(&instead))),
    )
}
