//! Text that a comment cuts off.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Spanned;
use crate::syntax;

rule!("truncated-text", Warning, Defect);

pub(super) fn diagnostic(
    read: &str,
    whole: &Spanned<String>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let message = format!("a `#` begins a comment here, so the text is read as `{read}`");
    let quoted = syntax::in_quotes(&whole.value);
    let fix = Fix::guess(format!("if the `#` belongs to the text, put it in quotes: `{quoted}`"));
    place
        .finding(&RULE, message)
        .label("not read")
        .fix(fix.replace(place.elsewhere(whole.span), quoted))
        .help("if this is a comment, write a space after the `#`")
}
