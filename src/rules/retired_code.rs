//! What is written in a form that was given up: a code, a key or a policy.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::record::RetiredCode;
use crate::syntax;

pub(super) static RULE: Rule = Rule {
    name: "retired-code",
    level: Level::Warning,
    page: include_str!("retired_code.md"),
    check: Check::Defect,
};

/// What is wrong with a code that was `retired`; it begins `at` so many bytes in what is `written`.
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

/// A key under the name that it had in an earlier version of the format.
pub(super) fn of_key(former: &str, key: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("the key `{former}` is called `{key}` now"));
    let fix = Fix::safe(format!("write `{key}`")).replace(place.location(), key);
    found.label("former name").fix(fix)
}

/// What is wrong with a policy in its former form, and how it is written today.
pub(super) fn of_policy(text: &str, place: DefectPlace<'_>) -> Diagnostic {
    let message = "this policy has its former form, with levels for all components alike";
    let found = place.finding(&RULE, message).label("read as the policy of every component");
    found.help(format!("write `{text}` in its place"))
}
