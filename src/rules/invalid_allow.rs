//! An entry of `allow` or `levels` for a rule that cannot have one, or an entry that lasts too long.

use chrono::{Months, NaiveDate};

use super::Rule;
use super::suggest::closed_word_fix;
use crate::diagnostic::{Diagnostic, Level};
use crate::record::Allow;
use crate::source::{FileId, Location};
use crate::spelling;

rule!("invalid-allow", Error, Allow);

/// Most months that an entry of `allow` may last. This is long enough to find an archived source, and
/// short enough that its author can still be asked.
const MONTHS: Months = Months::new(24);

/// The finding about an entry that ends too late.
pub(super) fn of_end(
    allow: &Allow,
    file: FileId,
    today: NaiveDate,
) -> Option<(&'static Rule, Diagnostic)> {
    let latest = today.checked_add_months(MONTHS)?;
    let until = &allow.until;
    if until.value.latest().is_some_and(|last| last <= latest) {
        return None;
    }
    let (rule, end) = (&allow.rule.value, until.value.as_str());
    let message = format!("`{rule}` is allowed for too long, until `{end}`");
    let found = Diagnostic::new(RULE.name, Location::new(file, until.span), message)
        .label(format!("later than {latest}, two years from today"))
        .help("write an earlier day, and decide again when it is past");
    Some((&RULE, found))
}

/// The finding about a rule that can be neither allowed nor lowered, or is none of the `rules`.
pub(super) fn find(
    rules: &[&Rule],
    name: &str,
    place: Location,
) -> Option<(&'static Rule, Diagnostic)> {
    let found = |message: String| Diagnostic::new(RULE.name, place, message);
    match rules.iter().find(|rule| rule.name == name) {
        None => {
            let found = found(format!("there is no rule `{name}`")).label("no rule of this name");
            let names = || rules.iter().map(|rule| rule.name);
            let found = match spelling::closest(name, names()) {
                Some(meant) => found.fix(closed_word_fix(name, meant, names(), place)),
                None => found.help("`eventc explain` lists the rules"),
            };
            Some((&RULE, found))
        }
        Some(rule) if !rule.is_allowable() => {
            let found = found(format!("`{name}` can be neither allowed nor lowered"));
            let found = found.label("its findings cannot be hidden");
            let help = match rule.level {
                Level::Error => "fix what it finds; otherwise the tables would silently lack it",
                _ => "remove this entry; the rule does not fail the check",
            };
            Some((&RULE, found.help(help)))
        }
        Some(_) => None,
    }
}
