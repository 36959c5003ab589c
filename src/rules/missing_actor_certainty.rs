//! An actor that is coded without saying how surely.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Defect;
use crate::schema::Role;

pub(super) static RULE: Rule = Rule {
    name: "missing-actor-certainty",
    level: Level::Error,
    page: include_str!("missing_actor_certainty.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    let Defect::MissingActorCertainty { actor } = defect else { return None };
    let levels = place.codebook.list(Role::Certainty).entries();
    let codes: Vec<_> = levels.iter().map(|level| format!("`{}`", level.code)).collect();
    let found = place.finding(&RULE, format!("the actor `{actor}` is coded without a certainty"));
    let found = found.label("how sure is it that this actor did it?");
    let found = found.help(format!(
        "write `{{code: {actor}, certainty: ...}}` with one of {}",
        codes.join(", ")
    ));
    Some(found)
}
