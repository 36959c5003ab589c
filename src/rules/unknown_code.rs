//! A code that is not in its list.

use super::DefectPlace;
use super::suggest::{code_fix, codes_meant, only_code_meant, word_fix};
use crate::diagnostic::{Diagnostic, Fix};
use crate::schema::{Code, CodeList, Role, codes_known_as, column_known_as, shipped_lists};
use crate::spelling;

rule!("unknown-code", Error, Defect);

/// Most codes of a list that the help names in full if nothing similar was found.
const SHORT_LIST: usize = 12;

pub(super) fn of_list(written: &str, takes_codes: bool, place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, format!("there is no code list `{written}`"));
    let found = found.label(format!("neither `schema/codes/{written}.yaml` nor a shipped list"));
    let mut lists: Vec<&str> = shipped_lists().collect();
    lists.extend(place.codebook.lists.iter().map(|list| list.name.as_str()));
    match spelling::closest(written, lists) {
        Some(meant) => found.fix(word_fix(meant, place.location())),
        None if takes_codes && written.contains(',') => {
            let codes = format!("[{written}]");
            let fix = Fix::guess(format!("to list the codes here, write `{codes}`"));
            found.fix(fix.replace(place.location(), codes))
        }
        None if takes_codes => {
            found.help(format!("to list the codes here, write `[{written}, ...]`"))
        }
        None => found,
    }
}

pub(super) fn of_code(list: &str, written: &str, place: DefectPlace<'_>) -> Diagnostic {
    let found = place
        .finding(&RULE, format!("`{written}` is not a code of the list `{list}`"))
        .label("not in the list");
    match place.codebook.list_named(list) {
        Some(list) => with_help(found, list, written, place),
        None => found,
    }
}

fn with_help(
    found: Diagnostic,
    list: &CodeList,
    written: &str,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let known_as = codes_known_as(list, written);
    if known_as.len() > 1 {
        return found.help(format!("`{written}` may be {}", readings(list, &known_as, written)));
    }
    if let Some(meant) = only_code_meant(list, written) {
        return found.fix(code_fix(list, meant, place.location()));
    }
    let near: Vec<_> = codes_meant(list, written)
        .into_iter()
        .map(|code| list.entry(code))
        .map(|entry| entry.titled())
        .collect();
    let is_number = written.trim().bytes().all(|digit| digit.is_ascii_digit());
    if is_number && list.name == place.codebook.list(Role::Country).name {
        found.help(format!(
            "numbers of countries are not read; write the code of `eventc codes {}`, such as `IRQ`",
            list.name
        ))
    } else if !near.is_empty() {
        found.help(format!("did you mean {}?", near.join(" or ")))
    } else if list.entries().len() <= SHORT_LIST {
        let codes: Vec<_> =
            list.entries().iter().map(|entry| format!("`{}`", entry.code)).collect();
        found.help(format!("the codes of `{}` are {}", list.name, codes.join(", ")))
    } else {
        found.help(format!("`eventc codes {}` lists the codes", list.name))
    }
}

/// What the same letters mean in different coding schemes.
pub(super) fn readings(list: &CodeList, codes: &[Code], written: &str) -> String {
    let reading = |code: &Code| {
        let entry = list.entry(*code);
        let scheme = column_known_as(list, *code, written);
        let scheme =
            scheme.map_or_else(|| "by another name".to_owned(), |name| format!("in `{name}`"));
        format!("`{}` ({}, {scheme})", entry.code, entry.label)
    };
    codes.iter().map(reading).collect::<Vec<_>>().join(" or ")
}
