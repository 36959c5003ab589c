//! A key that the mapping does not have.

use super::suggest::{closed_word_fix, with_article};
use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::UnknownKey;

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    level: Level::Error,
    page: include_str!("unknown_key.md"),
    check: Check::Defect,
};

pub(super) fn words(unknown: &UnknownKey, place: DefectPlace<'_>) -> Diagnostic {
    let UnknownKey { form, key, meant, extra, under } = unknown;
    let found =
        place.finding(&RULE, format!("`{key}` is not a key of {}", with_article(form.name)));
    let found = found.label("unknown key");
    if let Some(under) = under {
        let found = found.also(place.elsewhere(under.span), "nothing stands under this");
        return found.help(format!("indent it, if it belongs under `{}:`", under.value));
    }
    let keys = form.keys.iter().map(|key| key.name).chain(extra.iter().map(String::as_str));
    match meant {
        Some(meant) => found.fix(closed_word_fix(key, meant, keys, place.location())),
        None => {
            let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
            found.help(format!("the keys of {} are {}", with_article(form.name), keys.join(", ")))
        }
    }
}
