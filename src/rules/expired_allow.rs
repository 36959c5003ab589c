//! An entry of `allow` that has expired.

use chrono::NaiveDate;

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::record::Allow;
use crate::source::{FileId, Location};

rule!("expired-allow", Warning, Allow);

/// The finding about an entry that ended before today.
pub(super) fn find(allow: &Allow, file: FileId, today: NaiveDate) -> (&'static Rule, Diagnostic) {
    let Allow { rule, until, .. } = allow;
    let message = format!("`{}` was allowed until {}", rule.value, until.value.as_str());
    let found = Diagnostic::new(RULE.name, Location::new(file, until.span), message);
    let found = found.label(format!("before today, {today}"));
    let found = found.help("fix what it allows and remove it, or give it a new end and say why");
    (&RULE, found)
}
