//! YAML features that records cannot use.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::syntax::{self, Forbidden};

rule!("forbidden-yaml", Error, Defect);

pub(super) fn extra_document(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "this file has more than one document");
    let help = "only event files may hold several documents; keep one here";
    found.label("the second document").help(help)
}

pub(super) fn diagnostic(forbidden: &Forbidden, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("records cannot use {}", what(forbidden)));
    let found = found.label("not part of the record format");
    let found = match forbidden {
        Forbidden::Alias { target: Some(target), .. } => {
            found.also(place.elsewhere(*target), "refers to this")
        }
        _ => found,
    };
    match fix(forbidden, place) {
        Some(fix) => found.fix(fix),
        None => found.help(instead(forbidden)),
    }
}

/// Removes tags and directives, which mean nothing to eventc, and replaces an alias by the value at its
/// anchor. Removing an anchor is only a guess, because an alias may still need it.
fn fix(forbidden: &Forbidden, place: DefectPlace<'_>) -> Option<Fix> {
    let title = instead(forbidden);
    Some(match forbidden {
        Forbidden::Tag { removal, .. } => Fix::safe(title).replace(place.elsewhere(*removal), ""),
        Forbidden::Directive { .. } => Fix::safe(title).replace(place.location(), ""),
        Forbidden::Anchor { removal, .. } => {
            Fix::guess(title).replace(place.elsewhere(*removal), "")
        }
        Forbidden::Alias { text: Some(text), .. } if syntax::scalar(text) == *text => {
            Fix::safe(title).replace(place.location(), text)
        }
        Forbidden::Alias { .. } | Forbidden::MergeKey | Forbidden::ComplexKey => return None,
    })
}

fn what(forbidden: &Forbidden) -> String {
    match forbidden {
        Forbidden::Anchor { name, .. } => format!("the anchor `&{name}`"),
        Forbidden::Alias { name, .. } => format!("the alias `*{name}`"),
        Forbidden::MergeKey => "the merge key `<<`".to_owned(),
        Forbidden::Tag { text, .. } => format!("the tag `{text}`"),
        Forbidden::Directive { text } => format!("the directive `{text}`"),
        Forbidden::ComplexKey => "a key that is not a plain word".to_owned(),
    }
}

fn instead(forbidden: &Forbidden) -> String {
    match forbidden {
        Forbidden::Alias { text: Some(text), .. } => {
            format!("write the value that it refers to: `{text}`")
        }
        other => other_instead(other).to_owned(),
    }
}

const fn other_instead(forbidden: &Forbidden) -> &'static str {
    match forbidden {
        Forbidden::Anchor { .. } => "remove it, and write the value wherever it is needed",
        Forbidden::Alias { .. } => "write the value that it refers to",
        Forbidden::MergeKey => "write the merged keys here",
        Forbidden::Tag { .. } => {
            "remove it: the codebook says what type a value has; quote a value that begins with `!`"
        }
        Forbidden::Directive { .. } => "remove the line",
        Forbidden::ComplexKey => "write the key as a word before a colon",
    }
}
