//! A date that is not EDTF, or does not exist in the calendar.

use super::DefectPlace;
use super::suggest::reading_fix;
use crate::diagnostic::Diagnostic;
use crate::value::DateError;

rule!("invalid-date", Error, Defect);

pub(super) fn diagnostic(written: &str, error: &DateError, place: DefectPlace<'_>) -> Diagnostic {
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
    let message = format!("`{written}` {what}");
    let label = match error {
        DateError::NotEdtf { .. } => "write a date as year, month, day: `2019-08-20`".to_owned(),
        _ => error.to_string(),
    };
    let found = place.finding(&RULE, message).label(label);
    match error.readings() {
        [] => found,
        [meant] => found.fix(reading_fix(meant, error.is_sure(), place.location())),
        several => {
            let several: Vec<_> = several.iter().map(|reading| format!("`{reading}`")).collect();
            found.help(format!("it can mean {}; write the one you mean", several.join(" or ")))
        }
    }
}
