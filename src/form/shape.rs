//! The shapes that values take, and how each is read.

mod formats;
mod several;

use std::marker::PhantomData;

use super::{Context, Form, FormDefect, InvalidValue, Kind, Opened, Reader, Written};
use crate::source::Spanned;
use crate::syntax::{Content, Node, Scalar, Style};
use crate::value;

pub use formats::{Language, Url, Wikidata};
pub use several::{List, ListText, OneOrMore};

/// A shape that can be told in data.
pub trait Described {
    /// What a value of this shape must be.
    fn kind() -> Kind;
}

/// A shape that a node can be read by, with `C` to look things up in.
pub trait Shape<C: Context>: Described {
    /// What reading yields.
    type Value;

    /// Reads a node; leaves a defect for what does not fit.
    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value>;
}

/// The text of a non-empty scalar, or a wrong-type defect.
pub fn scalar<'d, S: Described, C: Context>(
    node: Node<'d>,
    reader: &mut Reader<'_, C>,
) -> Option<&'d str> {
    match node.content() {
        Content::Scalar(scalar) if !node.damaged() && !scalar.text.trim().is_empty() => {
            if S::kind().is_text() {
                reader.report_ambiguous(node);
            }
            if S::kind().takes_text() {
                reader.report_changes(node, scalar.text);
            }
            Some(scalar.text)
        }
        _ => {
            reader.wrong_type::<()>(node, S::kind());
            None
        }
    }
}

/// A text as typed: blanks in quotes are kept. The line breaks that end a block are its layout.
fn typed<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    match node.content() {
        Content::Scalar(Scalar { style: Style::Literal | Style::Folded, .. }) => {
            text.trim_end_matches(['\n', '\r'])
        }
        _ => text,
    }
}

/// Reads a scalar by a function that says what is invalid.
fn parsed<S: Described, C: Context, T>(
    node: Node<'_>,
    reader: &mut Reader<'_, C>,
    parse: impl FnOnce(&str) -> Result<T, FormDefect>,
) -> Written<T> {
    let Some(text) = scalar::<S, C>(node, reader) else {
        return Written::Invalid;
    };
    match parse(text) {
        Ok(value) => Written::given(value, node.span()),
        Err(defect) => reader.invalid(node.span(), defect),
    }
}

/// Any text, as typed.
#[derive(Debug)]
pub struct Text;

impl Described for Text {
    fn kind() -> Kind {
        Kind::Text
    }
}

impl<C: Context> Shape<C> for Text {
    type Value = Box<str>;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Box<str>> {
        parsed::<Self, C, _>(node, reader, |text| Ok(typed(node, text).into()))
    }
}

/// An id.
#[derive(Debug)]
pub struct Identifier;

impl Described for Identifier {
    fn kind() -> Kind {
        Kind::Identifier
    }
}

impl<C: Context> Shape<C> for Identifier {
    type Value = value::Identifier;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<value::Identifier> {
        let Some(text) = scalar::<Self, C>(node, reader) else {
            return Written::Invalid;
        };
        let text = reader.name(Spanned::new(text, node.span()));
        match value::Identifier::parse(&text) {
            Ok(id) => Written::given(id, node.span()),
            Err(error) => reader
                .invalid(node.span(), FormDefect::InvalidValue(InvalidValue::id(&text, error))),
        }
    }
}

/// The name of something that is looked up later: an actor, a place, a source, an event.
#[derive(Debug)]
pub struct Reference<R>(PhantomData<fn() -> R>);

/// What a reference names.
pub trait Referent {
    /// The kind of value.
    fn kind() -> Kind;
}

impl<R: Referent> Described for Reference<R> {
    fn kind() -> Kind {
        R::kind()
    }
}

impl<R: Referent, C: Context> Shape<C> for Reference<R> {
    type Value = Box<str>;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Box<str>> {
        let Some(text) = scalar::<Self, C>(node, reader) else {
            return Written::Invalid;
        };
        Written::given(reader.name(Spanned::new(text, node.span())).into(), node.span())
    }
}

macro_rules! referents {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Referent for $name {
            fn kind() -> Kind {
                Kind::$name
            }
        }
    )+};
}

referents! {
    /// An id of `actors.yaml`, or a composite actor code.
    Actor,
    /// An id of `places.yaml`.
    Place,
    /// An id of `sources.yaml`.
    Source,
    /// The id of another event.
    Event,
    /// The name of a code list.
    CodeList,
    /// The name of a rule.
    Rule,
}

macro_rules! parsed_shapes {
    ($($(#[$doc:meta])* $shape:ident => $value:ty, $error:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $shape;

        impl Described for $shape {
            fn kind() -> Kind {
                Kind::$shape
            }
        }

        impl<C: Context> Shape<C> for $shape {
            type Value = $value;

            fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<$value> {
                parsed::<Self, C, _>(node, reader, |text| <$value>::parse(text).map_err(|error| $error(text, error)))
            }
        }
    )+};
}

fn coordinate(written: &str, error: value::CoordinateError) -> FormDefect {
    FormDefect::InvalidValue(InvalidValue::Coordinate(error).unless_placeholder(written))
}

/// An EDTF date.
#[derive(Debug)]
pub struct Date;

impl Described for Date {
    fn kind() -> Kind {
        Kind::Date
    }
}

impl<C: Context> Shape<C> for Date {
    type Value = value::Date;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<value::Date> {
        if let (Content::Sequence(_), false) = (node.content(), node.damaged()) {
            // A set of dates without quotes: `[2019-08-20..2019-08-22]`.
            let written: String = node.source().chars().filter(|c| !c.is_whitespace()).collect();
            if value::Date::parse(&written).is_ok() {
                return reader.invalid(node.span(), FormDefect::UnquotedSet { written });
            }
        }
        parsed::<Self, C, _>(node, reader, |text| {
            value::Date::parse(text)
                .map_err(|error| FormDefect::InvalidDate { written: text.to_owned(), error })
        })
    }
}

parsed_shapes! {
    /// A local time of day.
    Time => value::Time, |_: &str, error| FormDefect::InvalidValue(InvalidValue::Time(error));
    /// A latitude in decimal degrees.
    Latitude => value::Latitude, coordinate;
    /// A longitude in decimal degrees.
    Longitude => value::Longitude, coordinate;
}

/// A whole number.
#[derive(Debug)]
pub struct Integer;

impl Described for Integer {
    fn kind() -> Kind {
        Kind::Integer
    }
}

impl<C: Context> Shape<C> for Integer {
    type Value = i64;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<i64> {
        parsed::<Self, C, _>(node, reader, |text| {
            value::parse_integer(text).map_err(|error| {
                let reading = value::number_reading(text)
                    .filter(|reading| value::parse_integer(&reading.text).is_ok());
                let invalid = InvalidValue::Number { error, reading };
                FormDefect::InvalidValue(invalid.unless_placeholder(text))
            })
        })
    }
}

/// A decimal number.
#[derive(Debug)]
pub struct Number;

impl Described for Number {
    fn kind() -> Kind {
        Kind::Number
    }
}

impl<C: Context> Shape<C> for Number {
    type Value = f64;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<f64> {
        parsed::<Self, C, _>(node, reader, |text| {
            value::parse_decimal(text).map(|(number, _)| number).map_err(|error| {
                let reading = value::number_reading(text);
                let invalid = InvalidValue::Number { error, reading };
                FormDefect::InvalidValue(invalid.unless_placeholder(text))
            })
        })
    }
}

/// `true` or `false`.
#[derive(Debug)]
pub struct Boolean;

impl Described for Boolean {
    fn kind() -> Kind {
        Kind::Boolean
    }
}

impl<C: Context> Shape<C> for Boolean {
    type Value = bool;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<bool> {
        let written = scalar::<Self, C>(node, reader);
        match written {
            Some("true") => Written::given(true, node.span()),
            Some("false") => Written::given(false, node.span()),
            Some(other) => {
                let defect = FormDefect::UnknownWord {
                    words: &["true", "false"],
                    written: other.to_owned(),
                };
                reader.invalid(node.span(), defect)
            }
            None => Written::Invalid,
        }
    }
}

/// A closed choice of words.
pub trait Choice: Copy + 'static {
    /// The words, in the order they are offered.
    const WORDS: &'static [&'static str];

    /// What each word means, in the same order.
    const MEANINGS: &'static [Self];
}

/// One word of a closed choice.
#[derive(Debug)]
pub struct Word<T>(PhantomData<fn() -> T>);

impl<T: Choice> Described for Word<T> {
    fn kind() -> Kind {
        Kind::Word(T::WORDS)
    }
}

impl<T: Choice, C: Context> Shape<C> for Word<T> {
    type Value = T;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<T> {
        let Some(text) = scalar::<Self, C>(node, reader) else {
            return Written::Invalid;
        };
        let position = |text: &str| T::WORDS.iter().position(|word| *word == text);
        match reader.look_up(Spanned::new(text, node.span()), position) {
            Some(at) => Written::given(T::MEANINGS[at], node.span()),
            None => {
                let defect = FormDefect::UnknownWord { words: T::WORDS, written: text.to_owned() };
                reader.invalid(node.span(), defect)
            }
        }
    }
}

/// A type that has a form of its own.
pub trait OfForm: Sized {
    /// The form.
    const FORM: &'static Form;
}

/// A type that a mapping is read into, with `C` to look things up in.
pub trait Formed<C: Context>: OfForm {
    /// Makes a value of a mapping that was opened by the form; `None` where too little of it can
    /// be read. Reads every key, so that every defect is found.
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_, C>) -> Option<Self>;
}

/// A mapping of a form.
#[derive(Debug)]
pub struct Mapping<T>(PhantomData<fn() -> T>);

impl<T: OfForm> Described for Mapping<T> {
    fn kind() -> Kind {
        Kind::Form(T::FORM)
    }
}

impl<T: Formed<C>, C: Context> Shape<C> for Mapping<T> {
    type Value = T;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<T> {
        let opened = reader.open(node, T::FORM, &[]);
        match opened.and_then(|opened| T::read(&opened, reader)) {
            Some(value) => Written::given(value, node.span()),
            None => Written::Invalid,
        }
    }
}
