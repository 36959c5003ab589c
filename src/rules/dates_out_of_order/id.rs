//! An id that begins with another date than that of its event.

use super::finding::finding;
use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::schema::Component;
use crate::source::Location;
use crate::value::Date;

pub(super) fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let (Some(date), [coded, ..]) = (event.date(), event.coded(Component::Date)) else { return };
    // Most ids begin with the date as it is coded, and no date needs to be read to see that.
    let rest = bound.filed.id().strip_prefix(date.as_str());
    if rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())) {
        return;
    }
    let Some(named) = date_at_start(bound.filed.id()) else { return };
    if named.overlaps(date) {
        return;
    }
    let message = format!("the id begins with {named}, but the event has another date");
    let help = "correct the date; rename the event and its file only if the id was never published";
    found.push(
        finding(bound.filed.location(), message)
            .label("another date")
            .also(
                Location::new(bound.filed.file, coded.span()),
                format!("date of the event: {date}"),
            )
            .help(help),
    );
}

/// The day or month at the start of an id, such as `2019-08-20` or `20190820`.
fn date_at_start(id: &str) -> Option<Date> {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut groups = Vec::new();
    let mut rest = id;
    while groups.len() < 3 && digits(rest) > 0 {
        let (group, after) = rest.split_at(digits(rest));
        groups.push(group);
        rest = after.strip_prefix(['-', '_', '.']).unwrap_or("");
    }
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    let written = match (&groups[..], &lengths[..]) {
        ([day, ..], [8, ..]) if day.starts_with("19") || day.starts_with("20") => {
            format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
        }
        ([year, month, day], [4, 2, 2]) => format!("{year}-{month}-{day}"),
        // In EDTF larger numbers are seasons, not months.
        ([year, month, ..], [4, 2, ..]) if *month <= "12" => format!("{year}-{month}"),
        _ => return None,
    };
    Date::parse(&written).ok().filter(|date| date.earliest().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_may_begin_with_a_day() {
        let cases = [
            ("2019-08-20-balad", Some("2019-08-20")),
            ("2019-08-20", Some("2019-08-20")),
            ("2019_08_20_balad", Some("2019-08-20")),
            ("20190820-balad", Some("2019-08-20")),
            ("2019-08-alaiwi-accuses", Some("2019-08")),
            ("2019-08-2-x", Some("2019-08")),
            ("2019-13-45-x", None),
            ("2019-revolt", None),
            ("12345678", None),
            ("201908201", None),
            ("balad-2019-08-20", None),
        ];
        for (id, date) in cases {
            assert_eq!(date_at_start(id).as_ref().map(Date::as_str), date, "{id}");
        }
    }
}
