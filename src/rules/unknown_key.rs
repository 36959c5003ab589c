//! A key that does not exist in its mapping.

use super::DefectPlace;
use super::suggest::{closed_fix, with_article};
use crate::diagnostic::Diagnostic;
use crate::form::UnknownKey;

rule!("unknown-key", Error, Defect);

pub(super) fn diagnostic(unknown: &UnknownKey, place: DefectPlace<'_>) -> Diagnostic {
    let UnknownKey { form, key, meant, is_slip, extra, more, under } = unknown;
    let found =
        place.finding(&RULE, format!("`{key}` is not a key of {}", with_article(form.name)));
    let found = found.label("unknown key");
    if let Some(under) = under {
        let found = found.also(place.elsewhere(under.span), "this has nothing below it");
        return found.help(format!("if it belongs under `{}:`, indent it", under.value));
    }
    match meant {
        Some(meant) => found.fix(closed_fix(meant, *is_slip, place.location())),
        None => {
            let keys = form.keys.iter().map(|key| key.name);
            let keys = keys.chain(extra.iter().map(String::as_str));
            let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
            let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
            let keys = keys.join(", ");
            found.help(format!("the keys of {} are {keys}{more}", with_article(form.name)))
        }
    }
}
