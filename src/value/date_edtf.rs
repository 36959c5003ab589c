//! What a parsed EDTF expression means for a date.

use chrono::NaiveDate;
use edtf_core::{Bound, BoundDate, Edtf, IntervalEndpoint, SetElement, SetKind, YearKind};

use super::date_digits::sub_year_grouping_at;
use super::date_error::{DateError, RefusedForm};
use super::date_kind::{DateKind, DatePrecision};

/// Parses an EDTF expression that can be a date. Does not diagnose what else the text may mean.
pub(super) fn read(text: &str) -> Result<Edtf, DateError> {
    let edtf = Edtf::parse(text).map_err(|error| DateError::NotEdtf {
        at: error.offset,
        readings: Vec::new(),
        sure: false,
    })?;
    refusal(&edtf, text).map_or(Ok(edtf), Err)
}

/// Why an expression, parsed from `text`, is not accepted as a date.
fn refusal(edtf: &Edtf, text: &str) -> Option<DateError> {
    let form = |form, mark: &str| {
        Some(DateError::Refused { at: text.find(mark).unwrap_or_default(), form })
    };
    match edtf {
        Edtf::DateTime(_) => {
            let at = text.find('T').unwrap_or_default();
            return Some(DateError::TimeAttached { at, readings: Vec::new() });
        }
        Edtf::Set(set) if set.kind == SetKind::AllMembers => {
            return form(RefusedForm::AllOfSet, "{");
        }
        Edtf::Interval(span) => {
            let bounded = |end: &IntervalEndpoint| {
                matches!(end, IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_))
            };
            if bounded(&span.start) || bounded(&span.end) {
                return form(RefusedForm::BoundedEnd, "..");
            }
        }
        _ => {}
    }
    let dates = dates(edtf);
    if dates.iter().any(|date| date.year.significant_digits.is_some()) {
        return form(RefusedForm::SignificantDigits, "S");
    }
    if dates.iter().any(|date| matches!(date.year.kind, YearKind::Exponential { .. })) {
        return form(RefusedForm::ExponentialYear, "E");
    }
    if dates.iter().any(|date| matches!(date.year.kind, YearKind::Big { .. })) {
        return form(RefusedForm::LongYear, "Y");
    }
    sub_year_grouping_at(text)
        .map(|at| DateError::Refused { at, form: RefusedForm::SubYearGrouping })
}

/// Every date written in an expression, in order.
fn dates(edtf: &Edtf) -> Vec<&edtf_core::Date> {
    match edtf {
        Edtf::Date(date) => vec![date],
        Edtf::DateTime(moment) => vec![&moment.date],
        Edtf::Interval(span) => {
            [&span.start, &span.end].into_iter().filter_map(endpoint_date).collect()
        }
        Edtf::Set(set) => set.elements.iter().flat_map(element_dates).flatten().collect(),
    }
}

fn endpoint_date(end: &IntervalEndpoint) -> Option<&edtf_core::Date> {
    match end {
        IntervalEndpoint::Date(date)
        | IntervalEndpoint::OnOrBefore(date)
        | IntervalEndpoint::OnOrAfter(date) => Some(date),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn element_dates(element: &SetElement) -> [Option<&edtf_core::Date>; 2] {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
            [Some(date), None]
        }
        SetElement::Range(from, to) => [Some(from), Some(to)],
    }
}

/// The first and last day of an expression, as [`super::Date::earliest`] defines them.
pub(super) fn bounds(edtf: &Edtf) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let bounds = edtf.bounds();
    let (earliest, latest) = (day(bounds.earliest), day(bounds.latest));
    let dateless = |end: &IntervalEndpoint| endpoint_date(end).is_some_and(has_no_year);
    match edtf {
        Edtf::Interval(span) => {
            (earliest.filter(|_| !dateless(&span.start)), latest.filter(|_| !dateless(&span.end)))
        }
        _ if dates(edtf).into_iter().any(has_no_year) => (None, None),
        _ => (earliest, latest),
    }
}

fn day(bound: Bound) -> Option<NaiveDate> {
    let Bound::Date(BoundDate { year, month, day }) = bound else {
        return None;
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month.into(), day.into())
}

/// Whether even the millennium is missing.
fn has_no_year(date: &edtf_core::Date) -> bool {
    matches!(date.year.kind, YearKind::Standard { digits: [None, ..], .. })
}

/// The kind of an expression.
pub(super) fn kind(edtf: &Edtf) -> DateKind {
    match edtf {
        Edtf::Date(_) | Edtf::DateTime(_) => DateKind::Instant,
        Edtf::Interval(_) => DateKind::Span,
        Edtf::Set(_) => DateKind::OneOf,
    }
}

/// The precision of the coarsest date in an expression; of a set, that of a window as long as it is.
pub(super) fn precision(edtf: &Edtf) -> Option<DatePrecision> {
    let each: Option<Vec<DatePrecision>> = dates(edtf).into_iter().map(precision_of).collect();
    let coarsest = each?.into_iter().max()?;
    let window = match (edtf, bounds(edtf)) {
        (Edtf::Set(_), (Some(first), Some(last))) => unit_of(first, last),
        _ => coarsest,
    };
    Some(coarsest.max(window))
}

/// The smallest unit, seasons aside, that is at least as long as from one day to another. Where they lie
/// in the calendar says nothing of how well the date is known.
fn unit_of(first: NaiveDate, last: NaiveDate) -> DatePrecision {
    match (last - first).num_days() + 1 {
        ..=1 => DatePrecision::Day,
        2..=31 => DatePrecision::Month,
        32..=366 => DatePrecision::Year,
        367..=3_653 => DatePrecision::Decade,
        3_654..=36_525 => DatePrecision::Century,
        _ => DatePrecision::Millennium,
    }
}

fn precision_of(date: &edtf_core::Date) -> Option<DatePrecision> {
    if let YearKind::Standard { digits, .. } = date.year.kind {
        match digits.iter().take_while(|digit| digit.is_some()).count() {
            0 => return None,
            1 => return Some(DatePrecision::Millennium),
            2 => return Some(DatePrecision::Century),
            3 => return Some(DatePrecision::Decade),
            _ => {}
        }
    }
    let month = date.month.and_then(edtf_core::DateField::value);
    Some(match (month, date.day) {
        (None, _) => DatePrecision::Year,
        (Some(21..), _) => DatePrecision::Season,
        (Some(_), Some(day)) if day.value().is_some() => DatePrecision::Day,
        (Some(_), _) => DatePrecision::Month,
    })
}
