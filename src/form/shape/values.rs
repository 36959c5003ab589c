//! Values that can be written in one way only.

use super::parsed;
use crate::form::{Context, FormDefect, InvalidValue, Kind, Reader, Written, shape};
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value::{
    self, CoordinateError, Date, DateTime, Figure, Format, Identifier, Latitude, Longitude,
    NumberError, Time,
};

shape! {
    for Time: Kind::Time, |node, reader| {
        parsed(node, Kind::Time, reader, |text| Self::parse(text).map_err(InvalidValue::Time))
    };
    for Latitude: Kind::Latitude, |node, reader| parsed(node, Kind::Latitude, reader, |text| {
        Self::parse(text).map_err(|error| coordinate(text, error))
    });
    for Longitude: Kind::Longitude, |node, reader| parsed(node, Kind::Longitude, reader, |text| {
        Self::parse(text).map_err(|error| coordinate(text, error))
    });
    for i64: Kind::Integer, |node, reader| parsed(node, Kind::Integer, reader, |text| {
        let may_be = |reading: &str| value::parse_integer(reading).is_ok();
        value::parse_integer(text).map_err(|error| number(text, error, may_be))
    });
    for f64: Kind::Number, |node, reader| parsed(node, Kind::Number, reader, |text| {
        let parsed = value::parse_decimal(text).map(|(number, _)| number);
        parsed.map_err(|error| number(text, error, |_| true))
    });
    for Figure: Kind::Number, |node, reader| parsed(node, Kind::Number, reader, |text| {
        Self::parse(text).map_err(|error| number(text, error, |_| true))
    });
    for DateTime: Kind::Format(Format::DateTime), |node, reader| {
        parsed(node, Kind::Format(Format::DateTime), reader, |text| {
            let text = text.trim();
            let read = Format::DateTime.check(text).map_err(InvalidValue::Format);
            read.map(|()| Self::parse(text).expect("its format holds"))
        })
    };
    for bool: Kind::Boolean, |node, reader| parsed(node, Kind::Boolean, reader, |text| match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(FormDefect::UnknownWord { words: &["true", "false"], written: text.to_owned() }),
    });
    for Date: Kind::Date, |node, reader| {
        if let (Content::Sequence(_), false) = (node.content(), node.damaged()) {
            // A set of dates without quotes: `[2019-08-20..2019-08-22]`.
            let written: String = node.source().chars().filter(|c| !c.is_whitespace()).collect();
            if Self::parse(&written).is_ok() {
                return reader.invalid(node.span(), FormDefect::UnquotedSet { written });
            }
        }
        read_date(node, false, reader)
    };
    for Identifier: Kind::Identifier, |node, reader| {
        let Some(text) = reader.scalar(node, Kind::Identifier) else { return Written::Invalid };
        let text = reader.name(Spanned::new(text, node.span()));
        match Self::parse(&text) {
            Ok(id) => Written::given(id, node.span()),
            Err(error) => reader.invalid(node.span(), InvalidValue::id(&text, error)),
        }
    };
}

/// Reads a date; `needed` says whether it can be left out.
pub fn read_date<C: Context>(
    node: Node<'_>,
    needed: bool,
    reader: &mut Reader<'_, C>,
) -> Written<Date> {
    parsed(node, Kind::Date, reader, |text| {
        let written = || text.to_owned();
        Date::parse(text).map_err(|error| FormDefect::InvalidDate {
            needed,
            written: written(),
            error,
        })
    })
}

fn coordinate(written: &str, error: CoordinateError) -> InvalidValue {
    InvalidValue::Coordinate(error).unless_placeholder(written)
}

fn number(written: &str, error: NumberError, may_be: impl Fn(&str) -> bool) -> InvalidValue {
    let reading = value::number_reading(written).filter(|reading| may_be(&reading.text));
    InvalidValue::Number { error, reading }.unless_placeholder(written)
}
