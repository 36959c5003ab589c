//! Characters of other scripts that look like Latin ones, in an id, code or key.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::spelling::LookAlike;
use crate::syntax;

rule!("look-alike-character", Error, Defect);

/// The finding about a name with a character that looks like `seems`.
pub(super) fn diagnostic(
    written: &str,
    seen: &LookAlike,
    seems: char,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let code = u32::from(seen.character);
    let kind = kind_of(seen.character);
    let seems = if seems == ' ' { "a space".to_owned() } else { format!("`{seems}`") };
    let message = format!("`{written}` contains a character that only looks like {seems}");
    let found = place.finding(&RULE, message).label(format!("U+{code:04X}, {kind}"));
    let fix = Fix::safe(format!("write `{}` in plain letters", seen.latin));
    found.fix(fix.replace(place.location(), syntax::scalar(&seen.latin)))
}

/// The finding about a line indented by `columns` blanks that are not all spaces.
pub(super) fn of_indentation(
    character: char,
    columns: usize,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let code = u32::from(character);
    let message = format!("the indentation has U+{code:04X}, which only looks like a space");
    let found = place.finding(&RULE, message).label("the line is not read");
    let fix = Fix::safe("indent it with spaces");
    found.fix(fix.replace(place.location(), " ".repeat(columns)))
}

const fn kind_of(character: char) -> &'static str {
    match character {
        '\u{370}'..='\u{3FF}' => "a Greek letter",
        '\u{400}'..='\u{52F}' => "a Cyrillic letter",
        '\u{530}'..='\u{58F}' => "an Armenian letter",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "a typographic dash",
        '\u{FF01}'..='\u{FF5E}' => "a full-width character",
        _ => "another character",
    }
}
