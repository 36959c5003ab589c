//! JSON Schemas for editors that do not match the codebook.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;

rule!("stale-schema", Warning, Project);

/// The finding about the files of some names, at the first of them.
pub(super) fn diagnostic(names: &[String], place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("JSON Schemas for editors are stale: `{}`", names.join("`, `"));
    let found = place.finding(&RULE, message).label("this eventc writes another for the codebook");
    found.help("run `eventc schema json-schema --update`")
}
