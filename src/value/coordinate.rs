//! Latitude and longitude.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

use super::number::{NumberError, number_reading, parse_decimal};
use super::reading::Reading;

/// Most decimals that are kept: a ten-thousandth of a millimetre, and as many as 64 bits hold.
const MOST_DECIMALS: u8 = 12;

/// A latitude in decimal degrees, WGS 84 (EPSG:4326): -90 to 90, north positive.
///
/// It keeps the number of decimals as written, which shows how precise the curator meant it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Latitude(Degrees);

/// A longitude in decimal degrees, WGS 84 (EPSG:4326): -180 to 180, east positive.
///
/// It keeps the number of decimals as written, which shows how precise the curator meant it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Longitude(Degrees);

/// Why a text is not a [`Latitude`] or [`Longitude`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CoordinateError {
    /// `33,21`: a decimal comma.
    #[error("the decimal mark is a point")]
    DecimalComma {
        /// The same with a point.
        reading: Option<Reading>,
    },
    /// `33°12'N`, `33.2 N`, `33.2°`: degrees with signs or letters.
    #[error("degrees are written as a decimal number")]
    DegreeSigns {
        /// The same in decimal degrees: rounded to 3 decimals from minutes, to 5 from seconds, and
        /// not sure then.
        reading: Option<Reading>,
    },
    /// Beyond the pole, or beyond the antimeridian.
    #[error("beyond {most} degrees")]
    OutOfRange {
        /// The most the degrees may be, on either side of 0.
        most: u8,
    },
    /// More decimals than are kept.
    #[error("{decimals} decimals; at most {most} are kept")]
    TooManyDecimals {
        /// How many there are.
        decimals: u8,
        /// The most that are kept.
        most: u8,
    },
    /// Not a decimal number.
    #[error("{error}")]
    NotANumber {
        /// Why.
        error: NumberError,
        /// The same as numbers are written.
        reading: Option<Reading>,
    },
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
struct Degrees {
    value: f64,
    decimals: u8,
}

impl Latitude {
    /// Reads a latitude.
    pub fn parse(text: &str) -> Result<Self, CoordinateError> {
        Degrees::parse(text, 90, ['N', 'S']).map(Self)
    }

    /// Degrees north.
    pub fn degrees(self) -> f64 {
        self.0.value
    }
}

impl Longitude {
    /// Reads a longitude.
    pub fn parse(text: &str) -> Result<Self, CoordinateError> {
        Degrees::parse(text, 180, ['E', 'W']).map(Self)
    }

    /// Degrees east.
    pub fn degrees(self) -> f64 {
        self.0.value
    }
}

impl Degrees {
    /// Reads degrees of at most `most` on either side of 0; `letters` name the positive and the
    /// negative side.
    fn parse(text: &str, most: u8, letters: [char; 2]) -> Result<Self, CoordinateError> {
        let error = match Self::accept(text, most) {
            Err(CoordinateError::NotANumber { error, .. }) => error,
            result => return result,
        };
        let readable = |text: String, sure| {
            let is_coordinate = Self::accept(&text, most).is_ok();
            is_coordinate.then(|| Reading { text: text.into(), sure })
        };
        if matches!(error, NumberError::Separator { .. }) && text.matches(',').count() == 1 {
            let reading = readable(text.replace(',', "."), true);
            return Err(CoordinateError::DecimalComma { reading });
        }
        if text.contains(|c| is_sign(c) || is_letter(c))
            && text.contains(|c: char| c.is_ascii_digit())
        {
            let reading =
                decimal(text, letters).and_then(|(degrees, sure)| readable(degrees, sure));
            return Err(CoordinateError::DegreeSigns { reading });
        }
        let reading = number_reading(text).and_then(|of| readable(of.text.into(), of.sure));
        Err(CoordinateError::NotANumber { error, reading })
    }

    fn accept(text: &str, most: u8) -> Result<Self, CoordinateError> {
        let (value, decimals) = parse_decimal(text)
            .map_err(|error| CoordinateError::NotANumber { error, reading: None })?;
        if value.abs() > f64::from(most) {
            return Err(CoordinateError::OutOfRange { most });
        }
        if decimals > MOST_DECIMALS {
            return Err(CoordinateError::TooManyDecimals { decimals, most: MOST_DECIMALS });
        }
        Ok(Self { value, decimals })
    }
}

impl fmt::Display for Latitude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Longitude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Degrees {
    /// With as many decimals as were written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", usize::from(self.decimals), self.value)
    }
}

fn is_sign(character: char) -> bool {
    matches!(character, '°' | 'º' | '\'' | '"' | '′' | '″' | '\u{2019}' | '\u{201d}')
}

/// Minutes and seconds are written with two digits; `05` is five, never octal.
fn unpadded(field: &str) -> &str {
    let significant = field.find(|c| c != '0').unwrap_or(field.len());
    let before_point = field[significant..].starts_with('.') || significant == field.len();
    &field[significant.saturating_sub(usize::from(before_point))..]
}

fn is_letter(character: char) -> bool {
    matches!(character.to_ascii_uppercase(), 'N' | 'S' | 'E' | 'W')
}

/// Decimal degrees of degrees, minutes and seconds with signs between and a letter after or before;
/// and whether nothing was rounded.
fn decimal(text: &str, letters: [char; 2]) -> Option<(String, bool)> {
    let bare = text.trim();
    let side = bare.chars().find(|c| is_letter(*c)).map(|c| c.to_ascii_uppercase());
    let negative = match side {
        Some(letter) if letter == letters[0] => false,
        Some(letter) if letter == letters[1] => true,
        Some(_) => return None,
        None => bare.starts_with('-'),
    };
    let bare = bare.trim_matches(|c: char| is_letter(c) || c.is_whitespace());
    let unsigned = if side.is_none() { bare.trim_start_matches('-') } else { bare };
    let fields = unsigned.split(|c: char| is_sign(c) || c.is_whitespace());
    let numbers: Option<Vec<(f64, u8)>> = fields
        .filter(|field| !field.is_empty())
        .map(|field| parse_decimal(unpadded(field)).ok())
        .collect();
    let sixty = |part: f64| (0.0..60.0).contains(&part);
    let numbers = numbers?;
    let (degrees, decimals) = match numbers[..] {
        [degrees] => degrees,
        [(degrees, 0), (minutes, _)] if sixty(minutes) => (degrees + minutes / 60.0, 3),
        [(degrees, 0), (minutes, 0), (seconds, _)] if sixty(minutes) && sixty(seconds) => {
            (degrees + minutes / 60.0 + seconds / 3600.0, 5)
        }
        _ => return None,
    };
    let sign = if negative { "-" } else { "" };
    let written = || format!("{sign}{degrees:.*}", usize::from(decimals));
    (degrees >= 0.0).then(|| (written(), numbers.len() == 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn degrees_are_decimal_and_in_range() {
        let latitude = Latitude::parse("33.211870").unwrap();
        assert_eq!(latitude.degrees(), 33.21187);
        assert_eq!(latitude.to_string(), "33.211870");
        assert_eq!(Latitude::parse("90.5"), Err(CoordinateError::OutOfRange { most: 90 }));
        assert_eq!(Longitude::parse("-180.0").unwrap().degrees(), -180.0);
        assert_eq!(Longitude::parse("181"), Err(CoordinateError::OutOfRange { most: 180 }));
        let none = |error, reading: Option<&str>| {
            Err(CoordinateError::NotANumber { error, reading: reading.map(Into::into) })
        };
        let at = NumberError::NotANumber { at: 0 };
        assert_eq!(Latitude::parse("unknown"), none(at, None));
        assert_eq!(Latitude::parse("+33.2"), none(NumberError::PlusSign, Some("33.2")));
        assert_eq!(Latitude::parse("+133.2"), none(NumberError::PlusSign, None));
    }

    #[test]
    fn other_notations_are_refused_with_their_decimal_degrees() {
        let signs = |reading: Option<&str>| {
            Err(CoordinateError::DegreeSigns { reading: reading.map(Into::into) })
        };
        let rounded = |reading: &str| {
            let reading = Some(Reading { text: reading.into(), sure: false });
            Err(CoordinateError::DegreeSigns { reading })
        };
        assert_eq!(Latitude::parse("33°12'N"), rounded("33.200"));
        assert_eq!(Latitude::parse("33° 12′ 42.7″ S"), rounded("-33.21186"));
        assert_eq!(Latitude::parse("33°05'00\"N"), rounded("33.08333"), "padded minutes");
        assert_eq!(Latitude::parse("N33.2119"), signs(Some("33.2119")));
        assert_eq!(Latitude::parse("33.2°"), signs(Some("33.2")));
        assert_eq!(Latitude::parse("44.37 E"), signs(None), "a longitude");
        assert_eq!(Latitude::parse("33°72'N"), signs(None));
        let comma = CoordinateError::DecimalComma { reading: Some("33.21".into()) };
        assert_eq!(Latitude::parse("33,21"), Err(comma));
        let pair = CoordinateError::DecimalComma { reading: None };
        assert_eq!(Latitude::parse("33.21, 44.37"), Err(pair), "two coordinates in one");
    }

    proptest! {
        #[test]
        fn degrees_read_back_as_written(degrees in -180.0..180.0, decimals in 0_usize..12) {
            let text = format!("{:.decimals$}", degrees + 0.0);
            prop_assume!(!text.starts_with("-0") || text.contains(|c| matches!(c, '1'..='9')));
            prop_assert_eq!(Longitude::parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn a_reading_is_a_coordinate(text in "\\PC{0,12}|[-0-9.,°'\" NSEW]{0,12}") {
            match Latitude::parse(&text) {
                Err(CoordinateError::DegreeSigns { reading: Some(reading) })
                | Err(CoordinateError::DecimalComma { reading: Some(reading) })
                | Err(CoordinateError::NotANumber { reading: Some(reading), .. }) => {
                    prop_assert!(Latitude::parse(&reading.text).is_ok(), "{:?}", reading);
                }
                _ => {}
            }
        }
    }
}
