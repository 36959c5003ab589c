//! A codebook or code list that cannot mean anything.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::schema::CodebookFault;
use crate::syntax;

pub(super) static RULE: Rule = Rule {
    name: "codebook-fault",
    level: Level::Error,
    page: include_str!("codebook_fault.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(fault: &CodebookFault, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = words_of(fault);
    let found = place.finding(&RULE, message);
    if let CodebookFault::ListName { expected } = fault {
        let fix = Fix::guess(help).replace(place.location(), syntax::text_scalar(expected));
        return found.label("here").fix(fix);
    }
    if let CodebookFault::FormerCondition { successor: Some(successor), .. } = fault {
        let fix = Fix::safe(help).replace(place.location(), *successor);
        return found.label("here").fix(fix);
    }
    let found = found.help(help);
    match fault {
        CodebookFault::ColumnClash { first: Some(first), .. } => {
            found.label("one is from here").also(*first, "the other from here")
        }
        CodebookFault::Duplicate { first, .. } => {
            found.label("again here").also(*first, "first here")
        }
        CodebookFault::CaseOnly { first } => found.label("again here").also(*first, "first here"),
        CodebookFault::RankOrder { before } => {
            found.label("ranked as high or higher").also(*before, "stands before it")
        }
        _ => found.label("here"),
    }
}

/// What is wrong, and what to write instead.
#[expect(
    clippy::too_many_lines,
    reason = "an arm for each fault, its message and help side by side"
)]
fn words_of(fault: &CodebookFault) -> (String, String) {
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
        CodebookFault::ExtendsOwnName { name, key } => {
            let chosen = key.map(|key| {
                format!(", and write `{key}: my-{name}` under `lists` in `schema/codebook.yaml`")
            });
            (
                format!(
                    "a list named `{name}` takes the place of the shipped one and cannot extend it"
                ),
                format!(
                    "name the list and its file otherwise, such as `my-{name}`{}",
                    chosen.unwrap_or_default()
                ),
            )
        }
        CodebookFault::UnknownWhole { written } => (
            format!("the codebook has no field `{written}` of which another could be a part"),
            "write the name of a field, or take `part_of` away".to_owned(),
        ),
        CodebookFault::ListName { expected } => (
            "the list is not named like its file".to_owned(),
            format!("write `list: {expected}`, or rename the file"),
        ),
        CodebookFault::NotForType { key, field_type } => (
            format!("`{key}` means nothing for the type `{field_type}`"),
            "remove it, or change the type".to_owned(),
        ),
        CodebookFault::Duplicate { what, id, .. } => (
            format!("there is already a {what} `{id}`"),
            "give one of the two another name, or remove it".to_owned(),
        ),
        CodebookFault::ColumnName => plain(
            "this name cannot be a column",
            "a column begins with a lower-case letter and has only lower-case letters, digits and `_`",
        ),
        CodebookFault::TakenName => plain(
            "this name is already that of a key of every code",
            "choose another name; the keys of eventc keep theirs",
        ),
        CodebookFault::CodeName => plain(
            "this cannot be a code",
            "write a code without spaces and `|`, such as `ASSAULT.drone`, and its name as `label`",
        ),
        CodebookFault::CaseOnly { .. } => plain(
            "this code differs from another only in case",
            "choose another code; to many databases the two are one",
        ),
        CodebookFault::NoCodes => plain(
            "this list has no codes",
            "add a code, such as `UNK: {label: Unknown, unknown: true}`",
        ),
        CodebookFault::NoRanks => plain(
            "an ordered list has no ranks",
            "add `rank: integer` to `columns` and a `rank` to every code on the scale, the strongest with the highest",
        ),
        CodebookFault::RankOrder { .. } => plain(
            "this code is not ranked below the one before it",
            "an ordered list goes from strongest to weakest, and no two codes share a rank",
        ),
        CodebookFault::UnrankedScale => plain(
            "this list has no ranks, so that no certainty would be above another",
            "choose an ordered list, such as `admiralty` or `icd203`",
        ),
        CodebookFault::UnrankedCode => plain(
            "this code has no rank, so that nothing can be as high",
            "choose a code that has a `rank` in its list",
        ),
        CodebookFault::LevelOfNothing { level } => (
            format!("the level `{level}` is for no component"),
            format!("indent it below `default:`, or a component: `default: {{{level}: ...}}`"),
        ),
        CodebookFault::NoAlternative => plain(
            "this level has nothing to rest on",
            "write its conditions, or a list of which any will do",
        ),
        CodebookFault::FormerCondition { written, successor: Some(successor) } => (
            format!("`{written}` is no longer a condition of a level"),
            format!("write `{successor}`; what an actor denies itself is no opposition"),
        ),
        CodebookFault::FormerCondition { written, .. } => (
            format!("`{written}` is no longer a condition of a level"),
            "write `voices: n` for n supporters that share neither claimant nor publisher, or \
             `own_voice: n` for n publishers that say so themselves"
                .to_owned(),
        ),
        CodebookFault::CircularList => {
            plain("a code list extends itself", "let one of the lists stand by itself")
        }
        CodebookFault::CircularParent => {
            plain("a code is its own ancestor", "take `parent` from one of the codes of the circle")
        }
        CodebookFault::CircularSuccessor => plain(
            "a code is its own successor",
            "take `replaced_by` from the code of the circle that is still in use",
        ),
        CodebookFault::UncountedWhole => plain(
            "the whole is no single figure, so nothing can be a part of it",
            "write a field of the type `range`, `integer` or `number` that is no list",
        ),
        CodebookFault::CircularPart => {
            plain("a field is a part of itself", "take `part_of` from the field that counts all")
        }
        CodebookFault::MinimumAboveMaximum => {
            plain("the minimum is above the maximum", "exchange `min` and `max`")
        }
    }
}

fn plain(message: &str, help: &str) -> (String, String) {
    (message.to_owned(), help.to_owned())
}
