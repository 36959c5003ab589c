//! Text inside `{}` that a comma cuts off.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::form::Kind;
use crate::syntax;

rule!("flow-comma", Error, Defect);

pub(super) fn diagnostic(
    wanted: Option<&Kind>,
    whole: Option<&str>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let found = place.finding(&RULE, "a comma ends a text without quotes inside `{...}`");
    let found = found.label("read only up to the first comma");
    match whole.and_then(|whole| fix(wanted, whole, place)) {
        Some(fix) => found.fix(fix),
        None => found.help("put text in quotes, or several values in brackets: `[one, two]`"),
    }
}

/// Chooses the fix by what the key takes: quotes for text, brackets for a list, and otherwise a number
/// if the text looks like one.
fn fix(wanted: Option<&Kind>, whole: &str, place: DefectPlace<'_>) -> Option<Fix> {
    let (fix, text) = if wanted.is_some_and(Kind::takes_text) {
        // A closing quote without an opening one: the text was meant to be in quotes.
        let lacks_quote = whole.strip_suffix('"').filter(|text| !text.contains(['"', '\\']));
        let quoted = syntax::in_quotes(lacks_quote.unwrap_or(whole));
        (Fix::safe(format!("put the text in quotes: `{quoted}`")), quoted)
    } else if wanted.is_some_and(Kind::is_list) {
        let list = format!("[{whole}]");
        (Fix::safe(format!("put the values in brackets: `{list}`")), list)
    } else if let Some(number) = number(wanted, whole) {
        (Fix::guess(format!("did you mean the number `{number}`?")), number)
    } else if wanted.is_none() {
        let list = format!("[{whole}]");
        (Fix::guess(format!("did you mean several values, `{list}`?")), list)
    } else {
        return None;
    };
    Some(fix.replace(place.location(), text))
}

/// A number with commas: groups of thousands, or a decimal comma. In a coordinate it is always a
/// decimal comma.
fn number(wanted: Option<&Kind>, whole: &str) -> Option<String> {
    let mut groups = whole.strip_prefix('-').unwrap_or(whole).split(',');
    let first = groups.next().filter(|group| is_digits(group))?;
    let rest: Vec<_> = groups.collect();
    let is_coordinate = matches!(wanted, Some(Kind::Latitude | Kind::Longitude));
    let thousands = first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    match rest[..] {
        _ if !rest.iter().all(|group| is_digits(group)) => None,
        _ if thousands && !is_coordinate => Some(whole.replace(',', "")),
        [_] => Some(whole.replace(',', ".")),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
