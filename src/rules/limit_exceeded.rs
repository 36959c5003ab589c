//! More of something than is read.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::MAX_FOLDERS;
use crate::syntax::Limit;

pub(super) static RULE: Rule = Rule {
    name: "limit-exceeded",
    level: Level::Error,
    page: include_str!("limit_exceeded.md"),
    check: Check::Defect,
};

pub(super) fn of_values(most: usize, place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("the event has more than {most} values, coded and claimed");
    let help = "give what happened on different days or in different places records of its own";
    finding(message, help, place)
}

pub(super) fn of_text(limit: &Limit, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = words_of(limit);
    finding(message, help, place)
}

pub(super) fn of_folders(place: DefectPlace<'_>) -> Diagnostic {
    let message = format!("this folder lies in more than {} others", MAX_FOLDERS - 1);
    finding(message, "move what is in it to a folder higher up", place)
}

fn finding(message: String, help: &str, place: DefectPlace<'_>) -> Diagnostic {
    place.finding(&RULE, message).label("not read from here on").help(help)
}

fn words_of(limit: &Limit) -> (String, &'static str) {
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
        Limit::Recovery { passes, .. } => (
            format!("the document still has syntax errors after {passes} were passed over"),
            "mend the errors shown first, then check again",
        ),
        Limit::Defects(most) => (
            format!("the file has more than {most} defects in its text"),
            "mend the ones shown first, then check again",
        ),
    }
}
