//! More of something than is read.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Limit;
use crate::source::MAX_FOLDERS;
use crate::syntax::Limit as TextLimit;

pub(super) static RULE: Rule = Rule {
    name: "limit-exceeded",
    level: Level::Error,
    page: include_str!("limit_exceeded.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(limit: Limit, place: DefectPlace<'_>) -> Diagnostic {
    let (label, help) = label_and_help(limit);
    place.finding(&RULE, message(limit, limit.most())).label(label).help(help)
}

const NOT_READ: &str = "not read from here on";

pub(super) fn of_folders(place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("this folder lies in more than {} others", MAX_FOLDERS - 1);
    let found = place.finding(&RULE, message).label(NOT_READ);
    found.help("move what is in it to a folder higher up")
}

fn message(limit: Limit, most: usize) -> String {
    match limit {
        Limit::Findings => format!("the file has more than {most} findings"),
        Limit::KeyGuesses => {
            "the file has more unknown keys than are held against the known ones".to_owned()
        }
        Limit::NameGuesses => {
            "more words are misspelled than are held against these names".to_owned()
        }
        Limit::Name => format!("this name is longer than {most} bytes"),
        Limit::Fields => format!("the codebook has more than {most} extra fields"),
        Limit::Patterns => format!("more than {most} fields have a pattern"),
        Limit::Columns => format!("the list has more than {most} columns"),
        Limit::ListLevels => format!("the list extends others through more than {most} levels"),
        Limit::InheritedCodes => format!("the lists take over more than {most} codes from others"),
        Limit::Participants => format!("more than {most} actors or targets are coded"),
        Limit::Dyads => format!("the actors and targets make more than {most} pairs"),
        Limit::Claims => format!("the event has more than {most} claims"),
        Limit::Values => {
            format!("the event has more than {most} values that are coded, or stated in claims")
        }
        Limit::Statements => format!("the claims of the event bear on more than {most} values"),
        Limit::Memberships => {
            format!("this actor is part of others by more than {most} memberships")
        }
        Limit::Citations => {
            format!("this source goes back to others by more than {most} citations")
        }
        Limit::Places => format!("this place lies in more than {most} others, one in the other"),
    }
}

fn label_and_help(limit: Limit) -> (&'static str, &'static str) {
    const NOT_FOLLOWED: &str = "the rest is not followed";
    const FIRST: &str = "fix the ones shown first, then check again";
    const RECORDS: &str =
        "give what happened on different days or in different places records of its own";
    match limit {
        Limit::Findings => ("not shown from here on", FIRST),
        Limit::KeyGuesses => ("what was meant is not looked for from here on", FIRST),
        Limit::NameGuesses => ("what was meant is not looked for among them any more", FIRST),
        Limit::Name => ("too long", "shorten it; what it means belongs in its `doc` or `label`"),
        Limit::Fields => (NOT_READ, "give values that are alike one field that is a list"),
        Limit::Patterns => ("not read as a pattern", "give what has few values a code list"),
        Limit::Columns => (NOT_READ, "keep what describes the codes in a table of its own"),
        Limit::ListLevels => ("not taken over", "extend a list nearer to the first one"),
        Limit::InheritedCodes => {
            ("not taken over", "use one list where several extend the same one")
        }
        Limit::Participants | Limit::Dyads => {
            (NOT_READ, "register those that act together as one actor")
        }
        Limit::Claims | Limit::Values | Limit::Statements => (NOT_READ, RECORDS),
        Limit::Memberships => (
            NOT_FOLLOWED,
            "give it the organisations that it is part of itself, and leave out circles",
        ),
        Limit::Citations => {
            (NOT_FOLLOWED, "give it the sources that it repeats itself, and leave out circles")
        }
        Limit::Places => {
            (NOT_FOLLOWED, "leave out places between it and the widest one, and circles")
        }
    }
}

pub(super) fn of_text(limit: &TextLimit, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = words_of_text(limit);
    place.finding(&RULE, message).label(NOT_READ).help(help)
}

fn words_of_text(limit: &TextLimit) -> (String, &'static str) {
    use TextLimit as Limit;
    match limit {
        Limit::Depth(most) => (
            format!("the document is nested more than {most} levels deep"),
            "no record needs that many levels",
        ),
        Limit::Scalar(most) => (
            format!("this text is longer than {most} bytes"),
            "shorten it; long texts belong in the sources",
        ),
        Limit::File(most) => {
            (format!("the file is longer than {most} bytes"), "divide it into several files")
        }
        Limit::Documents(most) => {
            (format!("the file holds more than {most} documents"), "divide it into several files")
        }
        Limit::Nodes(most) => (
            format!("the file has more than {most} values, lists and mappings"),
            "divide it into several files",
        ),
        Limit::Recovery { passes, .. } => (
            format!("the document still has syntax errors after {passes} were passed over"),
            "fix the errors shown first, then check again",
        ),
        Limit::Defects(most) => (
            format!("the file has more than {most} defects in its text"),
            "fix the ones shown first, then check again",
        ),
    }
}
