//! Moments: a day and a time of day.

use chrono::{DateTime as Parsed, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize, Serializer};

use super::{Date, Reading, Time, TimeError, is_in_tables};

/// A day and a time of day in ISO 8601, perhaps with a zone: `2019-08-20T17:45`,
/// `2019-08-20T17:45:30Z`, `2019-08-20T17:45+03:00`.
///
/// Without a zone it is the wall clock of a place that the text does not name.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Box<str>")]
pub struct DateTime {
    text: Box<str>,
    /// What the clock showed.
    local: NaiveDateTime,
    /// How far that is ahead of UTC.
    zone: Option<FixedOffset>,
    /// What is written: a minute, or a part of a second.
    extent: TimeDelta,
}

/// Length of `2019-08-20T17:45`.
const TO_THE_MINUTE: usize = 16;

/// A moment is kept as its text.
impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl TryFrom<Box<str>> for DateTime {
    type Error = &'static str;

    fn try_from(text: Box<str>) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("no day and time of day")
    }
}

impl DateTime {
    /// A regular expression (ECMA 262) that such a text matches. It also matches days that no calendar
    /// has.
    pub const PATTERN: &'static str = concat!(
        "^[0-9]{4}-[0-1][0-9]-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9](:[0-6][0-9]([.][0-9]{1,9})?)?",
        "(Z|[-+][0-2][0-9]:[0-5][0-9])?$",
    );

    /// Reads a text; `None` where it is not one, or of a year that tables do not hold.
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.rfind(['Z', '+', '-']).filter(|at| *at >= TO_THE_MINUTE);
        let (clock, zone) = text.split_at(at.unwrap_or(text.len()));
        let minute = clock.len() == TO_THE_MINUTE;
        let decimals = clock.split_once('.').map_or("", |(_, decimals)| decimals);
        let is_ours = clock.is_ascii() && clock.as_bytes().get(10) == Some(&b'T');
        if !is_ours || decimals.len() > 9 {
            return None;
        }
        let seconds = if minute { ":00" } else { "" };
        let zone_or_utc = if zone.is_empty() { "Z" } else { zone };
        let parsed = Parsed::parse_from_rfc3339(&format!("{clock}{seconds}{zone_or_utc}")).ok()?;
        let parts = 10_u32.pow(u32::try_from(decimals.len()).ok()?);
        let read = Self {
            text: text.into(),
            local: parsed.naive_local(),
            zone: Some(*parsed.offset()).filter(|_| !zone.is_empty()),
            extent: if minute {
                TimeDelta::minutes(1)
            } else {
                TimeDelta::seconds(1) / parts.cast_signed()
            },
        };
        is_in_tables(&read.day()).then_some(read)
    }

    /// What a text in another spelling means: `2019-08-20 17:45`, `20.08.2019 5:45 pm`.
    pub fn reading(text: &str) -> Option<Reading> {
        let text = text.trim();
        let (date, rest) = text.split_once(['T', 't', ' ']).filter(|_| text.len() < 64)?;
        let (clock, zone) = zone_of(rest.trim())?;
        let (date, date_sure) = match Date::parse(date) {
            Ok(date) => (date.as_str().to_owned(), true),
            Err(error) => match error.readings() {
                [only] => (only.to_string(), error.is_sure()),
                _ => return None,
            },
        };
        let (clock, clock_sure) = match Time::parse(clock) {
            Ok(time) => (time.as_str().to_owned(), true),
            Err(TimeError::NotATime { reading: Some(reading), .. }) => {
                (reading.text.into(), reading.sure)
            }
            Err(_) => return None,
        };
        let meant = format!("{date}T{clock}{zone}");
        Self::parse(&meant)?;
        Some(Reading { text: meant.into(), sure: date_sure && clock_sure })
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day that the calendar showed where the clock stood.
    pub fn day(&self) -> NaiveDate {
        self.local.date()
    }

    /// Whether it names a zone.
    pub fn has_zone(&self) -> bool {
        self.zone.is_some()
    }

    /// Its beginning, in millionths of a second since 1970: in UTC, or else by the clock.
    pub fn microseconds(&self) -> i64 {
        self.stretch().0.and_utc().timestamp_micros()
    }

    /// A text that is equal for the same moments: in UTC with `Z`, or else the clock.
    pub fn key(&self) -> String {
        format!("{:?}{}", self.stretch().0, if self.has_zone() { "Z" } else { "" })
    }

    /// Whether the two are the same stretch of time.
    pub fn is_same(&self, other: &Self) -> bool {
        self.is_inside(other) && other.is_inside(self)
    }

    /// Whether all of it lies within another.
    pub fn is_inside(&self, other: &Self) -> bool {
        let ((start, end), (their_start, their_end)) = (self.stretch(), other.stretch());
        self.is_comparable(other) && their_start <= start && end <= their_end
    }

    /// Whether the two share a moment, or may: a clock of an unknown zone is up to 26 hours off.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((start, end), (their_start, their_end)) = (self.stretch(), other.stretch());
        let off = TimeDelta::hours(if self.is_comparable(other) { 0 } else { 14 });
        start - off < their_end && their_start - off < end
    }

    /// Whether both name a zone, or neither does.
    fn is_comparable(&self, other: &Self) -> bool {
        self.zone.is_some() == other.zone.is_some()
    }

    /// The first moment and the one after the last: in UTC, or else by the clock.
    fn stretch(&self) -> (NaiveDateTime, NaiveDateTime) {
        let start = self.zone.map_or(self.local, |zone| self.local - zone);
        (start, start + self.extent)
    }
}

/// A time of day, and the zone after it as it is written here.
fn zone_of(text: &str) -> Option<(&str, String)> {
    let named = ["Z", "z", "UTC", "GMT"].iter().find_map(|name| text.strip_suffix(name));
    if let Some(clock) = named {
        return Some((clock.trim_end(), "Z".to_owned()));
    }
    let Some(at) = text.rfind(['+', '-', '\u{2212}']) else { return Some((text, String::new())) };
    let sign = if text[at..].starts_with('+') { '+' } else { '-' };
    let digits: String = text[at..].chars().filter(char::is_ascii_digit).collect();
    let zone = match digits.len() {
        1 => format!("{sign}0{digits}:00"),
        2 => format!("{sign}{digits}:00"),
        4 => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        _ => return None,
    };
    Some((text[..at].trim_end(), zone))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> DateTime {
        DateTime::parse(text).unwrap()
    }

    #[test]
    fn other_spellings_are_refused_with_what_was_meant() {
        let pattern = regex::Regex::new(DateTime::PATTERN).unwrap();
        for text in [
            "2019-08-20T17:45",
            "2019-08-20T17:45:30",
            "2019-08-20T17:45:30.25Z",
            "2019-08-20T17:45+03:00",
            "2019-12-31T23:59:60Z",
        ] {
            assert!(DateTime::parse(text).is_some() && pattern.is_match(text), "{text}");
        }
        for (text, meant) in [
            ("2019-08-20 17:45", Some(("2019-08-20T17:45", true))),
            ("2019-08-20T17:45:30z", Some(("2019-08-20T17:45:30Z", true))),
            ("2019-08-20T17:45 UTC", Some(("2019-08-20T17:45Z", true))),
            ("2019-08-20T17:45+0330", Some(("2019-08-20T17:45+03:30", true))),
            ("2019-08-20 17:45 +3", Some(("2019-08-20T17:45+03:00", true))),
            ("20.08.2019 5:45 pm", Some(("2019-08-20T17:45", true))),
            ("2019-08-20", None),
            ("2019-08-20T", None),
            ("2019-02-30T17:45", None),
            ("2019-08-20T25:00", None),
            ("2019-08-20T17:45~", None),
            ("2019-08T17:45", None),
            ("0000-01-01T00:00", None),
            ("yesterday at five", None),
            ("", None),
        ] {
            assert_eq!(DateTime::parse(text), None, "{text}");
            let reading = DateTime::reading(text);
            assert_eq!(reading.as_ref().map(|it| (&*it.text, it.sure)), meant, "{text}");
        }
    }

    #[test]
    fn moments_are_compared_in_utc_and_clocks_as_they_stand() {
        let minute = read("2019-08-20T17:45+03:00");
        assert!(minute.is_same(&read("2019-08-20T14:45Z")));
        assert!(read("2019-08-20T14:45:10Z").is_inside(&minute));
        assert!(!read("2019-08-20T14:46Z").overlaps(&minute));
        let clock = read("2019-08-20T17:45");
        assert!(clock.overlaps(&minute) && !clock.is_inside(&minute) && !minute.is_same(&clock));
        assert!(!read("2019-08-22T17:45").overlaps(&minute));
        assert!(!read("2019-08-20T17:46").overlaps(&clock));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,30}|[-+:TZ 0-9.]{0,30}") {
            let _ = (DateTime::parse(&text), DateTime::reading(&text));
        }
    }
}
