//! A level or an excuse for a rule that cannot have one.

use super::suggest::closed_word_fix;
use super::{Check, RULES, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Location;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    name: "invalid-excuse",
    level: Level::Error,
    page: include_str!("invalid_excuse.md"),
    check: Check::Excuse,
};

/// The finding about a level or excuse for a rule, if it cannot have one.
pub(super) fn find(name: &str, place: Location) -> Option<(&'static Rule, Diagnostic)> {
    let found = |message: String| Diagnostic::new(RULE.name, place, message);
    match Rule::named(name) {
        None => {
            let found = found(format!("there is no rule `{name}`")).label("no rule of this name");
            let names = || RULES.iter().map(|rule| rule.name);
            let found = match spelling::closest(name, names()) {
                Some(meant) => found.fix(closed_word_fix(name, meant, names(), place)),
                None => found.help("`eventc explain` lists the rules"),
            };
            Some((&RULE, found))
        }
        Some(rule) if !rule.is_excusable() => {
            let found = found(format!("`{name}` can be neither excused nor lowered"));
            let found = found.label("what it finds would be missing");
            Some((&RULE, found.help("mend what it finds: the tables would lack it without a word")))
        }
        Some(_) => None,
    }
}
