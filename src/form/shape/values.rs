//! Values that can be written in one way only.

use super::{Shape, parsed};
use crate::form::{Context, FormDefect, InvalidValue, Kind, Reader, Written};
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value::{
    self, CoordinateError, Date, Identifier, Latitude, Longitude, NumberError, Time,
};

/// Each kind of value with its type, and how a text without the blanks around YAML is parsed.
macro_rules! parsed_values {
    ($($kind:ident: $type:ty = $parse:expr;)+) => {$(
        impl<C: Context> Shape<C> for $type {
            type Value = Self;

            fn kind() -> Kind {
                Kind::$kind
            }

            fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self> {
                parsed(node, Kind::$kind, reader, $parse)
            }
        }
    )+};
}

parsed_values! {
    Time: Time = |text| {
        Time::parse(text).map_err(InvalidValue::Time)
    };
    Latitude: Latitude = |text| Latitude::parse(text).map_err(|error| coordinate(text, error));
    Longitude: Longitude = |text| Longitude::parse(text).map_err(|error| coordinate(text, error));
    Integer: i64 = |text| {
        value::parse_integer(text).map_err(|error| {
            number(text, error, |reading| value::parse_integer(reading).is_ok())
        })
    };
    Number: f64 = |text| {
        let parsed = value::parse_decimal(text).map(|(number, _)| number);
        parsed.map_err(|error| number(text, error, |_| true))
    };
    Boolean: bool = |text| match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(FormDefect::UnknownWord { words: &["true", "false"], written: text.to_owned() }),
    };
}

fn coordinate(written: &str, error: CoordinateError) -> InvalidValue {
    InvalidValue::Coordinate(error).unless_placeholder(written)
}

fn number(written: &str, error: NumberError, may_be: impl Fn(&str) -> bool) -> InvalidValue {
    let reading = value::number_reading(written).filter(|reading| may_be(&reading.text));
    InvalidValue::Number { error, reading }.unless_placeholder(written)
}

impl<C: Context> Shape<C> for Date {
    type Value = Self;

    fn kind() -> Kind {
        Kind::Date
    }

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self> {
        if let (Content::Sequence(_), false) = (node.content(), node.damaged()) {
            // A set of dates without quotes: `[2019-08-20..2019-08-22]`.
            let written: String = node.source().chars().filter(|c| !c.is_whitespace()).collect();
            if Self::parse(&written).is_ok() {
                return reader.invalid(node.span(), FormDefect::UnquotedSet { written });
            }
        }
        parsed(node, Kind::Date, reader, |text| {
            Self::parse(text)
                .map_err(|error| FormDefect::InvalidDate { written: text.to_owned(), error })
        })
    }
}

impl<C: Context> Shape<C> for Identifier {
    type Value = Self;

    fn kind() -> Kind {
        Kind::Identifier
    }

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self> {
        let Some(text) = reader.scalar(node, Kind::Identifier) else {
            return Written::Invalid;
        };
        let text = reader.name(Spanned::new(text, node.span()));
        match Self::parse(&text) {
            Ok(id) => Written::given(id, node.span()),
            Err(error) => reader.invalid(node.span(), InvalidValue::id(&text, error)),
        }
    }
}
