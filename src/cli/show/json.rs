//! Events as programs read them.

use serde::Serialize;

use super::account::Account;

#[derive(Serialize)]
struct Output<'a> {
    events: &'a [Account<'a>],
}

/// One JSON object.
pub(super) fn of<'a>(events: &'a [Account<'a>]) -> impl Serialize {
    Output { events }
}
