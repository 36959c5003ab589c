//! Times of day.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

use super::{Qualifier, Reading};

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;

/// A local time of day, or a stretch of one: `17:45`, `17:45:30`, `17:45~`, `17:30/18:00`.
///
/// Each time may carry a qualifier as in EDTF: `?`, `~` or `%`. It is the wall clock at the
/// event's place and has no zone. A stretch that ends earlier than it starts runs past midnight.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash, Serialize)]
pub struct Time {
    text: Box<str>,
    start: u32,
    end: Option<u32>,
    qualifier: Qualifier,
}

/// Why a text is not a [`Time`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Nothing is written.
    #[error("no time is written")]
    Empty,
    /// The hour is not 00 to 23. Midnight is `00:00` of the next day.
    #[error("there is no hour {hour:02}")]
    NoSuchHour {
        /// Where the hour is.
        at: usize,
        /// The hour as written.
        hour: u8,
    },
    /// The minute is not 00 to 59.
    #[error("there is no minute {minute:02}")]
    NoSuchMinute {
        /// Where the minute is.
        at: usize,
        /// The minute as written.
        minute: u8,
    },
    /// The second is not 00 to 59.
    #[error("there is no second {second:02}")]
    NoSuchSecond {
        /// Where the second is.
        at: usize,
        /// The second as written.
        second: u8,
    },
    /// A time zone or offset follows; the time is that of the place.
    #[error("a local time has no zone")]
    ZoneAttached {
        /// Where it starts.
        at: usize,
    },
    /// Not a time of day.
    #[error("not a time of day such as 17:45 or 18:00/21:00")]
    NotATime {
        /// Where the text stops being a time.
        at: usize,
        /// What was probably meant: `09:30` for `9:30`, `17:45` for `5:45 pm`.
        reading: Option<Reading>,
    },
}

impl Time {
    /// A regular expression (ECMA 262) that a time matches, and nothing else.
    pub const PATTERN: &'static str = concat!(
        "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?[?~%]?",
        "(/([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?[?~%]?)?$",
    );

    /// Reads a time of day.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        if text.trim().is_empty() {
            return Err(TimeError::Empty);
        }
        Self::accept(text).map_err(|error| match error {
            TimeError::NotATime { at, .. } => {
                TimeError::NotATime { at, reading: stretch(text).or_else(|| reading(text)) }
            }
            TimeError::ZoneAttached { at } => match stretch(text) {
                Some(reading) => TimeError::NotATime { at, reading: Some(reading) },
                None => TimeError::ZoneAttached { at },
            },
            other => other,
        })
    }

    fn accept(text: &str) -> Result<Self, TimeError> {
        let (from, to) = text.split_once('/').map_or((text, None), |(from, to)| (from, Some(to)));
        let (start, mut qualifier) = clock(from, 0)?;
        let mut end = None;
        if let Some(to) = to {
            let (second, more) = clock(to, from.len() + 1)?;
            qualifier = qualifier.and(more);
            end = Some(second);
        }
        Ok(Self { text: text.into(), start, end, qualifier })
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The start, in seconds since the local midnight, seconds not written being 0.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// The end of a stretch, in seconds since the local midnight of the day it ends on.
    pub fn end(&self) -> Option<u32> {
        self.end
    }

    /// Whether a stretch runs past midnight, and so ends on the day after it started.
    pub fn passes_midnight(&self) -> bool {
        self.end.is_some_and(|end| end < self.start)
    }

    /// How sure it is: the qualifiers of both ends together.
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Reads one time, which starts at byte `base` of the whole text.
fn clock(text: &str, base: usize) -> Result<(u32, Qualifier), TimeError> {
    let none = || TimeError::NotATime { at: base, reading: None };
    let mark = text.chars().next_back().and_then(Qualifier::from_char);
    let plain = if mark.is_some() { &text[..text.len() - 1] } else { text };
    let zone = plain.find(['Z', 'z', '+', '-']).filter(|at| matches!(at, 5 | 8));
    let digits = zone.map_or(plain, |at| &plain[..at]);
    let mut fields = digits.split(':');
    let hour = fields.next().and_then(two_digits).ok_or_else(none)?;
    let minute = fields.next().and_then(two_digits).ok_or_else(none)?;
    let second = fields.next().map_or(Some(0), two_digits).ok_or_else(none)?;
    if fields.next().is_some() {
        return Err(none());
    }
    match (hour, minute, second) {
        (24.., ..) => Err(TimeError::NoSuchHour { at: base, hour }),
        (_, 60.., _) => Err(TimeError::NoSuchMinute { at: base + 3, minute }),
        (_, _, 60..) => Err(TimeError::NoSuchSecond { at: base + 6, second }),
        _ if zone.is_some() => Err(TimeError::ZoneAttached { at: base + digits.len() }),
        _ => {
            let seconds = u32::from(hour) * HOUR + u32::from(minute) * MINUTE + u32::from(second);
            Ok((seconds, mark.unwrap_or_default()))
        }
    }
}

fn two_digits(field: &str) -> Option<u8> {
    let both = field.len() == 2 && field.bytes().all(|byte| byte.is_ascii_digit());
    both.then(|| field.parse().ok()).flatten()
}

/// What joins two times of a stretch in other notations.
const JOINTS: [&str; 6] = [" to ", " - ", " \u{2013} ", "\u{2013}", " until ", "-"];

/// Largest offset of a zone from UTC, in hours; a later time behind `-` is no zone.
const LARGEST_OFFSET: u32 = 14;

/// The stretch that two times in another notation mean: `18:00-21:00`. What may be a zone is none.
fn stretch(text: &str) -> Option<Reading> {
    let (joint, (from, to)) =
        JOINTS.iter().find_map(|joint| Some((joint, text.split_once(joint)?)))?;
    let clock = |text: &str| {
        let other = || reading(text).map(|reading| reading.text.to_string());
        Time::accept(text).is_ok().then(|| text.to_owned()).or_else(other)
    };
    let meant = format!("{}/{}", clock(from.trim())?, clock(to.trim())?);
    let end = Time::accept(&meant).ok()?.end?;
    let is_zone = *joint == "-" && end <= LARGEST_OFFSET * HOUR;
    (!is_zone).then(|| Reading { text: meant.into(), sure: false })
}

fn reading(text: &str) -> Option<Reading> {
    let lower = text.trim().to_ascii_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let (digits, noon) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim_end(), Some(0)),
        (_, Some(rest)) => (rest.trim_end(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let (hour, minute) = match digits.split_once([':', '.', 'h']) {
        Some(fields) => fields,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None if noon.is_some() => (digits, "00"),
        None => return None,
    };
    let hour: u8 = hour.parse().ok().filter(|_| !hour.starts_with('+'))?;
    let hour = match noon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(noon) => hour % 12 + noon,
        None => hour,
    };
    let meant = format!("{hour:02}:{minute:0>2}");
    // Noon is 12 am to some and 12 pm to others.
    let sure = !(noon.is_some() && hour % 12 == 0);
    let reads = meant != text && Time::accept(&meant).is_ok();
    reads.then(|| Reading { text: meant.into(), sure })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_time_keeps_its_text_and_counts_seconds_from_midnight() {
        let cases = [
            ("00:00", 0, None, None),
            ("17:45", 63_900, None, None),
            ("17:45:30?", 63_930, None, Some("uncertain")),
            ("17:30/18:00~", 63_000, Some(64_800), Some("approximate")),
            ("17:30?/18:00~", 63_000, Some(64_800), Some("uncertain_and_approximate")),
            ("23:50/00:10", 85_800, Some(600), None),
        ];
        for (text, start, end, qualifier) in cases {
            let time = Time::parse(text).unwrap();
            assert_eq!(time.as_str(), text);
            assert_eq!((time.start(), time.end()), (start, end), "{text}");
            assert_eq!(time.qualifier().as_str(), qualifier, "{text}");
            assert_eq!(time.passes_midnight(), text == "23:50/00:10");
        }
    }

    #[test]
    fn what_is_not_a_time_says_why() {
        let none = |at, reading: Option<&str>| TimeError::NotATime {
            at,
            reading: reading.map(Into::into),
        };
        let cases = [
            (" ", TimeError::Empty),
            ("24:00", TimeError::NoSuchHour { at: 0, hour: 24 }),
            ("17:30/18:60", TimeError::NoSuchMinute { at: 9, minute: 60 }),
            ("17:30:61", TimeError::NoSuchSecond { at: 6, second: 61 }),
            ("17:45Z", TimeError::ZoneAttached { at: 5 }),
            ("17:45:00+03:00", TimeError::ZoneAttached { at: 8 }),
            ("17:45+03", TimeError::ZoneAttached { at: 5 }),
            ("9:30", none(0, Some("09:30"))),
            ("5:45 pm", none(0, Some("17:45"))),
            (
                "12 a.m.",
                TimeError::NotATime {
                    at: 0,
                    reading: Some(Reading { text: "00:00".into(), sure: false }),
                },
            ),
            ("17.45", none(0, Some("17:45"))),
            ("1745", none(0, Some("17:45"))),
            ("evening", none(0, None)),
            ("17:30/", none(6, None)),
            ("13 pm", none(0, None)),
            ("18:00-03:00", TimeError::ZoneAttached { at: 5 }),
        ];
        for (text, error) in cases {
            assert_eq!(Time::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn two_times_in_another_notation_are_a_stretch() {
        let written = ["18:00-21:00", "18:00 - 21:00", "18:00\u{2013}21:00", "6 pm to 9 pm"];
        for text in written {
            let Err(TimeError::NotATime { reading: Some(reading), .. }) = Time::parse(text) else {
                panic!("{text}")
            };
            assert_eq!((&*reading.text, reading.sure), ("18:00/21:00", false), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_kept(text in "\\PC{0,12}|[0-9:/?~%Zapm .é]{0,14}") {
            match Time::parse(&text) {
                Ok(time) => prop_assert_eq!(time.as_str(), text),
                Err(TimeError::NotATime { reading: Some(reading), .. }) => {
                    prop_assert!(Time::parse(&reading.text).is_ok());
                }
                Err(_) => {}
            }
        }
    }
}
