//! Characters that readers cannot see, or that change how a text looks.

use unicode_normalization::char::canonical_combining_class;

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Spanned;
use crate::spelling::LookAlike;
use crate::syntax;

rule!("unsafe-character", Error, Defect);

pub(super) fn of_text(character: char, escaped: bool, place: DefectPlace<'_>) -> Diagnostic {
    let code = u32::from(character);
    let how = if escaped { "is written here as an escape" } else { "is here unseen" };
    let message = format!("the character U+{code:04X} ({}) {how}", kind_of(character));
    let (sure, instead) = instead_of(character);
    let found = place.finding(&RULE, message).label("cannot be seen");
    let fix = match (sure, instead) {
        (true, _) => Fix::safe("remove it"),
        (false, "") => return found.help("remove it, or write the character that was lost"),
        (false, mark) => Fix::guess(format!("did you mean `{mark}`?")),
    };
    found.fix(fix.replace(place.location(), instead))
}

/// An escape of one letter, which was probably meant as a backslash and a letter.
pub(super) fn of_escape(
    character: char,
    literal: &Spanned<String>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let code = u32::from(character);
    let message =
        format!("the character U+{code:04X} ({}) is written here as an escape", kind_of(character));
    let title = format!("if the backslashes are meant, use single quotes: {}", literal.value);
    let fix = Fix::guess(title).replace(place.elsewhere(literal.span), &literal.value);
    place.finding(&RULE, message).label("not a backslash").fix(fix)
}

pub(super) fn of_bytes(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "these bytes are not UTF-8").label("not UTF-8");
    found.help("save the file as UTF-8, and restore the damaged letters")
}

pub(super) fn of_encoding(place: DefectPlace<'_>) -> Diagnostic {
    let found = place.finding(&RULE, "the file is UTF-16 or UTF-32, so nothing was read");
    found.help("save the file as UTF-8")
}

/// What replaces a character, and whether this is what everybody saw all along. A control character
/// replaced another character: from 0x80 to 0x9F a quote or dash of Windows-1252, read as Latin-1.
fn instead_of(character: char) -> (bool, &'static str) {
    match character {
        '\u{2028}' | '\u{2029}' => (true, " "),
        '\u{85}' | '\u{91}'..='\u{97}' => {
            let marks = ["‘", "’", "“", "”", "•", "–", "—"];
            let mark = u32::from(character).checked_sub(0x91).map(|at| marks[at as usize]);
            (false, mark.unwrap_or("…"))
        }
        '\0' => (true, ""),
        '\u{1}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => (false, ""),
        c if is_mark(c) => (false, ""),
        _ => (true, ""),
    }
}

/// A name with an invisible character. Text may need such a character; an id, code or key does not.
pub(super) fn of_name(written: &str, seen: &LookAlike, place: DefectPlace<'_>) -> Diagnostic {
    let code = u32::from(seen.character);
    let message = format!("`{written}` contains the invisible character U+{code:04X}");
    let fix = Fix::safe(format!("write `{}`", seen.latin));
    let fix = fix.replace(place.location(), syntax::scalar(&seen.latin));
    place.finding(&RULE, message).label("has an invisible character").fix(fix)
}

/// Whether a character is a visible mark on the letter before it.
fn is_mark(character: char) -> bool {
    canonical_combining_class(character) != 0
}

fn kind_of(character: char) -> &'static str {
    match character {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "reorders the text around it",
        '\0' => "NUL",
        '\u{FEFF}' => "a byte order mark inside the text",
        '\u{2028}' | '\u{2029}' => "a line break to some readers",
        c if is_mark(c) => "more marks on a letter than any script has",
        '\u{E0020}'..='\u{E007F}' => "an invisible copy of an ASCII character",
        c if c.is_control() => "a control character",
        _ => "a zero-width character",
    }
}
