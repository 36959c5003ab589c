//! An actor that is coded without a certainty.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::schema::{CodeList, Role};
use crate::syntax::{self, Insertion};

rule!("missing-actor-certainty", Error, Defect);

pub(super) fn diagnostic(
    actor: &str,
    after: Option<Insertion>,
    is_one_of_several: bool,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let list = place.codebook.list(Role::Certainty);
    let codes: Vec<_> = list.entries().iter().map(|level| format!("`{}`", level.code)).collect();
    let found = place.finding(&RULE, format!("the actor `{actor}` is coded without a certainty"));
    let found = found.label("how sure is it that this actor did it?");
    let found = if is_one_of_several {
        found.help(
            "a list means that they acted together; if it was one or the other, code the likelier one \
             alone and leave the other to its claims",
        )
    } else {
        found
    };
    let help =
        format!("write `{{code: {actor}, certainty: ...}}` with one of {}", codes.join(", "));
    match unjudged(list) {
        Some(level) => {
            let title = format!("{help}; `{level}` means that it cannot be judged");
            found.fix(fix(Fix::guess(title), actor, level, after, place))
        }
        None => found.help(help),
    }
}

/// The level for "cannot be judged": the first without a rank.
fn unjudged(list: &CodeList) -> Option<&str> {
    let code = list.codes().find(|code| list.rank(*code).is_none())?;
    Some(&list.entry(code).code)
}

/// Only the coder knows the level, so the fix writes the one for "cannot be judged".
fn fix(
    fix: Fix,
    actor: &str,
    level: &str,
    after: Option<Insertion>,
    place: DefectPlace<'_>,
) -> Fix {
    let certainty = format!("certainty: {}", syntax::text_scalar(level));
    match after {
        Some(after) => fix.replace(place.elsewhere(after.span()), after.text(&certainty)),
        None => {
            let code = syntax::text_scalar(actor);
            fix.replace(place.location(), format!("{{code: {code}, {certainty}}}"))
        }
    }
}
