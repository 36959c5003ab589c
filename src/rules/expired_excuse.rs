//! An excuse that no longer holds.

use chrono::NaiveDate;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::Excuse;
use crate::source::{FileId, Location};

pub(super) static RULE: Rule = Rule {
    name: "expired-excuse",
    level: Level::Warning,
    page: include_str!("expired_excuse.md"),
    check: Check::Excuse,
};

/// The finding about an excuse that ended before today.
pub(super) fn find(excuse: &Excuse, file: FileId, today: NaiveDate) -> (&'static Rule, Diagnostic) {
    let Excuse { rule, until, .. } = excuse;
    let message = format!("the excuse from `{}` held until {}", rule.value, until.value.as_str());
    let found = Diagnostic::new(RULE.name, Location::new(file, until.span), message);
    let found = found.label(format!("before today, {today}"));
    let found = found.help("fix what it excuses, then remove it; or give it a new end and say why");
    (&RULE, found)
}
