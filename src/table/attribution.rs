//! The column of an actor's attribution, which several tables have.

use super::column::{Column, ColumnType};
use crate::evidence::Attribution;

/// What each attribution means; the first that holds is written.
const MEANING: &str = "`unattributed`: no actor is known; `claimed`: one who speaks for the actor says so; `contested`: \
    some say so, and others say otherwise; `reported`: a publisher says so itself, or an investigation does; \
    `alleged`: others say so, whether or not anybody doubts it; `denied`: the actor denies it, and nobody says \
    so; `inferred`: nobody says so, and others say otherwise or the coder gives a reason. Missing where nothing \
    speaks of it";

/// The column `attribution`: on whose word an actor is coded. `whose` says in a phrase which actor, and
/// `also_missing` where else it is missing.
pub(super) fn attribution_column<'p, R: 'p>(
    whose: &str,
    also_missing: &str,
    of: impl Fn(&R) -> Option<Attribution> + Send + Sync + 'p,
) -> Column<'p, R> {
    let doc = format!("On whose word {whose} is coded. {MEANING}{also_missing}.");
    Column::new("attribution", ColumnType::Category, doc, move |row: &R| {
        of(row).map(Attribution::as_str).into()
    })
}
