//! A codebook or code list that cannot mean anything.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::{CodebookFault, Defect};

pub(super) static RULE: Rule = Rule {
    name: "codebook-fault",
    level: Level::Error,
    page: include_str!("codebook_fault.md"),
    check: Check::Defect(words),
};

fn words(defect: &Defect, place: DefectPlace<'_>) -> Option<Diagnostic> {
    match defect {
        Defect::CodebookFault(fault) => Some(of_fault(fault, place)),
        Defect::DuplicateEntry { what, id, first } => {
            let found = place
                .finding(&RULE, format!("there is already a {what} `{id}`"))
                .label("again here");
            Some(found.also(*first, "first here"))
        }
        _ => None,
    }
}

fn of_fault(fault: &CodebookFault, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = match fault {
        CodebookFault::ColumnName => (
            "this name cannot be a column".to_owned(),
            "a column begins with a lower-case letter and has only lower-case letters, digits and `_`".to_owned(),
        ),
        CodebookFault::TakenName => (
            "this name is already that of a key or column".to_owned(),
            "choose another name; the keys and columns of eventc keep theirs".to_owned(),
        ),
        CodebookFault::CircularList => {
            ("a code list extends itself".to_owned(), "let one of the lists stand by itself".to_owned())
        }
        CodebookFault::CircularParent => {
            ("a code is its own ancestor".to_owned(), "take `parent` from one of the codes of the circle".to_owned())
        }
        CodebookFault::UnknownSuccessor { written } => (
            format!("the list has no code `{written}` to take the place of a retired one"),
            "write a code of this list, or take `replaced_by` away".to_owned(),
        ),
        CodebookFault::CircularSuccessor => (
            "a code is its own successor".to_owned(),
            "take `replaced_by` from the code of the circle that is still in use".to_owned(),
        ),
        CodebookFault::ListName { expected } => (
            "the list is not named like its file".to_owned(),
            format!("write `list: {expected}`, or rename the file"),
        ),
        CodebookFault::NotForType { key, field_type } => (
            format!("`{key}` means nothing for a field of type `{field_type}`"),
            "remove it, or change the type".to_owned(),
        ),
        CodebookFault::MinimumAboveMaximum => {
            ("the minimum is above the maximum".to_owned(), "exchange `min` and `max`".to_owned())
        }
    };
    place.finding(&RULE, message).label("here").help(help)
}
