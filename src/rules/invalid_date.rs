//! A date that is not EDTF, or does not exist in the calendar.

use super::DefectPlace;
use super::suggest::reading_fix;
use crate::diagnostic::Diagnostic;
use crate::value::{DateError, is_placeholder};

rule!("invalid-date", Error, Defect);

pub(super) fn diagnostic(
    written: &str,
    error: &DateError,
    needed: bool,
    place: DefectPlace<'_>,
) -> Diagnostic {
    let what = match error {
        DateError::NoSuchDay { .. }
        | DateError::NoSuchMonth { .. }
        | DateError::NoSuchDate { .. } => "is not a day of the calendar".to_owned(),
        DateError::EndBeforeStart { .. } => "ends before it starts".to_owned(),
        DateError::Refused { form, .. } => {
            format!("is in a form of EDTF that records cannot use ({})", form.as_str())
        }
        _ => "is not an EDTF date".to_owned(),
    };
    if error.readings().is_empty() && is_unknown(written) {
        let message = format!("`{written}` is a placeholder for a date that is not known");
        return place.finding(&RULE, message).label("no date").help(match needed {
            true => UNKNOWN_HELP,
            false => "leave a date out that is not known",
        });
    }
    let message = format!("`{written}` {what}");
    let label = match error {
        DateError::NotEdtf { .. } => "write a date as year, month, day: `2019-08-20`".to_owned(),
        _ => error.to_string(),
    };
    let found = place.finding(&RULE, message).label(label);
    match error.readings() {
        [] => match without_blanks(written) {
            Some(meant) => found.fix(reading_fix(&meant, false, place.location())),
            None => found,
        },
        [meant] => found.fix(reading_fix(meant, error.is_sure(), place.location())),
        several => {
            let several: Vec<_> = several.iter().map(|reading| format!("`{reading}`")).collect();
            found.help(format!("it can mean {}; write the one you mean", several.join(" or ")))
        }
    }
}

/// What to write for a date of which little is known.
pub(super) const UNKNOWN_HELP: &str = "the date of an event is needed: write the time in which it must lie, such as `2023` or `2023-05`, \
    or `\"[..2023-12-31]\"` if only a later report has a date; leave any other date out";

/// The year, or year and month, of a date with zeros or signs in place of what is not known:
/// `00/05/2023`.
fn without_blanks(written: &str) -> Option<String> {
    let parts: Vec<_> = written.split(['-', '/', '.']).map(str::trim).collect();
    let is_blank = |part: &str| part.len() < 3 && part.chars().all(|c| "0?xX".contains(c));
    let year =
        parts.iter().find(|part| part.len() == 4 && part.parse::<u16>().is_ok_and(|y| y > 0))?;
    let others: Vec<_> = parts.iter().filter(|part| *part != year).collect();
    let known: Vec<u8> = others
        .iter()
        .filter(|part| !is_blank(part))
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let has_blank = others.iter().any(|part| is_blank(part));
    match known[..] {
        [] if has_blank => Some((*year).to_owned()),
        [month @ 1..=12] if has_blank && others.len() == 2 => Some(format!("{year}-{month:02}")),
        _ => None,
    }
}

/// Whether a text is what people write for a date that is not known: a word, or zeros and signs in place
/// of figures.
fn is_unknown(written: &str) -> bool {
    let is_blank = |c: char| "0?-/.xX_ ".contains(c);
    is_placeholder(written) || written.trim() == "~" || written.chars().all(is_blank)
}
