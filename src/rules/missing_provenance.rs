//! A source or coordinates that do not say where they come from.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;

rule!("missing-provenance", Info, Defect);

pub(super) fn of_source(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "nobody is named as the publisher of this source");
    found.label("no `publisher` and no `url`").help(
        "add `publisher:`, or `url:`, whose host then counts as the publisher; without either, the \
         source counts as no publisher",
    )
}

pub(super) fn of_coordinates(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "these coordinates do not say where they come from");
    found.label("no `gazetteer` beside it").help(
        "add `gazetteer:` with where they were looked up, such as `GeoNames` or `the report's map`",
    )
}
