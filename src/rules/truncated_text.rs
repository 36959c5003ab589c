//! A text that a comment cut off.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::source::Spanned;
use crate::syntax;

pub(super) static RULE: Rule = Rule {
    name: "truncated-text",
    level: Level::Warning,
    page: include_str!("truncated_text.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(
    read: &str,
    whole: &Spanned<String>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let message = format!("a `#` begins a comment here, so the text is read as `{read}`");
    let quoted = syntax::in_quotes(&whole.value);
    let fix = Fix::guess(format!("put the text in quotes, if the `#` belongs to it: `{quoted}`"));
    place
        .finding(&RULE, message)
        .label("not read")
        .fix(fix.replace(place.elsewhere(whole.span), quoted))
        .help("write a space after the `#`, if this is a comment")
}
