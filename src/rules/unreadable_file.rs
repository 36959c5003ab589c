//! A path that cannot be read.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;
use crate::source::{MAX_FOLDERS, Obstacle};

rule!("unreadable-file", Error, Defect);

pub(super) fn diagnostic(obstacle: &Obstacle, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = match obstacle {
        Obstacle::Link => (
            "this is a symbolic link, which is never followed".to_owned(),
            "replace it with the file itself",
        ),
        Obstacle::Special => (
            "this is a device, pipe or socket, not a file".to_owned(),
            "remove it from the project",
        ),
        Obstacle::Misnamed => ("this name is not UTF-8".to_owned(), "rename it"),
        Obstacle::Unreadable(reason) => {
            (format!("this cannot be read: {reason}"), "make it readable, or remove it")
        }
        Obstacle::Hidden => ("this is hidden".to_owned(), "rename it"),
        Obstacle::Ignored => ("git ignores this".to_owned(), "change `.gitignore`"),
        Obstacle::TooDeep => {
            (format!("this is nested in more than {MAX_FOLDERS} folders"), "move it higher up")
        }
    };
    place.finding(&RULE, message).label("not read").help(help)
}
