//! A codebook or code list that contradicts itself.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::schema::CodebookFault;
use crate::syntax;

rule!("codebook-fault", Error, Defect);

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
            found.label("one comes from here").also(*first, "the other comes from here")
        }
        CodebookFault::Duplicate { first, .. } => {
            found.label("again here").also(*first, "first here")
        }
        CodebookFault::CaseOnly { first } => found.label("again here").also(*first, "first here"),
        CodebookFault::TakenList { first, .. } => {
            found.label("again here").also(*first, "first here")
        }
        CodebookFault::RankOrder { before } => {
            found.label("ranked as high or higher").also(*before, "comes before it")
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
            "choose another name, because eventc uses this one".to_owned(),
        ),
        CodebookFault::ColumnClash { name, .. } => (
            format!("two columns would be named `{name}`"),
            "choose another name for one of the two".to_owned(),
        ),
        CodebookFault::UnknownSuccessor { written } => (
            format!("the list has no code `{written}` to replace a retired code"),
            "write a code of this list, or remove `replaced_by`".to_owned(),
        ),
        CodebookFault::ExtendsOwnName { name, key } => {
            let chosen = key.map(|key| {
                format!(", and write `{key}: my-{name}` under `lists` in `schema/codebook.yaml`")
            });
            (
                format!("a list named `{name}` replaces the shipped list and cannot extend it"),
                format!(
                    "give the list and its file another name, such as `my-{name}`{}",
                    chosen.unwrap_or_default()
                ),
            )
        }
        CodebookFault::UnknownWhole { written } => (
            format!("the codebook has no field `{written}`, so nothing can be a part of it"),
            "write the name of a field, or remove `part_of`".to_owned(),
        ),
        CodebookFault::WholeElsewhere { on } => (
            format!("the whole is declared `on: {on}`, so nothing on another can be a part of it"),
            "declare both `on` the same, or remove `part_of`".to_owned(),
        ),
        CodebookFault::ListName { expected } => (
            "the list does not have the name of its file".to_owned(),
            format!("write `list: {expected}`, or rename the file"),
        ),
        CodebookFault::NotForType { key, field_type } => (
            format!("`{key}` has no meaning for the type `{field_type}`"),
            "remove it, or change the type".to_owned(),
        ),
        CodebookFault::Duplicate { what, id, .. } => (
            format!("there is already a {what} `{id}`"),
            "give one of the two another name, or remove it".to_owned(),
        ),
        CodebookFault::ColumnName => plain(
            "this is not a valid column name",
            "begin with a lower-case letter, and use only lower-case letters, digits and `_`",
        ),
        CodebookFault::TakenName => plain(
            "every code already has a key of this name",
            "choose another name, because eventc uses this one",
        ),
        CodebookFault::CodeName { written } => {
            ("this is not a valid code".to_owned(), code_name_help(written))
        }
        CodebookFault::TakenList { name, .. } => (
            format!("there is already a code list `{name}`"),
            "choose another name for one of the two, or write the name of that list here"
                .to_owned(),
        ),
        CodebookFault::CodeOfNothing => plain(
            "a field of codes lists none",
            "write the codes in place of the type, such as `[gun, knife]`, or `{type: code, codes: LIST}`",
        ),
        CodebookFault::TypeAsCode { word } => (
            format!("this is a list of the one code `{word}`, and not the type"),
            format!(
                "write `{word}`; if an event may have several values, write `{{type: {word}, list: \
                 true}}`"
            ),
        ),
        CodebookFault::CaseOnly { .. } => plain(
            "this code differs from another only in case",
            "choose another code; many databases treat the two as equal",
        ),
        CodebookFault::NoCodes => {
            plain("this list has no codes", "add the codes, such as `[shelling, arson, unknown]`")
        }
        CodebookFault::NoRanks => plain(
            "the ranks of an ordered list are no whole numbers",
            "write `rank: integer` in `columns`; without the column, ranks come from the order",
        ),
        CodebookFault::RankOrder { .. } => plain(
            "this code is not ranked below the one before it",
            "order the list from strongest to weakest, and give each code its own rank",
        ),
        CodebookFault::UnrankedScale => plain(
            "this list has no ranks, so no certainty is higher than another",
            "choose an ordered list, such as `admiralty` or `icd203`, or write the levels here, \
             strongest first: `[high, medium, low]`",
        ),
        CodebookFault::UnrankedCode => plain(
            "this code has no rank, so nothing can be compared with it",
            "choose a code that has a `rank` in its list",
        ),
        CodebookFault::LevelOfNothing { level } => (
            format!("the level `{level}` belongs to no component"),
            format!("indent it under `default:` or a component: `default: {{{level}: ...}}`"),
        ),
        CodebookFault::NoAlternative => {
            plain("this level has no conditions", "write its conditions, or a list of alternatives")
        }
        CodebookFault::FormerCondition { written, successor: Some(successor) } => (
            format!("`{written}` is no longer a condition of a level"),
            format!("write `{successor}`; an actor's own denial is no opposition"),
        ),
        CodebookFault::FormerCondition { written, .. } => (
            format!("`{written}` is no longer a condition of a level"),
            "write `voices: n` for n supporters that share neither claimant nor publisher, or \
             `own_voice: n` for n publishers that say so themselves"
                .to_owned(),
        ),
        CodebookFault::CircularList => {
            plain("a code list extends itself", "remove `extends` from one of the lists")
        }
        CodebookFault::CircularParent => plain(
            "a code is its own ancestor",
            "remove `parent` from one of the codes in the circle",
        ),
        CodebookFault::CircularSuccessor => plain(
            "a code is its own successor",
            "remove `replaced_by` from the code that is still in use",
        ),
        CodebookFault::UncountedWhole => plain(
            "the whole is not a single number, so nothing can be a part of it",
            "name a field of the type `range`, `integer` or `number` that is not a list",
        ),
        CodebookFault::CircularPart => plain(
            "a field is a part of itself",
            "remove `part_of` from the field that counts the whole",
        ),
        CodebookFault::MinimumAboveMaximum => {
            plain("the minimum is above the maximum", "swap `min` and `max`")
        }
    }
}

/// A code that can stand for what was written, with that as its label.
fn code_name_help(written: &str) -> String {
    const WITHOUT: &str = "write a code without spaces and `|`";
    let words: Vec<_> = written.split(|c: char| !c.is_alphanumeric()).collect();
    let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return format!("{WITHOUT}, such as `ASSAULT.drone`, and put its name in `label`");
    }
    let code = words.join("-");
    format!(
        "{WITHOUT}, such as `{code}`; `{code}: {}` under `codes` keeps the name as its label",
        syntax::text_scalar(written)
    )
}

fn plain(message: &str, help: &str) -> (String, String) {
    (message.to_owned(), help.to_owned())
}
