//! A codebook or code list that cannot mean anything.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::form::{CodebookFault, Defect};
use crate::syntax;

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
    let (message, help) = words_of(fault);
    let found = place.finding(&RULE, message);
    if let CodebookFault::ListName { expected } = fault {
        let fix = Fix::guess(help).replace(place.location(), syntax::text_scalar(expected));
        return found.label("here").fix(fix);
    }
    let found = found.help(help);
    match fault {
        CodebookFault::ColumnClash { first: Some(first), .. } => {
            found.label("one is from here").also(*first, "the other from here")
        }
        CodebookFault::CaseOnly { first } => found.label("again here").also(*first, "first here"),
        CodebookFault::RankOrder { before } => {
            found.label("ranked as high or higher").also(*before, "stands before it")
        }
        _ => found.label("here"),
    }
}

/// What is wrong, and what to write instead.
fn words_of(fault: &CodebookFault) -> (String, String) {
    if let Some((message, help)) = plain_words_of(fault) {
        return (message.to_owned(), help.to_owned());
    }
    match fault {
        CodebookFault::ColumnClash { name, first: None } => (
            format!("`{name}` is already a key or column"),
            "choose another name; the keys and columns of eventc keep theirs".to_owned(),
        ),
        CodebookFault::ColumnClash { name, .. } => (
            format!("two columns would be named `{name}`"),
            "choose another name for one of the two".to_owned(),
        ),
        CodebookFault::UnknownSuccessor { written } => (
            format!("the list has no code `{written}` to take the place of a retired one"),
            "write a code of this list, or take `replaced_by` away".to_owned(),
        ),
        CodebookFault::ListName { expected } => (
            "the list is not named like its file".to_owned(),
            format!("write `list: {expected}`, or rename the file"),
        ),
        CodebookFault::NotForType { key, field_type } => (
            format!("`{key}` means nothing for the type `{field_type}`"),
            "remove it, or change the type".to_owned(),
        ),
        _ => Default::default(),
    }
}

/// The words for faults that say the same everywhere.
const fn plain_words_of(fault: &CodebookFault) -> Option<(&'static str, &'static str)> {
    Some(match fault {
        CodebookFault::ColumnName => (
            "this name cannot be a column",
            "a column begins with a lower-case letter and has only lower-case letters, digits and `_`",
        ),
        CodebookFault::TakenName => (
            "this name is already that of a key of every code",
            "choose another name; the keys of eventc keep theirs",
        ),
        CodebookFault::CodeName => (
            "this cannot be a code",
            "write a code without spaces and `|`, such as `ASSAULT.drone`, and its name as `label`",
        ),
        CodebookFault::CaseOnly { .. } => (
            "this code differs from another only in case",
            "choose another code; to many databases the two are one",
        ),
        CodebookFault::NoCodes => {
            ("this list has no codes", "add a code, such as `UNK: {label: Unknown, unknown: true}`")
        }
        CodebookFault::NoRanks => (
            "an ordered list has no ranks",
            "add `rank: integer` to `columns` and a `rank` to every code on the scale, the strongest with the highest",
        ),
        CodebookFault::RankOrder { .. } => (
            "this code is not ranked below the one before it",
            "an ordered list goes from strongest to weakest, and no two codes share a rank",
        ),
        CodebookFault::UnrankedScale => (
            "this list has no ranks, so that no certainty would be above another",
            "choose an ordered list, such as `admiralty` or `icd203`",
        ),
        CodebookFault::UnrankedCode => (
            "this code has no rank, so that nothing can be as high",
            "choose a code that has a `rank` in its list",
        ),
        CodebookFault::CircularList => {
            ("a code list extends itself", "let one of the lists stand by itself")
        }
        CodebookFault::CircularParent => {
            ("a code is its own ancestor", "take `parent` from one of the codes of the circle")
        }
        CodebookFault::CircularSuccessor => (
            "a code is its own successor",
            "take `replaced_by` from the code of the circle that is still in use",
        ),
        CodebookFault::MinimumAboveMaximum => {
            ("the minimum is above the maximum", "exchange `min` and `max`")
        }
        CodebookFault::ColumnClash { .. }
        | CodebookFault::UnknownSuccessor { .. }
        | CodebookFault::ListName { .. }
        | CodebookFault::NotForType { .. } => return None,
    })
}
