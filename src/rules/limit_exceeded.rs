//! More of something than eventc reads.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;
use crate::form::Limit;
use crate::source::MAX_FOLDERS;
use crate::syntax::Limit as TextLimit;

rule!("limit-exceeded", Error, Defect);

pub(super) fn diagnostic(limit: Limit, place: DefectPlace<'_>) -> Diagnostic {
    let (label, help) = label_and_help(limit);
    place.finding(&RULE, message(limit, limit.most())).label(label).help(help)
}

const NOT_READ: &str = "not read from here on";

pub(super) fn of_folders(place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("this folder is nested in more than {} others", MAX_FOLDERS - 1);
    let found = place.finding(&RULE, message).label(NOT_READ);
    found.help("move its contents to a folder higher up")
}

fn message(limit: Limit, most: usize) -> String {
    match limit {
        Limit::Findings => format!("the file has more than {most} findings"),
        Limit::KeyGuesses => {
            "the file has more unknown keys than eventc looks up suggestions for".to_owned()
        }
        Limit::NameGuesses => {
            "more words are misspelled than eventc compares with these names".to_owned()
        }
        Limit::Name => format!("this name is longer than {most} bytes"),
        Limit::Fields => format!("the codebook has more than {most} extra fields"),
        Limit::Patterns => format!("more than {most} fields have a pattern"),
        Limit::Columns => format!("the list has more than {most} columns"),
        Limit::Ranks => format!("the list puts more than {most} codes on a scale"),
        Limit::ListLevels => format!("the list extends others through more than {most} levels"),
        Limit::InheritedCodes => format!("the lists inherit more than {most} codes from others"),
        Limit::Participants => format!("more than {most} actors, actions or targets are coded"),
        Limit::Dyads => format!("the actors, actions and targets form more than {most} triples"),
        Limit::Claims => format!("the event has more than {most} claims"),
        Limit::Values => {
            format!("the event has more than {most} values, coded or stated in claims")
        }
        Limit::Statements => format!("the claims of the event concern more than {most} values"),
        Limit::Memberships => {
            format!("this actor belongs to others through more than {most} memberships")
        }
        Limit::Citations => {
            format!("this source goes back to others through more than {most} citations")
        }
        Limit::Places => format!("this place is nested in more than {most} others"),
    }
}

fn label_and_help(limit: Limit) -> (&'static str, &'static str) {
    const NOT_FOLLOWED: &str = "the rest is not followed";
    const FIRST: &str = "fix the ones shown first, then check again";
    const RECORDS: &str = "write separate records for different days or places";
    match limit {
        Limit::Findings => ("not shown from here on", FIRST),
        Limit::KeyGuesses => ("no suggestions from here on", FIRST),
        Limit::NameGuesses => ("no more suggestions among these names", FIRST),
        Limit::Name => ("too long", "shorten it, and describe it in its `doc` or `label`"),
        Limit::Fields => (NOT_READ, "combine similar fields into one field that is a list"),
        Limit::Patterns => ("not read as a pattern", "use a code list for a field with few values"),
        Limit::Columns => (NOT_READ, "keep further descriptions of the codes in another table"),
        Limit::Ranks => ("no code is ranked", "combine levels that nobody tells apart"),
        Limit::ListLevels => ("not inherited", "extend a list closer to the first one"),
        Limit::InheritedCodes => {
            ("not inherited", "use one list instead of several that extend the same one")
        }
        Limit::Participants | Limit::Dyads => (
            NOT_READ,
            "register those that act together as one actor, and code each action as an event",
        ),
        Limit::Claims | Limit::Values | Limit::Statements => (NOT_READ, RECORDS),
        Limit::Memberships => {
            (NOT_FOLLOWED, "name only its direct memberships, and remove circles")
        }
        Limit::Citations => {
            (NOT_FOLLOWED, "name only the sources that it repeats directly, and remove circles")
        }
        Limit::Places => (NOT_FOLLOWED, "remove circles, and places between it and the widest one"),
    }
}

pub(super) fn of_text(limit: &TextLimit, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = words_of_text(limit);
    let label = match limit {
        TextLimit::Recovery { .. } => "the first one",
        _ => NOT_READ,
    };
    place.finding(&RULE, message).label(label).help(help)
}

fn words_of_text(limit: &TextLimit) -> (String, &'static str) {
    use TextLimit as Limit;
    match limit {
        Limit::Depth(most) => (
            format!("the document is nested more than {most} levels deep"),
            "reduce the nesting; no record needs that many levels",
        ),
        Limit::Scalar(most) => (
            format!("this text is longer than {most} bytes"),
            "shorten it; long texts belong in the sources",
        ),
        Limit::File(most) => {
            (format!("the file is longer than {most} bytes"), "split it into several files")
        }
        Limit::Documents(most) => {
            (format!("the file has more than {most} documents"), "split it into several files")
        }
        Limit::Nodes(most) => (
            format!("the file has more than {most} values, lists and mappings"),
            "split it into several files",
        ),
        Limit::Recovery { skipped } => (
            match skipped {
                0 => "the document has a syntax error, and no more are skipped in this file".into(),
                1 => "the document still has syntax errors after one was skipped".into(),
                _ => format!("the document still has syntax errors after {skipped} were skipped"),
            },
            "nothing of the document is read until this one and those below it are fixed",
        ),
        Limit::Defects(most) => (
            format!("the file has more than {most} defects in its text"),
            "fix the ones shown first, then check again",
        ),
    }
}
