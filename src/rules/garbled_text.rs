//! Text that is not what was typed.

use super::DefectPlace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Spanned;

rule!("garbled-text", Warning, Defect);

/// Text that was saved as UTF-8 and opened in another encoding.
pub(super) fn of_encoding(
    encoding: &str,
    text: &str,
    source: Option<&str>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let message = format!("the text was saved as UTF-8 and opened as {encoding}");
    let found = place.finding(&RULE, message).label("opened in another encoding");
    let meant = format!("did you mean `{text}`?");
    match source {
        Some(source) => found.fix(Fix::guess(meant).replace(place.location(), source)),
        None => found.help(meant),
    }
}

/// Text in which U+FFFD marks a character that was lost.
pub(super) fn of_lost_character(place: DefectPlace<'_>) -> Diagnostic {
    place
        .finding(&RULE, "the character U+FFFD marks text that was lost")
        .label("lost")
        .help("look up the text in its source, and write what it says there")
}

/// An escape in double quotes that was probably meant as a backslash.
pub(super) fn of_escape(
    character: char,
    read: &str,
    literal: Option<&Spanned<String>>,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let what = match character {
        '\t' => "a tab",
        '\r' => "a carriage return",
        _ => "a line break",
    };
    let message = format!("the text contains {what} here: `{read}`");
    let found = place.finding(&RULE, message).label(format!("{what} in double quotes"));
    let found = match literal {
        Some(Spanned { value, span }) => {
            let fix =
                Fix::guess(format!("if the backslashes are meant, use single quotes: {value}"));
            found.fix(fix.replace(place.elsewhere(*span), value))
        }
        None => found.help("if the backslashes are meant, use single quotes"),
    };
    found.help(match character {
        '\n' => "if the text has several lines, write it as a block below `|`",
        _ => "if blank space is meant, write a space",
    })
}
