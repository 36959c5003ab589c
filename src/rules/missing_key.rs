//! A key that the mapping cannot do without.

use super::suggest::with_article;
use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Defect;

pub(super) static RULE: Rule = Rule {
    name: "missing-key",
    level: Level::Error,
    page: include_str!("missing_key.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    match defect {
        Defect::MissingKey { form, key } => {
            let message = format!("{} has no `{key}`", with_article(form.name));
            let doc =
                form.keys.iter().find(|known| known.name == *key).map_or("", |known| known.doc);
            let label = format!("this {} lacks `{key}`", form.name);
            Some(place.finding(&RULE, message).label(label).help(format!("add `{key}:`. {doc}")))
        }
        Defect::MissingField { field } => {
            let declared = place.codebook.fields.iter().find(|known| known.name == *field)?;
            let found = place
                .finding(&RULE, format!("an event has no `{field}`, which the codebook requires"));
            let found = found.label(format!("this event lacks `{field}`"));
            Some(
                found
                    .also(declared.location, "required here")
                    .help(format!("add `{field}:`. {}", declared.doc)),
            )
        }
        Defect::EmptyFile { what } => {
            let message = format!("this file holds no {what}");
            let found = place.finding(&RULE, message).label("nothing to read");
            Some(found.help(format!("write the {what}, or remove the file")))
        }
        Defect::MissingCompanion { key, companion } => {
            let found = place.finding(&RULE, format!("`{key}` stands without `{companion}`"));
            Some(
                found
                    .label(format!("needs `{companion}` beside it"))
                    .help(format!("add `{companion}:`")),
            )
        }
        _ => None,
    }
}
