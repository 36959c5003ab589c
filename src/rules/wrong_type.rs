//! A value of another type than its key takes.

use super::{DefectPlace, invalid_date};
use crate::diagnostic::{Diagnostic, Fix};
use crate::form::{Form, Found, Kind};
use crate::record::Claimant;
use crate::schema::{CodeList, Role};
use crate::source::Span;
use crate::syntax;

rule!("wrong-type", Error, Defect);

pub(super) fn diagnostic(expected: &Kind, found: Found, place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("expected {expected}, found {}", words_of(found));
    let diagnostic = place.finding(&RULE, message).label(format!("expected {expected}"));
    match (found, list_of(expected, place)) {
        (Found::GluedItem, _) => {
            let dash = Span::new(place.span.start, place.span.start + 1);
            let fix = Fix::safe("put a space after the `-`");
            diagnostic.fix(fix.replace(place.elsewhere(dash), "- "))
        }
        (Found::ListEnd, _) if is_list_of_words(expected) => {
            let span = place.span;
            let (start, end) = (Span::at(span.start), Span::new(span.end - 1, span.end));
            let fix = Fix::safe("add the opening bracket of the list")
                .replace(place.elsewhere(start), "[")
                .replace(place.elsewhere(end), "]");
            diagnostic.fix(fix)
        }
        (Found::Comment, _) => diagnostic
            .help("put a text that begins with `#` in quotes; without them it is a comment"),
        (Found::Nothing, Some(list)) => {
            diagnostic.help(format!("write a code; `eventc codes {}` lists them", list.name))
        }
        (Found::Nothing, None) if matches!(expected, Kind::Date) => {
            diagnostic.help(invalid_date::UNKNOWN_HELP)
        }
        (Found::Nothing, None) => {
            diagnostic.help("write a value; a key that is not required can be left out instead")
        }
        (Found::Scalar, _) if is_list_of_words(expected) => {
            let (start, end) = (Span::at(place.span.start), Span::at(place.span.end));
            let fix = Fix::safe("put it in brackets, as a list of one")
                .replace(place.elsewhere(start), "[")
                .replace(place.elsewhere(end), "]");
            diagnostic.fix(fix)
        }
        (Found::EmptyList, _) if is_action(expected) => diagnostic.help("code what was done"),
        (Found::EmptyList, _) => {
            diagnostic.help("leave the key out where there is nothing to list")
        }
        (Found::List, _) => match expected.form() {
            Some(form) if *form == *Claimant::FORM => diagnostic
                .help("one claimant speaks in a claim: write a claim for each, with its own `by`"),
            Some(form) if form.position("latitude").is_some() => {
                diagnostic.help("coordinates are a mapping: `{latitude: ..., longitude: ...}`")
            }
            _ => diagnostic,
        },
        (Found::Mapping, _) if expected.is_list() => {
            diagnostic.help("put `- ` before its first key, or brackets around it: `[{...}]`")
        }
        _ => match expected {
            Kind::Form(form) => with_required_keys(diagnostic, form),
            _ => diagnostic,
        },
    }
}

pub(super) fn unquoted_set(written: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "expected an EDTF date, found a list");
    let title = format!("did you mean `\"{written}\"`: on one of these days?");
    let fix = Fix::guess(title).replace(place.location(), format!("\"{written}\""));
    found.label("without quotes this is a list").fix(fix)
}

pub(super) fn misplaced(component: &str, belongs: &str, place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("`{component}` has no value that a claim could state");
    let help = format!("write `{belongs}: [{component}]`, or `denies: [{component}]`");
    place.finding(&RULE, message).label("no value fits here").help(help)
}

/// Claims that name their source in place of standing under it.
pub(super) fn sourceless(
    source: Option<&str>,
    text: Option<&str>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let found = place.finding(&RULE, "these claims do not stand under their sources");
    let found = found.label("expected a mapping from a source to its claims");
    let key = syntax::text_scalar(source.unwrap_or("source-id"));
    let help =
        format!("the source is the key, and its claims are a list below it: `{key}: [{{...}}]`");
    match text {
        Some(text) => found.fix(Fix::safe(help).replace(place.location(), text)),
        None => found.help(help),
    }
}

/// Adds the mapping to write, with its required keys.
fn with_required_keys(found: Diagnostic, form: &Form) -> Diagnostic {
    let required = form.keys.iter().filter(|key| key.required);
    let keys: Vec<_> = required.map(|key| format!("{}: ...", key.name)).collect();
    if keys.is_empty() {
        return found;
    }
    found.help(format!("write `{{{}}}`", keys.join(", ")))
}

/// Whether a record must code what was done there.
fn is_action(expected: &Kind) -> bool {
    match expected {
        Kind::Code(name) => *name == Role::Action.as_str(),
        Kind::ListOf(item) => is_action(item),
        Kind::AnyOf(kinds) => kinds.iter().any(is_action),
        _ => false,
    }
}

/// Whether the key takes a list of words, so that brackets around words make one.
const fn is_list_of_words(expected: &Kind) -> bool {
    match expected {
        Kind::ListOf(item) => item.is_text(),
        _ => false,
    }
}

/// The list of the expected codes, if it has a role.
fn list_of<'p>(expected: &Kind, place: DefectPlace<'p>) -> Option<&'p CodeList> {
    let Kind::Code(name) = expected else {
        return None;
    };
    let role = Role::ALL.into_iter().find(|role| role.as_str() == *name)?;
    Some(place.codebook.list(role))
}

const fn words_of(found: Found) -> &'static str {
    match found {
        Found::Nothing => "nothing",
        Found::Comment => "a comment",
        Found::Scalar | Found::ListEnd | Found::Block => "a single value",
        Found::GluedItem => "a `-` without a space after it",
        Found::List => "a list",
        Found::EmptyList => "an empty list",
        Found::Mapping => "a mapping",
    }
}
