//! A code, key or policy in a former form.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::record::RetiredCode;
use crate::syntax;

rule!("retired-code", Warning, Defect);

/// The finding about a `retired` code, which begins `at` this byte of `written`.
pub(super) fn diagnostic(
    retired: &RetiredCode,
    written: &str,
    at: usize,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let RetiredCode { list, code, successor, label, declared } = retired;
    let message = format!("the code `{code}` of the list `{list}` is retired");
    let instead = format!("{}{successor}{}", &written[..at], &written[at + code.len()..]);
    let fix = Fix::safe(format!("write `{instead}` ({label})"));
    let found = place.finding(&RULE, message).label(format!("replaced by `{successor}`"));
    found
        .also(*declared, "retired here")
        .fix(fix.replace(place.location(), syntax::text_scalar(&instead)))
}

/// The finding about a key with its name in an earlier version of the format.
pub(super) fn of_key(former: &str, key: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("the key `{former}` is now called `{key}`"));
    let fix = Fix::safe(format!("write `{key}`")).replace(place.location(), key);
    found.label("former name").fix(fix)
}

/// The finding about a policy in its former form; `text` is the policy in the current form.
pub(super) fn of_policy(text: &str, place: DefectPlace<'_>) -> Diagnostic {
    let message = "this policy is in the former form, with the same levels for every component";
    let found = place.finding(&RULE, message).label("read as the policy of every component");
    found.help(format!("write `{text}` instead"))
}
