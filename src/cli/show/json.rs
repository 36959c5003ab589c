//! Events as programs read them.

use serde::Serialize;

use super::account::Account;
use crate::diagnostic::render::safe_to_log;

#[derive(Serialize)]
struct Output<'a> {
    events: &'a [Account<'a>],
}

/// One JSON object.
pub(super) fn of(events: &[Account<'_>]) -> serde_json::Result<String> {
    Ok(safe_to_log(&serde_json::to_string(&Output { events })?))
}
